-- name: Hold :exec
-- Makes whoever asks about the same key wait until this transaction ends.
INSERT INTO citizen_brakes (key, tries, last) VALUES ($1, 0, 0) ON CONFLICT (key) DO UPDATE SET key = excluded.key;

-- name: Count :one
-- Counts a try. Those of a pause that is over are forgotten, those within it do not prolong it.
INSERT INTO citizen_brakes (key, tries, last) VALUES (@key, 1, @now)
ON CONFLICT (key) DO UPDATE SET
  tries = CASE WHEN citizen_brakes.last <= @ended THEN 1 ELSE citizen_brakes.tries + 1 END,
  last = CASE WHEN citizen_brakes.last <= @ended OR citizen_brakes.tries < @most THEN excluded.last ELSE citizen_brakes.last END
RETURNING tries, last;

-- name: Brake :one
SELECT tries, last FROM citizen_brakes WHERE key = $1;

-- name: Release :exec
DELETE FROM citizen_brakes WHERE key = $1;

-- name: ForgetBrakes :exec
DELETE FROM citizen_brakes WHERE last < $1;

-- name: CodesOf :many
-- The codes of a telephone since an instant, the newest first.
SELECT * FROM citizen_codes WHERE phone = @phone AND at > @since ORDER BY at DESC LIMIT @most;

-- name: CodesFrom :many
-- The times of the codes that an address asked for since an instant, the newest first.
SELECT at FROM citizen_codes WHERE address = @address AND at > @since ORDER BY at DESC LIMIT @most;

-- name: InsertCode :exec
INSERT INTO citizen_codes (phone, at, address, code, spent) VALUES ($1, $2, $3, $4, $5);

-- name: Spend :execrows
UPDATE citizen_codes SET spent = true WHERE phone = $1 AND at = $2 AND NOT spent;

-- name: ForgetCodes :exec
DELETE FROM citizen_codes WHERE at < $1;

-- name: OpenSession :exec
INSERT INTO citizen_sessions (token, phone, telephone, masked, since, seen) VALUES ($1, $2, $3, $4, $5, $6);

-- name: Session :one
SELECT * FROM citizen_sessions WHERE token = $1;

-- name: Seen :exec
UPDATE citizen_sessions SET seen = $2 WHERE token = $1;

-- name: EndSession :exec
DELETE FROM citizen_sessions WHERE token = $1;

-- name: EndSessions :execrows
DELETE FROM citizen_sessions WHERE phone = $1;

-- name: ForgetSessions :exec
DELETE FROM citizen_sessions WHERE since < $1 OR seen < $2;

-- name: Sessions :many
-- In order, for a key that changed.
SELECT token, telephone FROM citizen_sessions ORDER BY token;

-- name: PutTelephone :exec
UPDATE citizen_sessions SET telephone = $2 WHERE token = $1;

-- name: Citizen :one
SELECT * FROM citizens WHERE account = $1;

-- name: PutCitizen :exec
INSERT INTO citizens (account, since, events) VALUES ($1, $2, $3)
ON CONFLICT (account) DO UPDATE SET since = excluded.since, events = excluded.events;

-- name: CitizensAfter :many
SELECT * FROM citizens WHERE account > @account ORDER BY account LIMIT @most;
