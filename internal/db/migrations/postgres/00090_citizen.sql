-- +goose Up
-- Wrong tries at signing in and at following a case, of all copies of the program; swept when they have run out.
CREATE TABLE brakes (
  key   TEXT COLLATE "C" PRIMARY KEY,  -- the room, and a hash of what was tried
  wrong BIGINT NOT NULL,
  last  BIGINT NOT NULL
);
