package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/place"
)

// list is one kind of list: what the service is asked, and the bare query that gives the same.
type list struct {
	name   string
	filter func(x sample) cases.Filter
	bare   string
	args   func(x sample) []any
	city   bool // of the whole city, not of the sample's town
}

// sample is a stored case after which a list is asked for.
type sample struct {
	number, town, room, name, initials, phone, phoneIndex string
	year, serial                                          int64
}

const bareList = `SELECT c.number, c.due, c.filed_at, c.events, c.doc FROM cases c WHERE `

func beyond(s string) string { return s + string(utf8.MaxRune) }

var asked = []list{
	{"a town's 50 newest open cases", func(sample) cases.Filter { return cases.Filter{Open: true, Sort: cases.ByNewest} },
		bareList + `c.town = $1 AND c.open ORDER BY c.filed_at DESC, c.number DESC LIMIT 51`, func(x sample) []any { return []any{x.town} }, false},
	{"a town's open cases by due date", func(sample) cases.Filter { return cases.Filter{Open: true} },
		bareList + `c.town = $1 AND c.open ORDER BY c.due, c.number LIMIT 51`, func(x sample) []any { return []any{x.town} }, false},
	{"by serial, in a town", func(x sample) cases.Filter { return cases.Filter{Query: strconv.FormatInt(x.serial, 10)} },
		bareList + `c.town = $1 AND c.year = $2 AND c.serial = $3`, func(x sample) []any { return []any{x.town, x.year, x.serial} }, false},
	{"by name, in a town", func(x sample) cases.Filter { return cases.Filter{Query: x.name} },
		bareList + `c.town = $1 AND c.name >= $2 AND c.name < $3 ORDER BY c.due, c.number LIMIT 51`,
		func(x sample) []any { return []any{x.town, x.name, beyond(x.name)} }, false},
	{"by initials, in a town", func(x sample) cases.Filter { return cases.Filter{Query: x.initials} },
		bareList + `c.town = $1 AND c.initials >= $2 AND c.initials < $3 ORDER BY c.due, c.number LIMIT 51`,
		func(x sample) []any { return []any{x.town, x.initials, beyond(x.initials)} }, false},
	{"by telephone, in a town", func(x sample) cases.Filter { return cases.Filter{Query: x.phone} },
		bareList + `(c.town || '') = $1 AND c.phone_index = $2 ORDER BY c.due, c.number LIMIT 51`, func(x sample) []any { return []any{x.town, x.phoneIndex} }, false},
	{"by name, in the city", func(x sample) cases.Filter { return cases.Filter{Query: x.name} },
		bareList + cityTowns + `c.name >= $1 AND c.name < $2 ORDER BY c.due, c.number LIMIT 51`, func(x sample) []any { return []any{x.name, beyond(x.name)} }, true},
	{"by initials, in the city", func(x sample) cases.Filter { return cases.Filter{Query: x.initials} },
		bareList + cityTowns + `c.initials >= $1 AND c.initials < $2 ORDER BY c.due, c.number LIMIT 51`,
		func(x sample) []any { return []any{x.initials, beyond(x.initials)} }, true},
}

// cityTowns lets a bare query of the whole city use the indexes, which begin with the town.
const cityTowns = `c.town IN (SELECT s.town FROM case_serials s) AND `

// samples is how many cases each list is asked for, after a few that are not counted: they prepare the statements.
const (
	samples = 1000
	unheard = 20
)

// lists measures lists and pages for the same samples.
func (s *scale) lists(ctx context.Context) error {
	app.CollectSeldom() // as serve does, in whose place this stands
	config := app.Config{Data: s.data, DatabaseURL: s.database, Demo: true, Wall: clock.Func(time.Now), Log: slog.New(slog.DiscardHandler)}
	a, err := app.Open(ctx, config, db.Tool)
	if err != nil {
		return err
	}
	all, err := s.samples(ctx, a)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	return errors.Join(s.listed(ctx, a, all), a.Close(), s.pages(ctx, all))
}

// listed measures the service's answers beside the bare queries, prepared and scanned in full, in turn.
func (s *scale) listed(ctx context.Context, a *app.App, all []sample) error {
	s.say("")
	s.say("| %s, %d cases | service p50, ms | p99, ms | bare p50, ms | p99, ms | p99 / bare p99 | at most |", s.engine, s.cases)
	s.say("|---|---:|---:|---:|---:|---:|---:|")
	for _, l := range asked {
		m, err := s.measured(func() (ours, bare []float64, err error) { return s.both(ctx, a, l, all) })
		if err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
		s.say("| %s | %.2f | %.2f | %.2f | %.2f | %.1f | 3, 20 ms |", l.name, m.p50, m.p99, m.bare50, m.bare99, m.ratio)
	}
	return nil
}

// times are medians of the rounds: ours, the bare query's, and how many times the bare query's 99th percentile ours is.
type times struct{ p50, p99, bare50, bare99, ratio float64 }

// measured runs the rounds. bare may be empty.
func (s *scale) measured(once func() (ours, bare []float64, err error)) (times, error) {
	var p50, p99, bare50, bare99, ratio []float64
	for range s.rounds {
		ours, bare, err := once()
		if err != nil {
			return times{}, err
		}
		p50, p99 = append(p50, at(ours, 50)), append(p99, at(ours, 99))
		if len(bare) > 0 {
			bare50, bare99, ratio = append(bare50, at(bare, 50)), append(bare99, at(bare, 99)), append(ratio, at(ours, 99)/at(bare, 99))
		}
	}
	m := times{p50: median(p50), p99: median(p99)}
	if len(ratio) > 0 {
		m.bare50, m.bare99, m.ratio = median(bare50), median(bare99), median(ratio)
	}
	return m, nil
}

// both times a list for every sample, the one and the other first by turns.
func (s *scale) both(ctx context.Context, a *app.App, l list, all []sample) (ours, bare []float64, err error) {
	query, err := s.bare.PrepareContext(ctx, l.bare)
	if err != nil {
		return nil, nil, err
	}
	defer query.Close()
	for i, x := range all {
		actor := access.Actor{Account: "clerk-" + x.town[:9], Role: access.Clerk, Place: place.Code(x.town)}
		if l.city {
			actor = access.Actor{Account: "supervisor", Role: access.Supervisor, Place: a.City.Places.Root().Code}
		}
		service := func() error { _, err := a.Cases.List(ctx, actor, l.filter(x)); return err }
		alone := func() error { return readAll(query.QueryContext(ctx, l.args(x)...)) }
		first, second, firsts, seconds := service, alone, &ours, &bare
		if i%2 == 1 {
			first, second, firsts, seconds = alone, service, &bare, &ours
		}
		if err := timed(first, firsts); err != nil {
			return nil, nil, err
		}
		if err := timed(second, seconds); err != nil {
			return nil, nil, err
		}
	}
	return ours[unheard:], bare[unheard:], nil
}

func timed(f func() error, list *[]float64) error {
	began := time.Now()
	err := f()
	*list = append(*list, float64(time.Since(began).Microseconds())/1e3)
	return err
}

func readAll(rows *sql.Rows, err error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var number, due, doc string
		var filed, events int64
		if err := rows.Scan(&number, &due, &filed, &events, &doc); err != nil {
			return err
		}
	}
	return rows.Err()
}

// at is a percentile.
func at(list []float64, percent int) float64 {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)]
}

// samples are cases from all over the numbers of this year, whose serial can be typed.
func (s *scale) samples(ctx context.Context, a *app.App) ([]sample, error) {
	box, err := a.Keys.Box()
	if err != nil {
		return nil, err
	}
	rows, err := s.bare.QueryContext(ctx, `SELECT c.number, c.town, c.place, c.year, c.serial, c.name, c.initials, c.phone_index, c.doc FROM case_serials s JOIN cases c
		ON c.town = s.town AND c.year = s.year AND c.serial % (1 + s.last / 120) = 0 WHERE c.phone_index IS NOT NULL ORDER BY c.number`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []sample
	for rows.Next() {
		var x sample
		var raw []byte
		if err := rows.Scan(&x.number, &x.town, &x.room, &x.year, &x.serial, &x.name, &x.initials, &x.phoneIndex, &raw); err != nil {
			return nil, err
		}
		var doc cases.Case
		if err := json.Unmarshal(raw, &doc); err != nil {
			return nil, err
		}
		if x.phone, err = box.Open(cases.FieldPhone, doc.Applicant.Phone.Sealed); err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	step := max(1, len(all)/(samples+unheard))
	for i := range len(all) / step {
		all[i] = all[i*step]
	}
	return all[:len(all)/step], rows.Err()
}
