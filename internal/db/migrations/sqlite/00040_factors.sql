-- +goose Up
-- What an account has besides its password, as JSON: when a code was last used, public keys, keyed fingerprints. No secret
-- of a code stands here: it is made of a nonce by a key beside the data.
ALTER TABLE accounts ADD COLUMN factors TEXT NOT NULL DEFAULT '';

-- A session by the name under which it is listed and ended, where it was opened, and how far it is: in, code or setup.
-- Those that are open now end: nobody knows where they came from.
DELETE FROM sessions;
ALTER TABLE sessions ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN stage TEXT NOT NULL DEFAULT 'in';
ALTER TABLE sessions ADD COLUMN proof TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN confirmed BIGINT NOT NULL DEFAULT 0;

-- Tries to sign in, right and wrong, kept for 200 days.
CREATE TABLE sign_ins (
  id      TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  at      BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  proof   TEXT NOT NULL,   -- password, totp, passkey, recovery, demo
  address TEXT NOT NULL,
  device  TEXT NOT NULL
);
CREATE INDEX sign_ins_account ON sign_ins (account, at);
CREATE INDEX sign_ins_at ON sign_ins (at);

-- Challenges of passkeys that were answered, until they would have run out.
CREATE TABLE spent_challenges (
  challenge TEXT PRIMARY KEY,
  until     BIGINT NOT NULL
);
