-- name: ByName :one
SELECT * FROM accounts WHERE account = $1;

-- name: Accounts :many
-- A page of accounts by name.
SELECT * FROM accounts WHERE account > $1 ORDER BY account LIMIT $2;

-- name: FirstAsked :one
-- Who answers at a station for what comes in from afar: its head; without one, who is at its counter.
SELECT * FROM accounts WHERE place = $1 AND role IN ('head', 'clerk') AND NOT disabled ORDER BY role DESC, account LIMIT 1;

-- name: PutAccount :exec
INSERT INTO accounts (account, name, role, place, unit, password, disabled, events) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (account) DO UPDATE SET name = excluded.name, role = excluded.role, place = excluded.place, unit = excluded.unit,
  password = excluded.password, disabled = excluded.disabled, events = excluded.events;

-- name: OpenSession :exec
INSERT INTO sessions (token, account, since, seen) VALUES ($1, $2, $3, $4);

-- name: Session :one
SELECT s.since, s.seen, a.account, a.name, a.role, a.place, a.unit, a.disabled
FROM sessions s JOIN accounts a ON a.account = s.account WHERE s.token = $1;

-- name: Seen :exec
UPDATE sessions SET seen = $2 WHERE token = $1;

-- name: EndSession :exec
DELETE FROM sessions WHERE token = $1;

-- name: EndSessions :exec
DELETE FROM sessions WHERE account = $1;

-- name: ForgetSessions :exec
DELETE FROM sessions WHERE since < $1 OR seen < $2;
