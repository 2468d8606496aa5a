-- +goose Up
-- What a search by name or initials sorts stands in its index: otherwise every case that begins so is read for its date.
-- The first two never change in a case's life but for an amendment; the others hold the open cases alone.
DROP INDEX cases_town_name;
DROP INDEX cases_town_initials;
CREATE INDEX cases_town_name ON cases (town, name, filed_at, number);
CREATE INDEX cases_town_initials ON cases (town, initials, filed_at, number);
CREATE INDEX cases_town_name_due ON cases (town, name, due, number, filed_at, open) WHERE open;
CREATE INDEX cases_town_initials_due ON cases (town, initials, due, number, filed_at, open) WHERE open;
-- The newest open cases: PostgreSQL sorted all open ones of a town for them.
CREATE INDEX cases_town_filed_open ON cases (town, filed_at, number) WHERE open;
CREATE INDEX cases_filed_open ON cases (filed_at, number) WHERE open;
