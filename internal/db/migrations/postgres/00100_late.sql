-- +goose Up
-- What a board counts of the late cases stands in the index itself.
DROP INDEX case_facts_promised;
CREATE INDEX case_facts_promised ON case_facts (promised, legal, town, place, item, hands) WHERE promised <> '';

-- +goose Down
DROP INDEX case_facts_promised;
CREATE INDEX case_facts_promised ON case_facts (promised, legal) WHERE promised <> '';
