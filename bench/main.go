package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"bianmin/internal/enginetest"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "floor" {
		if err := json.Unmarshal([]byte(os.Args[3]), &floorLike); err != nil {
			exit(err)
		}
		exit(serveFloor(os.Args[2], os.Args[4]))
	}
	rounds := flag.Int("rounds", 3, "rounds of which the median counts")
	seconds := flag.Duration("time", 3*time.Second, "how long one measurement takes")
	out := flag.String("o", "docs/benchmarks.md", "where the report goes")
	var city simulated
	flag.IntVar(&city.cases, "cases", 50_000, "about how many cases the simulated city has; 0 leaves it out")
	flag.StringVar(&city.data, "data", "", "the folder for the simulated city on SQLite: kept, and measured on when it holds one")
	flag.StringVar(&city.database, "database", "", "the address of a PostgreSQL database for the simulated city: kept with data, and measured on when it holds one")
	flag.BoolVar(&city.alone, "scale", false, "measure the simulated city and nothing else")
	flag.StringVar(&city.engine, "engine", "", "the engine that it is measured on, sqlite or postgres; both when empty")
	flag.Parse()
	exit(run(*rounds, *seconds, *out, city))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// simulated says how large a city is simulated, and where.
type simulated struct {
	cases    int
	data     string
	database string
	alone    bool
	engine   string
}

// run measures everything and writes the report.
func run(rounds int, each time.Duration, out string, city simulated) error {
	dir, err := os.MkdirTemp("", "bianmin-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "bianmin")
	if err := build(binary); err != nil {
		return err
	}
	r := &report{rounds: rounds, each: each}
	if !city.alone {
		if err := errors.Join(r.program(binary, dir), r.papers(), r.sqlite(binary, dir)); err != nil {
			return err
		}
	}
	if !city.alone {
		err = on(func(base string) error { return r.postgres(binary, dir, base) })
	}
	if err == nil && city.database != "" {
		err = r.scaled(binary, city.data, city.database, city.cases)
	} else if err == nil && city.cases > 0 {
		err = on(func(base string) error { return r.city(binary, dir, base, city) }, ofACity()...)
	}
	if err != nil {
		return err
	}
	return r.write(out)
}

// ofACity is what whoever runs a PostgreSQL for a city tells it, as docs/scale.md says; otherwise it keeps 128 MB of pages.
func ofACity() []string {
	return []string{
		fmt.Sprintf("shared_buffers=%dMB", min(memory()/5, 4<<30)>>20), // a usual share of a machine that does nothing else
		"max_wal_size=16GB", "checkpoint_timeout=30min", "maintenance_work_mem=512MB", "wal_compression=lz4",
	}
}

// memory is what the machine has, in bytes.
func memory() uint64 {
	var info syscall.Sysinfo_t
	if err := syscall.Sysinfo(&info); err != nil {
		return 1 << 30 // enough for PostgreSQL to start with
	}
	return info.Totalram * uint64(info.Unit)
}

// on runs part on a PostgreSQL of its own, durable, with some settings or as it comes.
func on(part func(base string) error, settings ...string) error {
	cluster, err := enginetest.Start(enginetest.With(settings...))
	if err != nil {
		return err
	}
	return errors.Join(part(cluster.URL("postgres")), cluster.Stop())
}

// city measures the simulated city on both engines.
func (r *report) city(binary, dir, base string, city simulated) error {
	if city.data == "" {
		city.data = filepath.Join(dir, "city")
	}
	if city.engine != "postgres" {
		if err := r.scaled(binary, city.data, "", city.cases); err != nil {
			return err
		}
	}
	if city.engine == "sqlite" {
		return nil
	}
	database, err := freshDatabase(context.Background(), base, "bianmin_bench_city")
	if err != nil {
		return err
	}
	return r.scaled(binary, filepath.Join(dir, "city-postgres"), database, city.cases)
}
