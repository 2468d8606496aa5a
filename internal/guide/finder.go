package guide

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"bianmin/internal/item"
)

// Finder finds items by what a person says. It never changes: a new catalogue makes a new one.
type Finder struct {
	catalogue *item.Catalogue
	items     []item.Version
	texts     []text
	weights   map[rune]float64
	usual     float64 // the weight of a character that no text has
	same      *strings.Replacer
	asking    *strings.Replacer
	light     map[rune]bool
	holders   map[rune][]int   // the texts that have a character
	sounding  map[string][]int // and a sound
}

// text is one way to say an item.
type text struct {
	item    int
	written string
	signs   []sign
	worth   float64 // the weight of all signs
	place   int     // 0 for the likeliest item of a phrase
}

// sign is one character of a text.
type sign struct {
	char   rune
	sounds sounds
	weight float64
}

// Hit is an item found. Score goes from 0 to 1, 1 being said as it is written.
type Hit struct {
	Item  item.Version
	Score float64
	Text  string // the way of saying it that came nearest
}

// Found is the answer to a wish.
type Found struct {
	Hits []Hit
	// Sure says that the first is likely meant; else they are only the nearest.
	Sure bool
}

// The bounds of a score.
const (
	sureFrom    = 0.60
	nearFrom    = 0.30
	besideFirst = 0.55 // of the first one's score: what is further off is not shown beside a sure one
	nearest     = 5    // so many are offered when none is sure
)

// What is left over counts against a text: of the wish more than of the text, since people say it in short.
const (
	wishLeft = 0.8
	textLeft = 0.3
	// Initials fit by chance, so in letters little may be left over.
	lettersWish = 2.0
	lettersText = 0.7
)

// What a likeness is worth, beside the same character.
const (
	sameSound   = 0.75
	heardSound  = 0.6
	byInitial   = 0.85
	bagWorth    = 0.88 // the right characters in another order
	lightWeight = 0.15
)

// maxWish: a longer wish is cut.
const maxWish = 40

// NewFinder lays the words beside the catalogue.
func NewFinder(c *item.Catalogue, w *Words) *Finder {
	f := &Finder{catalogue: c, items: c.All(), same: strings.NewReplacer(longestFirst(w.same)...), light: map[rune]bool{}, weights: map[rune]float64{},
		holders: map[rune][]int{}, sounding: map[string][]int{}}
	for _, r := range w.light {
		f.light[r] = true
	}
	var around []string
	for _, word := range w.asking {
		around = append(around, word, "")
	}
	f.asking = strings.NewReplacer(longestFirst(around)...)
	byCode := map[item.Code]int{}
	for i, v := range f.items {
		byCode[v.Code] = i
		for _, said := range append([]string{v.Plain, v.Name}, v.Aliases...) {
			f.texts = append(f.texts, text{item: i, written: said})
		}
	}
	for _, p := range w.phrases {
		for place, name := range p.means {
			if v, ok := c.Find(name); ok {
				f.texts = append(f.texts, text{item: byCode[v.Code], written: p.said, place: place})
			}
		}
	}
	f.weigh()
	return f
}

// longestFirst orders pairs so that of words that begin alike the longer is replaced.
func longestFirst(pairs []string) []string {
	type pair struct{ from, to string }
	list := make([]pair, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		list = append(list, pair{pairs[i], pairs[i+1]})
	}
	slices.SortStableFunc(list, func(a, b pair) int { return cmp.Compare(len(b.from), len(a.from)) })
	flat := make([]string, 0, len(pairs))
	for _, p := range list {
		flat = append(flat, p.from, p.to)
	}
	return flat
}

// weigh gives each character the more weight the fewer items have it.
func (f *Finder) weigh() {
	having := map[rune]map[int]bool{}
	chars := make([][]rune, len(f.texts))
	for i, t := range f.texts {
		chars[i] = f.likened(fold(t.written))
		for _, r := range chars[i] {
			if having[r] == nil {
				having[r] = map[int]bool{}
			}
			having[r][t.item] = true
		}
	}
	n := float64(len(f.items))
	f.usual = math.Log(1 + n)
	for r, in := range having {
		f.weights[r] = math.Log(1 + n/float64(len(in)))
	}
	for i := range f.texts {
		t := &f.texts[i]
		seen := map[string]bool{}
		for _, r := range chars[i] {
			s := sign{char: r, sounds: soundsOf(r), weight: f.weight(r)}
			t.signs = append(t.signs, s)
			t.worth += s.weight
			keep(f.holders, r, i)
			for _, h := range s.sounds.heard {
				if !seen[h] {
					seen[h] = true
					f.sounding[h] = append(f.sounding[h], i)
				}
			}
		}
	}
}

func keep(holders map[rune][]int, r rune, text int) {
	if list := holders[r]; len(list) == 0 || list[len(list)-1] != text {
		holders[r] = append(list, text)
	}
}

func (f *Finder) likened(chars []rune) []rune { return []rune(f.same.Replace(string(chars))) }

// weight of a character: of a letter less, since a word of them has many.
func (f *Finder) weight(r rune) float64 {
	w, known := f.weights[r]
	switch {
	case f.light[r]:
		return lightWeight
	case isLetter(r):
		return f.usual / 2.5
	case !known:
		return f.usual * 0.6
	}
	return w
}

// Find gives the items that a wish may mean, the likeliest first, at most so many.
func (f *Finder) Find(said string, most int) Found {
	wish := fold(said)
	wish = wish[:min(len(wish), maxWish)]
	if len(wish) == 0 {
		return Found{}
	}
	if hits := f.catalogue.Search(string(wish), 1); len(hits) > 0 && hits[0].Rank == item.ExactCode {
		return Found{Hits: []Hit{{Item: hits[0].Version, Score: 1, Text: string(hits[0].Version.Code)}}, Sure: true}
	}
	bare := []rune(f.asking.Replace(string(wish)))
	if len(bare) == 0 {
		return Found{} // 怎么办 alone asks for nothing
	}
	hits := f.hits(f.likened(wish))
	if len(bare) < len(wish) {
		hits = better(hits, f.hits(f.likened(bare)))
	}
	return f.keep(hits, most)
}

// better gives each item its better hit, and orders them.
func better(a, b []scored) []scored {
	best := map[int]scored{}
	for _, h := range slices.Concat(a, b) {
		if had, ok := best[h.item]; !ok || before(h, had) {
			best[h.item] = h
		}
	}
	list := make([]scored, 0, len(best))
	for _, h := range best {
		list = append(list, h)
	}
	slices.SortFunc(list, order)
	return list
}

func before(a, b scored) bool { return order(a, b) < 0 }

func order(a, b scored) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.place, b.place), cmp.Compare(a.item, b.item), cmp.Compare(a.text, b.text))
}

// scored is how well a text of an item answers.
type scored struct {
	item, text, place int
	score             float64
}

// hits scores every item by its best text.
func (f *Finder) hits(wish []rune) []scored {
	q := f.ask(wish)
	var list []scored
	for _, i := range f.candidates(q) {
		t := f.texts[i]
		s := q.score(t)
		if s *= 1 - 0.02*float64(min(t.place, 5)); s >= nearFrom {
			list = append(list, scored{t.item, i, t.place, math.Round(s*1e6) / 1e6})
		}
	}
	return better(list, nil)
}

// candidates are the texts that have a character or a sound of the wish; of letters all.
func (f *Finder) candidates(q wish) []int {
	if q.letters {
		all := make([]int, len(f.texts))
		for i := range all {
			all[i] = i
		}
		return all
	}
	var list []int
	for _, s := range q.signs {
		list = append(list, f.holders[s.char]...)
		if !f.light[s.char] {
			for _, h := range s.sounds.heard {
				list = append(list, f.sounding[h]...)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// keep leaves what is worth showing.
func (f *Finder) keep(list []scored, most int) Found {
	found := Found{Sure: len(list) > 0 && list[0].score >= sureFrom}
	if !found.Sure {
		most = min(most, nearest)
	}
	for _, h := range list[:min(len(list), max(most, 0))] {
		if h.score < besideFirst*list[0].score {
			break
		}
		found.Hits = append(found.Hits, Hit{Item: f.items[h.item], Score: h.score, Text: f.texts[h.text].written})
	}
	return found
}
