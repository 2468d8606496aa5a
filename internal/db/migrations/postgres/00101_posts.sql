-- +goose Up
-- A unit's list by due date: of what waits for it, and of what does not any more.
CREATE INDEX case_posts_due ON case_posts (post, due, number);

-- +goose Down
DROP INDEX case_posts_due;
