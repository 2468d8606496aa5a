// Command gen writes a compressed font: whole, or what others lack of it.
//
//	gen FONT.ttf OUT.ttf.gz [OTHER.ttf …]
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"

	"bianmin/internal/print"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(names []string) error {
	if len(names) < 2 {
		return fmt.Errorf("usage: gen FONT.ttf OUT.ttf.gz [OTHER.ttf …]")
	}
	font, err := os.ReadFile(names[0])
	if err != nil {
		return err
	}
	if len(names) > 2 {
		var others [][]byte
		for _, name := range names[2:] {
			other, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			others = append(others, other)
		}
		if font, err = print.Supplement(font, others...); err != nil {
			return fmt.Errorf("%s: %w", names[0], err)
		}
	}
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(font); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(names[1], b.Bytes(), 0o644)
}
