package print

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// Supplement makes a font of the Han characters that one font has and others lack; scripts/vendor-fonts runs it.
func Supplement(font []byte, others ...[]byte) ([]byte, error) {
	f, err := readFace(font)
	if err != nil {
		return nil, err
	}
	have := make([]*face, len(others))
	for i, other := range others {
		if have[i], err = readFace(other); err != nil {
			return nil, fmt.Errorf("font %d: %w", i+1, err)
		}
	}
	var glyphs []int
	var list []rune
	for _, c := range f.ranges {
		for r := c.first; r <= c.last; r++ {
			g, ok := f.glyph(r)
			if ok && r >= 0x3400 && !slices.ContainsFunc(have, func(o *face) bool { _, has := o.glyph(r); return has }) {
				list, glyphs = append(list, r), append(glyphs, g)
			}
		}
	}
	small := f.subset(glyphs)
	var tables []table
	for i := range u16(small, 4) {
		at := 12 + 16*i
		tables = append(tables, table{string(part(small, at, 4)), part(small, u32(small, at+8), u32(small, at+12))})
	}
	return fontFile(append([]table{{"cmap", cmapOf(list)}}, tables...)), nil
}

// cmapOf maps these characters to the glyphs from 1 on.
func cmapOf(list []rune) []byte {
	b := []byte{0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0}
	b = binary.BigEndian.AppendUint32(b, uint32(16+12*len(list)))
	b = binary.BigEndian.AppendUint32(b, 0)
	b = binary.BigEndian.AppendUint32(b, uint32(len(list)))
	for i, r := range list {
		b = binary.BigEndian.AppendUint32(b, uint32(r))
		b = binary.BigEndian.AppendUint32(b, uint32(r))
		b = binary.BigEndian.AppendUint32(b, uint32(i+1))
	}
	return b
}
