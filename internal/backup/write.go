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
	"bianmin/internal/seal"
)

// Place is where a deployment keeps its data.
type Place struct {
	URL     string // of PostgreSQL, or the SQLite file
	KeyFile string
}

// ErrThere says that the file to be written is there already.
var ErrThere = errors.New("这个文件已经有了，没有覆盖。请换一个文件名")

// Write takes a backup of a deployment, running or not, into a new file. Everything that was acknowledged before it
// began is in it. progress is told how many bytes of the database are done.
func Write(ctx context.Context, from Place, file string, p Passphrase, progress func(int64)) (*Header, error) {
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return nil, errors.Join(ErrThere, err)
	}
	d, err := db.OpenReadOnly(from.URL)
	if err != nil {
		return nil, fmt.Errorf("数据打不开：%w", err)
	}
	defer d.Close()
	var h *Header
	err = sealedFile(file, p, func(w io.Writer) error {
		return d.Read(ctx, func(ctx context.Context) error {
			if h, err = look(ctx, d); err != nil {
				return err
			}
			// Read after the view began: whatever sealed a value in it is in the file by now.
			if h.Keys, err = seal.Load(from.KeyFile); err != nil {
				return fmt.Errorf("密钥文件读不出来：%w", err)
			}
			counted := &counter{ctx: ctx, w: w, tell: progress}
			if d.Engine() == db.SQLite {
				return writePages(ctx, d, h, w, counted)
			}
			return writeDump(ctx, d, from.URL, h, w, counted)
		})
	})
	return h, err
}

// look says how far the journal of the view goes.
func look(ctx context.Context, d *db.DB) (*Header, error) {
	h := &Header{Form: form, Engine: d.Engine()}
	err := d.Q(ctx).QueryRowContext(ctx, `SELECT COALESCE(MAX(entry), 0), (SELECT COUNT(*) FROM journal WHERE entry IS NULL),
		(SELECT COALESCE(MAX(size), 0) FROM journal_head) FROM journal`).Scan(&h.Entry, &h.Waiting, &h.HeadSize)
	if err != nil {
		return nil, fmt.Errorf("日志读不出来：%w", err)
	}
	return h, nil
}

// sealedFile writes a file beside its name and gives it the name when it is whole and durable.
func sealedFile(file string, p Passphrase, content func(io.Writer) error) (err error) {
	part := file + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("上次没有做完的 %s 还在。请先删掉它再来", part)
	}
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close(), os.Remove(part))
		}
	}()
	buffered := bufio.NewWriterSize(f, 1<<20)
	sealed, err := p.seal(buffered)
	if err != nil {
		return err
	}
	if err := content(sealed); err != nil {
		return err
	}
	if err := errors.Join(sealed.Close(), buffered.Flush()); err != nil {
		return err
	}
	return durable(f, part, file)
}

// durable makes a written file last under its name.
func durable(f *os.File, part, file string) error {
	if err := f.Sync(); err != nil {
		return err
	}
	if err := os.Rename(part, file); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return syncDir(filepath.Dir(file))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// counter tells how many bytes went through, and lets none through when the operator ended it.
type counter struct {
	ctx  context.Context
	w    io.Writer
	n    int64
	tell func(int64)
}

func (c *counter) Write(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.w.Write(b)
	c.n += int64(n)
	c.tell(c.n)
	return n, err
}
