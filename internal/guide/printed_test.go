package guide

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bianmin/internal/calendar"
	"bianmin/internal/clock"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/print"
	"bianmin/internal/problem"
)

const gaojiabu place.Code = "610881101000"

// deskOnPaper is a desk of Shenmu whose town has told how it is reached.
func deskOnPaper(t *testing.T) *Desk {
	t.Helper()
	c, f := demonstration(t)
	places, err := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if err != nil {
		t.Fatal(err)
	}
	d := &Desk{Items: c, Finder: f, Places: places, Calendar: func() *calendar.Calendar { return official(t) }, Clock: clock.NewManual(handedIn),
		Printer: print.New(t.TempDir()), Public: "https://bianmin.example"}
	d.Contact = func(code place.Code) Contact {
		if code == gaojiabu {
			return Contact{Telephone: "0912-8421234", Hours: "周一到周五 8:30–12:00、14:30–18:00", Address: "高家堡镇兴武路 3 号"}
		}
		return Contact{}
	}
	return d
}

// readBack is the text of a file as a citizen's program copies it, without blanks.
func readBack(t *testing.T, file []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "guide.pdf")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-raw", name, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (install poppler-utils): %v", err)
	}
	return strings.Join(strings.Fields(string(out)), "")
}

// wordsOf are all words of a guide.
func wordsOf(g print.Guide) (list []string) {
	list = append(list, g.Kind, g.Title, g.Official, g.Beside, g.Foot)
	for _, f := range g.Facts {
		list = append(append(list, f.Name, f.Value), f.Notes...)
	}
	for _, s := range g.Sections {
		list = append(append(append(list, s.Head), s.Lead...), s.Lines...)
		for _, x := range s.Ticks {
			list = append(append(list, x.Name, x.Count), x.Notes...)
		}
		for _, c := range s.Chart {
			list = append(list, c.Where, c.Words, c.By, c.Days, c.With)
		}
	}
	return list
}

// TestEveryGuideReadsBack: each item's guide can be drawn, all of its words can be copied from it, and it weighs what a
// village line carries in a few seconds.
func TestEveryGuideReadsBack(t *testing.T) {
	d := deskOnPaper(t)
	const most = 110 << 10 // bytes over the wire
	for i, v := range d.Items.All() {
		p, err := d.Printed(v.Code, gaojiabu, nil, "")
		if err != nil {
			t.Fatalf("%s: %v", v.Code, err)
		}
		var wire bytes.Buffer
		z := gzip.NewWriter(&wire)
		if _, err := z.Write(p.File); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if wire.Len() > most {
			t.Errorf("%s weighs %d bytes", v.Code, wire.Len())
		}
		if i%10 != 0 && v.Plain != "申请低保" {
			continue // reading back takes a process each
		}
		g, err := d.Paper(v.Code, gaojiabu, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := readBack(t, p.File)
		for _, words := range wordsOf(g) {
			if words = strings.Join(strings.Fields(words), ""); !strings.Contains(got, words) {
				t.Errorf("%s: %q is not in %q", v.Code, words, got)
			}
		}
	}
}

func TestWhatTheGuideOnPaperSays(t *testing.T) {
	d := deskOnPaper(t)
	v, _ := d.Items.Find("申请低保")
	p, err := d.Printed(v.Code, gaojiabu, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	got := readBack(t, p.File)
	for _, want := range []string{"20个工作日", "规定最长30个工作日", "不收费", "1趟", "村里或镇上", "户口簿", "原件1份，看完就还", "高家堡镇便民服务站", "民政社保窗口", "0912-8421234",
		"周一到周五8:30–12:00、14:30–18:00", "高家堡镇兴武路3号", "同时办", "不算在期限里", "复议", "指南，第1版", "高家堡镇经办岗", "村（社区）便民服务室代办员帮您填表", "扫码看最新的", "12345"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	if p.Name != "申请低保办事指南" {
		t.Error(p.Name)
	}
	everywhere, err := d.Printed(v.Code, "", nil, "")
	if err != nil {
		t.Fatal(err)
	}
	if got := readBack(t, everywhere.File); !strings.Contains(got, "镇（街道）便民服务站") || strings.Contains(got, "0912") {
		t.Error("for who has not said where they live: " + got)
	}
}

// TestAPrintedGuideIsKept: the same words are one file and one tag; another place, another answer and a new telephone are
// others.
func TestAPrintedGuideIsKept(t *testing.T) {
	d := deskOnPaper(t)
	v, _ := d.Items.Find("申请低保")
	first, err := d.Printed(v.Code, gaojiabu, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	again, err := d.Printed(v.Code, gaojiabu, nil, "")
	if err != nil || again.Tag != first.Tag || &again.File[0] != &first.File[0] {
		t.Error("it was drawn again", err)
	}
	if held, err := d.Printed(v.Code, gaojiabu, nil, first.Tag); err != nil || held.File != nil || held.Tag != first.Tag {
		t.Error("who has it got it again", err)
	}
	if !strings.HasPrefix(first.Tag, "1-") {
		t.Errorf("the tag %s does not begin with the version", first.Tag)
	}
	said := map[string]string{v.Situations[0].ID: v.Situations[0].Options[0].Answer}
	answered, err := d.Printed(v.Code, gaojiabu, said, first.Tag)
	if err != nil || answered.Tag == first.Tag {
		t.Error("another answer is the same file", err)
	}
	d.Contact = func(place.Code) Contact { return Contact{Telephone: "0912-8420000"} }
	if moved, err := d.Printed(v.Code, gaojiabu, nil, first.Tag); err != nil || moved.File == nil || !strings.Contains(readBack(t, moved.File), "0912-8420000") {
		t.Error("a new telephone is not in it", err)
	}
	var refused *problem.Problem
	if _, err := d.Printed(item.Code("BM-999"), gaojiabu, nil, ""); !errors.As(err, &refused) || refused.Kind != problem.NotFound {
		t.Error("an item that is not there:", err)
	}
}

func TestNotMoreGuidesAreKeptThanFit(t *testing.T) {
	var k lastDrawn
	for i := range 3 * printedMost {
		k.put(strings.Repeat("x", i), []byte{1})
	}
	if len(k.files) != printedMost || len(k.order) != printedMost {
		t.Errorf("%d files, %d names", len(k.files), len(k.order))
	}
	if _, ok := k.get(strings.Repeat("x", 3*printedMost-1)); !ok {
		t.Error("the last is gone")
	}
}
