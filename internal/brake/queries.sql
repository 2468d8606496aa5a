-- name: Tries :one
SELECT wrong, last FROM brakes WHERE key = $1;

-- name: Count :one
-- A wrong try; what has run out begins anew.
INSERT INTO brakes (key, wrong, last) VALUES (@key, 1, @now)
ON CONFLICT (key) DO UPDATE SET
  wrong = CASE WHEN brakes.last <= @ended THEN 1 ELSE brakes.wrong + 1 END,
  last = excluded.last
RETURNING wrong;

-- name: PutBack :exec
UPDATE brakes SET last = @now WHERE key = @key AND last > @now;

-- name: Release :exec
DELETE FROM brakes WHERE key = $1;

-- name: Forget :exec
DELETE FROM brakes WHERE key >= sqlc.arg('from') AND key < sqlc.arg('to') AND last <= @ended;

-- name: CountRoom :one
SELECT COUNT(*) FROM brakes WHERE key >= sqlc.arg('from') AND key < sqlc.arg('to');

-- name: ForgetFew :exec
DELETE FROM brakes WHERE key >= sqlc.arg('from') AND key < sqlc.arg('to') AND wrong < @most;
