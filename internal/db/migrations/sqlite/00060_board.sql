-- +goose Up
-- What is counted of a case: its last days while they can be missed, and how it ended. Follows from the case and the calendar.
CREATE TABLE case_facts (
  number   TEXT PRIMARY KEY,
  town     TEXT NOT NULL,
  place    TEXT NOT NULL,
  item     TEXT NOT NULL,
  hands    TEXT NOT NULL,    -- the posts whose turn it is, with a blank between
  promised TEXT NOT NULL,    -- the promised last day while it can be missed; else empty
  legal    TEXT NOT NULL,    -- the legal one, alike
  done     TEXT NOT NULL,    -- the day on which the limits ended with a result; empty before
  days     BIGINT NOT NULL,  -- working days from acceptance to that day
  late     BIGINT NOT NULL   -- 0 in time, 1 past the promise, 2 past the law
);
CREATE INDEX case_facts_promised ON case_facts (promised, legal) WHERE promised <> '';
CREATE INDEX case_facts_done ON case_facts (done, number) WHERE done <> '';
CREATE INDEX case_facts_town_done ON case_facts (town, done, number) WHERE done <> '';
-- How many: filed, open, done … by place, item and post.
CREATE TABLE tallies (
  what  TEXT NOT NULL,
  scope TEXT NOT NULL,       -- city:…, town:…, place:…, item:town item, post:town post
  at    TEXT NOT NULL,       -- a state, a month, a month and a number of days
  n     BIGINT NOT NULL,
  PRIMARY KEY (what, scope, at)
);
CREATE INDEX tallies_none ON tallies (n) WHERE n = 0;
-- What changed and is not yet in the tallies: one row a change, so that no two writers meet at one count.
CREATE TABLE tally_changes (
  number TEXT NOT NULL,
  events BIGINT NOT NULL,
  change TEXT NOT NULL,      -- a line a count: what, scope, at, n
  PRIMARY KEY (number, events)
);
-- Who took which list out as a file.
CREATE TABLE exports (
  subject TEXT PRIMARY KEY,  -- export/, the instant and some letters by chance
  account TEXT NOT NULL,
  at      BIGINT NOT NULL,
  town    TEXT NOT NULL,
  doc     TEXT NOT NULL
);
CREATE INDEX exports_at ON exports (at, subject);
CREATE INDEX exports_town_at ON exports (town, at, subject);
-- What somebody did today.
CREATE INDEX journal_actor ON journal (actor, at);
