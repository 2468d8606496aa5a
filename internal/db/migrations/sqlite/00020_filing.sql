-- +goose Up
-- Applications that citizens have begun and not handed in; no record: they are forgotten.
CREATE TABLE filing_drafts (
  id      TEXT PRIMARY KEY,
  browser TEXT NOT NULL,   -- keyed index of what the browser holds
  phone   TEXT,            -- keyed index of the telephone of whoever signed in
  item    TEXT NOT NULL,
  version BIGINT NOT NULL,    -- of the draft: 1, 2, …
  saved   BIGINT NOT NULL,
  number  TEXT,            -- of the case that it became
  doc     TEXT NOT NULL    -- the answers, sealed; empty once it was handed in
);
CREATE INDEX filing_drafts_browser ON filing_drafts (browser, saved);
CREATE INDEX filing_drafts_phone ON filing_drafts (phone, saved);
CREATE INDEX filing_drafts_saved ON filing_drafts (saved);
