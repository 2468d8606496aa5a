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
	below   map[place.Code]*PlaceFigure
	items   map[item.Code]*Stand
	hands   map[access.Post]*Stand
}

// read tells the tallies of up to four kinds, of the scopes and at the moments between two each, and then what is not added
// up yet, which may be less than nothing.
func (r *figuring) read(ctx context.Context, first, last, since, until string, tell func(c count, n int64), what ...string) error {
	of := [4]string{what[0], what[0], what[0], what[0]}
	copy(of[:], what)
	list, err := r.s.store.q(ctx).Tallies(ctx, query.TalliesParams{A: of[0], B: of[1], C: of[2], D: of[3], First: first, Last: last, Since: since, Until: until})
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
		tell(c, n)
	}
	for c, n := range r.waiting {
		if slices.Contains(what, c.what) && c.scope >= first && c.scope <= last && c.at >= since && c.at <= until {
			tell(c, n)
		}
	}
	return nil
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

// scope is the one that counts the place.
func (r *figuring) scope() string {
	switch {
	case r.at.IsCity():
		return cityScope(r.at)
	case r.at.IsTown():
		return townScope(r.at)
	}
	return placeScope(r.at)
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

func (r *figuring) months(ctx context.Context) error {
	scope := r.scope()
	last, _ := ParseDays(r.shown)
	first := last.To
	for range monthsShown - 1 {
		first = first.AddDays(-first.Day())
	}
	since, until := first.String()[:7], r.shown+end
	of := map[string]*MonthFigure{}
	for m := first; m.String()[:7] <= r.shown; m = m.AddDays(32 - m.Day()) {
		r.out.Months = append(r.out.Months, MonthFigure{Month: m.String()[:7]})
	}
	for i := range r.out.Months {
		of[r.out.Months[i].Month] = &r.out.Months[i]
	}
	took := map[string]map[int64]int64{}
	err := r.read(ctx, scope, scope, since, until, func(c count, n int64) {
		month, days, ok := daysAt(c.at)
		m := of[month]
		switch {
		case m == nil:
		case c.what == countFiled:
			m.Filed += n
		case c.what == countDone:
			m.Done += n
		case c.what == countOnTime:
			m.OnTime += n
		case ok:
			if took[month] == nil {
				took[month] = map[int64]int64{}
			}
			took[month][days] += n
		}
	}, countFiled, countDone, countOnTime, countDays)
	if err != nil {
		return err
	}
	for month, m := range of {
		m.Median = median(took[month])
	}
	return nil
}

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

// standing counts what is open: by state, by the places below, by item and by post.
func (r *figuring) standing(ctx context.Context) error {
	scope := r.scope()
	open := map[State]int64{}
	if err := r.read(ctx, scope, scope, "", end, func(c count, n int64) { open[State(c.at)] += n }, countOpen); err != nil {
		return err
	}
	for _, x := range States {
		if n := open[x.State]; n != 0 {
			r.out.States = append(r.out.States, StateFigure{x.State, x.Chinese, n})
			r.out.Open += n
		}
	}
	r.below, r.items, r.hands = map[place.Code]*PlaceFigure{}, map[item.Code]*Stand{}, map[access.Post]*Stand{}
	if r.at.IsRoom() {
		return nil
	}
	for _, p := range r.s.places.Children(r.at) {
		r.below[p.Code] = &PlaceFigure{Place: p.Code, PlaceName: p.Name}
	}
	if p, ok := r.s.places.Place(r.at); ok && r.at.IsTown() {
		r.below[r.at] = &PlaceFigure{Place: r.at, PlaceName: p.Service}
	}
	prefix, last := "town:", "town:"+end
	if r.at.IsTown() {
		prefix, last = "place:", "place:"+r.at.Short()+end
		prefix += r.at.Short()
	}
	below := func(c count, n int64) {
		_, code, _ := strings.Cut(c.scope, ":")
		if p := r.below[place.Code(code)]; p != nil {
			p.count(c.what, n)
		}
	}
	if err := r.read(ctx, prefix, last, "", end, below, countOpen); err != nil {
		return err
	}
	if err := r.read(ctx, prefix, last, r.shown, r.shown, below, countFiled, countDone, countOnTime); err != nil {
		return err
	}
	return r.standingBy(ctx)
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

// standingBy counts by item and by post.
func (r *figuring) standingBy(ctx context.Context) error {
	for scope, of := range map[string]func(key string) *Stand{
		itemScope(r.at, ""): func(key string) *Stand { return entry(r.items, item.Code(key)) },
		postScope(r.at, ""): func(key string) *Stand { return entry(r.hands, access.Post(key)) },
	} {
		err := r.read(ctx, scope, scope+end, "", "", func(c count, n int64) { of(strings.TrimPrefix(c.scope, scope)).Open += n }, countOpen)
		if err != nil {
			return err
		}
	}
	return nil
}

func entry[K comparable](of map[K]*Stand, key K) *Stand {
	if of[key] == nil {
		of[key] = &Stand{}
	}
	return of[key]
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
	code, rest, _ := strings.Cut(line, ",") // a city's lines are thousands: nothing is made for each
	what, rest, _ := strings.Cut(rest, ",")
	hands, by, ok := strings.Cut(rest, ",")
	if !ok {
		return fmt.Errorf("counting what can be missed: %q", line)
	}
	at := place.Code(code)
	if r.at.IsRoom() {
		if at == r.at {
			r.out.miss(by)
		}
		return nil
	}
	r.out.miss(by)
	below := at
	if r.at.IsCity() {
		below = at.Town()
	}
	if p := r.below[below]; p != nil {
		p.miss(by)
	}
	entry(r.items, item.Code(what)).miss(by)
	for post := range strings.FieldsSeq(hands) {
		entry(r.hands, access.Post(post)).miss(by)
	}
	return nil
}

// miss counts one case more: due today, past the law, or past the promise alone.
func (s *Stand) miss(by string) {
	switch by {
	case "today":
		s.DueToday++
	case "law":
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
	f.Below, f.Items, f.Hands = []PlaceFigure{}, []ItemFigure{}, []HandFigure{}
	if f.States == nil {
		f.States = []StateFigure{}
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
