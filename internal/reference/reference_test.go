package reference

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/item"
	"bianmin/internal/journal"
	"bianmin/internal/place"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

var founded = time.Date(2025, 12, 10, 2, 20, 0, 0, time.UTC)

var errUndo = errors.New("undo")

type base struct {
	*Reference
	t   *testing.T
	url string
}

func each(t *testing.T, f func(t *testing.T, b *base)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) {
		b := &base{t: t, url: url}
		b.open()
		f(t, b)
		if err := b.db.Close(); err != nil {
			t.Error(err)
		}
	})
}

func (b *base) open() {
	b.t.Helper()
	d, err := db.Open(b.t.Context(), b.url, db.Serving)
	if err != nil {
		b.t.Fatal(err)
	}
	b.Reference = New(d, journal.New(d))
}

func (b *base) found() {
	b.t.Helper()
	if err := b.Found(b.t.Context(), founded); err != nil {
		b.t.Fatal(err)
	}
}

func (b *base) load() City {
	b.t.Helper()
	city, ok, err := b.Load(b.t.Context())
	if err != nil || !ok {
		b.t.Fatalf("the city is there: %v, %v", ok, err)
	}
	return city
}

func (b *base) exec(ctx context.Context, text string, args ...any) {
	b.t.Helper()
	if _, err := b.db.Q(ctx).ExecContext(ctx, text, args...); err != nil {
		b.t.Fatalf("%s: %v", text, err)
	}
}

func (b *base) number(text string) int64 {
	b.t.Helper()
	var n int64
	if err := b.db.Q(b.t.Context()).QueryRowContext(b.t.Context(), text).Scan(&n); err != nil {
		b.t.Fatalf("%s: %v", text, err)
	}
	return n
}

func TestAnEmptyDatabaseHasNoCity(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		if city, ok, err := b.Load(t.Context()); ok || err != nil || city != (City{}) {
			t.Errorf("%+v, %v, %v", city, ok, err)
		}
	})
}

func TestWhatIsFoundedIsLoaded(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.found()
		if err := b.db.Close(); err != nil { // and outlives a restart
			t.Fatal(err)
		}
		b.open()
		city := b.load()
		if n := len(city.Places.All()); n != 385 {
			t.Errorf("%d places", n)
		}
		if n := len(city.Places.Units()); n != 48 {
			t.Errorf("%d units", n)
		}
		if n := len(city.Items.All()); n != 100 {
			t.Errorf("%d items", n)
		}
		want, err := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(city.Places.All(), want.All()) || city.Places.Root().Name != "神木市" {
			t.Error("the places are others")
		}
		for _, u := range want.Units() {
			if got, ok := city.Places.Unit(u.Code); !ok || !reflect.DeepEqual(got, u) {
				t.Errorf("unit %s: %+v", u.Code, got)
			}
		}
		for _, d := range item.Demonstration() {
			v, ok := city.Items.Get(d.Code)
			if !ok || v.Number != 1 || asJSON(t, v.Definition) != asJSON(t, d) {
				t.Errorf("item %s: %v, version %d, or changed on the way", d.Code, ok, v.Number)
			}
		}
		if !reflect.DeepEqual(city.Calendar, calendar.New(calendar.Official())) {
			t.Error("the calendar is another")
		}
		if day := calendar.NewDate(2026, 10, 1); city.Calendar.Working(day) || city.Calendar.LastYear() != 2026 {
			t.Errorf("National Day is worked, or the last year is %d", city.Calendar.LastYear())
		}
	})
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestFoundingIsOnRecord(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.found()
		documents, entries := b.number(`SELECT COUNT(*) FROM documents`), b.number(`SELECT COUNT(*) FROM journal`)
		if want := int64(385 + 48 + 100 + 8); documents != want || entries != want { // the calendar has the years 2019 to 2026
			t.Errorf("%d documents and %d entries, want %d", documents, entries, want)
		}
		list, err := b.journal.About(t.Context(), "place/610881101200")
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		if e := list[0]; e.Kind != kindSet || e.Actor != journal.System || !e.At.Equal(founded) || !e.Intact() || !strings.Contains(string(e.Data), "高家堡") {
			t.Errorf("%+v %s", e, e.Data)
		}
	})
}

func TestFoundingIsWholeOrNot(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		err := b.db.Write(t.Context(), func(ctx context.Context) error {
			return errors.Join(b.Found(ctx, founded), errUndo)
		})
		if !errors.Is(err, errUndo) {
			t.Fatal(err)
		}
		if n := b.number(`SELECT COUNT(*) FROM documents`) + b.number(`SELECT COUNT(*) FROM journal`); n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}

func TestSettingADocumentAnewReplacesItAndIsAnEntryMore(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.found()
		room, ok := b.load().Places.Place("610881101200")
		if !ok {
			t.Fatal("no such room")
		}
		room.Name, room.Service = "新高家堡村", "新高家堡村便民服务室"
		if err := b.put(t.Context(), "admin", founded.Add(time.Hour), "place/610881101200", room); err != nil {
			t.Fatal(err)
		}
		city := b.load()
		if got, _ := city.Places.Place("610881101200"); got != room || len(city.Places.All()) != 385 {
			t.Errorf("%+v of %d places", got, len(city.Places.All()))
		}
		if n := b.number(`SELECT events FROM documents WHERE subject = 'place/610881101200'`); n != 2 {
			t.Errorf("it counts %d events", n)
		}
		list, err := b.journal.About(t.Context(), "place/610881101200")
		if err != nil || len(list) != 2 || list[1].Actor != "admin" || !list[1].At.Equal(founded.Add(time.Hour)) {
			t.Errorf("%+v, %v", list, err)
		}
		if n := b.number(`SELECT COUNT(*) FROM documents WHERE events <> 1`); n != 1 {
			t.Errorf("%d documents changed", n)
		}
	})
}

func TestSettings(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.found()
		if value, ok, err := b.Setting(t.Context(), "demo.clock"); value != "" || ok || err != nil {
			t.Errorf("never set: %q, %v, %v", value, ok, err)
		}
		for _, s := range [][2]string{{"demo.clock", "-1"}, {"demo.clock", "604800000000"}, {"demo", "x"}, {"demo.clock.zone", ""}, {"单位", "神木市\n\"'𠮷"}} {
			if err := b.Set(t.Context(), "admin", founded, s[0], s[1]); err != nil {
				t.Fatal(err)
			}
			if value, ok, err := b.Setting(t.Context(), s[0]); value != s[1] || !ok || err != nil {
				t.Errorf("%s: %q, %v, %v", s[0], value, ok, err)
			}
		}
		if value, _, _ := b.Setting(t.Context(), "demo.clock"); value != "604800000000" {
			t.Errorf("another setting changed it: %q", value)
		}
		if list, err := b.journal.About(t.Context(), "setting/demo.clock"); err != nil || len(list) != 2 {
			t.Errorf("%d entries, %v", len(list), err)
		}
		if n := len(b.load().Places.All()); n != 385 {
			t.Errorf("%d places", n)
		}
	})
}

func TestSettingsAtOnceAreAllOnRecord(t *testing.T) {
	const writers = 16
	each(t, func(t *testing.T, b *base) {
		errs := make([]error, writers)
		var all sync.WaitGroup
		for i := range writers {
			all.Go(func() { errs[i] = b.Set(t.Context(), "admin", founded, "x", fmt.Sprint(i)) })
		}
		all.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Error(err)
		}
		list, err := b.journal.About(t.Context(), "setting/x")
		if err != nil || len(list) != writers {
			t.Fatalf("%d entries, %v", len(list), err)
		}
		value, ok, err := b.Setting(t.Context(), "x")
		if last := string(list[writers-1].Data); err != nil || !ok || last != `{"name":"x","value":"`+value+`"}` {
			t.Errorf("the value is %q, and the last entry %s (%v)", value, last, err)
		}
	})
}

// A second version of an item stands beside the first and becomes the current one, also the tenth.
func TestVersionsOfAnItem(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.found()
		d := item.Demonstration()[0]
		for number := 2; number <= 10; number++ {
			v := item.Version{Definition: d, Number: number}
			if err := b.put(t.Context(), "admin", founded, fmt.Sprintf("item/%s/%d", d.Code, number), v); err != nil {
				t.Fatal(err)
			}
		}
		items := b.load().Items
		if v, ok := items.Get(d.Code); !ok || v.Number != 10 || len(items.All()) != 100 {
			t.Errorf("version %d of %d items", v.Number, len(items.All()))
		}
		if v, ok := items.At(d.Code, 3); !ok || v.Number != 3 {
			t.Errorf("version 3: %v", ok)
		}
	})
}

// What cannot be read is said with its subject; the program does not start on half a city.
func TestADocumentThatCannotBeRead(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.found()
		for text, word := range map[string]string{
			`UPDATE documents SET doc = '{' WHERE subject = 'place/610881101200'`:                         "place/610881101200",
			`UPDATE documents SET doc = '[]' WHERE subject = 'unit/minzheng'`:                             "unit/minzheng",
			`UPDATE documents SET doc = '' WHERE subject = 'calendar/2026'`:                               "calendar/2026",
			`UPDATE documents SET doc = '7' WHERE subject LIKE 'item/%'`:                                  "item/",
			`DELETE FROM documents WHERE subject = 'place/610881101000'`:                                  "610881101000",
			`UPDATE documents SET doc = REPLACE(doc, '"code":"minzheng"', '"code":"gongan"')`:             "gongan",
			`UPDATE documents SET doc = REPLACE(doc, '"version":1', '"version":0')`:                       "version 0",
			`UPDATE documents SET doc = '{"code":"x","parent":"y"}' WHERE subject = 'place/610881101200'`: "place",
		} {
			err := b.db.Write(t.Context(), func(ctx context.Context) error {
				b.exec(ctx, text)
				if _, _, err := b.Load(ctx); err == nil || !strings.Contains(err.Error(), word) {
					t.Errorf("%s: %v", text, err)
				}
				return errUndo
			})
			if !errors.Is(err, errUndo) {
				t.Fatal(err)
			}
		}
		b.load()
	})
}
