-- +goose Up
-- The newest head that enough witnesses cosigned.
CREATE TABLE journal_cosigned (
  origin TEXT PRIMARY KEY,
  size   BIGINT NOT NULL,
  note   TEXT NOT NULL,      -- the checkpoint with the witnesses' lines
  keys   TEXT NOT NULL       -- the public keys of those witnesses, a line each
);
-- When a backup was put back: what was lost, and the log's name from then on.
CREATE TABLE journal_epochs (
  subject TEXT PRIMARY KEY,  -- epoch/2, …
  doc     TEXT NOT NULL
);
-- What wants somebody's eye now; no record.
CREATE TABLE alarms (
  kind  TEXT PRIMARY KEY,
  text  TEXT NOT NULL,
  since BIGINT NOT NULL
);
