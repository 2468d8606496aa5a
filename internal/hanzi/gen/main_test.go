package main

import (
	"os"
	"testing"
)

// The tables in the tree are the ones this program writes.
func TestTablesAreUpToDate(t *testing.T) {
	for name, text := range map[string]string{"letters.txt": table(), "syllables.txt": syllables()} {
		have, err := os.ReadFile("../" + name)
		if err != nil {
			t.Fatal(err)
		}
		if string(have) != text {
			t.Errorf("%s is stale: run go generate in internal/hanzi", name)
		}
	}
}
