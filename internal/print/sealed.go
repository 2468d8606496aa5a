package print

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Seal is the mark of a place's electronic seal. It is drawn only on a paper that is signed with the seal's key: the
// signature is the seal, the mark only shows that there is one.
type Seal struct {
	Name   string `json:"name"`   // around the star's place: 高家堡镇便民服务站
	Number string `json:"number"` // below
	At     string `json:"at"`     // where: date, signer, left
	When   string `json:"when"`   // YYYYMMDDhhmmss in Shanghai
}

// signatureRoom is how long a signature may be, in bytes.
const signatureRoom = 8192

// The places of a signature in a file are as wide as these, so that filling them in moves nothing.
const rangeDigits = 10

// signatureObjects puts an invisible signature field into the file, empty yet.
func (s *Seal) signatureObjects(w *writer) (form string) {
	signature := w.object("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/Name %s/M(D:%s+08'00')/ByteRange[0 %s %s %s]/Contents<%s>>>",
		textString(s.Name), s.When, blank(1), blank(2), blank(3), strings.Repeat("0", 2*signatureRoom))
	field := w.object("<</Type/Annot/Subtype/Widget/FT/Sig/T(seal)/Rect[0 0 0 0]/F 132/V %d 0 R>>", signature)
	return fmt.Sprintf("/AcroForm<</SigFlags 3/Fields[%d 0 R]>>", field)
}

func blank(n int) string { return strings.Repeat(strconv.Itoa(n), rangeDigits) }

var errSignature = errors.New("the file has no place for a signature")

// parts finds where the signature stands in a file: the digits lie between the two.
func parts(file []byte) (from, to int, err error) {
	at := bytes.LastIndex(file, []byte("/Contents<"))
	if at < 0 {
		return 0, 0, errSignature
	}
	from = at + len("/Contents")
	to = from + 2*signatureRoom + 2
	if to > len(file) || file[to-1] != '>' {
		return 0, 0, errSignature
	}
	return from, to, nil
}

// ToSign gives a sealed file with its ranges filled in, and the bytes that are signed: all but the signature itself.
func ToSign(file []byte) (ready, signed []byte, err error) {
	from, to, err := parts(file)
	if err != nil {
		return nil, nil, err
	}
	ready = bytes.Clone(file)
	for n, value := range []int{from, to, len(file) - to} {
		at := bytes.LastIndex(ready[:from], []byte(blank(n+1)))
		if at < 0 {
			return nil, nil, errSignature
		}
		copy(ready[at:], fmt.Sprintf("%0*d", rangeDigits, value))
	}
	return ready, append(bytes.Clone(ready[:from]), ready[to:]...), nil
}

// Signed puts a signature into a file that ToSign made ready.
func Signed(ready, signature []byte) ([]byte, error) {
	from, _, err := parts(ready)
	if err != nil {
		return nil, err
	}
	if len(signature) > signatureRoom {
		return nil, fmt.Errorf("a signature of %d bytes", len(signature))
	}
	out := bytes.Clone(ready)
	hex.Encode(out[from+1:], signature)
	return out, nil
}

// Signature reads the signature of a file, and what it signs. It has to cover the whole file but itself.
func Signature(file []byte) (signature, signed []byte, err error) {
	from, to, err := parts(file)
	if err != nil {
		return nil, nil, err
	}
	want := fmt.Sprintf("/ByteRange[0 %0*d %0*d %0*d]/Contents<", rangeDigits, from, rangeDigits, to, rangeDigits, len(file)-to)
	if !bytes.HasSuffix(file[:from+1], []byte(want)) {
		return nil, nil, errors.New("the signature does not cover the file")
	}
	signature = make([]byte, signatureRoom)
	if _, err := hex.Decode(signature, file[from+1:to-1]); err != nil {
		return nil, nil, err
	}
	return signature, append(bytes.Clone(file[:from]), file[to:]...), nil
}

// sealRadius is the mark's, 19 mm: a station's seal is 38 mm wide.
const sealRadius = 19 * mm

// seal draws the mark in red: the rim, the name along it, and the number. There is no emblem in it: that is the State's to
// give.
func (p *page) seal(x, y float64, s *Seal) {
	cx, cy, r := x, p.height-y, sealRadius
	fmt.Fprintf(&p.out, "q 0.78 0.08 0.10 RG 0.78 0.08 0.10 rg 1.8 w\n")
	k := 0.5522847498 * r
	fmt.Fprintf(&p.out, "%.3f %.3f m %.3f %.3f %.3f %.3f %.3f %.3f c %.3f %.3f %.3f %.3f %.3f %.3f c %.3f %.3f %.3f %.3f %.3f %.3f c %.3f %.3f %.3f %.3f %.3f %.3f c S\n",
		cx+r, cy, cx+r, cy+k, cx+k, cy+r, cx, cy+r, cx-k, cy+r, cx-r, cy+k, cx-r, cy, cx-r, cy-k, cx-k, cy-r, cx, cy-r, cx+k, cy-r, cx+r, cy-k, cx+r, cy)
	const size = 9.5
	name := []rune(s.Name)
	step := math.Min(0.42, 3.9/float64(max(len(name), 1))) // radians between characters
	begin := math.Pi/2 + step*float64(len(name)-1)/2
	for i, c := range name {
		a := begin - step*float64(i)
		turn := a - math.Pi/2
		out := r - 1.35*size
		sin, cos := math.Sincos(turn)
		px, py := cx+out*math.Cos(a)-size/2*cos, cy+out*math.Sin(a)-size/2*sin
		font, number := p.doc.number(c)
		fmt.Fprintf(&p.out, "BT 0 Tr 0 Tc %.4f %.4f %.4f %.4f %.3f %.3f Tm /F%d %.3f Tf <%04x> Tj ET\n", cos, sin, -sin, cos, px, py, font+1, size, number)
	}
	for i, text := range []string{"电子签章", s.Number} {
		size := 10 - 3*float64(i)
		p.text(cx-p.doc.width(text, size, 0)/2, y+2+float64(i)*24, text, size, 0, false)
	}
	fmt.Fprint(&p.out, "Q\n")
}
