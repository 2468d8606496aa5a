package main

import (
	"os"
	"testing"
)

// The table in the tree is the one this program writes.
func TestTableIsUpToDate(t *testing.T) {
	have, err := os.ReadFile("../letters.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != table() {
		t.Fatal("letters.txt is stale: run go generate in internal/hanzi")
	}
}
