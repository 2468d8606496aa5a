-- +goose Up
-- All cases by their date, not the open ones alone: the list that nothing narrows, and a name that very many begin with.
CREATE INDEX cases_all_due ON cases (due, number);
CREATE INDEX cases_town_all_due ON cases (town, due, number);
