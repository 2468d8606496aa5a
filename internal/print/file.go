package print

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf16"
)

// file writes the document as PDF 1.7. A single sealed sheet has a place for its signature; where many are drawn together
// to be printed, the marks are copies.
func (d *document) file(first Sheet, alone bool) []byte {
	w := &writer{}
	w.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	catalogue, pages, fonts := w.reserve(), w.reserve(), w.reserve()
	var kids, named strings.Builder
	for _, p := range d.pages {
		content := w.stream("", p.out.Bytes())
		fmt.Fprintf(&kids, "%d 0 R ", w.object("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.3f %.3f]/Resources<</Font %d 0 R>>/Contents %d 0 R>>",
			pages, p.width, p.height, fonts, content))
	}
	for i, u := range d.fonts {
		if len(u.glyphs) > 0 {
			fmt.Fprintf(&named, "/F%d %d 0 R", i+1, u.write(w, i+1))
		}
	}
	w.set(fonts, "<<%s>>", named.String())
	w.set(pages, "<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(d.pages))
	form := ""
	if first.Seal != nil && alone {
		form = first.Seal.signatureObjects(w)
	}
	w.set(catalogue, "<</Type/Catalog/Pages %d 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>%s>>", pages, form)
	info := w.object("<</Title %s/Producer(bianmin)>>", textString(first.Title[len(first.Title)-1]+" "+first.Number))
	return w.end(catalogue, info)
}

// write puts a font into the file: the outlines of what is used, how wide each is, and which character it stands for.
func (u *used) write(w *writer, n int) int {
	name := fmt.Sprintf("BIANMI+Noto%d", n)
	outlines := u.face.subset(u.glyphs)
	scale := func(v int) int { return v * 1000 / u.face.unitsPerEm }
	file := w.stream(fmt.Sprintf("/Length1 %d", len(outlines)), outlines)
	described := w.object("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile2 %d 0 R>>",
		name, scale(u.face.box[0]), scale(u.face.box[1]), scale(u.face.box[2]), scale(u.face.box[3]), scale(u.face.ascent), scale(u.face.descent), 733, file)
	var widths strings.Builder
	for _, g := range u.glyphs {
		fmt.Fprintf(&widths, "%d ", u.face.width(g))
	}
	own := w.object("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/DW 1000/W[1[%s]]/CIDToGIDMap/Identity>>",
		name, described, widths.String())
	written := w.stream("", u.meanings())
	return w.object("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", name, own, written)
}

// meanings says which character each number stands for: what is copied from the paper.
func (u *used) meanings() []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	const most = 100 // in one section, by the format
	for from := 0; from < len(u.characters); from += most {
		to := min(from+most, len(u.characters))
		fmt.Fprintf(&b, "%d beginbfchar\n", to-from)
		for i := from; i < to; i++ {
			fmt.Fprintf(&b, "<%04x> <%s>\n", i+1, hex.EncodeToString(utf16BE(string(u.characters[i]))))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap CMapName currentdict /CMap defineresource pop end end\n")
	return b.Bytes()
}

func utf16BE(s string) (b []byte) {
	for _, unit := range utf16.Encode([]rune(s)) {
		b = binary.BigEndian.AppendUint16(b, unit)
	}
	return b
}

func textString(s string) string { return "<feff" + hex.EncodeToString(utf16BE(s)) + ">" }

// writer numbers objects and remembers where they stand.
type writer struct {
	out bytes.Buffer
	at  []int
}

// reserve gives a number to an object that is written later.
func (w *writer) reserve() int {
	w.at = append(w.at, 0)
	return len(w.at)
}

func (w *writer) set(number int, format string, args ...any) {
	w.at[number-1] = w.out.Len()
	fmt.Fprintf(&w.out, "%d 0 obj\n", number)
	fmt.Fprintf(&w.out, format, args...)
	w.out.WriteString("\nendobj\n")
}

func (w *writer) object(format string, args ...any) int {
	number := w.reserve()
	w.set(number, format, args...)
	return number
}

func (w *writer) stream(more string, data []byte) int {
	number := w.reserve()
	w.set(number, "<</Length %d%s>>\nstream\n%s\nendstream", len(data), more, data)
	return number
}

func (w *writer) end(catalogue, info int) []byte {
	start := w.out.Len()
	fmt.Fprintf(&w.out, "xref\n0 %d\n0000000000 65535 f \n", len(w.at)+1)
	for _, at := range w.at {
		fmt.Fprintf(&w.out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&w.out, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(w.at)+1, catalogue, info, start)
	return w.out.Bytes()
}
