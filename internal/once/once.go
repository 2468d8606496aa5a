// Package once makes a request take effect once, however often it is sent: the answer is kept in the change's own
// transaction under the caller's key, and given again to a repeated request.
package once

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"errors"
	"time"

	"bianmin/internal/db"
	"bianmin/internal/once/internal/query"
	"bianmin/internal/problem"
)

// Key is one intention of one caller: the same key on the same path with the same body is the same request.
type Key struct {
	Account, Path, Key string
	Request            [sha256.Size]byte // of the body
}

// Answer is what was answered, to be given again byte for byte.
type Answer struct {
	Status int
	Body   []byte
	Again  bool // it was given before
}

// KeptFor is how long an answer can be asked for again.
const KeptFor = 7 * 24 * time.Hour

// Keeper remembers answers.
type Keeper struct{ db *db.DB }

// New is the memory of a database.
func New(d *db.DB) *Keeper { return &Keeper{db: d} }

// Before gives the answer that the key got before, nil when it is new. The same key with another body is a problem of
// its own.
func (k *Keeper) Before(ctx context.Context, key Key) (*Answer, error) {
	row, err := query.New(k.db.Q(ctx)).Taken(ctx, query.TakenParams{Account: key.Account, Path: key.Path, Key: key.Key})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare(row.Request, key.Request[:]) != 1 {
		return nil, &problem.Problem{Kind: problem.Invalid, Code: "idempotency_key_reused"}
	}
	return &Answer{Status: int(row.Status), Body: []byte(row.Answer), Again: true}, nil
}

// Do runs work in one durable transaction that also keeps its answer, unless the key was answered before. A repeated
// request that arrives while the first is under way waits for the first one's commit.
func (k *Keeper) Do(ctx context.Context, key Key, at time.Time, work func(ctx context.Context) (Answer, error)) (Answer, error) {
	var answer Answer
	tries := 0
	err := k.db.Write(ctx, func(ctx context.Context) (err error) {
		// With one writer this is where a repeated request finds the first one's answer. With several it finds it by
		// failing to put its own, and being run again: asking beforehand would cost every request a round trip.
		if tries++; tries > 1 || k.db.SingleWriter() {
			before, err := k.Before(ctx, key)
			if err != nil {
				return err
			}
			if before != nil {
				answer = *before
				return nil
			}
		}
		if answer, err = work(ctx); err != nil {
			return err
		}
		return query.New(k.db.Q(ctx)).Put(ctx, query.PutParams{
			Account: key.Account, Path: key.Path, Key: key.Key, Request: key.Request[:],
			Status: int64(answer.Status), Answer: string(answer.Body), At: at.UnixMicro(),
		})
	})
	if err != nil {
		// The same request may have been done beside this one; then its answer counts, not that it cannot be done twice.
		if before, unread := k.Before(ctx, key); unread == nil && before != nil {
			return *before, nil
		}
	}
	return answer, err
}

// Forget drops answers older than KeptFor. at is of the machine's clock, as in Do.
func (k *Keeper) Forget(ctx context.Context, at time.Time) error {
	return k.db.Write(ctx, func(ctx context.Context) error {
		return query.New(k.db.Q(ctx)).Forget(ctx, at.Add(-KeptFor).UnixMicro())
	})
}
