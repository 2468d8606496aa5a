package cases

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases/internal/query"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// figuring gathers the figures of a place.
type figuring struct {
	s       *Service
	at      place.Code
	today   calendar.Date
	month   string // the present one
	shown   string // the one that was asked for
	waiting tally
	out     Figures
	months  map[string]*monthRead
	states  map[State]int64
	scope   string // the one that counts the place
	beneath string // what the scopes of the places below begin with; empty of a room
	below   map[string]*PlaceFigure
	items   map[item.Code]*Stand
	hands   map[access.Post]*Stand
}

// monthRead is a month, and how many of its cases took how many working days.
type monthRead struct {
	MonthFigure
	took map[int64]int64
}

// begin lays out what is to be counted into: the months, and the places below.
func (r *figuring) begin() {
	r.months, r.states = map[string]*monthRead{}, map[State]int64{}
	r.scope = placeScope(r.at)
	r.below, r.items, r.hands = map[string]*PlaceFigure{}, map[item.Code]*Stand{}, map[access.Post]*Stand{}
	days, _ := ParseDays(r.shown)
	for m := days.To; len(r.months) < monthsShown; m = m.AddDays(-m.Day()) {
		month := m.String()[:7]
		r.months[month] = &monthRead{MonthFigure{Month: month}, map[int64]int64{}}
	}
	if r.at.IsRoom() {
		return
	}
	r.scope, r.beneath = cityScope(r.at), "town:"
	if r.at.IsTown() {
		r.scope, r.beneath = townScope(r.at), "place:"
		if p, ok := r.s.places.Place(r.at); ok {
			r.below[r.near(r.at)] = &PlaceFigure{Place: r.at, PlaceName: p.Service}
		}
	}
	for _, p := range r.s.places.Children(r.at) {
		r.below[r.near(p.Code)] = &PlaceFigure{Place: p.Code, PlaceName: p.Name}
	}
}

// near is what a place has in common with the place below that it counts for: in a city its town.
func (r *figuring) near(at place.Code) string {
	if r.beneath == "town:" {
		return at.Short()
	}
	return string(at)
}

// standing reads the tallies, and then what is not added up yet, which may be less than nothing.
func (r *figuring) standing(ctx context.Context) error {
	months := slices.Sorted(maps.Keys(r.months))
	item, post, below := itemScope(r.at, ""), postScope(r.at, ""), r.beneath
	if r.at.IsTown() {
		below += r.at.Short()
	}
	of := query.StandingParams{Scope: r.scope, Since: months[0], Until: r.shown + end, Below: below, BelowLast: below + end,
		Month: r.shown, Item: item, ItemLast: item + end, Post: post, PostLast: post + end}
	if below == "" {
		of.BelowLast = ""
	}
	list, err := r.s.store.q(ctx).Standing(ctx, of)
	if err != nil {
		return err
	}
	for list != "" {
		var line string
		line, list, _ = strings.Cut(list, ";")
		c, n, err := counted(line)
		if err != nil {
			return err
		}
		r.count(c, n)
	}
	for c, n := range r.waiting {
		r.count(c, n)
	}
	return nil
}

// count adds a tally to what it tells of; one of another place or another month tells of nothing here.
func (r *figuring) count(c count, n int64) {
	if c.scope == r.scope {
		r.own(c, n)
		return
	}
	kind, rest, _ := strings.Cut(c.scope, ":")
	code, key, listed := strings.Cut(rest, " ")
	switch {
	case !listed:
		if p := r.below[r.near(place.Code(code))]; p != nil && strings.HasPrefix(c.scope, r.beneath) && (c.what == countOpen || c.at == r.shown) {
			p.count(c.what, n)
		}
	case place.Code(code) != r.at:
	case kind == "item":
		entry(r.items, item.Code(key)).Open += n
	case kind == "post":
		entry(r.hands, access.Post(key)).Open += n
	}
}

// own adds a tally of the place itself.
func (r *figuring) own(c count, n int64) {
	if c.what == countOpen {
		r.states[State(c.at)] += n
		return
	}
	month, days, ok := daysAt(c.at)
	m := r.months[month]
	switch {
	case m == nil:
	case c.what == countFiled:
		m.Filed += n
	case c.what == countDone:
		m.Done += n
	case c.what == countOnTime:
		m.OnTime += n
	case ok:
		m.took[days] += n
	}
}

// counted reads one of the tallies. Its parts are parts of the line: a city's lines are thousands, and nothing is made for each.
func counted(line string) (c count, n int64, err error) {
	what, rest, _ := strings.Cut(line, ",")
	scope, rest, _ := strings.Cut(rest, ",")
	at, number, _ := strings.Cut(rest, ",")
	if n, err = strconv.ParseInt(number, 10, 64); err != nil {
		return count{}, 0, fmt.Errorf("reading a tally: %w", err)
	}
	return count{what, scope, at}, n, nil
}

func (r *figuring) filedToday(ctx context.Context) (err error) {
	q, since := r.s.store.q(ctx), r.today.Start().UnixMicro()
	switch {
	case r.at.IsCity():
		r.out.FiledToday, err = q.FiledSince(ctx, since)
	case r.at.IsTown():
		r.out.FiledToday, err = q.FiledInTownSince(ctx, query.FiledInTownSinceParams{Town: string(r.at), FiledAt: since})
	default:
		r.out.FiledToday, err = q.FiledInPlaceSince(ctx, query.FiledInPlaceSinceParams{Place: string(r.at), FiledAt: since})
	}
	return err
}

// end sorts after everything that stands in a tally.
const end = "~"

// daysAt takes 2026-03 007 apart.
func daysAt(at string) (month string, days int64, ok bool) {
	month, text, ok := strings.Cut(at, " ")
	days, err := strconv.ParseInt(text, 10, 64)
	return month, days, ok && err == nil
}

// median is how many days the case in the middle took, of so many cases for each number of days: of an even number, the
// lower of the two in the middle; nil of none.
func median(took map[int64]int64) *int64 {
	var all, sofar int64
	for _, n := range took {
		all += n
	}
	if all == 0 {
		return nil
	}
	for _, days := range slices.Sorted(maps.Keys(took)) {
		if sofar += took[days]; 2*sofar >= all {
			return &days
		}
	}
	return nil
}

// count adds what a tally says of the place.
func (p *PlaceFigure) count(what string, n int64) {
	switch what {
	case countOpen:
		p.Open += n
	case countFiled:
		p.Filed += n
	case countDone:
		p.Done += n
	case countOnTime:
		p.OnTime += n
	}
}

func entry[K comparable](of map[K]*Stand, key K) *Stand {
	s := of[key]
	if s == nil {
		s = &Stand{}
		of[key] = s
	}
	return s
}

// missable counts what is due today, and what is late: by the places below, by item and by post.
func (r *figuring) missable(ctx context.Context) error {
	town := ""
	if !r.at.IsCity() {
		town = string(r.at.Town())
	}
	list, err := r.s.store.q(ctx).Missable(ctx, query.MissableParams{Day: r.today.String(), Town: town})
	if err != nil {
		return err
	}
	for list != "" {
		var line string
		line, list, _ = strings.Cut(list, ";")
		if err := r.missed(line); err != nil {
			return err
		}
	}
	return nil
}

// missed counts one case that can be missed today, or was.
func (r *figuring) missed(line string) error {
	first, hands, ok := strings.Cut(line, ",") // a city's lines are thousands: nothing is made for each
	if !ok || len(first) <= 1+place.CodeDigits {
		return fmt.Errorf("counting what can be missed: %q", line)
	}
	by, at, what := first[0], place.Code(first[1:1+place.CodeDigits]), item.Code(first[1+place.CodeDigits:])
	if r.beneath == "" {
		if at == r.at {
			r.out.miss(by)
		}
		return nil
	}
	r.out.miss(by)
	if p := r.below[r.near(at)]; p != nil {
		p.miss(by)
	}
	entry(r.items, what).miss(by)
	for post := range strings.FieldsSeq(hands) {
		entry(r.hands, access.Post(post)).miss(by)
	}
	return nil
}

// miss counts one case more: due today, past the law, or past the promise alone.
func (s *Stand) miss(by byte) {
	switch by {
	case 't':
		s.DueToday++
	case 'l':
		s.Law++
	default:
		s.Promise++
	}
}

// figures puts everything in order: what is worst first.
func (r *figuring) figures() Figures {
	f := r.out
	f.Place, f.Day, f.Month = r.at, r.today.String(), r.shown
	if p, ok := r.s.places.Place(r.at); ok {
		f.PlaceName = p.Name
	}
	f.States, f.Below, f.Items, f.Hands = []StateFigure{}, []PlaceFigure{}, []ItemFigure{}, []HandFigure{}
	for _, x := range States {
		if n := r.states[x.State]; n != 0 {
			f.States = append(f.States, StateFigure{x.State, x.Chinese, n})
			f.Open += n
		}
	}
	for _, month := range slices.Sorted(maps.Keys(r.months)) {
		m := r.months[month]
		m.Median = median(m.took)
		f.Months = append(f.Months, m.MonthFigure)
	}
	for _, p := range r.below {
		f.Below = append(f.Below, *p)
	}
	nothing := Stand{} // what has been added up, and has ended since
	for code, stand := range r.items {
		if *stand == nothing {
			continue
		}
		name := string(code)
		if v, ok := r.s.items().Find(string(code)); ok {
			name = v.Name
		}
		f.Items = append(f.Items, ItemFigure{code, name, *stand})
	}
	for post, stand := range r.hands {
		if *stand == nothing {
			continue
		}
		f.Hands = append(f.Hands, HandFigure{post, PostName(post, r.s.places), *stand})
	}
	slices.SortFunc(f.Below, func(a, b PlaceFigure) int {
		return cmp.Or(worse(a.Stand, b.Stand), strings.Compare(string(a.Place), string(b.Place)))
	})
	slices.SortFunc(f.Items, func(a, b ItemFigure) int {
		return cmp.Or(worse(a.Stand, b.Stand), strings.Compare(string(a.Item), string(b.Item)))
	})
	slices.SortFunc(f.Hands, func(a, b HandFigure) int {
		return cmp.Or(worse(a.Stand, b.Stand), strings.Compare(string(a.Post), string(b.Post)))
	})
	return f
}

// worse orders by what is past the law, past the promise, due today, open.
func worse(a, b Stand) int {
	return cmp.Or(cmp.Compare(b.Law, a.Law), cmp.Compare(b.Promise, a.Promise), cmp.Compare(b.DueToday, a.DueToday), cmp.Compare(b.Open, a.Open))
}
