-- name: Insert :exec
INSERT INTO filing_drafts (id, browser, phone, item, version, saved, number, doc, network) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: UnsignedFrom :one
-- How many drafts of a network nobody has signed in for, counted up to a bound.
SELECT COUNT(*) FROM (SELECT id FROM filing_drafts WHERE phone IS NULL AND network = @network AND saved > @since LIMIT @most) AS counted;

-- name: Unsigned :one
-- How many drafts nobody has signed in for, counted up to a bound.
SELECT COUNT(*) FROM (SELECT id FROM filing_drafts WHERE phone IS NULL AND saved > @since LIMIT @most) AS counted;

-- name: Draft :one
SELECT * FROM filing_drafts WHERE id = $1;

-- name: OfBrowser :many
-- The drafts of a browser that are not handed in, the newest first.
SELECT * FROM filing_drafts WHERE browser = $1 AND number IS NULL ORDER BY saved DESC, id LIMIT $2;

-- name: OfPhone :many
SELECT * FROM filing_drafts WHERE phone = $1 AND number IS NULL ORDER BY saved DESC, id LIMIT $2;

-- name: Save :execrows
UPDATE filing_drafts SET phone = @phone, version = version + 1, saved = @saved, number = @number, doc = @doc WHERE id = @id AND version = @version;

-- name: Release :execrows
UPDATE filing_drafts SET phone = NULL, browser = @browser, version = version + 1, saved = @saved, doc = @doc
WHERE id = @id AND version = @version;

-- name: Drop :exec
DELETE FROM filing_drafts WHERE id = $1;

-- name: Forget :exec
DELETE FROM filing_drafts WHERE saved < @kept OR (phone IS NULL AND saved < @here);

-- name: After :many
-- All drafts by id, for sealing anew.
SELECT * FROM filing_drafts WHERE id > $1 ORDER BY id LIMIT $2;

-- name: PutDoc :exec
UPDATE filing_drafts SET doc = $2 WHERE id = $1 AND version = $3;
