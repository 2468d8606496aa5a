// Package witnesstest runs, for tests, a witness that is not ours: that of transparency-dev, with a database of its own.
package witnesstest

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"sync"

	cosign "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/witness/persistence/sqlite"
	"github.com/transparency-dev/witness/witness"
	"golang.org/x/mod/sumdb/note"
)

// Outside is one witness.
type Outside struct {
	Name   string
	Key    string // its public key
	Signer cosign.Signer

	file   string
	mu     sync.Mutex
	logs   map[string]note.Verifier
	server *httptest.Server
	stop   func() error
}

// New makes a witness with a new key, which knows no log yet.
func New(ctx context.Context, name, file string) (*Outside, error) {
	secret, public, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return nil, err
	}
	o := &Outside{Name: name, file: file, logs: map[string]note.Verifier{}}
	if o.Signer, err = cosign.NewSignerForCosignatureV1(secret); err != nil {
		return nil, err
	}
	if o.Key, err = cosign.VKeyToCosignatureV1(public); err != nil {
		return nil, err
	}
	return o, o.Start(ctx)
}

// Start opens the witness on its database, at a new address.
func (o *Outside) Start(ctx context.Context) error {
	kept, stop, err := sqlite.New(ctx, sqlite.Opts{Path: o.file, MaxOpenConns: 1})
	if err != nil {
		return err
	}
	w, err := witness.New(ctx, witness.Opts{Persistence: kept, Signers: []note.Signer{o.Signer}, VerifierForLog: o.verifier})
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /add-checkpoint", witness.NewHTTPHandler(w).AddCheckpoint)
	o.server, o.stop = httptest.NewServer(mux), stop
	return nil
}

func (o *Outside) verifier(_ context.Context, origin string) (note.Verifier, bool, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	v, ok := o.logs[origin]
	return v, ok, nil
}

// Trust tells the witness of a log.
func (o *Outside) Trust(origin string, key note.Verifier) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.logs[origin] = key
}

// Named is how an operator names it: NAME+HASH+KEY@URL.
func (o *Outside) Named() string { return o.Key + "@" + o.server.URL }

// Close ends it; what it wrote down stays.
func (o *Outside) Close() error {
	o.server.Close()
	return o.stop()
}
