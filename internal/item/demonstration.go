package item

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"sync"
)

//go:embed data/items.json
var demonstrationFile []byte

// The file is part of the program: one that does not parse is a fault of the build, which the
// tests catch, so it ends the program.
var demonstration = sync.OnceValue(func() []Definition {
	list, err := Parse(bytes.NewReader(demonstrationFile))
	if err != nil {
		panic(fmt.Sprintf("embedded items: %v", err))
	}
	return list
})

// Demonstration is the set of 100 items to try the program with. It is nobody's official
// catalogue: see data/README.md.
func Demonstration() []Definition { return slices.Clone(demonstration()) }
