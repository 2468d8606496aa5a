package file

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"regexp"
)

// inflateMost bounds what all streams of a PDF may unfold to, in bytes: they are looked through, never held.
const inflateMost = 256 << 20

var (
	errActive    = wrong("active_pdf", "这份 PDF 里有会自己运行的内容（脚本、外部程序或者附件），没有收。请打印成新的 PDF，或者拍照")
	errLocked    = wrong("locked_pdf", "这份 PDF 加了密码，看不了。请去掉密码，或者拍照")
	errBrokenPDF = wrong("broken_pdf", "这份 PDF 不完整或者坏了。请重新扫描，或者拍照")
	errHidden    = wrong("hidden_pdf", "这份 PDF 有一部分看不出是什么，没有收。请打印成新的 PDF，或者拍照")
	errBomb      = wrong("pdf_bomb", "这份 PDF 展开以后太大，没有收。请重新扫描，或者拍照")
)

// active are the names without which a PDF does nothing of its own: every script, launch, attachment, form data or link
// into another file has to say one of them (ISO 32000-1, 12.6.4, 7.11.4, 12.7.8, 13). They are so long that no picture
// holds one by chance.
var active = regexp.MustCompile(`/(?:(?:JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia|ImportData|SubmitForm|GoToE|GoToR|Rendition|XFA)\b|EF\s*(?:<<|\d+\s+\d+\s+R\b))`)

var encrypted = regexp.MustCompile(`/Encrypt\b`)

// pdf says whether a PDF may be kept: whole, not locked, not two files at once, and without anything that acts. Names are
// sought everywhere, in pictures and text too: where an object begins, a hostile file can tell each reader otherwise.
func pdf(content []byte) error {
	end := bytes.LastIndex(content, []byte("%%EOF"))
	switch {
	case end < 0 || len(bytes.TrimSpace(content[end+len("%%EOF"):])) > 0,
		!bytes.Contains(content, []byte("startxref")):
		return errBrokenPDF
	case bytes.Contains(content, []byte("PK\x05\x06")):
		return errNot // an archive at the same time
	}
	plain := unescaped(content)
	switch {
	case active.Match(plain):
		return errActive
	case encrypted.Match(plain):
		return errLocked
	case hidden(plain):
		return errHidden
	}
	return streams(content)
}

var (
	objects = regexp.MustCompile(`/ObjStm\b`)
	filter  = regexp.MustCompile(`/(?:Filter|F)\b\s*(\[[^\]]*\]|/\w+|\d+\s+\d+\s+R|<|\()`)
	folded  = regexp.MustCompile(`^(?:\[\s*/(?:FlateDecode|Fl)\s*\]|/(?:FlateDecode|Fl))$`)
	parms   = regexp.MustCompile(`/(?:DecodeParms|DP)\b`)
)

// hidden says whether objects stand folded up in another way than streams can unfold: coded twice, by another code, with a
// predictor, or in another file. Writers of PDF only deflate them.
func hidden(plain []byte) bool {
	for _, at := range objects.FindAllIndex(plain, -1) {
		from := max(0, bytes.LastIndex(plain[:at[0]], []byte("obj")))
		to := len(plain)
		if i := bytes.Index(plain[at[1]:], []byte("stream")); i >= 0 {
			to = at[1] + i
		}
		dictionary := plain[from:to]
		if parms.Match(dictionary) {
			return true
		}
		for _, m := range filter.FindAllSubmatch(dictionary, -1) {
			if !folded.Match(m[1]) {
				return true
			}
		}
	}
	return false
}

// streams looks through what is folded up: objects are kept there since PDF 1.5.
func streams(content []byte) error {
	left := int64(inflateMost)
	for rest := content; ; {
		i := bytes.Index(rest, []byte("stream"))
		if i < 0 {
			return nil
		}
		rest = rest[i+len("stream"):]
		body := bytes.TrimLeft(rest[:min(len(rest), 4)], "\r\n")
		body = rest[min(len(rest), 4)-len(body):]
		if len(body) < 2 || body[0]&0x0f != 8 || (int(body[0])<<8|int(body[1]))%31 != 0 {
			continue // not folded by zlib
		}
		unfolded, err := zlib.NewReader(bytes.NewReader(body))
		if err != nil {
			continue
		}
		if err := acts(unfolded, &left); err != nil {
			return err
		}
	}
}

// acts reads what unfolds piece by piece, each with the end of the one before it.
func acts(r io.Reader, left *int64) error {
	const overlap = 128
	buffer := make([]byte, overlap+64<<10)
	kept := 0
	for {
		n, err := io.ReadFull(r, buffer[kept:])
		if *left -= int64(n); *left < 0 {
			return errBomb
		}
		if active.Match(unescaped(buffer[:kept+n])) {
			return errActive
		}
		if err != nil {
			return nil // its end, or rubbish behind which a reader finds nothing either
		}
		kept = copy(buffer, buffer[kept+n-overlap:kept+n])
	}
}

// unescaped writes names plainly: /J#61vaScript is /JavaScript.
func unescaped(b []byte) []byte {
	if !bytes.Contains(b, []byte("#")) {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == '#' && i+2 < len(b) {
			var c [1]byte
			if _, err := hex.Decode(c[:], b[i+1:i+3]); err == nil {
				out = append(out, c[0])
				i += 2
				continue
			}
		}
		out = append(out, b[i])
	}
	return out
}

// TakeIn says what is kept of a file of this name and content, or why it is not taken.
func TakeIn(name string, content []byte) (Kept, error) {
	kind, err := recognise(name, content)
	if err != nil {
		return Kept{}, err
	}
	if kind == PDF {
		return Kept{Type: PDF, Content: content}, pdf(content)
	}
	return picture(kind, content)
}
