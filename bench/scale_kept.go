package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// kept measures a backup and its restoration into an empty folder, and on PostgreSQL into an empty database.
func (s *scale) kept(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "bianmin-bench-kept-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file, passphrase := filepath.Join(dir, "backup"), filepath.Join(dir, "passphrase")
	if err := os.WriteFile(passphrase, []byte("a passphrase of the bench\n"), 0o600); err != nil {
		return err
	}
	backup := func() error { return s.command("backup", file, "--passphrase-file", passphrase).Run() }
	empty := &scale{report: s.report, binary: s.binary, data: filepath.Join(dir, "restored"), engine: s.engine}
	if s.database != "" {
		if empty.database, err = beside(ctx, s.database, "bianmin_bench_restored"); err != nil {
			return err
		}
	}
	restore := func() error { return empty.command("restore", file, "--passphrase-file", passphrase).Run() }
	var took [2]time.Duration
	for i, part := range []func() error{backup, restore} {
		began := time.Now()
		if err := part(); err != nil {
			return fmt.Errorf("backup and restoration: %w", err)
		}
		took[i] = time.Since(began)
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	s.say("%s, %d cases: backup in %.0f s (%.0f MB), restored in %.0f s (a million at most 900).", s.engine, s.cases, took[0].Seconds(), float64(info.Size())/1e6, took[1].Seconds())
	if s.database != "" {
		_, err = s.bare.ExecContext(ctx, "DROP DATABASE bianmin_bench_restored")
	}
	return err
}

// beside makes an empty database in the same server.
func beside(ctx context.Context, database, name string) (string, error) {
	u, err := url.Parse(database)
	if err != nil {
		return "", err
	}
	u.Path = "/postgres"
	return freshDatabase(ctx, u.String(), name)
}
