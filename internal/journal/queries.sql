-- name: AppendEntry :exec
-- On an engine with one writer the number is drawn here, in commit order; on PostgreSQL it stays null until Number.
INSERT INTO journal (subject, seq, entry, at, kind, actor, on_behalf, place, data, salt, leaf)
VALUES (@subject, @seq, CASE WHEN CAST(sqlc.arg(numbered) AS BOOLEAN) THEN (SELECT COALESCE(MAX(j.entry), 0) + 1 FROM journal j) END,
        @at, @kind, @actor, sqlc.narg(on_behalf), sqlc.narg(place), @data, @salt, @leaf);

-- name: LastEntry :one
SELECT CAST(COALESCE(MAX(entry), 0) AS BIGINT) FROM journal;

-- name: Number :execrows
-- Numbers the first entries without a number, on from the last.
UPDATE journal SET entry = n.entry
FROM (SELECT u.subject, u.seq, CAST(sqlc.arg(last) AS BIGINT) + ROW_NUMBER() OVER (ORDER BY u.at, u.subject, u.seq) AS entry
      FROM (SELECT j.subject, j.seq, j.at FROM journal j WHERE j.entry IS NULL ORDER BY j.at, j.subject, j.seq LIMIT sqlc.arg(most)) u) n
WHERE journal.subject = n.subject AND journal.seq = n.seq AND journal.entry IS NULL;

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
-- Whole entries grouped by subject, after a subject and sequence number: for the check of the rows. The first condition is
-- what an index begins at; of an OR alone every page would be read from the first entry on.
SELECT * FROM journal WHERE subject >= @subject AND (subject > @subject OR seq > @seq) ORDER BY subject, seq LIMIT @most;

-- name: Count :one
SELECT COUNT(*) FROM journal;

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

-- name: DropOtherHeads :exec
-- A new epoch has a new origin; the head before it lives on in the epoch's declaration.
DELETE FROM journal_head WHERE origin <> $1;

-- name: EntryOf :one
SELECT * FROM journal WHERE subject = $1 AND seq = $2;

-- name: LastOf :one
SELECT * FROM journal WHERE subject = $1 ORDER BY seq DESC LIMIT 1;

-- name: TilesOf :many
-- Whole tiles of a level, from one to before another.
SELECT idx, hashes FROM journal_tiles WHERE level = @level AND idx >= @first AND idx < @beyond ORDER BY idx;

-- name: Cosigned :many
SELECT * FROM journal_cosigned ORDER BY origin;

-- name: PutCosigned :exec
INSERT INTO journal_cosigned (origin, size, note, keys) VALUES ($1, $2, $3, $4)
ON CONFLICT (origin) DO UPDATE SET size = excluded.size, note = excluded.note, keys = excluded.keys;

-- name: DropOtherCosigned :exec
DELETE FROM journal_cosigned WHERE origin <> $1;

-- name: PutEpoch :exec
INSERT INTO journal_epochs (subject, doc) VALUES ($1, $2);

-- name: EpochsAfter :many
SELECT * FROM journal_epochs WHERE subject > $1 ORDER BY subject;

-- name: ByActor :many
-- What somebody did since a moment, the newest first, as far as it is about what begins so.
SELECT subject, seq, at, kind FROM journal WHERE actor = @actor AND at >= @since AND subject >= @first AND subject < @last
ORDER BY at DESC, subject, seq DESC LIMIT @most;
-- name: AtPlace :many
-- What was done at a place in a time, in order: for its ledger.
SELECT * FROM journal WHERE place = @place AND at >= @since AND at < @before ORDER BY at, subject, seq LIMIT @most;
