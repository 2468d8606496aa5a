package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"

	"bianmin/internal/app"
	"bianmin/internal/db"
)

// scale is a simulated city on one engine, and what is measured on it.
type scale struct {
	*report
	binary, data, database string // database is empty on SQLite
	engine                 string
	bare                   *sql.DB
	cases, entries         int64
}

// scaled measures on a life of about so many cases: in data, or simulated there when it is empty.
func (r *report) scaled(binary, data, database string, cases int) error {
	s := &scale{report: r, binary: binary, data: data, database: database, engine: "SQLite"}
	if database != "" {
		s.engine = "PostgreSQL"
	}
	if err := s.simulate(cases); err != nil {
		return err
	}
	if err := s.open(); err != nil {
		return err
	}
	return errors.Join(s.measure(), s.bare.Close())
}

func (s *scale) measure() error {
	ctx := context.Background()
	for _, part := range []func(context.Context) error{s.count, s.sizes, s.lists, s.serve, s.verify, s.kept} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// ordinary is how many times an ordinary day's cases come in the 365 days that are simulated.
const ordinary = 257

var rate = regexp.MustCompile(`办件 (\d+)，`)

// simulate lives through a year, unless the folder holds one.
func (s *scale) simulate(cases int) error {
	if _, err := os.Stat(app.Config{Data: s.data}.KeyFile()); err == nil {
		return nil
	}
	cmd := s.command("simulate", "--days", "365", "--per-day", strconv.Itoa(max(1, cases/ordinary)))
	began := time.Now()
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("simulating: %w", err)
	}
	took := time.Since(began).Seconds()
	n := 0.0
	if m := rate.FindSubmatch(out); m != nil {
		n, _ = strconv.ParseFloat(string(m[1]), 64) // digits by the expression
	}
	use := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	s.say("")
	s.say("%s: %.0f cases simulated, %.0f/s (at least 2000), %.0f µs of the program's CPU time a case, %.0f MB of memory at the most.",
		s.engine, n, n/took, float64(cpu.Microseconds())/n, float64(use.Maxrss)/1e3)
	return nil
}

func (s *scale) command(args ...string) *exec.Cmd {
	cmd := exec.Command(s.binary, append(args, "--data", s.data)...)
	cmd.Env = append(os.Environ(), "BIANMIN_DATABASE_URL="+s.database)
	return cmd
}

// open opens the bare connections.
func (s *scale) open() (err error) {
	if s.database != "" {
		s.bare, err = sql.Open("pgx", s.database)
	} else {
		s.bare, err = sql.Open("sqlite", "file:"+filepath.Join(s.data, db.File)+"?_pragma=query_only(1)&_pragma=cache_size(-8000)")
	}
	return err
}

func (s *scale) count(ctx context.Context) error {
	if s.database != "" { // a server that has run for a night knows the tables, and which pages need no second look
		if _, err := s.bare.ExecContext(ctx, "VACUUM ANALYZE"); err != nil {
			return err
		}
	}
	if err := s.bare.QueryRowContext(ctx, "SELECT COUNT(*) FROM cases").Scan(&s.cases); err != nil {
		return err
	}
	return s.bare.QueryRowContext(ctx, "SELECT COUNT(*) FROM journal").Scan(&s.entries)
}

// serve measures a start on the data, and the memory after it.
func (s *scale) serve(context.Context) error {
	var starts, memory []float64
	for range s.rounds {
		server, err := startBianmin(s.binary, s.data, s.database)
		if err != nil {
			return err
		}
		starts = append(starts, server.started.Seconds())
		bytes, err := server.resident()
		if err := errors.Join(err, server.end()); err != nil {
			return err
		}
		memory = append(memory, float64(bytes)/1e6)
	}
	s.say("")
	s.say("%s, %d cases: ready in %.2f s (at most 1), %.0f MB of memory then.", s.engine, s.cases, median(starts), median(memory))
	return nil
}

// verify measures `bianmin verify` beside merely reading and hashing the same rows, in turn.
func (s *scale) verify(ctx context.Context) error {
	peak := int64(0)
	ours, floor, ratio, err := s.against(func(int) (float64, error) {
		cmd := s.command("verify", "--quiet")
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		began := time.Now()
		if err := cmd.Run(); err != nil {
			return 0, fmt.Errorf("verifying: %w", err)
		}
		peak = max(peak, cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
		return float64(s.entries) / time.Since(began).Seconds(), nil
	}, func(int) (float64, error) {
		began := time.Now()
		err := s.hash(ctx)
		return float64(s.entries) / time.Since(began).Seconds(), err
	})
	if err != nil {
		return err
	}
	s.say("%s, %d entries: verify %.0f entries/s, reading and hashing alone %.0f, ratio %.2f (at least 0.3); verify held %.0f MB.",
		s.engine, s.entries, ours, floor, ratio, float64(peak)/1e3)
	return nil
}
