package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"testing"

	"bianmin/internal/db"
	"bianmin/internal/enginetest"
)

func TestNumbersHaveNoGapsUnderManyWriters(t *testing.T) {
	const writers, writes = 32, 20
	each(t, func(t *testing.T, b *base) {
		ctx, end := context.WithCancel(t.Context())
		kept := make(chan struct{})
		go func() {
			defer close(kept)
			b.keeper().Run(ctx)
		}()
		err := together(writers, func(i int) error {
			for n := range writes {
				e := entry(fmt.Sprintf("case/%02d", i))
				e.Seq = int64(n) + 1
				err := b.db.Write(t.Context(), func(ctx context.Context) error {
					if err := b.Append(ctx, e); err != nil || n%5 > 0 {
						return err
					}
					e := entry(fmt.Sprintf("case/%02d/undone", i)) // leaves no gap
					return errors.Join(b.Append(ctx, e), errUndo)
				})
				if errors.Is(err, errUndo) {
					err = b.db.Write(t.Context(), func(ctx context.Context) error { return b.Append(ctx, e) })
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		end()
		soon(t, "the keeper", func() { <-kept })
		b.gapless(writers * writes)
		if h := b.head(); h.Size != writers*writes || h.Root != b.copied().root(t) {
			t.Errorf("the head is over %d of %d entries, or has another root", h.Size, writers*writes)
		}
		last := map[string]int64{}
		for _, e := range b.everything() {
			if !e.Intact() || e.Seq != last[e.Subject]+1 {
				t.Fatalf("entry %d: %s %d, intact %v", e.Number, e.Subject, e.Seq, e.Intact())
			}
			last[e.Subject] = e.Seq
		}
	})
}

func TestTheKeeperSignsByItself(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		ctx, end := context.WithCancel(t.Context())
		defer end()
		go b.keeper().Run(ctx)
		b.add(3)
		soon(t, "a head over 3 entries", func() {
			for size := int64(0); size < 3; {
				var err error
				if _, size, err = b.Checkpoint(t.Context()); err != nil {
					t.Error(err)
					return
				}
				runtime.Gosched()
			}
		})
	})
}

func TestNothingIsSignedOfNothing(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.advance(b.keeper())
		if note, size, err := b.Checkpoint(t.Context()); note != "" || size != 0 || err != nil {
			t.Errorf("a head %q over %d entries, %v", note, size, err)
		}
	})
}

// sizes are those at which a log grows another tile, and some between.
var sizes = []int{1, 2, 3, 255, 256, 257, 300, 511, 512, 513, 700, 1024}

func TestHeadAndTilesAreThoseOfTheReference(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		k := b.keeper()
		for _, size := range sizes {
			b.add(size - b.appended)
			b.advance(k)
			reference := b.copied()
			if h := b.head(); h.Size != int64(size) || h.Root != reference.root(t) {
				t.Errorf("size %d: a head over %d, or another root", size, h.Size)
			}
			b.tiles(reference)
		}
	})
}

// tiles compares the stored tiles with those of the reference: all that are whole, and no other.
func (b *base) tiles(reference *book) {
	b.t.Helper()
	want := int64(0)
	for level, whole := int64(0), reference.size/tileWidth; whole > 0; level, whole = level+1, whole/tileWidth {
		want += whole
		for index := range whole {
			var hashes []byte
			err := b.db.Q(b.t.Context()).QueryRowContext(b.t.Context(),
				`SELECT hashes FROM journal_tiles WHERE level = $1 AND idx = $2`, level, index).Scan(&hashes)
			if err != nil || !bytes.Equal(hashes, reference.tile(b.t, level, index)) {
				b.t.Errorf("tile %d/%d: %d bytes, %v", level, index, len(hashes), err)
			}
		}
	}
	if n := b.number(`SELECT COUNT(*) FROM journal_tiles`); n != want {
		b.t.Errorf("size %d: %d tiles, want %d", reference.size, n, want)
	}
}

func TestAKeeperThatStartsAnewGoesOnAsOneThatNeverStopped(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		for _, size := range sizes {
			b.add(size - b.appended)
			b.advance(b.keeper()) // a new one each time
			if h := b.head(); h.Size != int64(size) || h.Root != b.copied().root(t) {
				t.Errorf("size %d: a head over %d, or another root", size, h.Size)
			}
		}
		b.tiles(b.copied())
	})
}

// The 65536th entry completes the first tile of tiles. Entries are put in by the thousand, with any leaf: the keeper
// looks at nothing else.
func TestAKeeperThatStartsAnewAroundATileOfTiles(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		for _, size := range []int{65535, 65536, 65537, 65791, 65792, 65793} {
			b.fill(size)
			b.advance(b.keeper())
			if h := b.head(); h.Size != int64(size) {
				t.Fatalf("size %d: a head over %d", size, h.Size)
			}
			reference := b.copied()
			if h := b.head(); h.Root != reference.root(t) {
				t.Fatalf("size %d: another root", size)
			}
			if size == 65793 {
				b.tiles(reference)
			}
		}
	})
}

// fill brings the journal to a size by statements of the engine.
func (b *base) fill(size int) {
	b.t.Helper()
	series, leaf := `(WITH RECURSIVE s(n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM s WHERE n < $2) SELECT n FROM s)`, `randomblob(32)`
	if b.db.Engine() == db.Postgres {
		series, leaf = `generate_series($1::bigint, $2::bigint) s(n)`, `sha256(n::text::bytea)`
	}
	b.write(func(ctx context.Context) error {
		b.exec(ctx, `INSERT INTO journal (subject, seq, entry, at, kind, actor, data, salt, leaf)
			SELECT 'case/x', n, n, n, 'x', 'x', '{}', `+leaf+`, `+leaf+` FROM `+series, b.appended+1, size)
		return nil
	})
	b.appended = size
}

// What somebody altered while the program stood still is not signed when it starts again. Each line leaves a log that
// is right in itself; only the signed head tells that it is another.
func TestAKeeperThatStartsAnewDoesNotSignWhatWasAltered(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		k := b.keeper()
		b.add(600)
		b.advance(k)
		altered := map[string]func(ctx context.Context){
			"an entry of the last tile": func(ctx context.Context) { b.rewrite(ctx, 599) },
			"an entry of a whole tile":  func(ctx context.Context) { b.rewrite(ctx, 5); b.retile(ctx) },
			"the last entry is gone":    func(ctx context.Context) { b.exec(ctx, `DELETE FROM journal WHERE entry = 600`) },
			"all of the last tile":      func(ctx context.Context) { b.exec(ctx, `DELETE FROM journal WHERE entry > 512`) },
			"everything is gone": func(ctx context.Context) {
				b.exec(ctx, `DELETE FROM journal`)
				b.exec(ctx, `DELETE FROM journal_tiles`)
			},
			"a tile": func(ctx context.Context) {
				b.exec(ctx, `UPDATE journal_tiles SET hashes = $1 WHERE idx = 0`, make([]byte, 8192))
			},
			"a tile is cut": func(ctx context.Context) {
				b.exec(ctx, `UPDATE journal_tiles SET hashes = $1 WHERE idx = 0`, make([]byte, 32))
			},
			"the first tile is gone": func(ctx context.Context) { b.exec(ctx, `DELETE FROM journal_tiles WHERE idx = 0`) },
			"the last tile is gone":  func(ctx context.Context) { b.rewrite(ctx, 400); b.exec(ctx, `DELETE FROM journal_tiles WHERE idx = 1`) },
			"the tiles are gone":     func(ctx context.Context) { b.rewrite(ctx, 5); b.exec(ctx, `DELETE FROM journal_tiles`) },
			"a tile more": func(ctx context.Context) {
				b.exec(ctx, `INSERT INTO journal_tiles SELECT level, 2, hashes FROM journal_tiles WHERE idx = 1`)
			},
			"the head is gone":          func(ctx context.Context) { b.exec(ctx, `DELETE FROM journal_head`) },
			"the head has another size": func(ctx context.Context) { b.exec(ctx, `UPDATE journal_head SET size = 599`) },
			"the head is of another log": func(ctx context.Context) {
				b.exec(ctx, `UPDATE journal_head SET note = $1`, signed(t, keys(t, "bianmin.test"), 600, b.copied().root(t)))
			},
			"two entries swapped": func(ctx context.Context) {
				for _, text := range []string{`entry = 1000 WHERE entry = 590`, `entry = 590 WHERE entry = 591`, `entry = 591 WHERE entry = 1000`} {
					b.exec(ctx, `UPDATE journal SET `+text)
				}
			},
		}
		for what, alter := range altered {
			t.Run(what, func(t *testing.T) {
				err := b.db.Write(t.Context(), func(ctx context.Context) error {
					alter(ctx)
					before, _, err := b.Checkpoint(ctx)
					if err != nil {
						return err
					}
					if err := b.keeper().Advance(ctx); !errors.Is(err, ErrAltered) {
						t.Errorf("the keeper says: %v", err)
					}
					if after, _, err := b.Checkpoint(ctx); err != nil || after != before {
						t.Errorf("it signed another head (%v):\n%s", err, after)
					}
					return errUndo
				})
				if !errors.Is(err, errUndo) {
					t.Fatal(err)
				}
			})
		}
		b.advance(b.keeper()) // and nothing is wrong with what is right
	})
}

// rewrite alters an entry with all that depends on it in its row, as who has the database alone can.
func (b *base) rewrite(ctx context.Context, number int64) {
	b.t.Helper()
	list, err := b.After(ctx, number-1, 1)
	if err != nil || len(list) != 1 || list[0].Number != number {
		b.t.Fatal(list, err)
	}
	e := list[0]
	e.Data = []byte(`{"n":"altered"}`)
	b.exec(ctx, `DELETE FROM journal WHERE entry = $1`, number)
	if err := b.Append(ctx, e); err != nil {
		b.t.Fatal(err)
	}
	b.exec(ctx, `UPDATE journal SET entry = $1 WHERE subject = $2 AND seq = $3`, number, e.Subject, e.Seq)
}

// retile writes the tiles anew from the entries.
func (b *base) retile(ctx context.Context) {
	b.t.Helper()
	list, err := b.After(ctx, 0, 1<<30)
	if err != nil {
		b.t.Fatal(err)
	}
	grown := &tree{}
	for _, e := range list {
		for _, x := range grown.add(e.leaf) {
			b.exec(ctx, `UPDATE journal_tiles SET hashes = $1 WHERE level = $2 AND idx = $3`, x.hashes, x.level, x.index)
		}
	}
}

func TestAGapIsNotSigned(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		k := b.keeper()
		b.add(3)
		b.advance(k)
		b.add(3)
		b.write(func(ctx context.Context) error {
			b.exec(ctx, `UPDATE journal SET entry = 77 WHERE subject = 'case/000006'`)
			return nil
		})
		if err := k.Advance(t.Context()); err == nil {
			t.Error("the keeper did not mind")
		}
		if h := b.head(); h.Size != 3 {
			t.Errorf("the head is over %d entries", h.Size)
		}
	})
}

func TestTheSameTroubleIsLoggedOnce(t *testing.T) {
	b := onSQLite(t)
	b.add(300)
	b.advance(b.keeper())
	b.write(func(ctx context.Context) error { b.rewrite(ctx, 299); return nil })
	var log bytes.Buffer
	k, err := NewKeeper(b.db, b.keys.Signer, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		k.try(t.Context())
	}
	if n := strings.Count(log.String(), "level=ERROR"); n != 1 {
		t.Errorf("%d lines:\n%s", n, log.String())
	}
}

func TestAKeyThatCannotBeReadMakesNoKeeper(t *testing.T) {
	b := onSQLite(t)
	for _, key := range []string{"", "PRIVATE+KEY+x", b.keys.Verifier} {
		if _, err := NewKeeper(b.db, key, slog.New(slog.DiscardHandler)); err == nil {
			t.Errorf("%d characters made a keeper", len(key))
		}
	}
}

func TestOfTwoKeepersOneLeadsAndTheOtherTakesOver(t *testing.T) {
	url := enginetest.PostgresURL(t)
	b := on(t, url)
	second, err := db.Open(t.Context(), url, db.Serving)
	if err != nil {
		t.Fatal(err)
	}
	leader, err := NewKeeper(second, b.keys.Signer, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	waiting := b.keeper()
	b.add(300)
	b.advance(leader)
	b.add(300)
	b.advance(waiting)
	if h := b.head(); h.Size != 300 {
		t.Errorf("the one who does not lead signed %d entries", h.Size)
	}
	b.advance(leader)
	b.add(100)
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	soon(t, "taking over", func() {
		for size := int64(0); size < 700; {
			if err := waiting.Advance(t.Context()); err != nil {
				t.Error(err)
				return
			}
			if _, size, err = b.Checkpoint(t.Context()); err != nil {
				t.Error(err)
				return
			}
		}
	})
	b.gapless(700)
	if b.head().Root != b.copied().root(t) {
		t.Error("another root")
	}
}

// A leader whose connection breaks may go on for a moment beside the next one: no number may be lost or given twice.
func TestSeveralWhoNumberAtOnceLeaveNoGap(t *testing.T) {
	const rounds, writers, numberers = 30, 4, 4
	b := on(t, enginetest.PostgresURL(t))
	k := b.keeper()
	for round := range rounds {
		err := together(writers+numberers, func(i int) error {
			if i >= writers {
				return k.number(t.Context())
			}
			return b.db.Write(t.Context(), func(ctx context.Context) error {
				return b.Append(ctx, entry(fmt.Sprintf("case/%d-%d-1", round, i)), entry(fmt.Sprintf("case/%d-%d-2", round, i)))
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := k.number(t.Context()); err != nil {
		t.Error(err)
	}
	b.gapless(2 * rounds * writers)
}
