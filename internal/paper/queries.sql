-- name: Paper :one
SELECT * FROM papers WHERE subject = $1;

-- name: PapersUnder :many
-- The papers whose subjects lie between two, in order: those of a case.
SELECT * FROM papers WHERE subject > @first AND subject < @last ORDER BY subject;

-- name: PapersAfter :many
-- In order of subject: for the check of the rows.
SELECT * FROM papers WHERE subject > @subject ORDER BY subject LIMIT @most;

-- name: InsertPaper :exec
INSERT INTO papers (subject, kind, series, year, serial, about, replaces, at, file, doc)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: NextPaperSerial :one
-- Draws the next number of a series; gapless, since it is undone with its transaction.
INSERT INTO paper_serials (series, year, kind, last) VALUES ($1, $2, $3, 1)
ON CONFLICT (series, year, kind) DO UPDATE SET last = paper_serials.last + 1
RETURNING last;

-- name: PaperSerials :many
-- What each series has drawn, and what its papers say.
SELECT s.series, s.year, s.kind, s.last, CAST(COALESCE(MAX(p.serial), 0) AS BIGINT) AS highest, COUNT(p.serial) AS papers
FROM paper_serials s LEFT JOIN papers p ON p.series = s.series AND p.year = s.year AND p.kind = s.kind
GROUP BY s.series, s.year, s.kind, s.last ORDER BY s.series, s.year, s.kind;

-- name: PapersWithoutSeries :one
SELECT COUNT(*) FROM papers p LEFT JOIN paper_serials s ON s.series = p.series AND s.year = p.year AND s.kind = p.kind WHERE s.series IS NULL;

-- name: Wordings :many
-- What a series words, the newest versions first.
SELECT * FROM paper_wordings WHERE series = $1 ORDER BY kind, n DESC;

-- name: WordingsAfter :many
SELECT * FROM paper_wordings WHERE subject > @subject ORDER BY subject LIMIT @most;

-- name: InsertWording :exec
INSERT INTO paper_wordings (subject, series, kind, n, since, at, doc) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: WordingGaps :one
-- Versions are numbered without gaps.
SELECT COUNT(*) FROM (SELECT w.series, w.kind FROM paper_wordings w GROUP BY w.series, w.kind HAVING MAX(w.n) <> COUNT(*)) g;

-- name: PaperByFile :many
-- The papers whose file has this digest: one, since each has its own number.
SELECT * FROM papers WHERE file = $1 ORDER BY subject;
