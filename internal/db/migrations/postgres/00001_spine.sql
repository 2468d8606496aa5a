-- +goose Up
-- Instants are UTC microseconds, dates YYYY-MM-DD, truths booleans. Text keys sort by their bytes on both engines.
CREATE TABLE journal (
  subject   TEXT COLLATE "C" NOT NULL,   -- what it is about: case/…, account/…, item/…
  seq       BIGINT NOT NULL,             -- 1…n within the subject
  entry     BIGINT,                      -- number in the whole journal; null until numbered (PostgreSQL alone)
  at        BIGINT NOT NULL,
  kind      TEXT COLLATE "C" NOT NULL,
  actor     TEXT COLLATE "C" NOT NULL,   -- account, or 'system'
  on_behalf TEXT COLLATE "C",
  place     TEXT COLLATE "C",
  data      TEXT COLLATE "C" NOT NULL,   -- JSON, kept to the byte: the commitment is over it
  salt      BYTEA NOT NULL,
  leaf      BYTEA NOT NULL,              -- the salted commitment
  PRIMARY KEY (subject, seq)
);
CREATE UNIQUE INDEX journal_entry ON journal (entry);
CREATE INDEX journal_unnumbered ON journal (at, subject, seq) WHERE entry IS NULL;
CREATE TABLE journal_tiles (
  level  BIGINT NOT NULL,
  idx    BIGINT NOT NULL,
  hashes BYTEA NOT NULL,                 -- 256 hashes of 32 bytes
  PRIMARY KEY (level, idx)
);
CREATE TABLE journal_head (
  origin TEXT COLLATE "C" PRIMARY KEY,
  size   BIGINT NOT NULL,
  note   TEXT COLLATE "C" NOT NULL       -- the signed checkpoint
);

CREATE TABLE idempotency (
  account TEXT COLLATE "C" NOT NULL,
  path    TEXT COLLATE "C" NOT NULL,
  key     TEXT COLLATE "C" NOT NULL,
  request BYTEA NOT NULL,                -- SHA-256 of the body
  status  BIGINT NOT NULL,
  answer  TEXT COLLATE "C" NOT NULL,
  at      BIGINT NOT NULL,
  PRIMARY KEY (account, path, key)
);
CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE accounts (
  account  TEXT COLLATE "C" PRIMARY KEY,
  name     TEXT COLLATE "C" NOT NULL,
  role     TEXT COLLATE "C" NOT NULL,
  place    TEXT COLLATE "C" NOT NULL,
  unit     TEXT COLLATE "C",
  password TEXT COLLATE "C" NOT NULL,    -- argon2id, encoded; empty never opens
  disabled BOOLEAN NOT NULL,
  events   BIGINT NOT NULL
);
CREATE TABLE sessions (
  token   BYTEA PRIMARY KEY,             -- SHA-256 of what the person holds
  account TEXT COLLATE "C" NOT NULL,
  since   BIGINT NOT NULL,
  seen    BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account);

-- What this deployment is told: places, units, items, the calendar, settings. Read whole, kept in memory.
CREATE TABLE documents (
  subject TEXT COLLATE "C" PRIMARY KEY,        -- place/…, unit/…, item/…/version, calendar/year, setting/…
  doc     TEXT COLLATE "C" NOT NULL,
  events  BIGINT NOT NULL
);

CREATE TABLE cases (
  number       TEXT COLLATE "C" PRIMARY KEY,
  town         TEXT COLLATE "C" NOT NULL,
  year         BIGINT NOT NULL,
  serial       BIGINT NOT NULL,
  place        TEXT COLLATE "C" NOT NULL,
  item         TEXT COLLATE "C" NOT NULL,
  state        TEXT COLLATE "C" NOT NULL,
  open         BOOLEAN NOT NULL,
  name         TEXT COLLATE "C" NOT NULL,
  initials     TEXT COLLATE "C" NOT NULL,
  id_index     TEXT COLLATE "C" NOT NULL,
  phone_index  TEXT COLLATE "C",
  responsible  TEXT COLLATE "C" NOT NULL,
  filed_at     BIGINT NOT NULL,
  due          TEXT COLLATE "C" NOT NULL, -- what the list is sorted by; 9999-12-31 while no clock runs
  version      BIGINT NOT NULL,
  events       BIGINT NOT NULL,
  doc          TEXT COLLATE "C" NOT NULL,
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
  number TEXT COLLATE "C" NOT NULL,
  post   TEXT COLLATE "C" NOT NULL,      -- agent:…, counter:…, desk:…, unit:…
  todo   BOOLEAN NOT NULL,               -- a step of this post is open now
  due    TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (number, post)
);
CREATE INDEX case_posts_post ON case_posts (post, todo, due, number);
CREATE TABLE case_serials (
  town TEXT COLLATE "C" NOT NULL,
  year BIGINT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (town, year)
);
