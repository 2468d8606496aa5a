-- +goose Up
-- The papers of cases, as they were issued.
CREATE TABLE papers (
  subject  TEXT COLLATE "C" PRIMARY KEY,  -- paper/610881101-2026-000421-7-03-1: case, kind, which of that kind
  kind     TEXT COLLATE "C" NOT NULL,
  series   TEXT COLLATE "C" NOT NULL,     -- who numbers: station:610881101000, unit:minzheng
  year     BIGINT NOT NULL,
  serial   BIGINT NOT NULL,   -- 1…n, without gaps
  about    BIGINT NOT NULL,   -- the case's event that it tells of
  replaces TEXT COLLATE "C" NOT NULL,     -- the id of the paper that it corrects; empty when none
  at       BIGINT NOT NULL,
  file     TEXT COLLATE "C" NOT NULL,     -- SHA-256 of the PDF
  doc      TEXT COLLATE "C" NOT NULL      -- every word of it
);
CREATE UNIQUE INDEX papers_series ON papers (series, year, kind, serial);
CREATE TABLE paper_serials (
  series TEXT COLLATE "C" NOT NULL,
  year   BIGINT NOT NULL,
  kind   TEXT COLLATE "C" NOT NULL,
  last   BIGINT NOT NULL,
  PRIMARY KEY (series, year, kind)
);
