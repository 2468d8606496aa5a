package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"bianmin/internal/db"
)

// report gathers the figures.
type report struct {
	rounds int
	each   time.Duration
	lines  []string
}

func (r *report) say(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	fmt.Println(line)
	r.lines = append(r.lines, line)
}

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/2]
}

// against measures two things in turn, round by round, and gives the medians and the median ratio.
func (r *report) against(ours, floor func(round int) (float64, error)) (a, b, ratio float64, err error) {
	var as, bs, ratios []float64
	for round := range r.rounds {
		x, err := ours(round)
		if err != nil {
			return 0, 0, 0, err
		}
		y, err := floor(round)
		if err != nil {
			return 0, 0, 0, err
		}
		as, bs, ratios = append(as, x), append(bs, y), append(ratios, x/y)
	}
	return median(as), median(bs), median(ratios), nil
}

// program measures what needs no floor: starts, size, memory.
func (r *report) program(binary, dir string) error {
	info, err := os.Stat(binary)
	if err != nil {
		return err
	}
	var first, later, memory []float64
	for round := range r.rounds {
		data := filepath.Join(dir, fmt.Sprintf("start-%d", round))
		s, err := startBianmin(binary, data, "")
		if err != nil {
			return err
		}
		first = append(first, s.started.Seconds())
		if err := s.end(); err != nil {
			return err
		}
		if s, err = startBianmin(binary, data, ""); err != nil {
			return err
		}
		later = append(later, s.started.Seconds())
		time.Sleep(5 * time.Second)
		bytes, err := s.resident()
		if err != nil {
			return err
		}
		memory = append(memory, float64(bytes)/1e6)
		if err := s.end(); err != nil {
			return err
		}
	}
	r.say("| what | measured | at least | aim |")
	r.say("|---|---:|---:|---:|")
	r.say("| first start with the demo, s | %.2f | 20 | 5 |", median(first))
	r.say("| later start, s | %.2f | 1 | 0.1 |", median(later))
	r.say("| binary, MB | %.1f | 60 | 40 |", float64(info.Size())/1e6)
	r.say("| idle memory 5 s after a start, MB | %.1f | 80 | 40 |", median(memory))
	return nil
}

func (r *report) head() {
	r.say("")
	r.say("| what | clients | bianmin, 1/s | floor, 1/s | ratio | at least | aim |")
	r.say("|---|---:|---:|---:|---:|---:|---:|")
}

// sqlite measures filing and listing beside the bare server.
func (r *report) sqlite(binary, dir string) error {
	ours, err := startBianmin(binary, filepath.Join(dir, "sqlite"), "")
	if err != nil {
		return err
	}
	token, err := ours.token("clerk-610881101")
	if err != nil {
		return err
	}
	if err := files(ours, token, "first-")(http.DefaultClient, 1); err != nil {
		return err
	}
	if floorLike, err = readLike(filepath.Join(dir, "sqlite", db.File)); err != nil {
		return err
	}
	floorDir := filepath.Join(dir, "floor")
	if err := found(binary, floorDir, ""); err != nil {
		return err
	}
	floor, err := startFloor(floorDir, floorLike)
	if err != nil {
		return err
	}
	bare, err := floor.token("clerk-610881101")
	if err != nil {
		return err
	}
	r.head()
	for _, clients := range []int{1, 8, 64} {
		a, b, ratio, err := r.against(
			func(round int) (float64, error) {
				return load(clients, r.each, files(ours, token, fmt.Sprintf("%d-%d-", clients, round)))
			},
			func(round int) (float64, error) {
				return load(clients, r.each, files(floor, bare, fmt.Sprintf("%d-%d-", clients, round)))
			})
		if err != nil {
			return err
		}
		r.say("| durable filings, SQLite | %d | %.0f | %.0f | %.2f | 0.5 | 0.8 |", clients, a, b, ratio)
	}
	for _, clients := range []int{1, 8} {
		a, b, ratio, err := r.against(
			func(int) (float64, error) { return load(clients, r.each, lists(ours, token)) },
			func(int) (float64, error) { return load(clients, r.each, lists(floor, bare)) })
		if err != nil {
			return err
		}
		r.say("| a town's list of 50 open cases, SQLite | %d | %.0f | %.0f | %.2f | 0.5 | 0.8 |", clients, a, b, ratio)
	}
	if err := ours.end(); err != nil {
		return err
	}
	return floor.end()
}

// postgres measures filing beside the same rows through pgx.
func (r *report) postgres(binary, dir, base string) error {
	ctx := context.Background()
	database, err := freshDatabase(ctx, base, "bianmin_bench")
	if err != nil {
		return err
	}
	bare, err := freshDatabase(ctx, base, "bianmin_bench_floor")
	if err != nil {
		return err
	}
	if err := errors.Join(found(binary, filepath.Join(dir, "postgres-floor"), bare), emptiedPostgres(bare)); err != nil {
		return err
	}
	ours, err := startBianmin(binary, filepath.Join(dir, "postgres"), database)
	if err != nil {
		return err
	}
	token, err := ours.token("clerk-610881101")
	if err != nil {
		return err
	}
	for _, clients := range []int{1, 8, 64} {
		a, b, ratio, err := r.against(
			func(round int) (float64, error) {
				return load(clients, r.each, files(ours, token, fmt.Sprintf("%d-%d-", clients, round)))
			},
			func(round int) (float64, error) {
				return pgxFloor(ctx, bare, clients, r.each, fmt.Sprintf("%d-%d-", clients, round))
			})
		if err != nil {
			return err
		}
		r.say("| durable filings, PostgreSQL | %d | %.0f | %.0f | %.2f | 0.4 | 0.7 |", clients, a, b, ratio)
	}
	return ours.end()
}

func (r *report) write(file string) error {
	text := fmt.Sprintf(`# Benchmarks

Written by %s on %s, %d cores, Go %s: medians of %d rounds of %s each, what is compared taken in turn within each round.
The floor is described in bench/doc.go: a bare server with the same rows, or on PostgreSQL the same rows through pgx with
no server at all. Everything is filed in one town, whose gapless serial makes each filing wait for the commit of the one
before: on PostgreSQL that, and not the program, is the limit at 64 clients, where the floor's 64 connections queue for one
row and bianmin's 32 do less so. Machines are shared and noisy: the ratios are what counts, and they hold within one run.
The simulated city is described in docs/scale.md; each list is asked of the service and as a bare prepared query, in turn.

%s
`, "`make bench`", time.Now().Format("2006-01-02"), runtime.NumCPU(), strings.TrimPrefix(runtime.Version(), "go"), r.rounds, r.each, strings.Join(r.lines, "\n"))
	return os.WriteFile(file, []byte(text), 0o644)
}
