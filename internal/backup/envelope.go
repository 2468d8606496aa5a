package backup

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"filippo.io/age"
)

// What is wrong with a backup, as the operator is told.
var (
	ErrPassphrase = errors.New("口令不对，这份备份打不开。请核对口令再来")
	ErrNotABackup = errors.New("这个文件不是便民平台的备份。请核对文件名")
	ErrBroken     = errors.New("这份备份不完整，或者被改动过，没有恢复。请换一份备份")
	ErrShort      = fmt.Errorf("口令太短，至少要 %d 个字符", passphraseLeast)
)

// passphraseLeast is the shortest passphrase in bytes: the file holds everything, and may be tried at leisure.
const passphraseLeast = 12

// Passphrase seals and opens backups.
type Passphrase struct {
	text string
	// work is the power of two of scrypt's cost; 0 is age's own choice, about a second.
	work int
}

// NewPassphrase takes a passphrase that is long enough.
func NewPassphrase(text string) (Passphrase, error) {
	if len(text) < passphraseLeast {
		return Passphrase{}, ErrShort
	}
	return Passphrase{text: text}, nil
}

// What scrypt needed, 256 MB, is given back as soon as the file is open: the collector would otherwise let the rest grow
// as large before it looks again.

// seal gives a writer whose Close writes the mark of the end.
func (p Passphrase) seal(to io.Writer) (io.WriteCloser, error) {
	r, err := age.NewScryptRecipient(p.text)
	if err != nil {
		return nil, err
	}
	if p.work > 0 {
		r.SetWorkFactor(p.work)
	}
	defer debug.FreeOSMemory()
	return age.Encrypt(to, r)
}

// open gives a reader that errs where the file is not what was sealed.
func (p Passphrase) open(from io.Reader) (io.Reader, error) {
	id, err := age.NewScryptIdentity(p.text)
	if err != nil {
		return nil, err
	}
	defer debug.FreeOSMemory()
	r, err := age.Decrypt(from, id)
	var wrong *age.NoIdentityMatchError
	switch {
	case errors.As(err, &wrong):
		return nil, ErrPassphrase
	case err != nil:
		return nil, ErrNotABackup
	}
	return r, nil
}

// broken tells the operator what an error of reading the sealed file means.
func broken(err error) error {
	if err == nil {
		return ErrBroken
	}
	return fmt.Errorf("%w（%w）", ErrBroken, err)
}
