-- +goose Up
-- What is open of an item, and at a post, is counted for the city too. The program counts all anew when it finds nothing.
DELETE FROM tally_changes;
DELETE FROM tallies;
DELETE FROM case_facts;

-- +goose Down
DELETE FROM tally_changes;
DELETE FROM tallies;
DELETE FROM case_facts;
