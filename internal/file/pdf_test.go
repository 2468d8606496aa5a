package file

import (
	"bytes"
	"compress/zlib"
	"strings"
	"testing"
)

// pdfOf is a small PDF with something in its first object, and something folded up in a stream.
func pdfOf(plain, folded string) []byte {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write([]byte("BT (text) Tj ET " + folded)) // a buffer takes everything
	_ = w.Close()
	return []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + plain + " >>\nendobj\n2 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n" +
		z.String() + "\nendstream\nendobj\nxref\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n")
}

func TestPDF(t *testing.T) {
	good := pdfOf("", "")
	for _, c := range []struct {
		what    string
		content []byte
		want    string
	}{
		{"a plain one", good, ""},
		{"with a form without scripts", pdfOf("/AcroForm << /Fields [] >>", ""), ""},
		{"that says JS in its text", pdfOf("", "(/JS and JavaScript)"), ""},
		{"a script", pdfOf("/OpenAction << /S /JavaScript /JS (x) >>", ""), "active_pdf"},
		{"a script without blanks", pdfOf("/OpenAction<</S/JavaScript/JS(x)>>", ""), "active_pdf"},
		{"a script spelt in numbers", pdfOf("/OpenAction << /S /J#61v#61Script >>", ""), "active_pdf"},
		{"a folded script", pdfOf("", "<< /S /JavaScript /JS (x) >>"), "active_pdf"},
		{"a folded script behind much else", pdfOf("", strings.Repeat("x", 65530)+"<< /S /JavaScript >>"), "active_pdf"},
		{"a program", pdfOf("/OpenAction << /S /Launch /F (cmd.exe) >>", ""), "active_pdf"},
		{"an attachment", pdfOf("/Names << /EmbeddedFiles 3 0 R >>", ""), "active_pdf"},
		{"an attachment beside a page", pdfOf("/Annots [<< /Subtype /FileAttachment >>]", ""), "active_pdf"},
		{"a file inside a file's name", pdfOf("/FS << /Type /Filespec /EF << /F 3 0 R >> >>", ""), "active_pdf"},
		{"a file inside, elsewhere", pdfOf("/FS << /EF 3 0 R >>", ""), "active_pdf"},
		{"with letters that only look so", pdfOf("/EFG 3 /Effort 4", ""), ""},
		{"objects coded twice", bytes.Replace(good, []byte("/FlateDecode"), []byte("[/ASCII85Decode /FlateDecode]"), 1), "hidden_pdf"},
		{"objects in another code", bytes.Replace(good, []byte("/FlateDecode"), []byte("/LZWDecode"), 1), "hidden_pdf"},
		{"objects in a code that stands elsewhere", bytes.Replace(good, []byte("/FlateDecode"), []byte("7 0 R"), 1), "hidden_pdf"},
		{"objects with a predictor", bytes.Replace(good, []byte("/Filter"), []byte("/DecodeParms << /Predictor 12 >> /Filter"), 1), "hidden_pdf"},
		{"objects in another file", bytes.Replace(good, []byte("/Filter"), []byte("/F (other.bin) /Filter"), 1), "hidden_pdf"},
		{"objects in a list of one code", bytes.Replace(good, []byte("/FlateDecode"), []byte("[ /FlateDecode ]"), 1), ""},
		{"data sent elsewhere", pdfOf("/AA << /O << /S /SubmitForm >> >>", ""), "active_pdf"},
		{"a form in XML", pdfOf("/AcroForm << /XFA 3 0 R >>", ""), "active_pdf"},
		{"locked", bytes.Replace(good, []byte("/Root"), []byte("/Encrypt 5 0 R /Root"), 1), "locked_pdf"},
		{"cut off", good[:len(good)-20], "broken_pdf"},
		{"its head alone", []byte("%PDF-1.7\n"), "broken_pdf"},
		{"with a page of the web behind it", append(pdfOf("", ""), "<script>alert(1)</script>"...), "broken_pdf"},
		{"with an archive inside", pdfOf("PK\x05\x06", ""), "not_what_it_says"},
		{"that unfolds without end", pdfOf("", strings.Repeat("\x00", inflateMost+1)), "pdf_bomb"},
	} {
		k, err := TakeIn("a.pdf", c.content)
		if code(err) != c.want {
			t.Errorf("%s: %q, want %q", c.what, code(err), c.want)
		}
		if err == nil && !bytes.Equal(k.Content, c.content) {
			t.Errorf("%s: what is kept is another file", c.what)
		}
	}
}
