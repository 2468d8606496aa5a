package journal

import (
	"testing"

	"github.com/transparency-dev/tessera/api/layout"
)

func TestAddressesOfTilesAreThoseOfTheFormat(t *testing.T) {
	for _, index := range []uint64{0, 1, 67, 999, 1000, 1234067, 999_999_999, 1_000_000_000} {
		for _, width := range []uint8{0, 1, 255} {
			p := TilePath{Level: 2, Index: int64(index), Width: int(width)}
			if width == 0 {
				p.Width = tileWidth
			}
			if want := layout.TilePath(2, index, width); "tile/"+p.String() != want {
				t.Errorf("tile/%s, the format has %s", p, want)
			}
			if back, ok := ParseTilePath(p.String()); !ok || back != p {
				t.Errorf("%s read as %+v", p, back)
			}
			p.Entries, p.Level = true, 0
			if want := layout.EntriesPath(index, width); "tile/"+p.String() != want {
				t.Errorf("tile/%s, the format has %s", p, want)
			}
			if back, ok := ParseTilePath(p.String()); !ok || back != p {
				t.Errorf("%s read as %+v", p, back)
			}
		}
	}
}

func TestThereIsOneSpellingOfAnAddress(t *testing.T) {
	for _, wrong := range []string{"", "0", "0/", "/000", "00/000", "64/000", "-1/000", "+1/000", "0/0", "0/0000", "0/x000", "0/x000/000", "0/001/000",
		"0/x01/000", "0/000.p", "0/000.p/", "0/000.p/0", "0/000.p/01", "0/000.p/256", "0/000.p/1/", "0/000/", "0/-01", "0/000.p/1.p/1", "entries", "entries/0",
		"Entries/000", "0/x999/x999/x999/x999/x999/x999/x999/999", "0/０００"} {
		if p, ok := ParseTilePath(wrong); ok {
			t.Errorf("%q is the tile %+v", wrong, p)
		}
	}
}

func FuzzParseTilePath(f *testing.F) {
	f.Add("0/x001/234.p/5")
	f.Add("entries/000")
	f.Fuzz(func(t *testing.T, path string) {
		if p, ok := ParseTilePath(path); ok && (p.Index < 0 || p.Level < 0 || p.Level > 63 || p.Width < 1 || p.Width > tileWidth || p.String() != path) {
			t.Errorf("%q: %+v", path, p)
		}
	})
}
