package seal

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func keyFile(t *testing.T) string {
	file := filepath.Join(t.TempDir(), "keys.json")
	if _, err := LoadOrGenerate(file, "bianmin.test"); err != nil {
		t.Fatal(err)
	}
	return file
}

func load(t *testing.T, file string) *Keys {
	t.Helper()
	k, err := Load(file)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// TestARunningBoxChangesKeysWithoutAnybodyNoticing: the new key opens at once and seals from its moment on.
func TestARunningBoxChangesKeysWithoutAnybodyNoticing(t *testing.T) {
	file := keyFile(t)
	box, err := load(t, file).Box()
	if err != nil {
		t.Fatal(err)
	}
	first := box.Seal("phone", "13912345127")
	if box.Old(first) {
		t.Error("what was just sealed is old")
	}
	if n, err := Rotate(file, noon); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	for _, c := range []struct {
		now  time.Time
		made string
		old  bool
	}{{noon.Add(-time.Second), "1.", false}, {noon, "2.", true}, {noon.Add(time.Hour), "2.", true}} {
		if err := box.Take(load(t, file), c.now); err != nil {
			t.Fatal(err)
		}
		made := box.Seal("phone", "1")
		if !strings.HasPrefix(made, c.made) || box.Old(first) != c.old || box.Old(made) {
			t.Errorf("at %v it seals %s; the first is old: %v", c.now, made, box.Old(first))
		}
		if got, err := box.Open("phone", first); err != nil || got != "13912345127" {
			t.Errorf("at %v the first opens as %q, %v", c.now, got, err)
		}
	}
}

func TestADroppedKeyLeavesTheOthersTheirNumbers(t *testing.T) {
	file := keyFile(t)
	box, _ := load(t, file).Box()
	first := box.Seal("phone", "1")
	if _, err := Rotate(file, noon); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		n    int
		now  time.Time
		want error
	}{
		{0, noon.Add(time.Hour), ErrNoSuchKey}, {3, noon.Add(time.Hour), ErrNoSuchKey}, {2, noon.Add(time.Hour), ErrKeySeals},
		{1, noon.Add(-time.Second), ErrKeySeals}, {1, noon.Add(settled - 1), ErrKeySeals}, // a request of before noon may be under way
		{1, noon.Add(settled), nil}, {1, noon.Add(time.Hour), ErrNoSuchKey},
	} {
		if err := Drop(file, c.n, c.now); !errors.Is(err, c.want) {
			t.Errorf("dropping %d at %v: %v", c.n, c.now, err)
		}
	}
	if n, err := Rotate(file, noon.Add(time.Hour)); n != 3 || err != nil {
		t.Errorf("the next key is number %d, %v", n, err)
	}
	if err := box.Take(load(t, file), noon.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := box.Open("phone", first); !errors.Is(err, ErrOpen) {
		t.Errorf("a dropped key opens: %v", err)
	}
	if made := box.Seal("phone", "1"); !strings.HasPrefix(made, "3.") {
		t.Errorf("sealed %s", made)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key file is %v, %v", info.Mode(), err)
	}
}

func TestManyRotateAtOnceAndNoKeyIsLost(t *testing.T) {
	file := keyFile(t)
	var (
		all     sync.WaitGroup
		mu      sync.Mutex
		numbers []int
	)
	for range 8 {
		all.Go(func() {
			n, err := Rotate(file, noon)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			numbers = append(numbers, n)
		})
	}
	all.Wait()
	slices.Sort(numbers)
	if !slices.Equal(numbers, []int{2, 3, 4, 5, 6, 7, 8, 9}) || len(load(t, file).Sealing) != 9 {
		t.Errorf("keys %v, and the file holds %d", numbers, len(load(t, file).Sealing))
	}
}

// TestMarks: other keys are told from the right ones, and a key dropped on purpose from one that is missing.
func TestMarks(t *testing.T) {
	file := keyFile(t)
	before := load(t, file)
	if _, err := Rotate(file, noon); err != nil {
		t.Fatal(err)
	}
	rotated := load(t, file)
	marks := rotated.Marks(before.Marks(Marks{}))
	if err := Drop(file, 1, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	dropped := load(t, file)
	stranger, _ := Generate("bianmin.test")
	otherIndex, otherSealing := *rotated, *rotated
	otherIndex.Index = random(32)
	otherSealing.Sealing = [][]byte{rotated.Sealing[0], random(32)}
	for name, c := range map[string]struct {
		keys *Keys
		want error
	}{
		"the same": {rotated, nil}, "the first dropped": {dropped, nil}, "from before the rotation": {before, &Misfit{Sealing: 2, Missing: true}},
		"a stranger's": {stranger, &Misfit{}}, "another index": {&otherIndex, &Misfit{}}, "another second": {&otherSealing, &Misfit{Sealing: 2}},
	} {
		if err := c.keys.Fit(marks); !reflect.DeepEqual(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if again := dropped.Marks(marks); again.Sealing[1] != marks.Sealing[1] {
		t.Error("a dropped key lost its mark")
	}
	if got := marks.Sealing[2]; strings.Contains(string(rotated.Sealing[1]), got) || len(got) != 16 {
		t.Errorf("a mark is %q", got)
	}
}

func TestABoxNeverChangesItsIndexKey(t *testing.T) {
	box := newBox(t)
	stranger, _ := Generate("bianmin.test")
	if err := box.Take(stranger, noon); err == nil {
		t.Error("another deployment's keys were taken")
	}
}
