-- +goose Up
-- What a place words in its papers: a row a version.
CREATE TABLE paper_wordings (
  subject TEXT PRIMARY KEY,  -- wording/station:610881101000/03/2: whose, which paper (00: all), which version
  series  TEXT NOT NULL,
  kind    TEXT NOT NULL,
  n       BIGINT NOT NULL,               -- 1…n, without gaps
  since   TEXT NOT NULL,     -- YYYY-MM-DD
  at      BIGINT NOT NULL,
  doc     TEXT NOT NULL
);
CREATE INDEX paper_wordings_version ON paper_wordings (series, kind, n);
-- For the ledger of a counter or a room: what was done at a place, in order.
CREATE INDEX journal_place_at ON journal (place, at);
-- A file that somebody holds is looked up by its digest.
CREATE INDEX papers_file ON papers (file);
