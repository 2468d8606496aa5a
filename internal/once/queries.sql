-- name: Taken :one
SELECT request, status, answer FROM idempotency WHERE account = $1 AND path = $2 AND key = $3;

-- name: Put :exec
-- Of two transactions with one key the second fails here, is run again, and finds the first one's answer.
INSERT INTO idempotency (account, path, key, request, status, answer, at) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: Forget :exec
DELETE FROM idempotency WHERE at < $1;
