package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"bianmin/internal/db"
)

// writeDump runs pg_dump on the view's snapshot.
func writeDump(ctx context.Context, d *db.DB, address string, h *Header, head io.Writer, to io.Writer) error {
	var snapshot string
	if err := d.Q(ctx).QueryRowContext(ctx, `SELECT pg_export_snapshot()`).Scan(&snapshot); err != nil {
		return err
	}
	if err := h.write(head); err != nil {
		return err
	}
	cmd, err := client(ctx, "pg_dump", address, "--format=custom", "--compress=1", "--no-owner", "--no-privileges", "--snapshot="+snapshot)
	if err != nil {
		return err
	}
	cmd.Stdout = to
	return run(ctx, cmd)
}

// readDump runs pg_restore: all of it, or nothing.
func readDump(ctx context.Context, address string, from io.Reader) error {
	cmd, err := client(ctx, "pg_restore", address, "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
	if err != nil {
		return err
	}
	cmd.Stdin = from
	cmd.Env = append(cmd.Env, "PGOPTIONS=-c maintenance_work_mem=256MB") // as PostgreSQL's manual advises for making indexes
	if err := run(ctx, cmd); err != nil {
		return err
	}
	return withPostgres(ctx, address, func(conn *pgx.Conn) error { // a restored table has no statistics to plan by
		_, err := conn.Exec(ctx, "ANALYZE")
		return err
	})
}

// ErrNotEmpty says that the database to restore into holds tables.
var ErrNotEmpty = errors.New("这个 PostgreSQL 数据库里已经有表，没有恢复。请新建一个空的数据库再来")

func emptyPostgres(ctx context.Context, address string) error {
	return withPostgres(ctx, address, func(conn *pgx.Conn) error {
		var tables int
		err := conn.QueryRow(ctx, `SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'`).Scan(&tables)
		if err == nil && tables > 0 {
			err = ErrNotEmpty
		}
		return err
	})
}

func withPostgres(ctx context.Context, address string, do func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return fmt.Errorf("连不上 PostgreSQL：%w", err)
	}
	return errors.Join(do(conn), conn.Close(ctx))
}

// client is a program of PostgreSQL on the database of the address. The password goes by the environment, which other
// users of the machine cannot read, never on the command line, which they can.
func client(ctx context.Context, name, address string, args ...string) (*exec.Cmd, error) {
	program, err := find(name)
	if err != nil {
		return nil, err
	}
	bare, password, err := withoutPassword(address)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, program, append(args, "--no-password", "--dbname="+bare)...)
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	if password != "" {
		cmd.Env = append(cmd.Env, "PGPASSWORD="+password)
	}
	return cmd, nil
}

func withoutPassword(address string) (bare, password string, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", "", errors.New("PostgreSQL 的地址读不懂") // the parser's own error may hold the password
	}
	password, _ = u.User.Password()
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	settings := u.Query()
	if given := settings.Get("password"); given != "" {
		password = given
		settings.Del("password")
		u.RawQuery = settings.Encode()
	}
	return u.String(), password, nil
}

// find looks on the path, and then where Debian puts the newest of them.
func find(name string) (string, error) {
	if program, err := exec.LookPath(name); err == nil {
		return program, nil
	}
	there, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(there) == 0 {
		return "", fmt.Errorf("没有找到 %s。请安装 PostgreSQL 的客户端程序（Debian：apt-get install postgresql-client）再来", name)
	}
	return slices.Max(there), nil
}

// run gives what the program complained of as its error.
func run(ctx context.Context, cmd *exec.Cmd) error {
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		if ended := ctx.Err(); ended != nil {
			return ended
		}
		return fmt.Errorf("%s 没有做完（%w）：%s", filepath.Base(cmd.Path), err, strings.TrimSpace(said.String()))
	}
	return nil
}
