-- name: ByName :one
SELECT * FROM accounts WHERE account = $1;

-- name: Accounts :many
-- A page of accounts by name.
SELECT * FROM accounts WHERE account > $1 ORDER BY account LIMIT $2;

-- name: FirstAsked :one
-- Who answers at a station for what comes in from afar: its head; without one, who is at its counter.
SELECT * FROM accounts WHERE place = $1 AND role IN ('head', 'clerk') AND NOT disabled ORDER BY role DESC, account LIMIT 1;

-- name: PutAccount :exec
INSERT INTO accounts (account, name, role, place, unit, password, disabled, events, factors) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (account) DO UPDATE SET name = excluded.name, role = excluded.role, place = excluded.place, unit = excluded.unit,
  password = excluded.password, disabled = excluded.disabled, events = excluded.events, factors = excluded.factors;

-- name: OpenSession :exec
INSERT INTO sessions (token, account, since, seen, id, address, device, stage, proof, confirmed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: Session :one
SELECT s.since, s.seen, s.id, s.stage, s.proof, s.confirmed, a.account, a.name, a.role, a.place, a.unit, a.disabled
FROM sessions s JOIN accounts a ON a.account = s.account WHERE s.token = $1;

-- name: Seen :exec
UPDATE sessions SET seen = $2 WHERE token = $1;

-- name: EndSession :exec
DELETE FROM sessions WHERE token = $1;

-- name: EndSessions :exec
DELETE FROM sessions WHERE account = $1;

-- name: ForgetSessions :exec
DELETE FROM sessions WHERE since < $1 OR seen < $2;

-- name: HalfSession :one
SELECT account, since, stage, proof FROM sessions WHERE token = $1;

-- name: SessionsOf :many
SELECT * FROM sessions WHERE account = $1 AND stage = 'in' ORDER BY seen DESC, id;

-- name: SessionByID :one
SELECT * FROM sessions WHERE account = $1 AND id = $2;

-- name: EndSessionByID :exec
DELETE FROM sessions WHERE account = $1 AND id = $2;

-- name: EndOtherSessions :exec
DELETE FROM sessions WHERE account = $1 AND token <> $2;

-- name: Confirm :exec
UPDATE sessions SET confirmed = $2 WHERE token = $1;

-- name: ForgetHalves :exec
DELETE FROM sessions WHERE stage <> 'in' AND since <= $1;

-- name: OtherAdmins :one
SELECT COUNT(*) FROM accounts WHERE role = 'admin' AND NOT disabled AND account <> $1;

-- name: NoteSignIn :exec
INSERT INTO sign_ins (id, account, at, outcome, proof, address, device) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: SignInsOf :many
SELECT * FROM sign_ins WHERE account = $1 AND at < $2 ORDER BY at DESC, id DESC LIMIT $3;

-- name: ForgetSignIns :exec
DELETE FROM sign_ins WHERE at < $1;

-- name: SpendChallenge :execrows
INSERT INTO spent_challenges (challenge, until) VALUES ($1, $2) ON CONFLICT (challenge) DO NOTHING;

-- name: ForgetChallenges :exec
DELETE FROM spent_challenges WHERE until < $1;
