-- name: File :one
SELECT * FROM files WHERE subject = $1;

-- name: FilesUnder :many
-- The files whose subjects lie between two: those of a case.
SELECT * FROM files WHERE subject > @first AND subject < @last ORDER BY subject;

-- name: FilesAfter :many
-- In order of subject: for the check of the rows.
SELECT * FROM files WHERE subject > @subject ORDER BY subject LIMIT @most;

-- name: InsertFile :exec
INSERT INTO files (subject, type, size, digest, thumb, erased, events) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: EraseFile :one
UPDATE files SET erased = TRUE, events = events + 1 WHERE subject = $1 RETURNING events;

-- name: CountLook :one
-- Draws the place of the next entry about a file.
UPDATE files SET events = events + 1 WHERE subject = $1 RETURNING events;

-- name: InsertPiece :exec
INSERT INTO file_pieces (subject, n, sealed_by, body) VALUES ($1, $2, $3, $4);

-- name: Piece :one
SELECT sealed_by, body FROM file_pieces WHERE subject = $1 AND n = $2;

-- name: PieceNumbers :many
SELECT n FROM file_pieces WHERE subject = $1 ORDER BY n;

-- name: DropPieces :exec
DELETE FROM file_pieces WHERE subject = $1;

-- name: StrayPieces :one
SELECT COUNT(*) FROM file_pieces p LEFT JOIN files f ON f.subject = p.subject WHERE f.subject IS NULL;

-- name: PiecesSealedWith :one
SELECT COUNT(*) FROM file_pieces WHERE sealed_by = $1;

-- name: PiecesSealedBefore :many
SELECT * FROM file_pieces WHERE sealed_by < @key ORDER BY sealed_by, subject, n LIMIT @most;

-- name: PutPiece :exec
UPDATE file_pieces SET sealed_by = @sealed_by, body = @body WHERE subject = @subject AND n = @n AND sealed_by = @was;

-- name: Upload :one
SELECT * FROM uploads WHERE token = $1;

-- name: InsertUpload :exec
INSERT INTO uploads (token, owner, number, basket, material, replaces, ending, size, got, state, doc, made, expires)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: CountUploads :one
SELECT COUNT(*) FROM uploads WHERE owner = $1 AND state <> 'done';

-- name: UploadsOf :many
SELECT * FROM uploads WHERE owner = $1 AND basket = $2 ORDER BY made, token;

-- name: UploadsOnTheWay :many
-- Those of a case that have not come to an end.
SELECT * FROM uploads WHERE owner = $1 AND basket = '' AND state <> 'done' ORDER BY made, token;

-- name: Advance :execrows
UPDATE uploads SET got = got + @more WHERE token = @token AND got = @at AND state = 'sending';

-- name: EndUpload :execrows
UPDATE uploads SET state = @state, doc = @doc WHERE token = @token AND state = @was AND number = @number;

-- name: DropUpload :execrows
DELETE FROM uploads WHERE token = $1 AND owner = $2;

-- name: InsertUploadPiece :exec
INSERT INTO upload_pieces (token, at, sealed_by, body) VALUES ($1, $2, $3, $4);

-- name: UploadPieces :many
SELECT at FROM upload_pieces WHERE token = $1 AND at >= 0 ORDER BY at;

-- name: UploadPiece :one
SELECT sealed_by, body FROM upload_pieces WHERE token = $1 AND at = $2;

-- name: DropUploadPieces :exec
DELETE FROM upload_pieces WHERE token = $1;

-- name: UploadPiecesSealedWith :one
SELECT COUNT(*) FROM upload_pieces WHERE sealed_by = $1;

-- name: UploadPiecesSealedBefore :many
SELECT * FROM upload_pieces WHERE sealed_by < @key ORDER BY sealed_by, token, at LIMIT @most;

-- name: PutUploadPiece :exec
UPDATE upload_pieces SET sealed_by = @sealed_by, body = @body WHERE token = @token AND at = @at AND sealed_by = @was;

-- name: DropExpired :exec
DELETE FROM uploads WHERE expires < $1;

-- name: DropOrphans :exec
DELETE FROM upload_pieces WHERE token NOT IN (SELECT token FROM uploads);

-- name: SendToCase :exec
-- What is still on its way in a basket belongs to the case from now on.
UPDATE uploads SET number = @number, basket = '' WHERE owner = @owner AND basket = @basket AND state = 'sending';
