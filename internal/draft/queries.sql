-- name: Draft :one
SELECT * FROM drafts WHERE account = $1 AND id = $2;

-- name: Drafts :many
-- What an account has not filed, the last saved first.
SELECT * FROM drafts WHERE account = sqlc.arg(account) AND NOT ended ORDER BY saved DESC, id LIMIT sqlc.arg(most);

-- name: InsertDraft :exec
INSERT INTO drafts (account, id, tab, aside, ended, version, since, saved, form) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: UpdateDraft :execrows
-- Guarded by the version that was read.
UPDATE drafts SET tab = sqlc.arg(tab), aside = sqlc.arg(aside), ended = sqlc.arg(ended), version = sqlc.arg(version), saved = sqlc.arg(saved), form = sqlc.arg(form)
WHERE account = sqlc.arg(account) AND id = sqlc.arg(id) AND version = sqlc.arg(read_version);

-- name: DropDraft :exec
DELETE FROM drafts WHERE account = $1 AND id = $2;

-- name: ForgetDrafts :exec
DELETE FROM drafts WHERE saved < sqlc.arg(before) OR (ended AND saved < sqlc.arg(ended_before));

-- name: SealedDrafts :many
SELECT account, id, form FROM drafts WHERE form <> '' ORDER BY account, id;

-- name: PutDraftForm :exec
-- Guarded by what was read: what was typed meanwhile stays, and is sealed with the newest key already.
UPDATE drafts SET form = sqlc.arg(form) WHERE account = sqlc.arg(account) AND id = sqlc.arg(id) AND form = sqlc.arg(read_form);

-- name: CountDraftsLike :one
SELECT COUNT(*) FROM drafts WHERE form LIKE sqlc.arg(pattern);
