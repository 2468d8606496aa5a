package seal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func newBox(t testing.TB) *Box {
	k, err := Generate("bianmin.test")
	if err != nil {
		t.Fatal(err)
	}
	b, err := k.Box()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSealedValuesOpenAgainAndOnlyForTheirPurpose(t *testing.T) {
	b := newBox(t)
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.String().Draw(t, "value")
		sealed := b.Seal("id_number", value)
		if got, err := b.Open("id_number", sealed); err != nil || got != value {
			t.Fatalf("opened %q, %v", got, err)
		}
		if _, err := b.Open("phone", sealed); !errors.Is(err, ErrOpen) {
			t.Fatal("opened for another purpose")
		}
		if len(value) >= 6 && strings.Contains(sealed, value) {
			t.Fatal("the value shows")
		}
		if sealed == b.Seal("id_number", value) {
			t.Fatal("the same value sealed twice looks the same")
		}
	})
}

func TestAlteredOrForeignValuesDoNotOpen(t *testing.T) {
	b := newBox(t)
	sealed := b.Seal("phone", "13912345127")
	other := newBox(t).Seal("phone", "13912345127")
	for _, bad := range []string{"", "1", "1.", "2" + sealed[1:], "0" + sealed[1:], sealed[:len(sealed)-2], "1." + strings.Repeat("A", 60), other} {
		if got, err := b.Open("phone", bad); !errors.Is(err, ErrOpen) {
			t.Errorf("%q opened as %q, %v", bad, got, err)
		}
	}
}

func TestAnOlderKeyStillOpensAfterRotation(t *testing.T) {
	k, _ := Generate("bianmin.test")
	before, _ := k.Box()
	sealed := before.Seal("phone", "13912345127")
	k.Sealing = append(k.Sealing, random(32))
	after, _ := k.Box()
	if got, err := after.Open("phone", sealed); err != nil || got != "13912345127" {
		t.Fatalf("opened %q, %v", got, err)
	}
	if fresh := after.Seal("phone", "1"); !strings.HasPrefix(fresh, "2.") {
		t.Fatalf("sealed with the old key: %s", fresh)
	}
}

func TestIndexIsKeyedAndByPurpose(t *testing.T) {
	a, b := newBox(t), newBox(t)
	first := a.Index("phone", "1")
	if a.Index("phone", "1") != first || a.Index("id", "1") == first || b.Index("phone", "1") == first {
		t.Fatal("the index is not a keyed function of purpose and value")
	}
}

func TestKeysArePrivateAndSurviveALoad(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys.json")
	if _, err := Load(file); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("a missing file: %v", err)
	}
	first, err := LoadOrGenerate(file, "bianmin.test")
	if err != nil {
		t.Fatal(err)
	}
	info, _ := os.Stat(file)
	if info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v", info.Mode())
	}
	second, err := LoadOrGenerate(file, "bianmin.other")
	if err != nil || second.Signer != first.Signer || string(second.Index) != string(first.Index) {
		t.Fatalf("the second load differs: %v", err)
	}
	for _, content := range []string{`{"sealing":[]}`, `{"sealing":`, ""} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadOrGenerate(file, "x"); !errors.Is(err, ErrNotWhole) {
			t.Errorf("the file %q: %v", content, err)
		}
	}
}
