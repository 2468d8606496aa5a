package enginetest

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestNewestBin(t *testing.T) {
	for name, tt := range map[string]struct {
		versions []string
		want     string // "" is none
	}{
		"none installed":            {nil, ""},
		"too old":                   {[]string{"13", "14"}, ""},
		"the oldest that will do":   {[]string{"14", "15"}, "15"},
		"newest by number":          {[]string{"9.6", "15", "17", "16"}, "17"},
		"by number, not by letters": {[]string{"99", "100"}, "100"},
		"not a version":             {[]string{"15", "devel"}, "15"},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			for _, version := range tt.versions {
				install(t, root, version)
			}
			bin, err := newestBin(root)
			if tt.want == "" {
				if !errors.Is(err, errNotInstalled) {
					t.Errorf("got %q, %v, want to be told what to install", bin, err)
				}
				return
			}
			if want := filepath.Join(root, tt.want, "bin"); err != nil || bin != want {
				t.Errorf("got %q, %v, want %q", bin, err, want)
			}
		})
	}
}

func install(t *testing.T, root, version string) {
	t.Helper()
	bin := filepath.Join(root, version, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(bin, "initdb"), nil, 0o755); err != nil {
		t.Fatal(err)
	}
}
