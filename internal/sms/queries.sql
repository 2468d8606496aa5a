-- name: InsertMessage :exec
INSERT INTO messages (id, at, purpose, telephone, masked, content, shown, state, tries, parts, reason, due, expires, done_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: Due :many
-- What is to be tried by an instant; of what was being sent, what must be taken for lost.
SELECT * FROM messages WHERE state = @state AND due <= @now ORDER BY due, id LIMIT @most;

-- name: Claim :execrows
-- Of two copies that see the same one sends it.
UPDATE messages SET state = 'sending', due = @lease, tries = tries + 1 WHERE id = @id AND state = @state AND due = @due;

-- name: Settle :execrows
UPDATE messages SET state = @state, telephone = @telephone, content = @content, parts = @parts, reason = @reason, due = @due, done_at = @done_at,
  tries = @tries
WHERE id = @id AND state = 'sending' AND due = @lease;

-- name: Messages :many
-- The newest first, after a place in that order; empty conditions do not narrow. The tail is that of a mobile number.
SELECT * FROM messages
WHERE (state = @state OR @state = '') AND (purpose = @purpose OR @purpose = '') AND (SUBSTR(masked, 8) = @tail OR @tail = '')
  AND (at < @at OR (at = @at AND id < @id))
ORDER BY at DESC, id DESC LIMIT @most;

-- name: CountByState :many
SELECT state, COUNT(*) AS messages FROM messages GROUP BY state ORDER BY state;

-- name: Sealed :many
-- What still holds a sealed value, in order, for a key that changed.
SELECT id, telephone, content FROM messages WHERE id > @id AND (telephone <> '' OR content <> '') ORDER BY id LIMIT @most;

-- name: PutSealed :exec
UPDATE messages SET telephone = @telephone, content = @content WHERE id = @id;

-- name: Forget :exec
-- What was done with long ago.
DELETE FROM messages WHERE at < @at AND state IN ('sent', 'failed', 'kept');

-- name: Unsent :one
-- Of what ought to have gone: what has waited since before an instant or beyond its time, and what ran out after the instant.
SELECT COUNT(*) AS messages, CAST(COALESCE(MIN(at), 0) AS BIGINT) AS oldest FROM messages
WHERE (state IN ('waiting', 'sending') AND (at <= @since OR expires <= @now)) OR (state = 'failed' AND done_at > @since AND expires <= done_at);
