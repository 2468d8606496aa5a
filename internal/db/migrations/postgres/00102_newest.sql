-- +goose Up
-- A post's newest cases, open and ended: sorting all that a unit ever had takes half a second.
ALTER TABLE case_posts ADD COLUMN filed BIGINT NOT NULL DEFAULT 0;
UPDATE case_posts SET filed = (SELECT c.filed_at FROM cases c WHERE c.number = case_posts.number);
CREATE INDEX case_posts_filed ON case_posts (post, filed, number);

-- +goose Down
DROP INDEX case_posts_filed;
ALTER TABLE case_posts DROP COLUMN filed;
