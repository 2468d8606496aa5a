-- +goose Up
-- What happens by itself, and when. In the order of the moments.
CREATE TABLE dues (
  subject TEXT COLLATE "C" NOT NULL,   -- case/…
  kind    TEXT COLLATE "C" NOT NULL,
  at      BIGINT NOT NULL,
  PRIMARY KEY (subject, kind)
);
CREATE INDEX dues_at ON dues (at, subject, kind);
-- What stands on somebody's record.
CREATE TABLE case_faults (
  number  TEXT COLLATE "C" NOT NULL,
  n       BIGINT NOT NULL,               -- 1…n within the case
  town    TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  kind    TEXT COLLATE "C" NOT NULL,
  at      BIGINT NOT NULL,
  PRIMARY KEY (number, n)
);
CREATE INDEX case_faults_account ON case_faults (account, at);
CREATE INDEX case_faults_town ON case_faults (town, at);
