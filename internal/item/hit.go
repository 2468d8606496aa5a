package item

// Which tells what of an item matched, so that the page can show it beside the name.
type Which string

const (
	ByCode  Which = "code"
	ByName  Which = "name"
	ByPlain Which = "plain"
	ByAlias Which = "alias"
	ByAll   Which = "all" // nothing was asked: every item
)

// Rank is how an item matched; the lower comes first.
type Rank int

const (
	Listed         Rank = iota // the empty query
	ExactCode                  // BM-008, bm8
	Exact                      // 高龄补贴
	WholeInitials              // glbt, or gl补贴
	Prefix                     // 高龄
	Substring                  // 龄补
	PrefixInitials             // glb
	Spelled                    // gaolingbutie, gaolbt
	Scattered                  // characters or initials in order, with gaps: gbt
	OneError                   // one character or letter wrong, missing, too many or swapped
	Parts                      // pieces of the query, weighed by how rare they are
)

// Hit is one item found.
type Hit struct {
	Version Version
	Which   Which
	Text    string // the text that matched, as it is written
	Rank    Rank
}

// Search finds items by whatever a person types: words, initials of pinyin, a code, or a mix
// of them. With limit 0 all hits come. The empty query lists every item.
func (c *Catalogue) Search(q string, limit int) []Hit {
	found := c.searcher.search(q)
	if limit > 0 && len(found) > limit {
		found = found[:limit]
	}
	hits := make([]Hit, len(found))
	for i, m := range found {
		hits[i] = Hit{Version: c.current[m.item], Which: ByAll, Rank: m.rank}
		if m.text >= 0 {
			t := c.searcher.items[m.item][m.text]
			hits[i].Which, hits[i].Text = t.which, t.written
		}
	}
	return hits
}
