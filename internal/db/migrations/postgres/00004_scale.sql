-- +goose Up
-- A town's people by the beginning of their name and of its initials; of the whole city, town by town.
CREATE INDEX cases_town_name ON cases (town, name);
CREATE INDEX cases_town_initials ON cases (town, initials);
