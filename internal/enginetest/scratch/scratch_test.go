package scratch

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRemoveLeavesNothing(t *testing.T) {
	parent := t.TempDir()
	dir, err := in(parent, "thing")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir.Path, "file"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := dir.Remove(); err != nil {
		t.Fatal(err)
	}
	if left := children(t, parent); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestNextOneRemovesWhatAKilledProcessLeft(t *testing.T) {
	parent := t.TempDir()
	left := mustMake(t, parent, "thing")
	// A process that is killed closes its files and does nothing else.
	if err := left.lock.Close(); err != nil {
		t.Fatal(err)
	}
	next := mustMake(t, parent, "thing")

	if got := children(t, parent); len(got) != 1 || got[0] != filepath.Base(next.Path) {
		t.Errorf("folders: %v, want only %s", got, next.Path)
	}
}

func TestNextOneLeavesAloneWhatIsHeld(t *testing.T) {
	parent := t.TempDir()
	held := mustMake(t, parent, "thing")
	mustMake(t, parent, "thing")
	if _, err := os.Stat(held.Path); err != nil {
		t.Errorf("the held folder: %v", err)
	}
}

func TestNextOneLeavesAloneOtherKindsAndFoldersJustMade(t *testing.T) {
	parent := t.TempDir()
	other := mustMake(t, parent, "other")
	if err := other.lock.Close(); err != nil {
		t.Fatal(err)
	}
	fresh := filepath.Join(parent, "thing-fresh")
	if err := os.Mkdir(fresh, 0o700); err != nil {
		t.Fatal(err)
	}
	mustMake(t, parent, "thing")
	for _, path := range []string{other.Path, fresh} {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
}

func TestOthersMayPassThroughButNotLook(t *testing.T) {
	dir := mustMake(t, t.TempDir(), "thing")
	info, err := os.Stat(dir.Path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o711 {
		t.Errorf("mode %o, want 711", got)
	}
}

func mustMake(t *testing.T, parent, kind string) *Dir {
	t.Helper()
	dir, err := in(parent, kind)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func children(t *testing.T, parent string) []string {
	t.Helper()
	entries, err := os.ReadDir(parent)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
