package print

import (
	"encoding/binary"
	"errors"
	"slices"
)

// face is a TrueType font: outlines and widths by character.
type face struct {
	head, glyf, loca, hmtx []byte
	prep                   []byte // what makes the outlines sharp on a screen
	ranges                 []characters
	unitsPerEm             int
	wide                   int // how many glyphs have a width of their own
	count                  int // of glyphs
	longLoca               bool
	ascent, descent        int
	box                    [4]int
}

// characters are consecutive ones with consecutive glyphs.
type characters struct {
	first, last rune
	glyph       int
}

var errFont = errors.New("this is no TrueType font with outlines and Unicode characters")

// readFace reads a font. What it leaves out of bounds reads as zero, so that a damaged font draws nothing rather than
// ending the program.
func readFace(data []byte) (*face, error) {
	tables := map[string][]byte{}
	for i := range u16(data, 4) {
		at := 12 + 16*i
		if tag := part(data, at, 4); tag != nil {
			tables[string(tag)] = part(data, u32(data, at+8), u32(data, at+12))
		}
	}
	f := &face{head: tables["head"], glyf: tables["glyf"], loca: tables["loca"], hmtx: tables["hmtx"], prep: tables["prep"]}
	f.unitsPerEm, f.longLoca = u16(f.head, 18), u16(f.head, 50) == 1
	f.count, f.wide = u16(tables["maxp"], 4), u16(tables["hhea"], 34)
	f.ascent, f.descent = i16(tables["hhea"], 4), i16(tables["hhea"], 6)
	for i := range f.box {
		f.box[i] = i16(f.head, 36+2*i)
	}
	f.ranges = readCharacters(tables["cmap"])
	if len(f.head) != 54 || len(f.glyf) == 0 || len(f.hmtx) == 0 || f.unitsPerEm == 0 || f.count == 0 || f.wide == 0 || len(f.ranges) == 0 {
		return nil, errFont
	}
	return f, nil
}

// readCharacters reads the table of whole Unicode (format 12), in the order of characters as the format has it.
func readCharacters(cmap []byte) []characters {
	for i := range u16(cmap, 2) {
		at := u32(cmap, 4+8*i+4)
		if u16(cmap, at) != 12 {
			continue
		}
		list := make([]characters, 0, min(u32(cmap, at+12), len(cmap)/12))
		for n := range cap(list) {
			g := at + 16 + 12*n
			list = append(list, characters{rune(u32(cmap, g)), rune(u32(cmap, g+4)), u32(cmap, g+8)})
		}
		return list
	}
	return nil
}

// glyph finds a character's glyph.
func (f *face) glyph(r rune) (int, bool) {
	i, _ := slices.BinarySearchFunc(f.ranges, r, func(c characters, r rune) int { return int(c.last) - int(r) })
	if i == len(f.ranges) || r < f.ranges[i].first {
		return 0, false
	}
	g := f.ranges[i].glyph + int(r-f.ranges[i].first)
	return g, g < f.count
}

// width is how far a glyph goes, in thousandths of the size.
func (f *face) width(glyph int) int {
	return u16(f.hmtx, 4*min(glyph, f.wide-1)) * 1000 / f.unitsPerEm
}

// outline is a glyph as the font has it; empty for a blank.
func (f *face) outline(glyph int) []byte {
	if f.longLoca {
		from, to := u32(f.loca, 4*glyph), u32(f.loca, 4*glyph+4)
		return part(f.glyf, from, to-from)
	}
	from, to := 2*u16(f.loca, 2*glyph), 2*u16(f.loca, 2*glyph+2)
	return part(f.glyf, from, to-from)
}

func part(b []byte, from, length int) []byte {
	if from < 0 || length < 0 || from > len(b) || length > len(b)-from {
		return nil
	}
	return b[from : from+length]
}

func u16(b []byte, at int) int {
	if p := part(b, at, 2); p != nil {
		return int(binary.BigEndian.Uint16(p))
	}
	return 0
}

func i16(b []byte, at int) int { return int(int16(u16(b, at))) }

func u32(b []byte, at int) int {
	if p := part(b, at, 4); p != nil {
		return int(binary.BigEndian.Uint32(p))
	}
	return 0
}
