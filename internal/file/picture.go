package file

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/bep/imagemeta"
	"golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

// Kept is what is kept of a file: its content, and a picture of it so small that no number in it can be read.
type Kept struct {
	Type          Kind
	Width, Height int // pixels; 0 of a PDF
	Content       []byte
	Thumb         []byte // JPEG; empty of a PDF
}

// KeptMost bounds a kept photograph, in bytes; thumbSide is the longer side of the small picture, in pixels: eighteen
// digits of a card that fills it are some three pixels wide each.
const (
	KeptMost  = 300_000
	thumbSide = 120
)

// most bounds the pixels of what is decoded. A baseline JPEG needs 1.5 bytes a pixel, a progressive one six more, the
// others four, or eight when each colour has sixteen bits: some 200 MB at the most.
func most(kind Kind, progressive bool, model color.Model) int {
	switch {
	case kind == JPEG && !progressive:
		return 64_000_000
	case model == color.RGBA64Model || model == color.NRGBA64Model || model == color.Gray16Model:
		return 16_000_000
	}
	return 25_000_000
}

// decoders by kind: what else is linked into the program decides nothing.
var decoders = map[Kind]struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	meta   imagemeta.ImageFormat
}{
	JPEG: {jpeg.DecodeConfig, jpeg.Decode, imagemeta.JPEG},
	PNG:  {png.DecodeConfig, png.Decode, imagemeta.PNG},
	WebP: {webp.DecodeConfig, webp.Decode, imagemeta.WebP},
}

var (
	errBroken    = wrong("broken_picture", "这张照片不完整或者坏了，打不开。请重新拍")
	errTooMany   = wrong("too_many_pixels", "这张照片的像素太多，打不开。请用手机的普通清晰度重新拍")
	errTooNarrow = wrong("too_small", "这张照片太小，字看不清。请重新拍")
)

// sideLeast is the shortest side of a photograph on which anything can be read, in pixels.
const sideLeast = 64

// picture takes a photograph in: upright, small enough, without anything but its pixels.
func picture(kind Kind, content []byte) (Kept, error) {
	d := decoders[kind]
	config, err := guarded(func() (image.Config, error) { return d.config(bytes.NewReader(content)) })
	switch {
	case err != nil:
		return Kept{}, errBroken
	case config.Width > most(kind, progressive(content), config.ColorModel)/max(config.Height, 1):
		return Kept{}, errTooMany
	case min(config.Width, config.Height) < sideLeast:
		return Kept{}, errTooNarrow
	}
	img, err := guarded(func() (image.Image, error) { return d.decode(bytes.NewReader(content)) })
	if err != nil {
		return Kept{}, errBroken
	}
	turn := orientation(d.meta, content)
	var k Kept
	var scaled image.Image
	for i, s := range steps {
		if i == 0 || s.side != steps[i-1].side {
			scaled = turned(fitted(img, s.side), turn)
		}
		if k.Content, err = encoded(scaled, s.quality); err != nil {
			return Kept{}, err
		}
		if len(k.Content) <= KeptMost {
			break
		}
	}
	k.Type, k.Width, k.Height = JPEG, scaled.Bounds().Dx(), scaled.Bounds().Dy()
	k.Thumb, err = encoded(fitted(scaled, thumbSide), 60)
	return k, err
}

// guarded turns a decoder's panic into an error: what is decoded comes from strangers.
func guarded[T any](work func() (T, error)) (out T, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("the decoder panicked")
		}
	}()
	return work()
}

// step is one try: the longer side in pixels, and the JPEG quality.
type step struct{ side, quality int }

// steps are tried until the picture is small enough: first a little less exact, then smaller. 2000 pixels are 170 dots an
// inch of a sheet of A4. Even noise fits at the last one.
var steps = []step{{2000, 82}, {2000, 72}, {2000, 62}, {1600, 72}, {1600, 62}, {1280, 64}, {1280, 54}, {1024, 54}, {800, 50}, {640, 45}}

// size is how large a picture becomes whose longer side is at most so long; never larger than it was.
func size(w, h, side int) (int, int) {
	if max(w, h) <= side {
		return w, h
	}
	if w >= h {
		return side, max(1, h*side/w)
	}
	return max(1, w*side/h), side
}

// fitted scales a picture down on white paper: what was transparent is not black.
func fitted(img image.Image, side int) *image.RGBA {
	w, h := size(img.Bounds().Dx(), img.Bounds().Dy(), side)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	if w == img.Bounds().Dx() {
		draw.Draw(out, out.Bounds(), img, img.Bounds().Min, draw.Over)
		return out
	}
	draw.CatmullRom.Scale(out, out.Bounds(), img, img.Bounds(), draw.Over, nil)
	return out
}

func encoded(img image.Image, quality int) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality})
	return b.Bytes(), err
}

// from is which pixel of a w × h picture comes to (x, y) of the upright one, by the orientation of the EXIF standard
// (CIPA DC-008, tag 274): 2 mirrored, 3 upside down, 4 both, 5 to 8 lying on a side.
func from(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}

// turned puts a picture upright.
func turned(in *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return in
	}
	w, h := in.Bounds().Dx(), in.Bounds().Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range out.Bounds().Dy() {
		for x := range out.Bounds().Dx() {
			fx, fy := from(orientation, x, y, w, h)
			copy(out.Pix[out.PixOffset(x, y):][:4], in.Pix[in.PixOffset(fx, fy):][:4])
		}
	}
	return out
}

// orientation reads how the camera was held; 1, upright, when that cannot be read.
func orientation(format imagemeta.ImageFormat, content []byte) int {
	held, err := guarded(func() (int, error) {
		held := 1
		_, err := imagemeta.Decode(imagemeta.Options{
			R: bytes.NewReader(content), ImageFormat: format, Sources: imagemeta.EXIF, Warnf: func(string, ...any) {},
			ShouldHandleTag: func(t imagemeta.TagInfo) bool { return t.Tag == "Orientation" && t.Namespace == "IFD0" },
			HandleTag: func(t imagemeta.TagInfo) error {
				if n, ok := t.Value.(uint16); ok && n >= 1 && n <= 8 {
					held = int(n)
				}
				return nil
			},
		})
		return held, err
	})
	if err != nil && held == 0 {
		return 1
	}
	return held
}

// progressive says whether a JPEG holds its picture in several passes, all of which have to be kept in memory.
func progressive(b []byte) bool {
	for i := 2; i+4 <= len(b) && b[i] == 0xff; {
		switch marker := b[i+1]; {
		case marker == 0xff:
			i++
			continue
		case marker == 0xc2:
			return true
		case marker == 0xc0, marker == 0xc1, marker == 0xda:
			return false
		}
		i += 2 + int(b[i+2])<<8 + int(b[i+3])
	}
	return false
}
