-- +goose Up
-- What was typed at the counter and not filed yet: working state, sealed, each account's own.
CREATE TABLE drafts (
  account TEXT NOT NULL,
  id      TEXT NOT NULL,
  tab     TEXT NOT NULL,     -- the page that saved it last
  aside   BOOLEAN NOT NULL,  -- put aside by a key; else it was interrupted
  ended   BOOLEAN NOT NULL,  -- filed: what a slow page still sends for it is not kept
  version BIGINT NOT NULL,
  since   BIGINT NOT NULL,
  saved   BIGINT NOT NULL,
  form    TEXT NOT NULL,     -- sealed; empty once ended
  PRIMARY KEY (account, id)
);
CREATE INDEX drafts_saved ON drafts (saved);
-- Applications for one person wait for each other here, wherever they are filed.
CREATE TABLE filing_turns (
  slot  TEXT PRIMARY KEY,
  turns BIGINT NOT NULL
);
