-- +goose Up
-- The photographs and scans of cases' materials. What they show is sealed, in pieces; the digests are of what is sealed.
CREATE TABLE files (
  subject TEXT COLLATE "C" PRIMARY KEY,  -- file/610881101-2026-000421-7-3: case, which of its files
  type    TEXT COLLATE "C" NOT NULL,
  size    BIGINT NOT NULL,      -- bytes
  digest  TEXT COLLATE "C" NOT NULL,     -- SHA-256 of the content
  thumb   TEXT COLLATE "C" NOT NULL,     -- SHA-256 of the small picture
  erased  BOOLEAN NOT NULL,     -- its content is gone: it was removed before anybody had received it
  events  BIGINT NOT NULL       -- how many entries there are about it: one, and one for each look
);
CREATE TABLE file_pieces (
  subject TEXT COLLATE "C" NOT NULL,
  n       BIGINT NOT NULL,      -- 0 the small picture, 1… the content
  sealed_by BIGINT NOT NULL,    -- number of the key
  body    BYTEA NOT NULL,
  PRIMARY KEY (subject, n)
);
CREATE INDEX file_pieces_key ON file_pieces (sealed_by);
-- Uploads on their way: working state, dropped after a day.
CREATE TABLE uploads (
  token    TEXT COLLATE "C" PRIMARY KEY,
  owner    TEXT COLLATE "C" NOT NULL,    -- account/clerk-610881101, or whatever else may own one
  number   TEXT COLLATE "C" NOT NULL,    -- the case; empty for one in a basket
  basket   TEXT COLLATE "C" NOT NULL,    -- empty for one of a case
  material TEXT COLLATE "C" NOT NULL,
  replaces BIGINT NOT NULL,
  ending   TEXT COLLATE "C" NOT NULL,    -- of the file's name: .jpg
  size     BIGINT NOT NULL,
  got      BIGINT NOT NULL,     -- bytes
  state    TEXT COLLATE "C" NOT NULL,    -- sending, ready (in a basket), done, refused
  doc      TEXT COLLATE "C" NOT NULL,    -- what became of it
  made     BIGINT NOT NULL,
  expires  BIGINT NOT NULL
);
CREATE INDEX uploads_owner ON uploads (owner, basket);
CREATE INDEX uploads_expires ON uploads (expires);
CREATE TABLE upload_pieces (
  token TEXT COLLATE "C" NOT NULL,
  at    BIGINT NOT NULL,        -- where it begins; -1 the small picture
  sealed_by BIGINT NOT NULL,
  body  BYTEA NOT NULL,
  PRIMARY KEY (token, at)
);
CREATE INDEX upload_pieces_key ON upload_pieces (sealed_by);
