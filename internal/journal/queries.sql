-- name: AppendEntry :exec
-- On an engine with one writer the number is drawn here, in commit order; on PostgreSQL it stays null until Number.
INSERT INTO journal (subject, seq, entry, at, kind, actor, on_behalf, place, data, salt, leaf)
VALUES (@subject, @seq, CASE WHEN CAST(sqlc.arg(numbered) AS BOOLEAN) THEN (SELECT COALESCE(MAX(j.entry), 0) + 1 FROM journal j) END,
        @at, @kind, @actor, sqlc.narg(on_behalf), sqlc.narg(place), @data, @salt, @leaf);

-- name: Unnumbered :many
SELECT subject, seq FROM journal WHERE entry IS NULL ORDER BY at, subject, seq LIMIT @most;

-- name: LastEntry :one
SELECT CAST(COALESCE(MAX(entry), 0) AS BIGINT) FROM journal;

-- name: Number :exec
UPDATE journal SET entry = @entry WHERE subject = @subject AND seq = @seq AND entry IS NULL;

-- name: About :many
-- The entries about one subject, in order.
SELECT * FROM journal WHERE subject = $1 ORDER BY seq;

-- name: Leaves :many
-- The commitments after an entry, in order.
SELECT entry, leaf FROM journal WHERE entry > @after ORDER BY entry LIMIT @most;

-- name: InOrder :many
-- Whole entries after an entry, in order: for followers and for the check of the tree.
SELECT * FROM journal WHERE entry > @after ORDER BY entry LIMIT @most;

-- name: BySubject :many
-- Whole entries grouped by subject, after a subject and sequence number: for the check of the rows.
SELECT * FROM journal WHERE subject > @subject OR (subject = @subject AND seq > @seq) ORDER BY subject, seq LIMIT @most;

-- name: Count :one
SELECT COUNT(*) FROM journal;

-- name: CountUnnumbered :one
SELECT COUNT(*) FROM journal WHERE entry IS NULL;

-- name: PutTile :exec
INSERT INTO journal_tiles (level, idx, hashes) VALUES ($1, $2, $3);

-- name: Tile :one
SELECT hashes FROM journal_tiles WHERE level = $1 AND idx = $2;

-- name: LastTiles :many
-- How many whole tiles each level has.
SELECT level, COUNT(*) AS tiles FROM journal_tiles GROUP BY level ORDER BY level;

-- name: PutHead :exec
INSERT INTO journal_head (origin, size, note) VALUES ($1, $2, $3)
ON CONFLICT (origin) DO UPDATE SET size = excluded.size, note = excluded.note;

-- name: Heads :many
SELECT * FROM journal_head ORDER BY origin;
