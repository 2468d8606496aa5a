-- +goose Up
-- Applications that citizens have begun and not handed in; no record: they are forgotten.
CREATE TABLE drafts (
  id      TEXT COLLATE "C" PRIMARY KEY,
  browser TEXT COLLATE "C" NOT NULL,   -- keyed index of what the browser holds
  phone   TEXT COLLATE "C",            -- keyed index of the telephone of whoever signed in
  item    TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,    -- of the draft: 1, 2, …
  saved   BIGINT NOT NULL,
  number  TEXT COLLATE "C",            -- of the case that it became
  doc     TEXT COLLATE "C" NOT NULL    -- the answers, sealed; empty once it was handed in
);
CREATE INDEX drafts_browser ON drafts (browser, saved);
CREATE INDEX drafts_phone ON drafts (phone, saved);
CREATE INDEX drafts_saved ON drafts (saved);
