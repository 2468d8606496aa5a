package journal

import (
	"fmt"
	"strconv"
	"strings"
)

// TilePath is the address of a tile or of a bundle of entries (C2SP tlog-tiles).
type TilePath struct {
	Entries bool
	Level   int64
	Index   int64
	Width   int
}

// ParseTilePath reads what stands after tile/: 0/x001/234, 1/000.p/17, entries/000. There is one spelling of each.
func ParseTilePath(path string) (TilePath, bool) {
	p := TilePath{Width: tileWidth}
	first, rest, ok := strings.Cut(path, "/")
	if !ok {
		return p, false
	}
	if p.Entries = first == "entries"; !p.Entries {
		level, err := strconv.ParseUint(first, 10, 6) // to 63
		if err != nil {
			return p, false
		}
		p.Level = int64(level)
	}
	digits := rest
	if name, width, partial := strings.Cut(rest, ".p/"); partial {
		w, err := strconv.ParseUint(width, 10, 8) // to 255
		if err != nil || w == 0 {
			return p, false
		}
		digits, p.Width = name, int(w)
	}
	index, err := strconv.ParseUint(strings.NewReplacer("x", "", "/", "").Replace(digits), 10, 63)
	if err != nil {
		return p, false
	}
	p.Index = int64(index)
	return p, p.String() == path
}

// String is the one spelling.
func (p TilePath) String() string {
	name := fmt.Sprintf("%03d", p.Index%1000)
	for n := p.Index / 1000; n > 0; n /= 1000 {
		name = fmt.Sprintf("x%03d/%s", n%1000, name)
	}
	if p.Width < tileWidth {
		name += fmt.Sprintf(".p/%d", p.Width)
	}
	if p.Entries {
		return "entries/" + name
	}
	return strconv.FormatInt(p.Level, 10) + "/" + name
}
