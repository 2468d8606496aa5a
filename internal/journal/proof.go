package journal

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"bianmin/internal/journal/internal/query"
	"bianmin/internal/seal"
)

// Proof shows to anybody, without the database, that one entry is in the log.
type Proof struct {
	Index      int64    `json:"index" doc:"the entry's number less one"`
	Size       int64    `json:"size" doc:"how many entries the checkpoint signs"`
	Leaf       []byte   `json:"leaf" doc:"the entry as the log holds it: SHA-256 of salt and body; its RFC 6962 hash is SHA-256 of a zero byte and this"`
	Hashes     [][]byte `json:"hashes" doc:"the inclusion proof of RFC 6962"`
	Checkpoint string   `json:"checkpoint" doc:"the signed head, a C2SP checkpoint"`
	Salt       []byte   `json:"salt"`
	Body       string   `json:"body" doc:"subject, number in the subject, microseconds since 1970, kind, account, on whose behalf, place, data: netstrings, ~ for none"`
	Verifier   string   `json:"verifier" doc:"the log's public key; compare it with the published one"`
}

// Why there is no proof.
var (
	ErrNoEntry = errors.New("the journal has no such entry")
	ErrNotYet  = errors.New("no head is signed over this entry yet")
)

// What a proof does not show.
var (
	ErrProofForm       = errors.New("this is no proof")
	ErrProofHead       = errors.New("the proof's head is not signed by the log")
	ErrProofPath       = errors.New("the entry is not in the log that the head signs")
	ErrProofCommitment = errors.New("the entry is not the one that the log holds")
)

// Prove makes the proof of an entry about a subject; of the last one when seq is 0. It stands under the cosigned head
// when that covers the entry, otherwise under the newest.
func (j *Journal) Prove(ctx context.Context, subject string, seq int64) (p Proof, err error) {
	err = j.db.Read(ctx, func(ctx context.Context) error {
		e, err := j.entry(ctx, subject, seq)
		if err != nil {
			return err
		}
		p = Proof{Index: e.Number - 1, Leaf: e.leaf, Salt: e.salt, Body: string(e.body())}
		if p.Checkpoint, p.Size, err = j.headOver(ctx, e.Number); err != nil {
			return err
		}
		path, err := tlog.ProveRecord(p.Size, p.Index, j.reader(ctx, p.Size))
		p.Hashes = make([][]byte, len(path))
		for i, h := range path {
			p.Hashes[i] = h[:]
		}
		return err
	})
	return p, err
}

func (j *Journal) entry(ctx context.Context, subject string, seq int64) (Entry, error) {
	q := query.New(j.db.Q(ctx))
	var row query.Journal
	var err error
	if seq == 0 {
		row, err = q.LastOf(ctx, subject)
	} else {
		row, err = q.EntryOf(ctx, query.EntryOfParams{Subject: subject, Seq: seq})
	}
	if errors.Is(err, sql.ErrNoRows) {
		return Entry{}, ErrNoEntry
	}
	return entryOf(row), err
}

func (j *Journal) headOver(ctx context.Context, number int64) (checkpoint string, size int64, err error) {
	if number == 0 {
		return "", 0, ErrNotYet
	}
	if c, err := j.Cosigned(ctx); err != nil || c.Size >= number {
		return c.Note, c.Size, err
	}
	checkpoint, size, err = j.Checkpoint(ctx)
	if err == nil && size < number {
		err = ErrNotYet
	}
	return checkpoint, size, err
}

// ReadProof reads the file form of a proof.
func ReadProof(r io.Reader) (Proof, error) {
	var p Proof
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return Proof{}, fmt.Errorf("%w: %w", ErrProofForm, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Proof{}, fmt.Errorf("%w: something stands after it", ErrProofForm)
	}
	return p, nil
}

// Check says what the proof shows: the head, and the entry under it.
func (p Proof) Check(known ...note.Verifier) (Head, Entry, error) {
	head, err := OpenHead(p.Checkpoint, known...)
	if err != nil {
		return Head{}, Entry{}, fmt.Errorf("%w: %w", ErrProofHead, err)
	}
	if p.Size != head.Size {
		return Head{}, Entry{}, fmt.Errorf("%w: it is of another size", ErrProofHead)
	}
	if err := p.path(head); err != nil {
		return Head{}, Entry{}, fmt.Errorf("%w: %w", ErrProofPath, err)
	}
	leaf := seal.Commit(p.Salt, []byte(p.Body))
	if len(p.Salt) != seal.SaltSize || !bytes.Equal(leaf[:], p.Leaf) {
		return Head{}, Entry{}, ErrProofCommitment
	}
	e, err := readBody(p.Body)
	if err != nil {
		return Head{}, Entry{}, fmt.Errorf("%w: %w", ErrProofCommitment, err)
	}
	e.Number = p.Index + 1
	return head, e, nil
}

func (p Proof) path(head Head) error {
	if p.Index < 0 || p.Index >= head.Size {
		return errors.New("there is no such entry")
	}
	var path tlog.RecordProof
	for _, h := range p.Hashes {
		if len(h) != tlog.HashSize {
			return errors.New("a hash has another length")
		}
		path = append(path, tlog.Hash(h))
	}
	return tlog.CheckRecord(path, head.Size, head.Root, p.Index, tlog.RecordHash(p.Leaf))
}
