package scripts

import (
	"os"
	"path/filepath"
	"testing"
)

const (
	root     = "echo 0"
	somebody = "echo 1000"
)

func TestNeed(t *testing.T) {
	for name, tt := range map[string]struct {
		programs map[string]string
		args     []string
		want     string
		code     int
	}{
		"all there": {
			map[string]string{"go": "", "google-chrome": "", "fc-list": "echo a font", "initdb": ""},
			[]string{"go", "chromium", "fonts", "postgresql"}, "", 0,
		},
		"no Go": {
			map[string]string{"id": root, "apt-get": ""},
			[]string{"go"}, "Install Go 1.26", 1,
		},
		"root installs": {
			map[string]string{"id": root, "apt-get": ""},
			[]string{"--dry-run", "postgresql", "chromium", "fonts"},
			"env DEBIAN_FRONTEND=noninteractive apt-get -y update\n" +
				"env DEBIAN_FRONTEND=noninteractive apt-get -y install --no-install-recommends postgresql chromium fonts-noto-cjk fontconfig", 0,
		},
		"only what is missing": {
			map[string]string{"id": root, "apt-get": "", "chromium": ""},
			[]string{"--dry-run", "postgresql", "chromium"}, "--no-install-recommends postgresql", 0,
		},
		"no strace": {
			map[string]string{"id": root, "apt-get": ""},
			[]string{"--dry-run", "strace"}, "--no-install-recommends strace", 0,
		},
		"fonts without Chinese": {
			map[string]string{"id": root, "apt-get": "", "fc-list": ""},
			[]string{"--dry-run", "fonts"}, "fonts-noto-cjk", 0,
		},
		"another user asks for leave": {
			map[string]string{"id": somebody, "apt-get": "", "sudo": ""},
			[]string{"--dry-run", "chromium"}, "sudo env DEBIAN_FRONTEND=noninteractive apt-get -y install", 0,
		},
		"another user without leave": {
			map[string]string{"id": somebody, "apt-get": ""},
			[]string{"chromium"}, "run as root: apt-get install chromium", 1,
		},
		"another system": {
			map[string]string{"id": root},
			[]string{"postgresql"}, "This machine has no apt-get", 1,
		},
		"installing is quiet": {
			map[string]string{"id": root, "apt-get": "echo chatter"},
			[]string{"chromium"}, "Installing chromium …", 0,
		},
		"installing that does not work is told": {
			map[string]string{"id": root, "apt-get": `[[ $2 == update ]] || { echo no space; exit 100; }`},
			[]string{"chromium"}, "no space\nThis did not work: env DEBIAN_FRONTEND=noninteractive apt-get -y install", 1,
		},
		"a word it does not know": {
			map[string]string{}, []string{"node"}, "does not know 'node'", 2,
		},
	} {
		t.Run(name, func(t *testing.T) {
			bin := machine(t, tt.programs)
			said, code := run(t, []string{"PATH=" + bin, "BIANMIN_POSTGRESQL_ROOT=" + postgresql(t, tt.programs)}, "need.sh", tt.args...)
			expect(t, said, code, tt.want, tt.code)
			if name == "installing is quiet" && said != tt.want {
				t.Errorf("it says %q, want only %q", said, tt.want)
			}
		})
	}
}

func TestNeedTakesNoOldPostgreSQL(t *testing.T) {
	for version, want := range map[string]string{"14": "install", "9.6": "install", "15": "", "17": ""} {
		t.Run(version, func(t *testing.T) {
			bin := machine(t, map[string]string{"id": root, "apt-get": ""})
			said, code := run(t, []string{"PATH=" + bin, "BIANMIN_POSTGRESQL_ROOT=" + installed(t, version)}, "need.sh", "--dry-run", "postgresql")
			expect(t, said, code, want, 0)
		})
	}
}

// postgresql is where its programs stand: version 16 if the machine has initdb, else nowhere.
func postgresql(t *testing.T, programs map[string]string) string {
	if _, has := programs["initdb"]; has {
		return installed(t, "16")
	}
	return t.TempDir()
}

func installed(t *testing.T, version string) string {
	t.Helper()
	where := t.TempDir()
	bin := filepath.Join(where, version, "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(bin, "initdb"), []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return where
}
