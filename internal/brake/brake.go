// Package brake slows guessing: after so many wrong tries at one thing there is a pause. It counts in the database, so that
// several copies of the program count together; what is counted is no record, and swept once it has run out. Rows M55
// (signing in), M29 (a citizen's following of a case).
package brake

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"hash/maphash"
	"sync"
	"time"

	"bianmin/internal/brake/internal/query"
	"bianmin/internal/db"
)

// triesMost is how many wrong tries begin the pause, where After says nothing else.
const triesMost = 5

// keysMost bounds what is remembered; beyond it what has not come to a pause is forgotten.
const keysMost = 100_000

// Brake counts wrong tries by key. Safe for concurrent use.
type Brake struct {
	db    *db.DB
	room  string
	pause time.Duration
	most  int64 // wrong tries that begin the pause
	turns [64]sync.Mutex
}

// New is the brake of a room, whose pause lasts so long after the last wrong try.
func New(d *db.DB, room string, pause time.Duration) *Brake {
	return &Brake{db: d, room: room, pause: pause, most: triesMost}
}

// After is another brake of the same room, whose pause begins after most wrong tries; a key belongs to one of the two.
func (b *Brake) After(most int64) *Brake {
	return &Brake{db: b.db, room: b.room, pause: b.pause, most: most}
}

func (b *Brake) q(ctx context.Context) *query.Queries { return query.New(b.db.Q(ctx)) }

// row is the key as it is stored: what was typed, and from where, is not to be read there.
func (b *Brake) row(key string) string {
	sum := sha256.Sum256([]byte(b.room + "\x00" + key))
	return b.room + "/" + hex.EncodeToString(sum[:])
}

var turnSeed = maphash.MakeSeed()

// Turn is held while a try is checked, so that many at once are counted one after the other. Keys share turns by a
// chance that nobody outside can steer, which only makes one wait for the other. Each copy of the program has turns of its
// own: with n copies, at most n-1 tries slip through beyond the last.
func (b *Brake) Turn(key string) *sync.Mutex {
	return &b.turns[maphash.String(turnSeed, key)%uint64(len(b.turns))]
}

// Wait says how long it is until the key may be tried again; 0 when it may be now.
func (b *Brake) Wait(ctx context.Context, key string, now time.Time) (time.Duration, error) {
	x, err := b.q(ctx).Tries(ctx, b.row(key))
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil || x.Wrong < b.most {
		return 0, err
	}
	last := time.UnixMicro(x.Last)
	if now.Before(last) { // a clock that was put back must not prolong the pause
		last = now
		err = b.db.Write(ctx, func(ctx context.Context) error {
			return b.q(ctx).PutBack(ctx, query.PutBackParams{Key: b.row(key), Now: now.UnixMicro()})
		})
	}
	return max(0, last.Add(b.pause).Sub(now)), err
}

// Failed counts a wrong try and says whether it was the one that begins the pause. It joins the transaction of ctx.
func (b *Brake) Failed(ctx context.Context, key string, now time.Time) (began bool, err error) {
	err = b.db.Write(ctx, func(ctx context.Context) error {
		wrong, err := b.q(ctx).Count(ctx, query.CountParams{Key: b.row(key), Now: now.UnixMicro(), Ended: now.Add(-b.pause).UnixMicro()})
		began = wrong == b.most
		return err
	})
	return began, err
}

// Succeeded forgets the wrong tries. What cannot be forgotten now makes a later pause come sooner, which is no reason to
// refuse a right try.
func (b *Brake) Succeeded(ctx context.Context, key string) {
	if _, err := b.q(ctx).Tries(ctx, b.row(key)); err != nil {
		return
	}
	_ = b.db.Write(ctx, func(ctx context.Context) error { return b.q(ctx).Release(ctx, b.row(key)) })
}

// Forget drops what has run out; and when more than anybody types is left, what has not come to a pause: a flood must not
// fill the disk, and must not end a pause either.
func (b *Brake) Forget(ctx context.Context, now time.Time) error {
	return b.forget(ctx, now, keysMost)
}

func (b *Brake) forget(ctx context.Context, now time.Time, most int64) error {
	return b.db.Write(ctx, func(ctx context.Context) error {
		room := query.CountRoomParams{From: b.room + "/", To: b.room + "0"} // 0 follows / in every order of bytes
		if err := b.q(ctx).Forget(ctx, query.ForgetParams{From: room.From, To: room.To, Ended: now.Add(-b.pause).UnixMicro()}); err != nil {
			return err
		}
		n, err := b.q(ctx).CountRoom(ctx, room)
		if err != nil || n <= most {
			return err
		}
		return b.q(ctx).ForgetFew(ctx, query.ForgetFewParams{From: room.From, To: room.To, Most: b.most})
	})
}
