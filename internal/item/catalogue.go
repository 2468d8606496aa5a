package item

import (
	"cmp"
	"fmt"
	"slices"

	"bianmin/internal/place"
)

// Catalogue indexes the versions of all items. It never changes, so readers share it without
// a lock; whoever publishes a version builds the next one.
type Catalogue struct {
	current  []Version // one an item, in the order of the counters (§三7), then of the codes
	byCode   map[Code][]Version
	byName   map[string]Code
	searcher *searcher
}

// NewCatalogue refuses a version twice and two items of one name. The current version of an
// item is the one with the highest number.
func NewCatalogue(versions []Version) (*Catalogue, error) {
	c := &Catalogue{byCode: map[Code][]Version{}, byName: map[string]Code{}}
	for _, v := range versions {
		if v.Number < 1 {
			return nil, fmt.Errorf("item %s: version %d, numbers begin at 1", v.Code, v.Number)
		}
		c.byCode[v.Code] = append(c.byCode[v.Code], v)
	}
	for code, all := range c.byCode {
		slices.SortFunc(all, func(a, b Version) int { return cmp.Compare(a.Number, b.Number) })
		for i := 1; i < len(all); i++ {
			if all[i].Number == all[i-1].Number {
				return nil, fmt.Errorf("item %s: version %d stands twice", code, all[i].Number)
			}
		}
		c.current = append(c.current, all[len(all)-1])
	}
	slices.SortFunc(c.current, byWindow)
	if err := c.indexNames(); err != nil {
		return nil, err
	}
	c.searcher = newSearcher(c.current)
	return c, nil
}

// FirstVersions numbers definitions that are new: what an import and a demonstration begin with.
func FirstVersions(definitions []Definition) []Version {
	versions := make([]Version, len(definitions))
	for i, d := range definitions {
		versions[i] = Version{Definition: d, Number: 1}
	}
	return versions
}

func byWindow(a, b Version) int {
	return cmp.Or(
		cmp.Compare(place.WindowOrder(a.Window), place.WindowOrder(b.Window)),
		cmp.Compare(a.Code, b.Code),
	)
}

func (c *Catalogue) indexNames() error {
	for _, v := range c.current {
		for _, name := range []string{v.Name, v.Plain} {
			if other, taken := c.byName[name]; taken && other != v.Code {
				return fmt.Errorf("items %s and %s have the same name", other, v.Code)
			}
			c.byName[name] = v.Code
		}
	}
	return nil
}

// Get is the current version of an item.
func (c *Catalogue) Get(code Code) (Version, bool) {
	all := c.byCode[code]
	if len(all) == 0 {
		return Version{}, false
	}
	return all[len(all)-1], true
}

// At is the version that a case was filed under.
func (c *Catalogue) At(code Code, number int) (Version, bool) {
	for _, v := range c.byCode[code] {
		if v.Number == number {
			return v, true
		}
	}
	return Version{}, false
}

// Versions are all states of an item, the oldest first. The answer is the caller's own.
func (c *Catalogue) Versions(code Code) []Version { return slices.Clone(c.byCode[code]) }

// Find takes a code, an official name or a plain name, each written exactly: for imports and
// commands. People use Search.
func (c *Catalogue) Find(codeOrName string) (Version, bool) {
	if v, ok := c.Get(Code(codeOrName)); ok {
		return v, true
	}
	code, ok := c.byName[codeOrName]
	if !ok {
		return Version{}, false
	}
	return c.Get(code)
}

// All are the current versions in the order of the counters. The answer is the caller's own.
func (c *Catalogue) All() []Version { return slices.Clone(c.current) }
