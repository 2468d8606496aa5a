package reference

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"

	"bianmin/internal/journal"
)

// replay compares every stored document with what its entries make of it, and gives the subjects that differ.
func (b *base) replay(ctx context.Context) []string {
	b.t.Helper()
	var differ []string
	for _, room := range b.Rooms() {
		count := 0
		for after := ""; ; {
			page, err := room.Page(ctx, after)
			if err != nil {
				b.t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			for _, stored := range page {
				if stored.Subject <= after || stored.Subject[:len(room.Prefix)] != room.Prefix {
					b.t.Fatalf("%s comes after %s in %s", stored.Subject, after, room.Prefix)
				}
				after = stored.Subject
				count++
				entries, err := b.journal.About(ctx, stored.Subject)
				if err != nil {
					b.t.Fatal(err)
				}
				var want journal.Stored
				if len(entries) > 0 {
					if want, err = room.Rebuild(entries); err != nil {
						b.t.Fatal(err)
					}
				}
				if !reflect.DeepEqual(stored, want) {
					differ = append(differ, stored.Subject)
				}
			}
		}
		if want := map[string]int{"place/": 385, "unit/": 48, "item/": 100, "calendar/": 8, "setting/": 2}[room.Prefix]; count != want {
			differ = append(differ, room.Prefix)
		}
	}
	err := b.CheckTotals(ctx, func(what string) { differ = append(differ, what) })
	if err != nil {
		b.t.Fatal(err)
	}
	return differ
}

func TestTheDocumentsAreWhatTheirEntriesMakeOfThem(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.found()
		for _, s := range [][2]string{{"a", "1"}, {"a", "2"}, {"单位", "x"}} {
			if err := b.Set(t.Context(), "admin", founded, s[0], s[1]); err != nil {
				t.Fatal(err)
			}
		}
		if differ := b.replay(t.Context()); len(differ) > 0 {
			t.Errorf("as they are: %v", differ)
		}
		for text, want := range map[string][]string{
			`UPDATE documents SET doc = doc || ' ' WHERE subject = 'setting/a'`:                   {"setting/a"},
			`UPDATE documents SET events = 1 WHERE subject = 'setting/a'`:                         {"setting/a"},
			`UPDATE documents SET subject = 'setting/b' WHERE subject = 'setting/a'`:              {"setting/b"},
			`DELETE FROM documents WHERE subject = 'setting/a'`:                                   {"setting/"},
			`DELETE FROM documents WHERE subject = 'place/610881101200'`:                          {"place/"},
			`INSERT INTO documents (subject, doc, events) VALUES ('setting/b', '{}', 1)`:          {"setting/b", "setting/"},
			`INSERT INTO documents (subject, doc, events) VALUES ('king/b', '{}', 1)`:             {"documents：多出 1 行"},
			`INSERT INTO documents (subject, doc, events) VALUES ('setting', '{}', 1)`:            {"documents：多出 1 行"},
			`INSERT INTO documents (subject, doc, events) VALUES ('', '{}', 1), ('zz', '{}', 1)`:  {"documents：多出 2 行"},
			`INSERT INTO documents (subject, doc, events) VALUES ('place0', '{}', 1)`:             {"documents：多出 1 行"},
			`INSERT INTO documents (subject, doc, events) VALUES ('place/', '{}', 1)`:             {"documents：多出 1 行"},
			`UPDATE documents SET subject = 'place/610881101200/x' WHERE subject = 'setting/a'`:   {"place/610881101200/x", "place/", "setting/"},
			`UPDATE documents SET doc = 'null' WHERE subject IN ('unit/minzheng', 'item/none/1')`: {"unit/minzheng"},
			`UPDATE documents SET events = events + 1 WHERE subject IN ('calendar/2019', 'x')`:    {"calendar/2019"},
			`UPDATE documents SET events = events WHERE subject = 'calendar/2019'`:                nil,
		} {
			err := b.db.Write(t.Context(), func(ctx context.Context) error {
				b.exec(ctx, text)
				got := b.replay(ctx)
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Errorf("%s: found %v, want %v", text, got, want)
				}
				return errUndo
			})
			if !errors.Is(err, errUndo) {
				t.Fatal(err)
			}
		}
	})
}
