-- name: InsertExport :exec
INSERT INTO exports (subject, account, at, town, doc) VALUES ($1, $2, $3, $4, $5);

-- name: Exports :many
-- The newest before a moment; an empty town does not narrow.
SELECT * FROM exports WHERE at < @before AND (town = @town OR @town = '') ORDER BY at DESC, subject DESC LIMIT @most;

-- name: ExportsAfter :many
SELECT * FROM exports WHERE subject > @subject ORDER BY subject LIMIT @most;
