package seal

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// Keys holds every secret of one deployment. They live in a file beside the data (or wherever the operator points),
// never in the database: a dump of the database alone opens nothing.
type Keys struct {
	// Sealing keys, 32 bytes each, numbered from 1; the last one seals, all of them open. A dropped one leaves its place
	// empty (null), so that the others keep their numbers.
	Sealing [][]byte `json:"sealing"`
	// From is when the last sealing key begins to seal; until then the one before it does. So every copy of the program
	// can read the key before a value comes that needs it.
	From time.Time `json:"sealing_from,omitzero"`
	// Index keys the search indexes over sealed columns, 32 bytes.
	Index []byte `json:"index"`
	// Signer is the journal's private key in the encoding of golang.org/x/mod/sumdb/note.
	Signer string `json:"signer"`
	// Verifier is the matching public key, to be handed to whoever wants to hold us to the log.
	Verifier string `json:"verifier"`
	// Beside are the log's other keys, the oldest first: see RotateLog, AddSM2, BeginEpoch.
	Beside []LogKey `json:"beside,omitempty"`
	// Places are the electronic seals of places and units, the oldest first.
	Places []PlaceSeal `json:"places,omitempty"`
}

// Generate makes a fresh set. origin names the log in its heads, e.g. "bianmin.610881000000".
func Generate(origin string) (*Keys, error) {
	signer, verifier, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return nil, fmt.Errorf("making the journal's key: %w", err)
	}
	return &Keys{Sealing: [][]byte{random(32)}, Index: random(32), Signer: signer, Verifier: verifier}, nil
}

// ErrNotWhole says that the key file is no key file, or half of one.
var ErrNotWhole = errors.New("this is no whole key file")

// ErrNoFile says that there is no key file.
var ErrNoFile = errors.New("there is no key file")

// Load reads the key file. A missing file is ErrNoFile, and fs.ErrNotExist.
func Load(file string) (*Keys, error) {
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %w", ErrNoFile, err)
	}
	if err != nil {
		return nil, err
	}
	var k Keys
	if err := json.Unmarshal(raw, &k); err != nil {
		return nil, fmt.Errorf("reading the keys in %s: %w: %w", file, ErrNotWhole, err)
	}
	if err := k.check(); err != nil {
		return nil, fmt.Errorf("reading the keys in %s: %w: %w", file, ErrNotWhole, err)
	}
	return &k, nil
}

// LoadOrGenerate reads the key file, or makes one, durably, before anything is sealed with it.
func LoadOrGenerate(file, origin string) (*Keys, error) {
	k, err := Load(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return k, err
	}
	if k, err = Generate(origin); err != nil {
		return nil, err
	}
	return k, k.Save(file)
}

func (k *Keys) check() error {
	if len(k.Sealing) == 0 || len(k.Index) != 32 || k.Signer == "" || k.Verifier == "" {
		return errors.New("the key file is incomplete")
	}
	for i, s := range k.Sealing {
		dropped := s == nil && i < len(k.Sealing)-1
		if len(s) != 32 && !dropped {
			return errors.New("a sealing key is not 32 bytes long")
		}
	}
	return nil
}

// Save writes beside the target and renames, so that a power cut leaves either no file or a whole one.
func (k *Keys) Save(file string) error {
	raw, err := json.MarshalIndent(k, "", "  ")
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), ".keys-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := errors.Join(tmp.Chmod(0o600), write(tmp, raw), tmp.Sync(), tmp.Close()); err != nil {
		return fmt.Errorf("writing the keys: %w", err)
	}
	if err := os.Rename(tmp.Name(), file); err != nil {
		return err
	}
	return syncDir(filepath.Dir(file))
}

func write(f *os.File, raw []byte) error {
	_, err := f.Write(raw)
	return err
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails (crypto/rand, Go 1.24)
	return b
}
