package print

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the fonts
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

//go:embed fonts/noto-serif-sc.ttf.gz
var serif []byte

//go:embed fonts/noto-serif-jp-rest.ttf.gz
var serifJapan []byte

//go:embed fonts/noto-serif-tc-rest.ttf.gz
var serifTaiwan []byte

// embedded are the fonts of the program, the first before all others. Unpacked they are 16 MB, from the first paper on.
var embedded = sync.OnceValues(func() ([]*face, error) {
	var list []*face
	for _, packed := range [][]byte{serif, serifJapan, serifTaiwan} {
		f, err := unpack(packed)
		if err != nil {
			return nil, fmt.Errorf("unpacking a font of the program: %w", err)
		}
		list = append(list, f)
	}
	return list, nil
})

func unpack(packed []byte) (*face, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return readFace(data)
}

// Printer draws sheets. It may be used by many at once.
type Printer struct {
	faces func() ([]*face, error)
}

// New is a printer with the program's fonts, and those that a place puts into a folder for the characters that they lack
// (TrueType, *.ttf, in the order of their names). The folder need not be there.
func New(folder string) *Printer {
	return &Printer{faces: sync.OnceValues(func() ([]*face, error) {
		own, err := embedded()
		if err != nil {
			return nil, err
		}
		more, err := facesIn(folder)
		return slices.Concat(own, more), err
	})}
}

// Ready unpacks the fonts, so that nothing that is held up by a drawing waits for it.
func (p *Printer) Ready() error {
	_, err := p.faces()
	return err
}

// Lacks are the characters of a text that no font has.
func (p *Printer) Lacks(text string) ([]rune, error) {
	faces, err := p.faces()
	if err != nil {
		return nil, err
	}
	var list []rune
	for _, r := range text {
		has := slices.ContainsFunc(faces, func(f *face) bool { _, ok := f.glyph(r); return ok })
		if !has && !slices.Contains(list, r) {
			list = append(list, r)
		}
	}
	return list, nil
}

func facesIn(folder string) ([]*face, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.ttf"))
	if err != nil {
		return nil, err
	}
	var list []*face
	for _, name := range names {
		data, err := os.ReadFile(name)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		f, err := readFace(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, f)
	}
	return list, nil
}

// NoGlyph says which characters no font has: they would be blanks.
type NoGlyph struct{ Characters []rune }

func (n *NoGlyph) Error() string { return fmt.Sprintf("no font has %q", string(n.Characters)) }
