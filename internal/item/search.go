package item

import (
	"cmp"
	"slices"
)

// match is an item that a query found, by its best text. Text is -1 for the empty query.
type match struct {
	item, text int
	rank       Rank
	detail     int // within a rank: the lower comes first
}

func compareMatches(a, b match) int {
	return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.detail, b.detail),
		cmp.Compare(a.item, b.item), cmp.Compare(a.text, b.text))
}

// searcher holds every item's texts, the code first, and the pieces of all texts.
type searcher struct {
	items  [][]searchText
	codes  []string // as shortCode makes them
	pieces *pieces
}

// maxQuery: a longer query is cut; no name has more characters.
const maxQuery = 40

func newSearcher(current []Version) *searcher {
	s := &searcher{items: make([][]searchText, len(current)), codes: make([]string, len(current))}
	for i, v := range current {
		texts := []searchText{
			newSearchText(ByCode, string(v.Code)),
			newSearchText(ByName, v.Name),
			newSearchText(ByPlain, v.Plain),
		}
		for _, a := range v.Aliases {
			texts = append(texts, newSearchText(ByAlias, a))
		}
		s.items[i] = texts
		s.codes[i] = shortCode(fold(string(v.Code)))
	}
	s.pieces = newPieces(s.items)
	return s
}

// search goes from strict to lenient: as typed, then without the words of asking (怎么办).
// What is found only by scattered letters may be chance, so slips of the finger are looked for
// as well; where nothing is found at all, pieces of the query.
func (s *searcher) search(query string) []match {
	q := fold(query)
	if len(q) == 0 {
		return s.list()
	}
	asked := newQuestion(q[:min(len(q), maxQuery)])
	bare := newQuestion(withoutAsking(asked.chars))
	found := s.firstOf(closely, asked, bare)
	if len(bare.chars) == 0 {
		return found // 怎么办 alone asks for nothing
	}
	if len(found) == 0 || found[0].rank == Scattered {
		found = s.join(found, s.firstOf(withOneError, asked, bare))
	}
	if len(found) == 0 {
		found = s.pieces.search(bare.chars)
	}
	return found
}

// firstOf asks the second question only where the first finds nothing.
func (s *searcher) firstOf(matches look, asked, bare question) []match {
	found := s.each(asked, matches)
	if len(found) == 0 && len(bare.chars) < len(asked.chars) {
		found = s.each(bare, matches)
	}
	return found
}

func (s *searcher) list() []match {
	all := make([]match, len(s.items))
	for i := range all {
		all[i] = match{item: i, text: -1, rank: Listed}
	}
	return all
}

// look is one way to look at a text: how well it answers the question, or false.
type look func(q question, t searchText) (Rank, int, bool)

// each finds every item by its best text, the best item first.
func (s *searcher) each(q question, matches look) []match {
	if len(q.chars) == 0 {
		return nil
	}
	var found []match
	for i, texts := range s.items {
		best, any := match{}, false
		if q.isCode(s.codes[i]) {
			best, any = match{item: i, rank: ExactCode}, true
		}
		for j, t := range texts {
			rank, detail, ok := matches(q, t)
			m := match{i, j, rank, detail}
			if ok && (!any || compareMatches(m, best) < 0) {
				best, any = m, true
			}
		}
		if any {
			found = append(found, best)
		}
	}
	slices.SortFunc(found, compareMatches)
	return found
}

// join puts the items of the second list that the first does not hold behind it.
func (s *searcher) join(first, second []match) []match {
	held := make([]bool, len(s.items))
	for _, m := range first {
		held[m.item] = true
	}
	for _, m := range second {
		if !held[m.item] {
			first = append(first, m)
		}
	}
	return first
}
