-- +goose Up
-- Wrong tries at signing in and at following a case, of all copies of the program; swept when they have run out.
CREATE TABLE brakes (
  key   TEXT COLLATE "C" PRIMARY KEY,  -- the room, and a hash of what was tried
  wrong BIGINT NOT NULL,
  last  BIGINT NOT NULL
);
-- Who opened a case without a part in it, on the last day on which anybody did; every look is an entry of the journal.
CREATE TABLE case_looks (
  number   TEXT COLLATE "C" PRIMARY KEY,
  day      TEXT COLLATE "C" NOT NULL,
  accounts TEXT COLLATE "C" NOT NULL,  -- a line each
  events   BIGINT NOT NULL
);
