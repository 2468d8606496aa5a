package query_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"bianmin/internal/cases/internal/query"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// explainer answers a query by the plan that the engine has for it.
type explainer struct {
	db.Querier
	explain string
	plan    string
}

var errExplained = errors.New("explained")

func (e *explainer) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	rows, err := e.Querier.QueryContext(ctx, e.explain+text[strings.Index(text, "\n"):], args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		e.plan += values[len(values)-1].String + "\n"
	}
	return nil, errors.Join(errExplained, rows.Err())
}

func (e *explainer) PrepareContext(context.Context, string) (*sql.Stmt, error) {
	return nil, errExplained
}

// The counter's lookups go by an index on both engines: none reads all cases, or all of a town.
func TestLookupsOfTheCounterGoByIndex(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		d, err := db.Open(t.Context(), url, db.Serving)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		fill(t, d, url)
		for _, x := range []struct {
			name, index string
			ask         func(ctx context.Context, q *query.Queries) error
		}{
			{"by name", "cases_town_name", func(ctx context.Context, q *query.Queries) error {
				_, err := q.PeopleByName(ctx, query.PeopleByNameParams{Town: "610881003000", First: "折桂", Last: "折桂\U0010ffff", Most: 600})
				return err
			}},
			{"by initials, in one room", "cases_town_initials", func(ctx context.Context, q *query.Queries) error {
				_, err := q.PeopleByInitials(ctx, query.PeopleByInitialsParams{Town: "610881003000", Place: "610881003200", First: "sgy", Last: "sgy\U0010ffff", Most: 600})
				return err
			}},
			{"by telephone", "cases_phone_filed", func(ctx context.Context, q *query.Queries) error {
				_, err := q.PeopleByPhone(ctx, query.PeopleByPhoneParams{PhoneIndex: sql.NullString{String: "p00077", Valid: true}, Town: "610881003000", Most: 600})
				return err
			}},
			{"of one person", "cases_id", func(ctx context.Context, q *query.Queries) error {
				_, err := q.CasesOfPerson(ctx, query.CasesOfPersonParams{IDIndex: "i00077", Town: "610881003000", Most: 20})
				return err
			}},
			{"under way", "cases_id", func(ctx context.Context, q *query.Queries) error {
				_, err := q.UnderWay(ctx, query.UnderWayParams{IDIndex: "i00077", Item: "BM-008", Most: 9})
				return err
			}},
		} {
			e := &explainer{Querier: d.Q(t.Context()), explain: "EXPLAIN "}
			if !db.IsPostgres(url) {
				e.explain = "EXPLAIN QUERY PLAN "
			}
			if err := x.ask(t.Context(), query.New(e)); !errors.Is(err, errExplained) {
				t.Fatalf("%s: %v", x.name, err)
			}
			if !strings.Contains(e.plan, x.index) || strings.Contains(e.plan, "Seq Scan") || strings.Contains(e.plan, "SCAN cases") {
				t.Errorf("%s:\n%s", x.name, e.plan)
			}
		}
	})
}

// fill puts in cases of twenty towns, as many as make a planner think.
func fill(t *testing.T, d *db.DB, url string) {
	t.Helper()
	const most = 20000
	numbers := fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) ", most)
	text := numbers + `INSERT INTO cases (number, town, year, serial, place, item, state, open, name, initials, id_index, phone_index, responsible, filed_at, due, version, events, doc)
		SELECT 'c' || (1000000 + i), '6108810' || (10 + i % 20) || '000', 2026, i, '6108810' || (10 + i % 20) || '2' || (10 + i % 30), 'BM-008', 'received', i % 3 = 0,
		'人' || (i % 4000), 'r' || (i % 4000), 'i' || (10000 + i % 9000), 'p' || (10000 + i % 9000), 'clerk', 1000000 + i, '2026-03-10', 1, 1, '{}' FROM n`
	err := d.Write(t.Context(), func(ctx context.Context) error {
		_, err := d.Q(ctx).ExecContext(ctx, text)
		return err
	})
	if err == nil && db.IsPostgres(url) {
		err = d.Write(t.Context(), func(ctx context.Context) error {
			_, err := d.Q(ctx).ExecContext(ctx, "ANALYZE cases")
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}
