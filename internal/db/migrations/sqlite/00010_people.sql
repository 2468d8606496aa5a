-- +goose Up
-- Messages on their way to telephones; no record: what they tell stands in the journal.
CREATE TABLE messages (
  id        TEXT PRIMARY KEY,
  at        BIGINT NOT NULL,
  purpose   TEXT NOT NULL,
  telephone TEXT NOT NULL,   -- sealed; empty once nothing is to be sent any more
  masked    TEXT NOT NULL,
  content   TEXT NOT NULL,   -- sealed; empty once nothing is to be sent any more, but for the demonstration
  shown     TEXT NOT NULL,   -- the text without what its receiver alone may read
  state     TEXT NOT NULL,   -- waiting, sending, sent, failed, kept
  tries     BIGINT NOT NULL,
  parts     BIGINT NOT NULL,             -- how many parts of a long text the provider has taken
  reason    TEXT NOT NULL,   -- what the provider said last
  due       BIGINT NOT NULL,             -- waiting: when to try; sending: when to take it for lost
  expires   BIGINT NOT NULL,             -- after that it helps nobody
  done_at   BIGINT NOT NULL
);
CREATE INDEX messages_state ON messages (state, due, id);
CREATE INDEX messages_at ON messages (at, id);
-- Codes for signing in, and what slows their guessing.
CREATE TABLE citizen_codes (
  phone   TEXT NOT NULL,     -- keyed index of the telephone
  at      BIGINT NOT NULL,
  address TEXT NOT NULL,     -- keyed index of where it was asked from
  code    TEXT NOT NULL,     -- keyed hash
  spent   BOOLEAN NOT NULL,
  PRIMARY KEY (phone, at)
);
CREATE INDEX citizen_codes_address ON citizen_codes (address, at);
CREATE INDEX citizen_codes_at ON citizen_codes (at);
CREATE TABLE citizen_brakes (
  key  TEXT PRIMARY KEY,     -- phone/… or address/…
  tries BIGINT NOT NULL,
  last  BIGINT NOT NULL
);
CREATE TABLE citizen_sessions (
  token     BLOB PRIMARY KEY,             -- SHA-256 of what the person holds
  phone     TEXT NOT NULL,
  telephone TEXT NOT NULL,   -- sealed
  masked    TEXT NOT NULL,
  since     BIGINT NOT NULL,
  seen      BIGINT NOT NULL
);
CREATE INDEX citizen_sessions_phone ON citizen_sessions (phone);
-- Who has signed in; of the telephone no more than its keyed index.
CREATE TABLE citizens (
  account TEXT PRIMARY KEY,  -- citizen:…
  since   BIGINT NOT NULL,
  events  BIGINT NOT NULL
);
-- What people say of how they were served, a row a case, and the call back.
CREATE TABLE ratings (
  number  TEXT PRIMARY KEY,
  town    TEXT NOT NULL,
  grade   BIGINT NOT NULL,               -- 1 very good … 5 very bad
  open    BOOLEAN NOT NULL,              -- a bad one that nobody has called back yet
  at      BIGINT NOT NULL,
  events  BIGINT NOT NULL,
  doc     TEXT NOT NULL
);
CREATE INDEX ratings_open ON ratings (town, at, number) WHERE open;
CREATE INDEX ratings_town ON ratings (town, at, number);
CREATE INDEX ratings_at ON ratings (at, number);
-- A citizen's own cases, the newest first.
DROP INDEX cases_phone; -- the next begins with it
CREATE INDEX cases_phone_filed ON cases (phone_index, filed_at, number);
