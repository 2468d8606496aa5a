package board

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// page is the board of a place.
type page struct {
	Alarms    []ui.Alarm
	Chrome    ui.Chrome
	Up        *link // the place above, as far as it may be seen
	Say       sentence
	When      string
	Figures   []figure
	Tiles     []tile   // the towns, on the city's board
	Tables    []table  // short ones: places, posts, items, states
	Months    []month  // the newest first
	MonthsOut string   // where their table is taken out
	Chart     chart    // of the same months
	Worst     []matter // what is late, the latest first; in a room all that is open
	Matters   string   // the heading over them
	All       link     // to all of them
	Month     string
	Heading   string
	Title     string // over the paper
	Exports   string
	Only      string // said when another place was asked for than may be seen
}

type link struct{ Href, Words string }

// sentence is the worst thing, said first.
type sentence struct {
	Calm  string // nothing is late
	Parts []part
	Red   bool    // the first of them is past the law
	One   *matter // the worst of all
}

// part is one of the things said, 3 件超过法定期限, and what follows it: a comma, or where most of it is.
type part struct{ Href, Words, Then string }

type figure struct{ Label, Value, Href, Note, NoteHref string }

// tile is a town on the city's board.
type tile struct{ Href, Name, Share, Words, Kind string }

// cell is one figure of a table, and its cases.
type cell struct{ Words, Href, Kind string }

type row struct {
	Name, Href string
	Cells      []cell
	OnPaper    bool // shown on paper alone
}

type table struct {
	By, Title string
	Heads     []string
	Rows      []row
	Has       int    // how many rows there are in all
	All       string // the page with all of it; empty when this is all
	AllWords  string
	Empty     string
	Notes     []handNote
}

// handNote stands under the table of posts: words, and before them the cases that they are about.
type handNote struct{ Href, Link, Words string }

type month struct {
	Name, Href string
	Cells      []cell
	Now        bool
}

// matter is a case on the board.
type matter struct{ Href, Title, Kind, Late, Where string }

// worstMost is how many late cases stand on the board; short is how many rows its tables have.
const (
	worstMost = 7
	roomMost  = 20
	short     = 8
)

func (s *Site) show(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	q, f, err := s.figures(r, actor)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	worst, err := s.worst(r.Context(), actor, f)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	p := s.pageOf(actor, q, f, worst)
	p.Chrome, p.Alarms = s.Frame(r, p.Heading, Path), s.Alarms(r, actor)
	s.render(w, r, boardPage(p))
}

// figures are those that the address asks for, as far as the actor may see them. An address of no place is refused: nobody
// is to take another place's figures for it.
func (s *Site) figures(r *http.Request, a access.Actor) (asked, cases.Figures, error) {
	q := read(r.URL.Query())
	if _, known := s.Places.Place(q.Place); q.Place != "" && !known {
		return q, cases.Figures{}, problem.ErrNotFound
	}
	f, err := s.Cases.Figures(r.Context(), a, q.Place, q.Month)
	return q, f, err
}

// worst is what stands on the board: what is past the law, then what is past the promise; in a room all that is open.
func (s *Site) worst(ctx context.Context, a access.Actor, f cases.Figures) ([]cases.View, error) {
	if f.Place.IsRoom() {
		list, err := s.Cases.List(ctx, a, cases.Filter{Place: f.Place, Open: true, Limit: roomMost})
		return list.Cases, err
	}
	law, err := s.Cases.List(ctx, a, cases.Filter{Place: f.Place, Open: true, Late: cases.LateLaw, Limit: worstMost})
	if err != nil || len(law.Cases) == worstMost {
		return law.Cases, err
	}
	promise, err := s.Cases.List(ctx, a, cases.Filter{Place: f.Place, Open: true, Late: cases.LatePromise, Limit: worstMost - len(law.Cases)})
	return append(law.Cases, promise.Cases...), err
}

func (s *Site) pageOf(a access.Actor, q asked, f cases.Figures, worst []cases.View) page {
	now := s.Clock.Now()
	p := page{When: ui.Moment(now), Heading: f.PlaceName + "总览", Title: f.PlaceName + "便民服务办件情况", Month: monthWords(f.Month), Exports: "/exports",
		Up: s.above(a, f.Place), Say: sentenceOf(f), Figures: figuresOf(f), Matters: "超期的", All: link{list(f.Place, "late", string(cases.LateAny)), "全部 " + thousands(f.Late()) + " 件"}}
	if f.Place.IsCity() {
		p.Heading = f.PlaceName + "便民服务总览"
	}
	if f.Place.IsRoom() {
		p.Matters, p.All = "在办的", link{list(f.Place), "全部 " + thousands(f.Open) + " 件"}
	}
	for _, v := range worst {
		p.Worst = append(p.Worst, s.matterOf(f.Place, v))
	}
	if f.Late() > 0 && len(p.Worst) > 0 && !f.Place.IsRoom() {
		p.Say.One = &p.Worst[0]
	}
	if q.Place != "" && q.Place != f.Place {
		p.Only = "能看的是" + f.PlaceName + "的，别处的归上一级看。"
	}
	if f.Place.IsCity() {
		p.Tiles = tilesOf(f)
	}
	for _, by := range []string{byPlaces, byHands, byItems, byStates} {
		most := short
		if by == byPlaces { // on paper no town is missing
			most = whole
		}
		t := tableOf(f, by, most)
		if t.Has > short && !(by == byPlaces && f.Place.IsTown()) {
			t.All, t.AllWords = asked{f.Place, q.Month, by}.address(Path+"/table"), "全部 "+thousands(int64(t.Has))+" 个"
			cut(t)
		}
		if t.Has > 0 {
			p.Tables = append(p.Tables, t)
		}
	}
	p.Months, p.Chart, p.MonthsOut = monthsOf(f.Place, f.Month, begun(f.Months)), chartOf(begun(f.Months)), asked{f.Place, q.Month, byMonths}.address(Path+"/table")
	return p
}

// cut leaves the worst rows on the screen; the others are there for the paper.
func cut(t table) {
	for i := short; i < len(t.Rows); i++ {
		t.Rows[i].OnPaper = true
	}
}

// above is the way up, for those who see more than this place.
func (s *Site) above(a access.Actor, at place.Code) *link {
	p, ok := s.Places.Place(at)
	if !ok || p.Parent == "" || cases.Area(a, p.Parent, s.Places) != p.Parent {
		return nil
	}
	parent, _ := s.Places.Place(p.Parent)
	return &link{asked{Place: p.Parent}.address(Path), "回到" + parent.Name}
}

// sentenceOf says the worst thing first, and where most of it is.
func sentenceOf(f cases.Figures) sentence {
	say := sentence{Red: f.Law > 0}
	if f.Law > 0 {
		say.Parts = append(say.Parts, part{Href: list(f.Place, "late", string(cases.LateLaw)), Words: thousands(f.Law) + " 件超过法定期限"})
	}
	if f.Promise > 0 {
		say.Parts = append(say.Parts, part{Href: list(f.Place, "late", string(cases.LatePromise)), Words: thousands(f.Promise) + " 件超过承诺"})
	}
	if last := len(say.Parts) - 1; last >= 0 {
		for i := range last {
			say.Parts[i].Then = "、"
		}
		say.Parts[last].Then = mostOf(f)
		return say
	}
	switch {
	case f.DueToday > 0:
		say.Calm = "没有超期的，今天有 " + thousands(f.DueToday) + " 件到期"
	case f.Open > 0:
		say.Calm = "没有超期的，今天也没有到期的"
	default:
		say.Calm = "没有在办的件"
	}
	return say
}

// mostOf names the one or two places that hold more than half of what is late; nothing when it is spread.
func mostOf(f cases.Figures) string {
	var names []string
	var sum int64
	for _, p := range f.Below {
		if len(names) == 2 || p.Late() == 0 {
			break
		}
		if sum += p.Late(); sum <= f.Late() {
			names = append(names, p.PlaceName)
		}
		if 2*sum > f.Late() {
			if f.Late() == 1 {
				return "，在" + names[0]
			}
			return "，集中在" + together(names)
		}
	}
	return ""
}

func figuresOf(f cases.Figures) []figure {
	this, last := f.Months[len(f.Months)-1], f.Months[len(f.Months)-2]
	when, before := "本月", "上月"
	if f.Month != f.Day[:7] {
		when, before = monthWords(f.Month), "前一个月"
	}
	done := "done_in"
	return []figure{
		{"今天收件", thousands(f.FiledToday), list(f.Place, "queue", "all", "filed", f.Day), "", ""},
		{"正在办", thousands(f.Open), list(f.Place), "今天到期 " + thousands(f.DueToday), list(f.Place, "late", string(cases.DueToday))},
		{when + "收件", thousands(this.Filed), list(f.Place, "queue", "all", "filed", f.Month), before + " " + thousands(last.Filed), ""},
		{when + "按时办结", share(this.OnTime, this.Done), list(f.Place, "queue", "all", done, f.Month), before + " " + share(last.OnTime, last.Done), ""},
		{when + "办结用时", daysWords(this.Median), list(f.Place, "queue", "all", done, f.Month), before + " " + daysWords(last.Median), ""},
	}
}

func tilesOf(f cases.Figures) []tile {
	var tiles []tile
	for _, p := range f.Below {
		t := tile{Href: asked{Place: p.Place}.address(Path), Name: p.PlaceName, Share: share(p.OnTime, p.Done), Words: "在办 " + thousands(p.Open)}
		switch {
		case p.Law > 0:
			t.Kind = "x"
		case p.Promise > 0:
			t.Kind = "y"
		}
		if p.Late() > 0 {
			t.Words += "，超期 " + thousands(p.Late())
		}
		tiles = append(tiles, t)
	}
	return tiles
}

// whereOf is where a case was filed, as far as the board of a place does not say it already.
func whereOf(board place.Code, v cases.View) string {
	switch {
	case v.Place == board:
		return ""
	case v.Town == board || v.Place == v.Town:
		return v.PlaceName + "，"
	}
	return v.TownName + v.PlaceName + "，"
}

func (s *Site) matterOf(board place.Code, v cases.View) matter {
	m := matter{Href: "/cases/" + string(v.Number), Title: v.Item.Plain, Late: lateWords(v.Limits), Where: whereOf(board, v)}
	switch {
	case v.Limits.Legal != nil && v.Limits.Legal.Left < 0:
		m.Kind = "red"
	case v.Limits.Promised != nil && v.Limits.Promised.Left < 0:
		m.Kind = "yellow"
	default:
		m.Late = v.StateName
	}
	if v.Step != nil {
		m.Where += "“" + v.Step.Name + "”在" + v.Step.OwnerName
		if v.Responsible.Name != "" && v.Responsible.Name != v.Step.OwnerName {
			m.Where += "（" + v.Responsible.Name + "负责）"
		}
		if d := since(v.Step.Started, s.Clock.Now()); d == "今天" {
			m.Where += "，今天刚到"
		} else if d != "" {
			m.Where += "，" + d + "了"
		}
	}
	m.Where = strings.TrimSuffix(m.Where, "，")
	return m
}

// monthsLeast is how many months a board shows of a place that has just begun.
const monthsLeast = 6

// begun leaves out the months before anything was filed, oldest first: a new place would show a year of noughts.
func begun(months []cases.MonthFigure) []cases.MonthFigure {
	for len(months) > monthsLeast && months[0].Filed == 0 && months[0].Done == 0 {
		months = months[1:]
	}
	return months
}

func monthsOf(at place.Code, chosen string, months []cases.MonthFigure) []month {
	var list []month
	for _, m := range slices.Backward(months) {
		late := m.Done - m.OnTime
		list = append(list, month{Name: monthWords(m.Month), Href: asked{Place: at, Month: m.Month}.address(Path), Now: m.Month == chosen, Cells: []cell{
			number(m.Filed, listOf(at, "filed", m.Month)), number(m.Done, listOf(at, "done_in", m.Month)),
			number(late, listOf(at, "done_in", m.Month, "late", "done")), {Words: share(m.OnTime, m.Done)}, {Words: daysWords(m.Median)}}})
	}
	return list
}

// listOf is the list of all cases, open and ended.
func listOf(at place.Code, pairs ...string) string {
	return list(at, append([]string{"queue", "all"}, pairs...)...)
}

// number is a figure that leads to its cases; none leads nowhere.
func number(n int64, href string) cell {
	if n == 0 {
		return cell{Words: "0", Kind: "none"}
	}
	return cell{Words: thousands(n), Href: href}
}
