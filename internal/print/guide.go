package print

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Guide is an item's guide as a sheet that people take home (办事指南): what it takes, what to bring with a box to tick at
// each thing, where, what happens then as a flow chart, and why (§五(四)). It is no official paper: it has no number, no
// seal and no date, and its code leads to the guide as it is today.
type Guide struct {
	Kind     string         `json:"kind"`     // 办事指南
	Title    string         `json:"title"`    // 申请低保
	Official string         `json:"official"` // 全名：最低生活保障审核确认
	Facts    []GuideFact    `json:"facts"`    // side by side
	Sections []GuideSection `json:"sections"`
	Link     string         `json:"link"`   // where its code leads
	Beside   string         `json:"beside"` // what the code is for
	Foot     string         `json:"foot"`   // on every page
}

// GuideFact is one thing to know at once: 多久办好, 20 个工作日, and what is to be added.
type GuideFact struct {
	Name  string   `json:"name"`
	Value string   `json:"value"`
	Notes []string `json:"notes"`
}

// GuideSection is a heading with lines, things to tick off, or a chart.
type GuideSection struct {
	Head  string      `json:"head"`
	Lead  []string    `json:"lead,omitempty"` // before the rest
	Ticks []GuideTick `json:"ticks,omitempty"`
	Chart []GuideStop `json:"chart,omitempty"`
	Lines []string    `json:"lines,omitempty"` // after it
}

// GuideTick is a thing with a box to tick; without a box where Plain.
type GuideTick struct {
	Name  string   `json:"name"`
	Count string   `json:"count,omitempty"` // beside the name where there is room
	Notes []string `json:"notes"`
	Plain bool     `json:"plain,omitempty"`
}

// GuideStop is one box of a flow chart, from top to bottom.
type GuideStop struct {
	Where string `json:"where,omitempty"` // 村里, 镇上, 市里
	Words string `json:"words"`
	By    string `json:"by,omitempty"`
	Days  string `json:"days,omitempty"`
	End   bool   `json:"end,omitempty"`  // where it begins, and where it ends
	With  string `json:"with,omitempty"` // runs beside the one before it, and what is said between: 同时办
}

// The measures of a guide, in points: read by people over 60, so no letter is smaller than 10.5.
const (
	guideMargin = 18 * mm
	guideTop    = 16 * mm
	guideRoom   = 259 * mm // between the upper margin and the foot
	guideFoot   = 285 * mm
	guideTitle  = 26.0
	guideHead   = 15.0
	guideBody   = 12.0
	guideSmall  = 10.5
	guideValue  = 15.0
	guideCode   = 25 * mm
	guideBox    = 8.5  // the side of a box to tick
	guideIndent = 17.0 // where the words beside it begin
	guideArrow  = 11.0
)

// Guide draws a guide on A4.
func (p *Printer) Guide(g Guide) ([]byte, error) {
	if g.Title == "" || len(g.Sections) == 0 {
		return nil, errors.New("there is no guide to draw")
	}
	faces, err := p.faces()
	if err != nil {
		return nil, err
	}
	d := &document{fonts: make([]*used, len(faces))}
	for i, f := range faces {
		d.fonts[i] = &used{face: f, at: map[rune]int{}}
	}
	if err := d.guide(g); err != nil {
		return nil, err
	}
	if len(d.missing) > 0 {
		return nil, &NoGlyph{d.missing}
	}
	return d.file(Sheet{Title: []string{g.Title}, Number: g.Kind}, false), nil
}

// guide lays the sections out and draws the pages. A page's room is counted in points: its pitch is one.
func (d *document) guide(g Guide) error {
	f := frame{width: 210 * mm, height: 297 * mm, left: guideMargin, top: guideTop, wide: 210*mm - 2*guideMargin, lines: guideRoom, pitch: 1}
	t := &guideSetter{setter{frame: f, doc: d}}
	if err := t.head(g); err != nil {
		return err
	}
	t.facts(g.Facts)
	for _, s := range g.Sections {
		t.section(s)
	}
	all := f.pages(t.units)
	for i, units := range all {
		p := d.page(f)
		y := f.top
		for _, u := range units {
			u.draw(p, y)
			y += u.height
		}
		p.text(f.left, guideFoot, g.Foot, guideSmall, 0, false)
		of := fmt.Sprintf("第 %d 页，共 %d 页", i+1, len(all))
		p.text(f.left+f.wide-d.width(of, guideSmall, 0), guideFoot, of, guideSmall, 0, false)
	}
	return nil
}

// guideSetter makes the units of a guide.
type guideSetter struct{ setter }

func (t *guideSetter) lines(text string, size, width float64) []string {
	measure := func(s string) float64 { return t.doc.width(s, size, 0) }
	return breakMeasured(text, width, measure)
}

// say sets lines one below the other, each a unit; the first is joined to what is before it where it has to be, the others
// always are when the whole is short.
func (t *guideSetter) say(text string, indent, size float64, bold, joined bool) {
	high := size * 1.55
	lines := t.lines(text, size, t.wide-indent)
	for i, line := range lines {
		t.add(unit{height: high, joined: joined && i == 0 || i > 0 && len(lines) <= 4, draw: func(p *page, y float64) {
			p.text(t.left+indent, y+high/2+size*0.36, line, size, 0, bold)
		}})
	}
}

func (t *guideSetter) gap(high float64, joined bool) {
	t.add(unit{height: high, joined: joined, draw: func(*page, float64) {}})
}

// head is the title with the code at its right.
func (t *guideSetter) head(g Guide) error {
	code, err := codeOf(g.Link)
	if err != nil {
		return err
	}
	words := t.wide - guideCode - 8*mm
	title, official := t.lines(g.Title, guideTitle, words), t.lines(g.Official, guideBody, words)
	below := 2 + guideSmall*1.5
	high := max(guideSmall*2.2+float64(len(title))*guideTitle*1.35+float64(len(official))*guideBody*1.55, guideCode+below) + 8
	t.add(unit{height: high, draw: func(p *page, y float64) {
		x := t.left + t.wide - guideCode
		p.text(t.left, y+guideBody, g.Kind, guideBody, 2, false)
		down := y + guideSmall*2.2
		for _, line := range title {
			p.text(t.left, down+guideTitle*1.05, line, guideTitle, 0, true)
			down += guideTitle * 1.35
		}
		for _, line := range official {
			p.text(t.left, down+guideBody*1.2, line, guideBody, 0, false)
			down += guideBody * 1.55
		}
		p.code(x, y, guideCode, code)
		p.text(x+(guideCode-t.doc.width(g.Beside, guideSmall, 0))/2, y+guideCode+guideSmall*1.3, g.Beside, guideSmall, 0, false)
	}})
	return nil
}

// facts are ruled boxes side by side.
func (t *guideSetter) facts(list []GuideFact) {
	if len(list) == 0 {
		return
	}
	const inset = 7
	wide := t.wide / float64(len(list))
	values, notes := make([][]string, len(list)), make([][]string, len(list))
	high := 0.0
	for i, f := range list {
		values[i] = t.lines(f.Value, guideValue, wide-2*inset)
		for _, n := range f.Notes {
			notes[i] = append(notes[i], t.lines(n, guideSmall, wide-2*inset)...)
		}
		high = max(high, guideSmall*1.5+float64(len(values[i]))*guideValue*1.4+float64(len(notes[i]))*guideSmall*1.4+2*inset)
	}
	t.add(unit{height: high, draw: func(p *page, y float64) {
		for i, f := range list {
			x, down := t.left+float64(i)*wide, y+inset
			p.box(x, y, wide, high)
			p.text(x+inset, down+guideSmall, f.Name, guideSmall, 0, false)
			down += guideSmall * 1.5
			for _, line := range values[i] {
				p.text(x+inset, down+guideValue*1.05, line, guideValue, 0, true)
				down += guideValue * 1.4
			}
			for _, line := range notes[i] {
				p.text(x+inset, down+guideSmall, line, guideSmall, 0, false)
				down += guideSmall * 1.4
			}
		}
	}})
}

// section is a heading that stays with what follows it.
func (t *guideSetter) section(s GuideSection) {
	t.gap(9, false)
	t.say(s.Head, 0, guideHead, true, true)
	t.gap(2, true)
	first := true
	joined := func() bool { was := first; first = false; return was }
	for _, line := range s.Lead {
		t.say(line, 0, guideBody, false, joined())
	}
	for _, x := range s.Ticks {
		t.tick(x, joined())
	}
	t.chart(s.Chart, joined)
	for _, line := range s.Lines {
		t.say(line, 0, guideBody, false, joined())
	}
}

func (t *guideSetter) tick(x GuideTick, joined bool) {
	indent := guideIndent
	if x.Plain {
		indent = 0
	}
	at := len(t.units)
	t.say(x.Name, indent, guideBody, true, joined)
	words := t.units[at]
	beside := t.left + indent + t.doc.width(x.Name, guideBody, 0) + guideBody
	fits := len(t.units) == at+1 && beside+t.doc.width(x.Count, guideSmall, 0) <= t.left+t.wide
	t.units[at].draw = func(p *page, y float64) {
		if !x.Plain {
			p.box(t.left+0.5, y+(words.height-guideBox)/2, guideBox, guideBox)
		}
		words.draw(p, y)
		if fits {
			p.text(beside, y+words.height/2+guideBody*0.36, x.Count, guideSmall, 0, false)
		}
	}
	if !fits {
		t.say(x.Count, indent, guideSmall, false, true)
	}
	for _, n := range x.Notes {
		t.say(n, indent, guideSmall, false, true)
	}
	t.gap(3, true)
}

// chart draws the boxes of a process from top to bottom: where, what and by whom, within how long. An arrow leads from each
// to the next; what runs at the same time is told in words instead.
func (t *guideSetter) chart(list []GuideStop, joined func() bool) {
	const inset = 3
	where, days := 16*mm, 54*mm
	for i, stop := range list {
		gap := 0.0
		if i > 0 {
			gap = guideArrow
		}
		if stop.With != "" {
			gap = guideSmall * 1.6
		}
		words := t.wide - where - days - 2*inset
		if stop.End {
			words = t.wide - 2*inset
		}
		name, by, long := t.lines(stop.Words, guideBody, words), t.lines(stop.By, guideSmall, words), t.lines(stop.Days, guideSmall, days-2*inset)
		if stop.By == "" {
			by = nil
		}
		left := float64(len(name))*guideBody*1.45 + float64(len(by))*guideSmall*1.45
		high := max(left, float64(len(long))*guideSmall*1.45) + 2*inset
		t.add(unit{height: gap + high, joined: joined(), draw: func(p *page, y float64) {
			switch {
			case i > 0 && stop.With != "":
				p.text(t.left+(t.wide-t.doc.width(stop.With, guideSmall, 0))/2, y+guideSmall*1.15, stop.With, guideSmall, 0, false)
			case i > 0:
				p.arrow(t.left+t.wide/2, y, y+gap)
			}
			y += gap
			if stop.End {
				p.roundBox(t.left, y, t.wide, high, min(high/2, 12))
				for n, line := range name {
					p.text(t.left+(t.wide-t.doc.width(line, guideBody, 0))/2, y+inset+float64(n)*guideBody*1.45+guideBody*1.08, line, guideBody, 0, true)
				}
				return
			}
			p.box(t.left, y, t.wide, high)
			p.text(t.left+inset, y+high/2+guideBody*0.36, stop.Where, guideBody, 0, false)
			down := y + (high-left)/2
			for _, line := range name {
				p.text(t.left+where, down+guideBody*1.08, line, guideBody, 0, true)
				down += guideBody * 1.45
			}
			for _, line := range by {
				p.text(t.left+where, down+guideSmall*1.08, line, guideSmall, 0, false)
				down += guideSmall * 1.45
			}
			down = y + (high-float64(len(long))*guideSmall*1.45)/2
			for _, line := range long {
				p.text(t.left+t.wide-days+inset, down+guideSmall*1.08, line, guideSmall, 0, false)
				down += guideSmall * 1.45
			}
		}})
	}
	if len(list) > 0 {
		t.gap(4, true)
	}
}

// arrow leads down from one place to another.
func (p *page) arrow(x, from, to float64) {
	fmt.Fprintf(&p.out, "0.9 w %.3f %.3f m %.3f %.3f l S %.3f %.3f m %.3f %.3f l %.3f %.3f l f\n",
		x, p.height-from, x, p.height-to+5, x-3.5, p.height-to+6, x+3.5, p.height-to+6, x, p.height-to)
}

// roundBox rules a rectangle with round corners.
func (p *page) roundBox(x, y, wide, high, r float64) {
	const k = 0.5523 // a quarter of a circle as a curve
	left, right, top, bottom := x, x+wide, p.height-y, p.height-y-high
	fmt.Fprintf(&p.out, "0.6 w %.3f %.3f m %.3f %.3f l ", left+r, top, right-r, top)
	fmt.Fprintf(&p.out, "%.3f %.3f %.3f %.3f %.3f %.3f c %.3f %.3f l ", right-r+k*r, top, right, top-r+k*r, right, top-r, right, bottom+r)
	fmt.Fprintf(&p.out, "%.3f %.3f %.3f %.3f %.3f %.3f c %.3f %.3f l ", right, bottom+r-k*r, right-r+k*r, bottom, right-r, bottom, left+r, bottom)
	fmt.Fprintf(&p.out, "%.3f %.3f %.3f %.3f %.3f %.3f c %.3f %.3f l ", left+r-k*r, bottom, left, bottom+r-k*r, left, bottom+r, left, top-r)
	fmt.Fprintf(&p.out, "%.3f %.3f %.3f %.3f %.3f %.3f c s\n", left, top-r+k*r, left+r-k*r, top, left+r, top)
}

// measured is a number with its measure word, and a date: what no line is broken in.
var measured = regexp.MustCompile(`第? ?\d[\d.,:：–-]* ?(?:个工作日|个自然日|个小时|个月|分钟|[个天日份趟句步位次件项元号年月条张页人户亩周级岁])?`)

// breakMeasured lays a text into lines as breakLines does, and keeps a number with its measure word.
func breakMeasured(text string, width float64, measure func(string) float64) []string {
	var whole []string
	from := 0
	for _, at := range measured.FindAllStringIndex(text, -1) {
		whole = append(append(whole, pieces(text[from:at[0]], closingFair)...), text[at[0]:at[1]])
		from = at[1]
	}
	whole = append(whole, pieces(text[from:], closingFair)...)
	var lines []string
	line := ""
	for _, piece := range closed(whole) {
		for _, part := range cut(piece, width, measure) {
			if line != "" && measure(line+part) > width {
				lines, line = append(lines, strings.TrimRight(line, " ")), ""
				part = strings.TrimLeft(part, " ")
			}
			line += part
		}
	}
	return append(lines, line)
}

// closed puts what may not begin a line to the piece before it, and what may not end one to the piece after it.
func closed(list []string) []string {
	var out []string
	for _, piece := range list {
		first, _ := utf8.DecodeRuneInString(piece)
		if last := len(out) - 1; last >= 0 {
			before, _ := utf8.DecodeLastRuneInString(out[last])
			if strings.ContainsRune(closing, first) || strings.ContainsRune(opening, before) {
				out[last] += piece
				continue
			}
		}
		out = append(out, piece)
	}
	return out
}
