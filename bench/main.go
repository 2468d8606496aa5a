package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"bianmin/internal/enginetest"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "floor" {
		lengths, err := parseLengths(os.Args[3])
		if err != nil {
			exit(err)
		}
		floorLengths = lengths
		exit(serveFloor(os.Args[2], os.Args[4]))
	}
	rounds := flag.Int("rounds", 3, "rounds of which the median counts")
	seconds := flag.Duration("time", 3*time.Second, "how long one measurement takes")
	out := flag.String("o", "docs/benchmarks.md", "where the report goes")
	flag.Parse()
	exit(run(*rounds, *seconds, *out))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// run measures everything and writes the report.
func run(rounds int, each time.Duration, out string) error {
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
	if err := r.program(binary, dir); err != nil {
		return err
	}
	if err := r.sqlite(binary, dir); err != nil {
		return err
	}
	cluster, err := enginetest.Start() // durable, as it comes
	if err != nil {
		return err
	}
	if err := errors.Join(r.postgres(binary, dir, cluster.URL("postgres")), cluster.Stop()); err != nil {
		return err
	}
	return r.write(out)
}
