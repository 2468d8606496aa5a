package cases

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// tally is how many of each there are, or how many more and fewer.
type tally map[count]int64

func (t tally) add(list []count, n int64) {
	for _, c := range list {
		t.plus(c, n)
	}
}

// plus adds n; what comes to nothing is not kept.
func (t tally) plus(c count, n int64) {
	if n += t[c]; n == 0 {
		delete(t, c)
	} else {
		t[c] = n
	}
}

// change is what differs between what a case counted for before and counts for now.
func change(before, after []count) tally {
	t := tally{}
	t.add(after, 1)
	t.add(before, -1)
	return t
}

// sorted lists the counts in the order of their key: writers that need several come to them in one order.
func (t tally) sorted() []count {
	return slices.SortedFunc(maps.Keys(t), func(a, b count) int {
		return cmp.Or(strings.Compare(a.what, b.what), strings.Compare(a.scope, b.scope), strings.Compare(a.at, b.at))
	})
}

// text writes a change as it waits to be counted: a line a count.
func (t tally) text() string {
	var b strings.Builder
	for _, c := range t.sorted() {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%d\n", c.what, c.scope, c.at, t[c])
	}
	return b.String()
}

// read adds a change that was written so.
func (t tally) read(text string) error {
	for line := range strings.Lines(text) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(parts) != 4 {
			return fmt.Errorf("a change of the tallies has %d parts", len(parts))
		}
		n, err := strconv.ParseInt(parts[3], 10, 64)
		if err != nil {
			return fmt.Errorf("reading a change of the tallies: %w", err)
		}
		t.plus(count{parts[0], parts[1], parts[2]}, n)
	}
	return nil
}
