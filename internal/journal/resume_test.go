package journal

import (
	"context"
	"errors"
	"testing"

	"bianmin/internal/db"
)

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
