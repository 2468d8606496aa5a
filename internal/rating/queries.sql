-- name: Rating :one
SELECT * FROM ratings WHERE number = $1;

-- name: InsertRating :exec
INSERT INTO ratings (number, town, grade, open, at, events, doc) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: UpdateRating :execrows
-- Guarded by the number of events that were read.
UPDATE ratings SET grade = @grade, open = @open, at = @at, events = @events, doc = @doc WHERE number = @number AND events = @read_events;

-- name: RatingsAfter :many
-- In order of number: for the check of the rows.
SELECT * FROM ratings WHERE number > @number ORDER BY number LIMIT @most;

-- name: OpenRatings :many
-- Bad ones that nobody has called back yet, the oldest first; an empty town does not narrow.
SELECT * FROM ratings WHERE open AND (town = @town OR @town = '') AND (at > @at OR (at = @at AND number > @number)) ORDER BY at, number LIMIT @most;

-- name: Ratings :many
-- The newest first, from a grade on; an empty town does not narrow.
SELECT * FROM ratings WHERE (town = @town OR @town = '') AND grade >= @grade AND (at < @at OR (at = @at AND number < @number))
ORDER BY at DESC, number DESC LIMIT @most;

-- name: CountGrades :many
SELECT grade, COUNT(*) AS ratings FROM ratings WHERE (town = @town OR @town = '') GROUP BY grade ORDER BY grade;
