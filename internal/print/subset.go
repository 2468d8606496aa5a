package print

import (
	"encoding/binary"
	"slices"
)

// Flags of a part of a compound glyph.
const (
	argsAreWords = 0x0001
	hasScale     = 0x0008
	morePartsAre = 0x0020
	hasTwoScales = 0x0040
	hasMatrix    = 0x0080
)

// subset is a font with these glyphs alone, numbered from 1 in this order; a glyph that comes twice is there twice. What
// they are put together from follows them.
func (f *face) subset(glyphs []int) []byte {
	list := append([]int{0}, glyphs...)
	parts := map[int]int{}
	var glyf, loca, hmtx []byte
	for i := 0; i < len(list); i++ {
		outline := slices.Clone(f.outline(list[i]))
		for _, at := range partsOf(outline) {
			g := u16(outline, at)
			if parts[g] == 0 {
				parts[g] = len(list)
				list = append(list, g)
			}
			binary.BigEndian.PutUint16(outline[at:], uint16(parts[g]))
		}
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, outline...)
		glyf = append(glyf, make([]byte, -len(glyf)&3)...)
		own := min(list[i], f.wide-1)
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(u16(f.hmtx, 4*own)))
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(f.bearing(list[i])))
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	return fontFile([]table{{"glyf", glyf}, {"head", f.headOf()}, {"hhea", f.hheaOf(len(list))}, {"hmtx", hmtx}, {"loca", loca},
		{"maxp", maxpOf(len(list))}, {"prep", f.prep}})
}

// partsOf finds where a compound glyph names the glyphs that it is put together from.
func partsOf(outline []byte) []int {
	if i16(outline, 0) >= 0 {
		return nil
	}
	var list []int
	for at := 10; at+4 <= len(outline); {
		flags := u16(outline, at)
		list = append(list, at+2)
		at += 6
		if flags&argsAreWords != 0 {
			at += 2
		}
		switch {
		case flags&hasScale != 0:
			at += 2
		case flags&hasTwoScales != 0:
			at += 4
		case flags&hasMatrix != 0:
			at += 8
		}
		if flags&morePartsAre == 0 {
			break
		}
	}
	return list
}

// bearing is how far left of a glyph its outline begins.
func (f *face) bearing(glyph int) int {
	if glyph < f.wide {
		return u16(f.hmtx, 4*glyph+2)
	}
	return u16(f.hmtx, 4*f.wide+2*(glyph-f.wide))
}

// headOf is the head with long places and without the sum over a file that is no more.
func (f *face) headOf() []byte {
	h := slices.Clone(f.head)
	binary.BigEndian.PutUint32(h[8:], 0)
	binary.BigEndian.PutUint16(h[50:], 1)
	return h
}

func (f *face) hheaOf(glyphs int) []byte {
	h := make([]byte, 36)
	binary.BigEndian.PutUint32(h, 0x00010000)
	binary.BigEndian.PutUint16(h[4:], uint16(f.ascent))
	binary.BigEndian.PutUint16(h[6:], uint16(f.descent))
	binary.BigEndian.PutUint16(h[10:], uint16(f.unitsPerEm)) // no glyph is wider
	binary.BigEndian.PutUint16(h[34:], uint16(glyphs))
	return h
}

// maxpOf bounds what a reader has to hold; the bounds are those of the format.
func maxpOf(glyphs int) []byte {
	m := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, n := range []int{glyphs, 0xffff, 0xfff, 0xffff, 0xfff, 2, 0, 0, 0, 0, 512, 0, 64, 8} {
		m = binary.BigEndian.AppendUint16(m, uint16(n))
	}
	return m
}

type table struct {
	tag  string
	data []byte
}

// fontFile puts tables into a file.
func fontFile(tables []table) []byte {
	tables = slices.DeleteFunc(tables, func(t table) bool { return len(t.data) == 0 })
	b := binary.BigEndian.AppendUint32(nil, 0x00010000)
	b = binary.BigEndian.AppendUint16(b, uint16(len(tables)))
	b = append(b, 0, 0, 0, 0, 0, 0) // for a search that nobody makes any more
	at := 12 + 16*len(tables)
	for _, t := range tables {
		b = append(b, t.tag...)
		b = binary.BigEndian.AppendUint32(b, sum(t.data))
		b = binary.BigEndian.AppendUint32(b, uint32(at))
		b = binary.BigEndian.AppendUint32(b, uint32(len(t.data)))
		at += len(t.data) + -len(t.data)&3
	}
	for _, t := range tables {
		b = append(b, t.data...)
		b = append(b, make([]byte, -len(t.data)&3)...)
	}
	return b
}

func sum(data []byte) (s uint32) {
	for i := 0; i < len(data); i += 4 {
		var word [4]byte
		copy(word[:], data[i:])
		s += binary.BigEndian.Uint32(word[:])
	}
	return s
}
