package effort

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const lookFile = "../../../docs/look.md"

// The table of docs/look.md is what was measured; BIANMIN_MEASURE=1 writes it.
func TestTheTableIsWhatWasMeasured(t *testing.T) {
	list, err := Measured()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.FromSlash(lookFile))
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- measured -->\n", "<!-- /measured -->"
	before, rest, found := strings.Cut(string(raw), begin)
	table, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s has no place for the table", lookFile)
	}
	want := Table(list)
	if table == want {
		return
	}
	if os.Getenv("BIANMIN_MEASURE") == "" {
		t.Fatalf("the table of %s is not what was measured; run the test with BIANMIN_MEASURE=1", lookFile)
	}
	if err := os.WriteFile(lookFile, []byte(before+begin+want+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestNothingRecordedIsOverItsBudget(t *testing.T) {
	list, err := Measured()
	if err != nil || len(list) == 0 {
		t.Fatalf("nothing is recorded: %v", err)
	}
	for _, k := range list {
		if k.over() {
			t.Errorf("%+v", k)
		}
	}
}

// finger is a page that only counts.
type finger struct{ keys, clicks int }

func (f *finger) Type(s string) { f.keys += len([]rune(s)) }
func (f *finger) Keys() int     { return f.keys }
func (f *finger) Clicks() int   { return f.clicks }
func (f *finger) ResetCounts()  { *f = finger{} }

func TestWhatMustBeTypedIsCountedApart(t *testing.T) {
	f := &finger{keys: 7, clicks: 3}
	m := Begin(f)
	m.Type("glbt")
	f.keys += 3
	f.clicks++
	if got := f.Keys() - m.typed; got != 3 || m.typed != 4 || f.Clicks() != 1 {
		t.Errorf("%d keys, %d typed, %d clicks", got, m.typed, f.Clicks())
	}
	for over, task := range map[bool]Task{false: {Budget: 4, Keys: 3, Clicks: 1}, true: {Budget: 3, Keys: 3, Clicks: 1}} {
		if task.over() != over {
			t.Errorf("%+v", task)
		}
	}
}
