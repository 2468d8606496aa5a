package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"bianmin/internal/calendar"
)

type line struct {
	name  string
	count int
	day   calendar.Date
	at    time.Time
}

var columns = []Column[line]{
	{"姓名", 12, func(l line) any { return l.name }},
	{"件数", 8, func(l line) any { return l.count }},
	{"日期", 12, func(l line) any { return l.day }},
	{"时间", 18, func(l line) any { return l.at }},
}

func written(t testing.TB, rows ...line) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, "办件", columns, rows); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func opened(t *testing.T, raw []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestASheetHasNumbersAndDaysAndAFrozenHead(t *testing.T) {
	at := time.Date(2026, 3, 10, 18, 30, 0, 0, time.UTC) // the next day in Shenmu
	f := opened(t, written(t, line{"折桂英", 1284, calendar.NewDate(2026, 3, 10), at}))
	for cell, want := range map[string]string{"A1": "姓名", "A2": "折桂英", "B2": "1284", "C2": "2026-03-10", "D2": "2026-03-11 02:30"} {
		if got, err := f.GetCellValue("办件", cell); got != want || err != nil {
			t.Errorf("%s: %q, want %q (%v)", cell, got, want, err)
		}
	}
	for cell, want := range map[string]excelize.CellType{"B2": excelize.CellTypeUnset, "C2": excelize.CellTypeUnset} { // unset is the format's number
		if got, err := f.GetCellType("办件", cell); got != want || err != nil {
			t.Errorf("%s is of type %v (%v)", cell, got, err)
		}
	}
	if raw, _ := f.GetCellValue("办件", "C2", excelize.Options{RawCellValue: true}); raw != "46091" {
		t.Errorf("the day is kept as %q", raw)
	}
	if panes, err := f.GetPanes("办件"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the head does not stay: %+v (%v)", panes, err)
	}
}

func TestNothingIsNothing(t *testing.T) {
	f := opened(t, written(t, line{}))
	for _, cell := range []string{"A2", "C2", "D2"} {
		if got, _ := f.GetCellValue("办件", cell); got != "" {
			t.Errorf("%s: %q", cell, got)
		}
	}
}

// TestNoTextBecomesAFormula looks into the file itself: no formula, and no text that would be one when typed again.
func TestNoTextBecomesAFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"=", "+", "-", "@", "\t=", "\r=", "＝", "'", "", "王"}).Draw(t, "first") +
			rapid.StringMatching(`[0-9A-Za-z()!|'" ,;王]{0,20}`).Draw(t, "rest")
		var b bytes.Buffer
		if err := Write(&b, "x", columns, []line{{name: name}}); err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			if !strings.HasPrefix(f.Name, "xl/worksheets/") {
				continue
			}
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			raw, err := io.ReadAll(r)
			if err != nil || bytes.Contains(raw, []byte("<f>")) || regexp.MustCompile(`<t[^>]*>\s*[=+@＝-]`).Match(raw) {
				t.Fatalf("%s (%v)", raw, err)
			}
		}
		rows, err := Read(bytes.NewReader(b.Bytes()), 9, "姓名")
		if err != nil || len(rows) != 1 || rows[0].Cells["姓名"] != strings.TrimSpace(strings.ReplaceAll(name, "\r", "")) && strings.TrimSpace(name) != "" && !strings.ContainsAny(name, "\t\r") {
			t.Fatalf("%q came back as %v (%v)", name, rows, err)
		}
	})
}

func TestWhatIsReadIsWhatWasWritten(t *testing.T) {
	rows, err := Read(bytes.NewReader(written(t, line{name: "甲", count: 1}, line{}, line{name: "丙", count: 3})), 9, "姓名", "件数")
	if err != nil || len(rows) != 3 || rows[2].Number != 4 || rows[2].Cells["姓名"] != "丙" || rows[0].Cells["件数"] != "1" {
		t.Errorf("%v (%v)", rows, err)
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	good := written(t, line{name: "甲"}, line{name: "乙"})
	if _, err := Read(bytes.NewReader(good), 1, "姓名"); !errors.Is(err, ErrTooLong) {
		t.Errorf("too long: %v", err)
	}
	var missing *MissingHeads
	if _, err := Read(bytes.NewReader(good), 9, "姓名", "电话", "地址"); !errors.As(err, &missing) || strings.Join(missing.Heads, " ") != "电话 地址" {
		t.Errorf("heads: %v", err)
	}
	for _, raw := range [][]byte{nil, []byte("姓名,电话\n"), good[:len(good)/2]} {
		if _, err := Read(bytes.NewReader(raw), 9, "姓名"); err == nil {
			t.Errorf("%d bytes were read", len(raw))
		}
	}
}

func TestNamesOfSheets(t *testing.T) {
	for name, want := range map[string]string{"办件": "办件", "": "表", "a/b:c": "abc", strings.Repeat("长", 40): strings.Repeat("长", 31)} {
		if got := sheetName(name); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
}

// FuzzRead: no bytes make it fail otherwise than by saying so.
func FuzzRead(f *testing.F) {
	f.Add(written(f, line{name: "甲", count: 1}))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		rows, err := Read(bytes.NewReader(raw), 5, "姓名")
		if err != nil && rows != nil || len(rows) > 5 {
			t.Errorf("%d rows, %v", len(rows), err)
		}
	})
}

// TestPagesBecomeOneSheet: however many pages, no row is lost; an error of a page is the answer.
func TestPagesBecomeOneSheet(t *testing.T) {
	columns := []Column[int]{{Head: "编号", Value: func(n int) any { return n }}}
	page, pages := 0, 40
	next := func() ([]int, error) {
		if page++; page > pages {
			return nil, nil
		}
		rows := make([]int, 200)
		for i := range rows {
			rows[i] = (page-1)*200 + i
		}
		return rows, nil
	}
	var b bytes.Buffer
	if err := WritePages(&b, "表", columns, next); err != nil {
		t.Fatal(err)
	}
	rows, err := Read(bytes.NewReader(b.Bytes()), 10000, "编号")
	if err != nil || len(rows) != 8000 || rows[0].Cells["编号"] != "0" || rows[7999].Cells["编号"] != "7999" {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	gone := errors.New("gone")
	if err := WritePages(&b, "表", columns, func() ([]int, error) { return nil, gone }); !errors.Is(err, gone) {
		t.Errorf("%v", err)
	}
}
