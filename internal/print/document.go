package print

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/boombuler/barcode/qr"
)

// PDF draws sheets one after the other into one file. Characters that no font has are a *NoGlyph: there is no paper with
// blanks.
func (p *Printer) PDF(sheets ...Sheet) ([]byte, error) {
	if len(sheets) == 0 {
		return nil, errors.New("there is no sheet to draw")
	}
	faces, err := p.faces()
	if err != nil {
		return nil, err
	}
	d := &document{fonts: make([]*used, len(faces))}
	for i, f := range faces {
		d.fonts[i] = &used{face: f, at: map[rune]int{}}
	}
	for _, s := range sheets {
		if err := d.sheet(s); err != nil {
			return nil, err
		}
	}
	if len(d.missing) > 0 {
		return nil, &NoGlyph{d.missing}
	}
	return d.file(sheets[0], len(sheets) == 1), nil
}

// document is a file that is being drawn.
type document struct {
	fonts   []*used
	pages   []*page
	missing []rune
}

// used is what a document shows of a font: each character has the number under which the file knows its glyph.
type used struct {
	face       *face
	characters []rune
	glyphs     []int
	at         map[rune]int
}

// find is the font that has a character, and its glyph there.
func (d *document) find(r rune) (font, glyph int) {
	for i, u := range d.fonts {
		if g, ok := u.face.glyph(r); ok {
			return i, g
		}
	}
	if !slices.Contains(d.missing, r) {
		d.missing = append(d.missing, r)
	}
	return 0, 0
}

// width is how far a text goes; apart is what is added after each character.
func (d *document) width(text string, size, apart float64) float64 {
	w := 0.0
	for _, r := range text {
		font, glyph := d.find(r)
		w += float64(d.fonts[font].face.width(glyph))*size/1000 + apart
	}
	return w
}

// number gives a character its number in the file.
func (d *document) number(r rune) (font, number int) {
	font, glyph := d.find(r)
	u := d.fonts[font]
	if u.at[r] == 0 {
		u.characters, u.glyphs = append(u.characters, r), append(u.glyphs, glyph)
		u.at[r] = len(u.glyphs)
	}
	return font, u.at[r]
}

// page is one page: what is drawn on it. Places are from the upper left corner.
type page struct {
	frame
	doc *document
	out bytes.Buffer
}

func (d *document) page(f frame) *page {
	p := &page{frame: f, doc: d}
	d.pages = append(d.pages, p)
	return p
}

// boldStroke is how thick the outline of a title is drawn, in parts of its size.
const boldStroke = 0.022

// text sets a text with its baseline at y.
func (p *page) text(x, y float64, text string, size, apart float64, bold bool) {
	if text == "" {
		return
	}
	mode := "0 Tr"
	if bold {
		mode = fmt.Sprintf("2 Tr %.3f w", size*boldStroke)
	}
	fmt.Fprintf(&p.out, "BT %s %.3f Tc 1 0 0 1 %.3f %.3f Tm", mode, apart, x, p.height-y)
	before, open := -1, false
	for _, r := range text {
		font, number := p.doc.number(r)
		if font != before {
			if open {
				p.out.WriteString("> Tj")
			}
			fmt.Fprintf(&p.out, " /F%d %.3f Tf <", font+1, size)
			before, open = font, true
		}
		fmt.Fprintf(&p.out, "%04x", number)
	}
	p.out.WriteString("> Tj ET\n")
}

// box rules a rectangle.
func (p *page) box(x, y, width, height float64) {
	fmt.Fprintf(&p.out, "0.6 w %.3f %.3f %.3f %.3f re S\n", x, p.height-y-height, width, height)
}

// strokes draws lines as they were drawn by hand, in a box of this height.
func (p *page) strokes(x, y, height float64, strokes [][]int) {
	scale := height / InkHigh
	fmt.Fprint(&p.out, "q 1 J 1 j 1.1 w\n")
	for _, s := range strokes {
		for i := 0; i+1 < len(s); i += 2 {
			how := "l"
			if i == 0 {
				how = "m"
			}
			fmt.Fprintf(&p.out, "%.2f %.2f %s\n", x+float64(s[i])*scale, p.height-y-float64(s[i+1])*scale, how)
		}
		fmt.Fprint(&p.out, "S\n")
	}
	fmt.Fprint(&p.out, "Q\n")
}

// code draws the black squares of a code, a run of a row at a time.
func (p *page) code(x, y, size float64, code [][]bool) {
	side := size / float64(len(code))
	for row, dots := range code {
		for from := 0; from < len(dots); from++ {
			to := from
			for to < len(dots) && dots[to] {
				to++
			}
			if to > from {
				fmt.Fprintf(&p.out, "%.3f %.3f %.3f %.3f re\n", x+float64(from)*side, p.height-y-float64(row+1)*side, float64(to-from)*side, side)
				from = to
			}
		}
	}
	p.out.WriteString("f\n")
}

// codeOf is the QR code of an address, row by row.
func codeOf(link string) ([][]bool, error) {
	code, err := qr.Encode(link, qr.M, qr.Unicode)
	if err != nil {
		return nil, fmt.Errorf("making the code: %w", err)
	}
	size := code.Bounds().Dx()
	rows := make([][]bool, size)
	for y := range rows {
		rows[y] = make([]bool, size)
		for x := range rows[y] {
			dark, _, _, _ := code.At(x, y).RGBA()
			rows[y][x] = dark == 0
		}
	}
	return rows, nil
}
