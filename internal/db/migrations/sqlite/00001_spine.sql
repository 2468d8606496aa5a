-- +goose Up
-- Instants are UTC microseconds, dates YYYY-MM-DD, truths booleans. Text keys sort by their bytes on both engines.
CREATE TABLE journal (
  subject   TEXT NOT NULL,   -- what it is about: case/…, account/…, item/…
  seq       BIGINT NOT NULL,             -- 1…n within the subject
  entry     BIGINT,                      -- number in the whole journal; null until numbered (PostgreSQL alone)
  at        BIGINT NOT NULL,
  kind      TEXT NOT NULL,
  actor     TEXT NOT NULL,   -- account, or 'system'
  on_behalf TEXT,
  place     TEXT,
  data      TEXT NOT NULL,   -- JSON, kept to the byte: the commitment is over it
  salt      BLOB NOT NULL,
  leaf      BLOB NOT NULL,              -- the salted commitment
  PRIMARY KEY (subject, seq)
);
CREATE UNIQUE INDEX journal_entry ON journal (entry);
CREATE INDEX journal_unnumbered ON journal (at, subject, seq) WHERE entry IS NULL;
CREATE TABLE journal_tiles (
  level  BIGINT NOT NULL,
  idx    BIGINT NOT NULL,
  hashes BLOB NOT NULL,                 -- 256 hashes of 32 bytes
  PRIMARY KEY (level, idx)
);
CREATE TABLE journal_head (
  origin TEXT PRIMARY KEY,
  size   BIGINT NOT NULL,
  note   TEXT NOT NULL       -- the signed checkpoint
);

CREATE TABLE idempotency (
  account TEXT NOT NULL,
  path    TEXT NOT NULL,
  key     TEXT NOT NULL,
  request BLOB NOT NULL,                -- SHA-256 of the body
  status  BIGINT NOT NULL,
  answer  TEXT NOT NULL,
  at      BIGINT NOT NULL,
  PRIMARY KEY (account, path, key)
);
CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE accounts (
  account  TEXT PRIMARY KEY,
  name     TEXT NOT NULL,
  role     TEXT NOT NULL,
  place    TEXT NOT NULL,
  unit     TEXT,
  password TEXT NOT NULL,    -- argon2id, encoded; empty never opens
  disabled BOOLEAN NOT NULL,
  events   BIGINT NOT NULL
);
CREATE TABLE sessions (
  token   BLOB PRIMARY KEY,             -- SHA-256 of what the person holds
  account TEXT NOT NULL,
  since   BIGINT NOT NULL,
  seen    BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account);

-- What this deployment is told: places, units, items, the calendar, settings. Read whole, kept in memory.
CREATE TABLE documents (
  subject TEXT PRIMARY KEY,        -- place/…, unit/…, item/…/version, calendar/year, setting/…
  doc     TEXT NOT NULL,
  events  BIGINT NOT NULL
);

CREATE TABLE cases (
  number       TEXT PRIMARY KEY,
  town         TEXT NOT NULL,
  year         BIGINT NOT NULL,
  serial       BIGINT NOT NULL,
  place        TEXT NOT NULL,
  item         TEXT NOT NULL,
  state        TEXT NOT NULL,
  open         BOOLEAN NOT NULL,
  name         TEXT NOT NULL,
  initials     TEXT NOT NULL,
  id_index     TEXT NOT NULL,
  phone_index  TEXT,
  responsible  TEXT NOT NULL,
  filed_at     BIGINT NOT NULL,
  due          TEXT NOT NULL, -- what the list is sorted by; 9999-12-31 while no clock runs
  version      BIGINT NOT NULL,
  events       BIGINT NOT NULL,
  doc          TEXT NOT NULL,
  UNIQUE (town, year, serial)
);
CREATE INDEX cases_town_due ON cases (town, due, number) WHERE open;
CREATE INDEX cases_town_filed ON cases (town, filed_at, number);
CREATE INDEX cases_place_due ON cases (place, due, number) WHERE open;
CREATE INDEX cases_place_filed ON cases (place, filed_at, number);
CREATE INDEX cases_due ON cases (due, number) WHERE open;
CREATE INDEX cases_filed ON cases (filed_at, number);
CREATE INDEX cases_id ON cases (id_index);
CREATE INDEX cases_phone ON cases (phone_index);
CREATE INDEX cases_responsible ON cases (responsible, due, number) WHERE open;
CREATE TABLE case_posts (
  number TEXT NOT NULL,
  post   TEXT NOT NULL,      -- agent:…, counter:…, desk:…, unit:…
  todo   BOOLEAN NOT NULL,               -- a step of this post is open now
  due    TEXT NOT NULL,
  PRIMARY KEY (number, post)
);
CREATE INDEX case_posts_post ON case_posts (post, todo, due, number);
CREATE TABLE case_serials (
  town TEXT NOT NULL,
  year BIGINT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (town, year)
);
