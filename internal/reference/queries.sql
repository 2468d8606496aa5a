-- name: Document :one
SELECT doc, events FROM documents WHERE subject = $1;

-- name: PutDocument :exec
INSERT INTO documents (subject, doc, events) VALUES ($1, $2, $3)
ON CONFLICT (subject) DO UPDATE SET doc = excluded.doc, events = excluded.events;

-- name: DocumentsUnder :many
-- The documents of one kind, in order; the kind is everything before the first slash.
SELECT subject, doc FROM documents WHERE subject > @first AND subject < @last ORDER BY subject;

-- name: DocumentsAfter :many
SELECT * FROM documents WHERE subject > $1 ORDER BY subject LIMIT $2;

-- name: CountDocuments :one
SELECT COUNT(*) FROM documents;

-- name: Revision :one
-- How often any document was set.
SELECT CAST(COALESCE(SUM(events), 0) AS BIGINT) FROM documents;
