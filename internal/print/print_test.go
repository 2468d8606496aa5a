package print

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	_ "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"pgregory.net/rapid"

	"bianmin/internal/hanzi"
)

const link = "https://bianmin.example/genuine?paper=610881101-2026-000421-7-03-1&code=ABCDEFGHIJKLMNOP"

// notice is an official paper with all that one can have.
func notice() Sheet {
	return Sheet{Size: A4, Title: []string{"神木市高家堡镇便民服务站", "受理通知书"}, Number: "高家堡镇便民〔2026〕受字第 12 号", To: "𠮷田𬭸",
		Body: []Block{{Text: "您提出的“高龄补贴”申请（办件编号 610881101-2026-000421-7），材料齐全，我站于2026年3月10日受理。\n本件承诺在受理之日起 10 个工作日内办结。"},
			{Rows: []Row{{"材料", "1. 居民身份证\n2. 民政部门的证明"}}}},
		Signer: "高家堡镇便民服务站", Date: "2026年3月10日", Link: link, Beside: []string{"扫码核验这份文书", "文书编号 610881101-2026-000421-7-03-1"}}
}

func slip() Sheet {
	s := notice()
	s.Size, s.To, s.Signer = A5, "", ""
	return s
}

func pdfOf(t *testing.T, sheets ...Sheet) []byte {
	t.Helper()
	pdf, err := New(t.TempDir()).PDF(sheets...)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// tool runs one of poppler's programs on a paper; it must not complain.
func tool(t *testing.T, pdf []byte, name string, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "FILE", file)
	}
	var out, complaint bytes.Buffer
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil || complaint.Len() > 0 {
		t.Fatalf("%s (install poppler-utils): %v %s", name, err, &complaint)
	}
	return out.String()
}

func textOf(t *testing.T, pdf []byte) string {
	return strings.Join(strings.Fields(tool(t, pdf, "pdftotext", "-raw", "FILE", "-")), "")
}

func TestWhatIsCopiedIsWhatWasWritten(t *testing.T) {
	for _, s := range []Sheet{notice(), slip()} {
		got := textOf(t, pdfOf(t, s))
		want := []string{strings.Join(s.Title, ""), s.Number, s.To, s.Body[0].Text, s.Body[1].Rows[0].Value, s.Signer, s.Date, s.Beside[0], s.Beside[1]}
		for _, w := range want {
			if w = strings.Join(strings.Fields(w), ""); !strings.Contains(got, w) {
				t.Errorf("%s: %q is not in %q", s.Size, w, got)
			}
		}
	}
}

func TestEveryCharacterOfTheTableIsCopiedAsItself(t *testing.T) {
	var all strings.Builder
	for r := rune(0x3400); r < 0x30000; r++ {
		if hanzi.Standard(r) {
			all.WriteRune(r)
		}
	}
	all.WriteString("⺠⼈𠮷䶮㛃〇·")
	s := notice()
	s.Body = []Block{{Text: all.String()}}
	got := textOf(t, pdfOf(t, s))
	for _, r := range all.String() {
		if !strings.ContainsRune(got, r) {
			t.Errorf("%c (%U) was not copied", r, r)
		}
	}
}

func TestAPaperWithBlanksIsNotDrawn(t *testing.T) {
	s := notice()
	s.To = "张\U0001F600三\U000E0100"
	_, err := New("").PDF(s)
	var no *NoGlyph
	if !errors.As(err, &no) || string(no.Characters) != "\U0001F600\U000E0100" {
		t.Fatalf("%v", err)
	}
}

// TestAFontOfThePlace: the folder's font draws what the program's lack.
func TestAFontOfThePlace(t *testing.T) {
	const private = '\uE123'
	own, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	g, _ := own[0].glyph('民')
	small := own[0].subset([]int{g})
	tables := []table{{"cmap", cmapOf([]rune{private})}}
	for i := range u16(small, 4) {
		tables = append(tables, table{string(small[12+16*i : 16+16*i]), part(small, u32(small, 20+16*i), u32(small, 24+16*i))})
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "own.ttf"), fontFile(tables), 0o600); err != nil {
		t.Fatal(err)
	}
	s := notice()
	s.To = "张" + string(private)
	pdf, err := New(folder).PDF(s)
	if err != nil {
		t.Fatal(err)
	}
	if got := textOf(t, pdf); !strings.Contains(got, s.To) {
		t.Errorf("%q", got)
	}
	if err := os.WriteFile(filepath.Join(folder, "broken.ttf"), []byte("no font"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(folder).PDF(s); !errors.Is(err, errFont) || !strings.Contains(err.Error(), "broken.ttf") {
		t.Errorf("%v", err)
	}
}

// TestTheCodeIsRead draws a paper as a printer would and reads its code.
func TestTheCodeIsRead(t *testing.T) {
	for _, s := range []Sheet{notice(), slip()} {
		picture := tool(t, pdfOf(t, s), "pdftoppm", "-r", "200", "-png", "FILE")
		img, _, err := image.Decode(strings.NewReader(picture))
		if err != nil {
			t.Fatal(err)
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
		if err != nil {
			t.Fatal(err)
		}
		read, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
		if err != nil || read.GetText() != link {
			t.Errorf("%s: %v %v", s.Size, read, err)
		}
	}
}

func TestTheTypeArea(t *testing.T) {
	s := notice()
	s.Body = []Block{{Text: strings.Repeat("国", 28*30)}}
	pdf := pdfOf(t, s)
	for page, lines := range map[string]int{"1": 22, "2": 22} {
		raw := tool(t, pdf, "pdftotext", "-bbox", "-f", page, "-l", page, "FILE", "-")
		long, rows := 0, map[string]bool{}
		for line := range strings.Lines(raw) {
			var left, top, right, bottom float64
			if _, err := fmt.Sscanf(strings.TrimSpace(line), `<word xMin="%f" yMin="%f" xMax="%f" yMax="%f">`, &left, &top, &right, &bottom); err != nil || top > 262*mm {
				continue
			}
			if left < 28*mm-1 || right > (28+156)*mm+1 || top < 37*mm-3 || bottom > (37+225)*mm+3 {
				t.Errorf("page %s: %s stands outside", page, strings.TrimSpace(line))
			}
			rows[fmt.Sprintf("%.0f", top)] = true
			if strings.Contains(line, strings.Repeat("国", 28)) {
				long++
			}
		}
		if len(rows) > lines || long == 0 {
			t.Errorf("page %s: %d lines, %d of 28 characters", page, len(rows), long)
		}
	}
	if got := tool(t, pdf, "pdfinfo", "FILE"); !strings.Contains(got, "595.276 x 841.89") || !strings.Contains(got, "Pages:           2") {
		t.Errorf("%s", got)
	}
}

// TestASignatureIsNeverAlone fills the first page to the line and looks where the last line of the text went.
func TestASignatureIsNeverAlone(t *testing.T) {
	s := notice()
	for n := 10; n < 20; n++ {
		s.Body = []Block{{Text: strings.TrimSuffix(strings.Repeat("句。\n", n), "\n") + "末"}}
		pdf := pdfOf(t, s)
		for _, page := range []string{"1", "2"} {
			if page == "2" && !strings.Contains(tool(t, pdf, "pdfinfo", "FILE"), "Pages:           2") {
				continue
			}
			got := tool(t, pdf, "pdftotext", "-f", page, "-l", page, "FILE", "-")
			if strings.Contains(got, s.Date) != strings.Contains(got, "末") {
				t.Errorf("%d lines: the signature stands alone", n)
			}
		}
	}
}

func TestLinesBreakWhereTheyMay(t *testing.T) {
	measure := func(s string) float64 { return float64(len([]rune(s))) }
	for text, want := range map[string]string{
		"一二三四五六七":             "一二三四五|六七",
		"一二三四五，六七":            "一二三四|五，六七",
		"一二三四（五六）七":           "一二三四|（五六）七",
		"一二 A123 三":           "一二|A123|三",
		"一二三四“”五":             "一二三四|“”五",
		"610881101-2026-0004": "61088|1101-|2026-|0004",
		"":                    "",
	} {
		if got := strings.Join(breakLines(text, 0, 5, measure), "|"); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// TestFairLines: what closes and the point of a name begin no line, and no paragraph ends with a single character.
func TestFairLines(t *testing.T) {
	measure := func(s string) float64 { return float64(len([]rune(s))) }
	for text, want := range map[string]string{
		"一二三四五六七":     "一二三四五|六七",
		"一二三四五六":      "一二三四|五六",
		"一二三四五六。":     "一二三四|五六。",
		"一二三四五六七八九十天": "一二三四五|六七八九|十天",
		"一二三四五！六":     "一二三四|五！六",
		"买买提阿卜·杜拉":    "买买提阿|卜·杜拉",
		"一二三四五A1":     "一二三四五|A1",
		"五":           "五",
		"":            "",
	} {
		if got := strings.Join(fairLines(text, 0, 5, measure), "|"); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"一", "二", "，", "。", "（", "）", "·", "A", "1", " ", "…", "“", "”"})).Draw(r, "text"), "")
		lines := fairLines(text, 2, 7, measure)
		if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(text, " ", "") {
			r.Fatalf("%q becomes %q", text, lines)
		}
		for _, line := range lines {
			if measure(line) > 7 {
				r.Fatalf("%q is too long, of %q", line, text)
			}
		}
	})
}

// TestNoLineOfAParagraphIsAlone: the first two lines of a paragraph stand on one page, and the last two; text keeps clear of a
// table before it. A paper of before is drawn as it was.
func TestNoLineOfAParagraphIsAlone(t *testing.T) {
	for lines, want := range map[int]string{1: "-", 2: "-+", 3: "-++", 4: "-+-+", 6: "-+---+"} {
		for fair, want := range map[bool]string{true: want, false: strings.Repeat("-", lines)} {
			s := &setter{frame: frameOf(A4), doc: &document{fonts: fontsOf(t)}, fair: fair}
			s.paragraph(strings.Repeat("申", 28*lines-5), 0)
			got := ""
			for _, u := range s.units {
				got += map[bool]string{true: "+", false: "-"}[u.joined]
			}
			if got != want {
				t.Errorf("%d lines, fair %v: %s, want %s", lines, fair, got, want)
			}
		}
	}
	old, fair := slip(), slip()
	fair.Edition = Edition
	old.Body, fair.Body = append(old.Body, Block{Text: "以上材料已经收到。"}), append(fair.Body, Block{Text: "以上材料已经收到。"})
	d := &document{fonts: fontsOf(t)}
	if n, m := len(d.lay(old)), len(d.lay(fair)); m != n+1 {
		t.Errorf("%d units, and %d by the first edition", n, m)
	}
}

func fontsOf(t *testing.T) []*used {
	t.Helper()
	faces, err := New(t.TempDir()).faces()
	if err != nil {
		t.Fatal(err)
	}
	var list []*used
	for _, f := range faces {
		list = append(list, &used{face: f, at: map[rune]int{}})
	}
	return list
}

// TestThePapersOfEarlierYears: what was issued is drawn again, and its digest stands in the journal. Whoever changes the
// drawing keeps the old one for the papers that were drawn by it.
func TestThePapersOfEarlierYears(t *testing.T) {
	sum := sha256.Sum256(pdfOf(t, notice(), slip()))
	if got := hex.EncodeToString(sum[:]); got != "f009daf0ac196ae22f534569f86a40e6618392b1b04bf1a134eec5450133bab4" {
		t.Errorf("the same words give other bytes: %s", got)
	}
}

func TestALongRowGoesOn(t *testing.T) {
	s := slip()
	s.Body = []Block{{Rows: []Row{{"材料", strings.TrimSuffix(strings.Repeat("一份\n", 60), "\n")}}}}
	pdf := pdfOf(t, s)
	if got := strings.Count(textOf(t, pdf), "一份"); got != 60 {
		t.Errorf("%d of 60 lines", got)
	}
	if got := tool(t, pdf, "pdfinfo", "FILE"); !strings.Contains(got, "Pages:           3") {
		t.Errorf("%s", got)
	}
}

func BenchmarkPDF(b *testing.B) {
	p := New("")
	if _, err := p.PDF(notice()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := p.PDF(notice()); err != nil {
			b.Fatal(err)
		}
	}
}
