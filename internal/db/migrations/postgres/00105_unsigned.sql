-- +goose Up
-- From which network an application was begun for which nobody signed in (a keyed index): so many are kept of one, and of all.
ALTER TABLE filing_drafts ADD COLUMN network TEXT NOT NULL DEFAULT '';
CREATE INDEX filing_drafts_unsigned ON filing_drafts (network) WHERE phone IS NULL;

-- +goose Down
DROP INDEX filing_drafts_unsigned;
ALTER TABLE filing_drafts DROP COLUMN network;
