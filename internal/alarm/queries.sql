-- name: Raise :exec
-- One that is raised already keeps its instant.
INSERT INTO alarms (kind, text, since) VALUES ($1, $2, $3) ON CONFLICT (kind) DO UPDATE SET text = excluded.text;

-- name: Clear :exec
DELETE FROM alarms WHERE kind = $1;

-- name: Raised :many
SELECT * FROM alarms ORDER BY since, kind;
