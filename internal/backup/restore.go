package backup

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"bianmin/internal/db"
)

// What keeps a backup from being put back.
var (
	ErrHasData     = errors.New("这个文件夹里已经有数据，没有恢复。请换一个空的文件夹")
	ErrOtherEngine = errors.New("备份和数据库不是同一种，没有恢复")
)

// Restore puts a backup into an empty place and gives what it holds. Whatever goes wrong, nothing is left behind.
func Restore(ctx context.Context, file string, to Place, p Passphrase, progress func(int64)) (*Header, error) {
	if err := empty(to); err != nil {
		return nil, err
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("备份文件打不开：%w", err)
	}
	defer f.Close()
	h, content, err := p.contents(f)
	if err != nil {
		return nil, err
	}
	if (h.Engine == db.Postgres) != db.IsPostgres(to.URL) {
		return nil, fmt.Errorf("%w：%s", ErrOtherEngine, engineWords(h.Engine))
	}
	counted := io.TeeReader(content, &counter{ctx: ctx, w: io.Discard, tell: progress})
	if h.Engine == db.SQLite {
		err = restoreSQLite(h, to, counted)
	} else {
		err = restorePostgres(ctx, h, to, counted, func() (io.Reader, error) {
			if _, err := f.Seek(0, io.SeekStart); err != nil {
				return nil, err
			}
			_, again, err := p.contents(f)
			return again, err
		})
	}
	return h, err
}

func engineWords(e db.Engine) string {
	if e == db.Postgres {
		return "这份是 PostgreSQL 的，请在 BIANMIN_DATABASE_URL 里写一个空的数据库"
	}
	return "这份是 SQLite 的，请去掉 BIANMIN_DATABASE_URL"
}

// empty refuses a data folder with anything of ours in it.
func empty(to Place) error {
	ours := []string{to.KeyFile}
	if !db.IsPostgres(to.URL) {
		ours = append(ours, to.URL, to.URL+"-wal", to.URL+".part")
	}
	for _, name := range ours {
		if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(ErrHasData, err)
		}
	}
	return nil
}

// contents opens the seal and reads what is in it.
func (p Passphrase) contents(f io.Reader) (*Header, io.Reader, error) {
	opened, err := p.open(bufio.NewReaderSize(f, 1<<20))
	if err != nil {
		return nil, nil, err
	}
	r := bufio.NewReaderSize(opened, 1<<18)
	h, err := readHeader(r)
	return h, r, err
}

// restoreSQLite writes the file beside its name. The keys come last: a folder without them does not start, so that one
// that a power cut left half done is not taken for an empty one.
func restoreSQLite(h *Header, to Place, from io.Reader) (err error) {
	if err := os.MkdirAll(filepath.Dir(to.URL), 0o700); err != nil {
		return err
	}
	part := to.URL + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			err = errors.Join(err, remove(part, to.URL, to.KeyFile))
		}
	}()
	n, err := io.CopyBuffer(onlyWriter{f}, from, make([]byte, 1<<20))
	if err != nil {
		return worded(err)
	}
	if n != h.Bytes {
		return ErrBroken
	}
	if err := durable(f, part, to.URL); err != nil {
		return err
	}
	return h.Keys.Save(to.KeyFile)
}

// restorePostgres reads the whole file once before anything is written: pg_restore commits when it has what it needs,
// and would not see that the end is missing.
func restorePostgres(ctx context.Context, h *Header, to Place, from io.Reader, again func() (io.Reader, error)) (err error) {
	if err := emptyPostgres(ctx, to.URL); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, from); err != nil {
		return worded(err)
	}
	content, err := again()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to.KeyFile), 0o700); err != nil {
		return err
	}
	if err := h.Keys.Save(to.KeyFile); err != nil {
		return err
	}
	if err := readDump(ctx, to.URL, content); err != nil {
		return errors.Join(err, remove(to.KeyFile))
	}
	return nil
}

// onlyWriter hides what else a file can do, so that the copy passes through our buffer.
type onlyWriter struct{ io.Writer }

// worded tells an error of writing here from one of reading the backup.
func worded(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	var path *fs.PathError
	if errors.As(err, &path) && path.Op == "write" {
		return fmt.Errorf("写不下去了，没有恢复：%w", err)
	}
	return broken(err)
}

func remove(names ...string) error {
	var errs []error
	for _, name := range names {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
