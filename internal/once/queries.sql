-- name: Taken :one
SELECT request, status, answer FROM idempotency WHERE account = $1 AND path = $2 AND key = $3;

-- name: Put :exec
-- Of two transactions with one key the second fails here, is run again, and finds the first one's answer.
INSERT INTO idempotency (account, path, key, request, status, answer, at) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: Forget :exec
DELETE FROM idempotency WHERE at < $1;

-- name: SealedAnswers :many
-- A plain answer is JSON; a sealed one begins with the number of its key.
SELECT account, path, key, answer FROM idempotency WHERE substr(answer, 1, 1) <> '{';

-- name: PutAnswer :exec
UPDATE idempotency SET answer = sqlc.arg(answer) WHERE account = sqlc.arg(account) AND path = sqlc.arg(path) AND key = sqlc.arg(key);

-- name: CountAnswersLike :one
SELECT COUNT(*) FROM idempotency WHERE answer LIKE sqlc.arg(pattern);
