-- name: Doc :one
SELECT events, doc FROM cases WHERE number = $1;

-- name: Scope :one
-- What says who may see a case, without the case.
SELECT town, place, phone_index FROM cases WHERE number = $1;

-- name: HasPost :one
SELECT COUNT(*) FROM case_posts WHERE number = $1 AND post = $2;

-- name: InsertCase :exec
INSERT INTO cases (number, town, year, serial, place, item, state, open, name, initials, id_index, phone_index, responsible, filed_at, due, version, events, doc)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);

-- name: UpdateCase :execrows
-- Guarded by the number of events that were read: of two changes to one case the second touches no row.
UPDATE cases SET state = @state, open = @open, name = @name, initials = @initials, id_index = @id_index, phone_index = @phone_index,
  responsible = @responsible, due = @due, version = @version, events = @events, doc = @doc
WHERE number = @number AND events = @read_events;

-- name: InsertPost :exec
INSERT INTO case_posts (number, post, todo, due, filed) VALUES ($1, $2, $3, $4, $5);

-- name: PutPost :exec
INSERT INTO case_posts (number, post, todo, due, filed) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (number, post) DO UPDATE SET todo = excluded.todo, due = excluded.due;

-- name: DropPost :exec
DELETE FROM case_posts WHERE number = $1 AND post = $2;

-- name: NextSerial :one
-- Draws the next serial of a town and year; gapless, since it is undone with its transaction.
INSERT INTO case_serials (town, year, last) VALUES ($1, $2, 1)
ON CONFLICT (town, year) DO UPDATE SET last = case_serials.last + 1
RETURNING last;

-- name: CasesAfter :many
-- Rows in order of number: for the check of the rows.
SELECT * FROM cases WHERE number > $1 ORDER BY number LIMIT $2;

-- name: PostsBetween :many
SELECT * FROM case_posts WHERE number >= @first AND number <= @last ORDER BY number, post;

-- name: Serials :many
-- What each town and year has drawn, and what its cases say: counted along the index, where a grouping would sort all
-- cases in memory.
SELECT s.town, s.year, s.last,
  CAST((SELECT COALESCE(MAX(c.serial), 0) FROM cases c WHERE c.town = s.town AND c.year = s.year) AS BIGINT) AS highest,
  CAST((SELECT COUNT(*) FROM cases c WHERE c.town = s.town AND c.year = s.year) AS BIGINT) AS cases
FROM case_serials s ORDER BY s.town, s.year;

-- name: CountByState :many
SELECT state, COUNT(*) AS cases FROM cases GROUP BY state ORDER BY state;

-- name: StrayPosts :one
SELECT COUNT(*) FROM case_posts p LEFT JOIN cases c ON c.number = p.number WHERE c.number IS NULL;

-- name: TownsWithoutSerial :one
SELECT COUNT(*) FROM (SELECT DISTINCT c.town, c.year FROM cases c) t
LEFT JOIN case_serials s ON s.town = t.town AND s.year = t.year WHERE s.town IS NULL;

-- name: InsertDue :exec
INSERT INTO dues (subject, kind, at) VALUES ($1, $2, $3);

-- name: PutDue :exec
INSERT INTO dues (subject, kind, at) VALUES ($1, $2, $3)
ON CONFLICT (subject, kind) DO UPDATE SET at = excluded.at;

-- name: DropDue :exec
DELETE FROM dues WHERE subject = $1 AND kind = $2;

-- name: DropDues :exec
DELETE FROM dues WHERE subject = $1;

-- name: DropPosts :exec
DELETE FROM case_posts WHERE number = $1;

-- name: FallenDue :many
-- What has fallen due by an instant, in the order of the moments, after a place in that order.
SELECT * FROM dues WHERE at <= @until AND (at > @at OR (at = @at AND (subject > @subject OR (subject = @subject AND kind > @kind))))
ORDER BY at, subject, kind LIMIT @most;

-- name: DuesBetween :many
SELECT * FROM dues WHERE subject >= @first AND subject <= @last ORDER BY subject, kind;

-- name: StrayDues :one
-- The number is cut out of the subject, so that each is looked up: put together, all cases would be read for each.
SELECT COUNT(*) FROM dues d LEFT JOIN cases c ON c.number = SUBSTR(d.subject, 6) WHERE c.number IS NULL;

-- name: InsertFault :exec
INSERT INTO case_faults (number, n, town, account, kind, at) VALUES ($1, $2, $3, $4, $5, $6);

-- name: FaultsBetween :many
SELECT * FROM case_faults WHERE number >= @first AND number <= @last ORDER BY number, n;

-- name: StrayFaults :one
SELECT COUNT(*) FROM case_faults f LEFT JOIN cases c ON c.number = f.number WHERE c.number IS NULL;

-- name: Faults :many
-- The newest faults; an empty town or account does not narrow.
SELECT f.number, f.n, f.account, f.kind, f.at, c.events, c.doc FROM case_faults f JOIN cases c ON c.number = f.number
WHERE (f.town = sqlc.arg(town) OR sqlc.arg(town) = '') AND (f.account = sqlc.arg(account) OR sqlc.arg(account) = '') AND f.at < sqlc.arg(before)
ORDER BY f.at DESC, f.number DESC, f.n DESC LIMIT sqlc.arg(most);

-- name: OpenAfter :many
-- Open cases in order of number: for a calendar that changed.
SELECT number, events, due, doc FROM cases WHERE open AND number > @number ORDER BY number LIMIT @most;

-- name: SealedAfter :many
-- Cases in order of number: for a key that changed.
SELECT number, events, doc FROM cases WHERE number > @number ORDER BY number LIMIT @most;

-- name: CommonItems :many
-- What was asked for most among the latest.
SELECT item, COUNT(*) AS times FROM (SELECT item FROM cases ORDER BY filed_at DESC, number DESC LIMIT @latest) AS late
GROUP BY item ORDER BY times DESC, item LIMIT @most;
-- name: TakeTurn :exec
-- Of two applications for one person the second waits here until the first is stored: see UnderWay.
INSERT INTO filing_turns (slot, turns) VALUES ($1, 1)
ON CONFLICT (slot) DO UPDATE SET turns = filing_turns.turns + 1;

-- name: UnderWay :many
-- The open cases of one applicant in one matter, wherever they are; in no order, so that the first few are enough.
SELECT number, town, place, events, doc FROM cases WHERE id_index = @id_index AND item = @item AND open LIMIT @most;

-- name: CasesOfPerson :many
-- The newest cases of one applicant that a town or (where it is not empty) a room has. The towns stand in an expression
-- so that no planner walks through a whole town in its order.
SELECT number, events, doc FROM cases WHERE id_index = sqlc.arg(id_index) AND (town || '') = sqlc.arg(town)
  AND (place = sqlc.arg(place) OR sqlc.arg(place) = '') ORDER BY filed_at + 0 DESC LIMIT sqlc.arg(most);

-- name: PeopleByName :many
SELECT id_index FROM cases WHERE town = sqlc.arg(town) AND name >= sqlc.arg(first) AND name < sqlc.arg(last)
  AND (place = sqlc.arg(place) OR sqlc.arg(place) = '') ORDER BY name LIMIT sqlc.arg(most);

-- name: PeopleByInitials :many
SELECT id_index FROM cases WHERE town = sqlc.arg(town) AND initials >= sqlc.arg(first) AND initials < sqlc.arg(last)
  AND (place = sqlc.arg(place) OR sqlc.arg(place) = '') ORDER BY initials LIMIT sqlc.arg(most);

-- name: PeopleByPhone :many
SELECT id_index FROM cases WHERE phone_index = sqlc.arg(phone_index) AND (town || '') = sqlc.arg(town)
  AND (place = sqlc.arg(place) OR sqlc.arg(place) = '') LIMIT sqlc.arg(most);
-- name: PutFact :exec
INSERT INTO case_facts (number, town, place, item, hands, promised, legal, done, days, late) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (number) DO UPDATE SET hands = excluded.hands, promised = excluded.promised, legal = excluded.legal, done = excluded.done,
  days = excluded.days, late = excluded.late;

-- name: FactsBetween :many
SELECT * FROM case_facts WHERE number >= @first AND number <= @last ORDER BY number;

-- name: StrayFacts :one
SELECT COUNT(*) FROM case_facts f LEFT JOIN cases c ON c.number = f.number WHERE c.number IS NULL;

-- name: AnyFact :one
SELECT COUNT(*) FROM (SELECT number FROM case_facts LIMIT 1) f;

-- name: DoneSince :many
-- Cases that ended on a day or after it, in order of number: for a calendar that changed.
SELECT f.number, c.events, c.doc FROM case_facts f JOIN cases c ON c.number = f.number
WHERE f.done <> '' AND f.done >= @day AND f.number > @number ORDER BY f.number LIMIT @most;

-- name: InsertTallyChange :exec
INSERT INTO tally_changes (number, events, change) VALUES ($1, $2, $3);

-- name: TallyChanges :many
SELECT * FROM tally_changes ORDER BY number, events LIMIT $1;

-- name: DropTallyChange :execrows
DELETE FROM tally_changes WHERE number = $1 AND events = $2;

-- name: AddTally :exec
INSERT INTO tallies (what, scope, at, n) VALUES ($1, $2, $3, $4)
ON CONFLICT (what, scope, at) DO UPDATE SET n = tallies.n + excluded.n;

-- name: DropNoTallies :exec
DELETE FROM tallies WHERE n = 0;

-- name: AllTallies :many
SELECT * FROM tallies;

-- name: Standing :one
-- What a board shows of the tallies, as one text, since fetching a row costs more than what stands in it: of a place its
-- months and what is open by state, of the places below one month and what is open, and what is open by item and by post.
SELECT CAST(COALESCE(string_agg(t.what || ',' || t.scope || ',' || t.at || ',' || CAST(t.n AS TEXT), ';'), '') AS TEXT) AS list FROM (
  SELECT x.what, x.scope, x.at, x.n FROM tallies x WHERE x.what IN ('filed', 'done', 'ontime', 'days') AND x.scope = @scope AND x.at >= @since AND x.at <= @until
  UNION ALL
  SELECT x.what, x.scope, x.at, x.n FROM tallies x WHERE x.what = 'open' AND x.scope = @scope
  UNION ALL
  SELECT x.what, x.scope, x.at, x.n FROM tallies x WHERE x.what IN ('filed', 'done', 'ontime') AND x.scope >= @below AND x.scope <= @below_last AND x.at = @month
  UNION ALL
  SELECT x.what, x.scope, x.at, x.n FROM tallies x WHERE x.what = 'open' AND x.scope >= @below AND x.scope <= @below_last
  UNION ALL
  SELECT x.what, x.scope, x.at, x.n FROM tallies x WHERE x.what = 'open' AND x.scope >= @item AND x.scope <= @item_last
  UNION ALL
  SELECT x.what, x.scope, x.at, x.n FROM tallies x WHERE x.what = 'open' AND x.scope >= @post AND x.scope <= @post_last
) t;

-- name: Missable :one
-- What can be missed by a day, or was, as one text as in Standing: of each case a letter for what it is counted by (today,
-- law, promise), the place, the item and the posts. An empty town does not narrow.
SELECT CAST(COALESCE(string_agg(CASE WHEN f.promised = @day THEN 't' WHEN f.legal <> '' AND f.legal < @day THEN 'l' ELSE 'p' END ||
  f.place || f.item || ',' || f.hands, ';'), '') AS TEXT) AS list
FROM case_facts f WHERE f.promised <> '' AND f.promised <= @day AND (f.town = @town OR @town = '');

-- name: FiledSince :one
SELECT COUNT(*) FROM cases WHERE filed_at >= $1;

-- name: FiledInTownSince :one
SELECT COUNT(*) FROM cases WHERE town = $1 AND filed_at >= $2;

-- name: FiledInPlaceSince :one
SELECT COUNT(*) FROM cases WHERE place = $1 AND filed_at >= $2;

-- name: Fact :one
SELECT * FROM case_facts WHERE number = $1;

-- name: Lookers :one
SELECT * FROM case_looks WHERE number = $1;

-- name: PutLookers :execrows
INSERT INTO case_looks (number, day, accounts, events) VALUES (@number, @day, @accounts, @events)
ON CONFLICT (number) DO UPDATE SET day = excluded.day, accounts = excluded.accounts, events = excluded.events WHERE case_looks.events = @before;

-- name: LookersAfter :many
SELECT * FROM case_looks WHERE number > @number ORDER BY number LIMIT @most;
