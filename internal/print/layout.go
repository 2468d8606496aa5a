package print

import (
	"fmt"
	"strings"
)

// unit is what no page break goes through: a line, or a row of a table. It is drawn with its upper edge at y.
type unit struct {
	height float64
	draw   func(p *page, y float64)
	// joined: it stands on one page with the unit before it. A signature is never alone on a page (GB/T 9704-2012 7.3.5).
	joined bool
	// again is drawn anew on top of every page that goes on with what follows the unit: the head of a ledger.
	again *unit
}

// setter makes units of a sheet.
type setter struct {
	frame
	doc   *document
	fair  bool // by the rules of the first edition
	units []unit
}

func (t *setter) broken(text string, indent, width float64, measure func(string) float64) []string {
	if t.fair {
		return fairLines(text, indent, width, measure)
	}
	return breakLines(text, indent, width, measure)
}

// lay divides a sheet into units, in order.
func (d *document) lay(s Sheet) []unit {
	t := &setter{frame: frameOf(s.Size), doc: d, fair: s.Edition >= 1}
	for _, line := range s.Title {
		t.centred(line, t.title, true)
	}
	t.centred(s.Number, t.body, false)
	t.blank(0.5)
	if s.To != "" {
		t.paragraph(s.To+"：", 0)
	}
	for i, b := range s.Body {
		if t.fair && i > 0 && b.Text != "" && (len(s.Body[i-1].Rows) > 0 || s.Body[i-1].Ledger != nil) {
			t.blank(0.4)
		}
		for _, text := range strings.Split(b.Text, "\n") {
			if text != "" {
				t.paragraph(text, 2*t.step)
			}
		}
		t.rows(b.Rows)
		t.ledger(b.Ledger)
		t.ink(b.Ink)
	}
	t.signature(s)
	return t.units
}

func (t *setter) add(u unit) { t.units = append(t.units, u) }

func (t *setter) blank(lines float64) {
	t.add(unit{height: lines * t.pitch, draw: func(*page, float64) {}})
}

// baseline is where a line's characters stand, from its upper edge.
func (t *setter) baseline(size float64) float64 { return t.pitch/2 + size*0.36 }

func (t *setter) measure(text string) float64 { return t.doc.width(text, t.body, t.step-t.body) }

// centred sets lines in the middle; a title's are broken by its own size.
func (t *setter) centred(text string, size float64, bold bool) {
	measure := func(s string) float64 { return t.doc.width(s, size, 0) }
	for _, line := range breakLines(text, 0, t.wide, measure) {
		x := t.left + (t.wide-measure(line))/2
		height := max(t.pitch, size*1.3)
		t.add(unit{height: height, draw: func(p *page, y float64) { p.text(x, y+height/2+size*0.36, line, size, 0, bold) }})
	}
}

func (t *setter) paragraph(text string, indent float64) {
	lines := t.broken(text, indent, t.wide, t.measure)
	for i, line := range lines {
		x := t.left
		if i == 0 {
			x += indent
		}
		t.line(x, line)
		if t.fair && (i == 1 || i > 0 && i == len(lines)-1) { // no page begins or ends with one line of a paragraph
			t.units[len(t.units)-1].joined = true
		}
	}
}

func (t *setter) line(x float64, text string) {
	t.add(unit{height: t.pitch, draw: func(p *page, y float64) {
		p.text(x, y+t.baseline(t.body), text, t.body, t.step-t.body, false)
	}})
}

// rowLines is how many lines a row has at the most; a longer value goes on in a row without a name.
const rowLines = 12

func (t *setter) rows(rows []Row) {
	const inset = 4
	names := t.names*t.step + 2*inset
	for _, r := range rows {
		lines := []string{}
		for _, part := range strings.Split(r.Value, "\n") {
			lines = append(lines, t.broken(part, 0, t.wide-names-2*inset, t.measure)...)
		}
		for name := breakLines(r.Name, 0, names-2*inset, t.measure); len(lines) > 0 || len(name) > 0; name = nil {
			n := min(max(len(lines), len(name)), max(rowLines, len(name)))
			shown, label := lines[:min(n, len(lines))], name
			lines = lines[len(shown):]
			height := float64(n)*t.pitch + inset
			t.add(unit{height: height, draw: func(p *page, y float64) {
				p.box(t.left, y, names, height)
				p.box(t.left+names, y, t.wide-names, height)
				for i, line := range label {
					p.text(t.left+inset, y+inset/2+float64(i)*t.pitch+t.baseline(t.body), line, t.body, t.step-t.body, false)
				}
				for i, line := range shown {
					p.text(t.left+names+inset, y+inset/2+float64(i)*t.pitch+t.baseline(t.body), line, t.body, t.step-t.body, false)
				}
			}})
		}
	}
}

// ledger rules a table of many columns.
func (t *setter) ledger(l *Ledger) {
	if l == nil {
		return
	}
	head := t.ledgerLine(l.Parts, l.Head)
	t.add(head)
	for i, line := range l.Lines {
		u := t.ledgerLine(l.Parts, line)
		u.again, u.joined = &head, i == 0
		t.add(u)
	}
}

// ledgerLine is one line of a ledger, as high as its highest cell.
func (t *setter) ledgerLine(parts []int, cells []string) unit {
	const inset = 3
	all := 0
	for _, p := range parts {
		all += p
	}
	broken, widths, most := make([][]string, len(parts)), make([]float64, len(parts)), 1
	for i, p := range parts {
		widths[i] = t.wide * float64(p) / float64(all)
		if i < len(cells) {
			for _, part := range strings.Split(cells[i], "\n") {
				broken[i] = append(broken[i], t.broken(part, 0, widths[i]-2*inset, t.measure)...)
			}
		}
		most = max(most, len(broken[i]))
	}
	pitch := t.body * 1.35
	height := float64(most)*pitch + inset
	return unit{height: height, draw: func(p *page, y float64) {
		x := t.left
		for i, w := range widths {
			p.box(x, y, w, height)
			for n, line := range broken[i] {
				p.text(x+inset, y+inset/2+float64(n)*pitch+pitch/2+t.body*0.36, line, t.body, t.step-t.body, false)
			}
			x += w
		}
	}}
}

// inkHigh is how high a signature is drawn, in lines.
const inkHigh = 2.5

// ink draws a signature beside its label.
func (t *setter) ink(ink *Ink) {
	if ink == nil {
		return
	}
	height := inkHigh * t.pitch
	t.add(unit{height: height, draw: func(p *page, y float64) {
		p.text(t.left, y+height/2+t.body*0.36, ink.Label, t.body, t.step-t.body, false)
		p.strokes(t.left+t.measure(ink.Label)+t.step, y, height, ink.Strokes)
	}})
}

// signature is who issues the paper and when, four characters from the right edge (7.3.5.1); the line above is left for
// the seal.
func (t *setter) signature(s Sheet) {
	t.add(unit{height: t.pitch, draw: func(p *page, y float64) {
		if s.Seal == nil {
			return
		}
		x, down := t.left+t.wide-4*t.step-t.measure(s.Date)/2, 2*t.pitch
		switch s.Seal.At {
		case "signer":
			down = 1.2 * t.pitch
		case "left":
			x, down = t.left+t.wide/3, 1.6*t.pitch
		}
		p.seal(x, y+down, s.Seal)
	}, joined: true})
	for _, text := range []string{s.Signer, s.Date} {
		if text == "" {
			continue
		}
		x := t.left + t.wide - 4*t.step - t.measure(text)
		t.line(max(x, t.left), text)
		t.units[len(t.units)-1].joined = true
	}
}

// pages divides units into pages.
func (t frame) pages(units []unit) [][]unit {
	room := t.lines*t.pitch + 0.01
	var list [][]unit
	var now []unit
	height := 0.0
	for i := 0; i < len(units); {
		n, need := 1, units[i].height
		for i+n < len(units) && units[i+n].joined {
			need += units[i+n].height
			n++
		}
		if len(now) > 0 && height+need > room {
			list, now, height = append(list, now), nil, 0
			if head := units[i].again; head != nil {
				now, height = append(now, *head), head.height
			}
		}
		now, height = append(now, units[i:i+n]...), height+need
		i += n
	}
	return append(list, now)
}

// sheet draws one sheet on as many pages as it takes.
func (d *document) sheet(s Sheet) error {
	f := frameOf(s.Size)
	var code [][]bool
	if s.Link != "" {
		var err error
		if code, err = codeOf(s.Link); err != nil {
			return err
		}
	}
	all := f.pages(d.lay(s))
	for i, units := range all {
		p := d.page(f)
		y := f.top
		for _, u := range units {
			u.draw(p, y)
			y += u.height
		}
		if code != nil {
			p.code(f.left, f.foot, f.code, code)
		}
		for n, line := range s.Beside {
			p.text(f.left+f.code+3*mm, f.foot+float64(n+1)*(f.small*1.6), line, f.small, 0, false)
		}
		if len(all) > 1 {
			of := fmt.Sprintf("第 %d 页，共 %d 页", i+1, len(all))
			p.text(f.left+f.wide-d.width(of, f.small, 0), f.foot+f.code, of, f.small, 0, false)
		}
	}
	return nil
}
