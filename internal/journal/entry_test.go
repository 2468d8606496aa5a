package journal

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"bianmin/internal/db"
	"bianmin/internal/seal"
)

func TestAnEntryComesBackAsItWasWritten(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		for what, e := range map[string]Entry{
			"plain":        {Subject: "case/a", Seq: 1, At: began, Kind: "received", Actor: "clerk-610881101", Place: "610881101000", Data: []byte(`{"a":1}`)},
			"on behalf":    {Subject: "case/b", Seq: 1, At: began, Kind: "passed", Actor: "head-610881101", OnBehalf: "clerk-610881101", Data: []byte(`{}`)},
			"by nobody":    {Subject: "case/c", Seq: 1, At: began, Kind: "lapsed", Actor: System, Data: []byte(`null`)},
			"long ago":     {Subject: "case/d", Seq: 1, At: time.Date(1911, 1, 1, 0, 0, 0, 0, time.UTC), Kind: "x", Actor: "y", Data: []byte(`{}`)},
			"bytes kept":   {Subject: "case/e", Seq: 1, At: began, Kind: "x", Actor: "y", Data: []byte("{ \"name\" :\t\"𠮷𬭸<script>'\\u0000\" }\n")},
			"many digits":  {Subject: "case/f", Seq: 1 << 60, At: began, Kind: "x", Actor: "y", Data: []byte(`{"n":1.0e400}`)},
			"odd subjects": {Subject: "place/~,3:a,'%_", Seq: 1, At: began, Kind: "x", Actor: "y", Data: []byte(`{}`)},
		} {
			b.write(func(ctx context.Context) error { return b.Append(ctx, e) })
			list, err := b.About(t.Context(), e.Subject)
			if err != nil || len(list) != 1 {
				t.Fatalf("%s: %d entries, %v", what, len(list), err)
			}
			got := list[0]
			if !got.Intact() {
				t.Errorf("%s: not intact", what)
			}
			got.Number, got.salt, got.leaf = 0, nil, nil
			if !reflect.DeepEqual(got, e) {
				t.Errorf("%s:\n got %+v\nwant %+v", what, got, e)
			}
		}
	})
}

func TestOfTwoEntriesWithOneSeqOneIsKept(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		first, second := entry("case/a"), entry("case/a")
		first.Actor, second.Actor = "first", "second"
		b.write(func(ctx context.Context) error { return b.Append(ctx, first) })
		if err := b.db.Write(t.Context(), func(ctx context.Context) error { return b.Append(ctx, second) }); err == nil {
			t.Error("the second was kept too")
		}
		list, err := b.About(t.Context(), "case/a")
		if err != nil || len(list) != 1 || list[0].Actor != "first" {
			t.Errorf("kept: %+v, %v", list, err)
		}
	})
}

func TestEntriesGoWithTheirTransaction(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		k := b.keeper()
		b.add(2)
		err := b.db.Write(t.Context(), func(ctx context.Context) error {
			return errors.Join(b.Append(ctx, entry("case/undone"), entry("case/undone too")), errUndo)
		})
		if !errors.Is(err, errUndo) {
			t.Error(err)
		}
		b.add(2)
		b.advance(k)
		b.gapless(4) // the numbers of what was undone are given again
		if n, err := b.Count(t.Context()); err != nil || n != 4 {
			t.Errorf("%d entries, %v", n, err)
		}
	})
}

func TestNumbersAreGivenAtOnceWhereOneWritesAndByTheKeeperElsewhere(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.add(3)
		want := int64(0)
		if b.db.Engine() == db.Postgres {
			want = 3
		}
		if n := b.number(`SELECT COUNT(*) FROM journal WHERE entry IS NULL`); n != want {
			t.Errorf("%d entries have no number, want %d", n, want)
		}
		list, err := b.About(t.Context(), "case/000002")
		if err != nil || len(list) != 1 || (list[0].Number == 0) != (want > 0) {
			t.Errorf("the second: %+v, %v", list, err)
		}
		b.advance(b.keeper())
		b.gapless(3)
		list, err = b.About(t.Context(), "case/000002")
		if err != nil || len(list) != 1 || list[0].Number != 2 {
			t.Errorf("the second: %+v, %v", list, err)
		}
	})
}

func TestReadingInPages(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		subjects := []string{"account/b", "case/a", "case/a-1", "case/B", "case/民", "unit/x"} // in the order of their bytes: B before a
		b.write(func(ctx context.Context) error {
			for _, s := range subjects {
				one, two := entry(s), entry(s)
				two.Seq = 2
				if err := b.Append(ctx, two, one); err != nil {
					return err
				}
			}
			return nil
		})
		b.advance(b.keeper())
		want := []string{"account/b", "case/B", "case/a", "case/a-1", "case/民", "unit/x"}
		subject, seq, i := "", int64(0), 0
		for {
			page, err := b.BySubject(t.Context(), subject, seq, 5)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			for _, e := range page {
				subject, seq = e.Subject, e.Seq
				if i >= 2*len(want) || subject != want[i/2] || seq != int64(i%2)+1 {
					t.Fatalf("place %d: %s %d", i, subject, seq)
				}
				i++
			}
		}
		if i != 2*len(want) {
			t.Errorf("%d entries by subject", i)
		}
		page, err := b.After(t.Context(), 7, 3)
		if err != nil || len(page) != 3 || page[0].Number != 8 || page[2].Number != 10 {
			t.Errorf("after the seventh: %+v, %v", page, err)
		}
		if rest, err := b.After(t.Context(), 12, 3); err != nil || len(rest) != 0 {
			t.Errorf("after the last: %+v, %v", rest, err)
		}
	})
}

// Each line changes one column of a stored entry, as the owner of the database could.
func TestIntactFailsForAnyChangedColumn(t *testing.T) {
	changes := map[string]string{
		"subject":            `UPDATE journal SET subject = 'case/c' WHERE subject = 'case/b'`,
		"seq":                `UPDATE journal SET seq = 2 WHERE subject = 'case/b'`,
		"at":                 `UPDATE journal SET at = at + 1 WHERE subject = 'case/b'`,
		"kind":               `UPDATE journal SET kind = 'decided' WHERE subject = 'case/b'`,
		"actor":              `UPDATE journal SET actor = 'clerk-610881102' WHERE subject = 'case/b'`,
		"on_behalf given":    `UPDATE journal SET on_behalf = 'x' WHERE subject = 'case/b'`,
		"on_behalf empty":    `UPDATE journal SET on_behalf = '' WHERE subject = 'case/b'`,
		"on_behalf ~":        `UPDATE journal SET on_behalf = '~' WHERE subject = 'case/b'`,
		"place taken":        `UPDATE journal SET place = NULL WHERE subject = 'case/b'`,
		"place emptied":      `UPDATE journal SET place = '' WHERE subject = 'case/b'`,
		"place and behalf":   `UPDATE journal SET on_behalf = place, place = NULL WHERE subject = 'case/b'`,
		"data":               `UPDATE journal SET data = '{"n":2}' WHERE subject = 'case/b'`,
		"data, a blank more": `UPDATE journal SET data = '{"n": 1}' WHERE subject = 'case/b'`,
		"salt":               `UPDATE journal SET salt = leaf WHERE subject = 'case/b'`,
		"another's salt":     `UPDATE journal SET salt = (SELECT salt FROM journal WHERE subject = 'case/a') WHERE subject = 'case/b'`,
		"leaf":               `UPDATE journal SET leaf = salt WHERE subject = 'case/b'`,
		"another's leaf":     `UPDATE journal SET leaf = (SELECT leaf FROM journal WHERE subject = 'case/a') WHERE subject = 'case/b'`,
	}
	each(t, func(t *testing.T, b *base) {
		b.write(func(ctx context.Context) error { return b.Append(ctx, entry("case/a"), entry("case/b")) })
		for what, text := range changes {
			err := b.db.Write(t.Context(), func(ctx context.Context) error {
				b.exec(ctx, text)
				all, err := b.BySubject(ctx, "", 0, 10)
				if err != nil || len(all) != 2 {
					t.Fatalf("%s: %d entries, %v", what, len(all), err)
				}
				if !all[0].Intact() {
					t.Errorf("%s: the other entry is not intact", what)
				}
				if all[1].Intact() {
					t.Errorf("%s: changed and still intact", what)
				}
				return errUndo
			})
			if !errors.Is(err, errUndo) {
				t.Fatal(err)
			}
		}
	})
}

// A salt of another length would let two bodies share a commitment: the border between the two could be moved.
func TestIntactFailsWithASaltOfAnotherLength(t *testing.T) {
	e := entry("case/a")
	for n := range 2 * seal.SaltSize {
		salt := make([]byte, n)
		leaf := seal.Commit(salt, e.body())
		e.salt, e.leaf = salt, leaf[:]
		if e.Intact() != (n == seal.SaltSize) {
			t.Errorf("a salt of %d bytes: intact %v", n, e.Intact())
		}
	}
}

func TestEqualEntriesHaveDifferentCommitments(t *testing.T) {
	b := onSQLite(t)
	one, two := entry("case/a"), entry("case/a")
	two.Seq = 2
	b.write(func(ctx context.Context) error { return b.Append(ctx, one, two) })
	list, err := b.About(t.Context(), "case/a")
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	if string(list[0].salt) == string(list[1].salt) || string(list[0].leaf) == string(list[1].leaf) {
		t.Error("two entries share salt or leaf")
	}
}
