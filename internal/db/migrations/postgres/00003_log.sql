-- +goose Up
-- The newest head that enough witnesses cosigned.
CREATE TABLE journal_cosigned (
  origin TEXT COLLATE "C" PRIMARY KEY,
  size   BIGINT NOT NULL,
  note   TEXT COLLATE "C" NOT NULL,      -- the checkpoint with the witnesses' lines
  keys   TEXT COLLATE "C" NOT NULL       -- the public keys of those witnesses, a line each
);
-- When a backup was put back: what was lost, and the log's name from then on.
CREATE TABLE journal_epochs (
  subject TEXT COLLATE "C" PRIMARY KEY,  -- epoch/2, …
  doc     TEXT COLLATE "C" NOT NULL
);
-- What wants somebody's eye now; no record.
CREATE TABLE alarms (
  kind  TEXT COLLATE "C" PRIMARY KEY,
  text  TEXT COLLATE "C" NOT NULL,
  since BIGINT NOT NULL
);
