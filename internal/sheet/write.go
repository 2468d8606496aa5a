package sheet

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"bianmin/internal/calendar"
)

// Column is one column of a table: its head in Chinese, its width in characters of the head's script, and what stands
// in it. Value gives a string, an integer, a float64, a calendar.Date or a time.Time; nil, an empty string and a zero
// day or instant leave the cell empty.
type Column[R any] struct {
	Head  string
	Width float64
	Value func(R) any
}

// Kind is the content type of what Write writes; Extension ends its name.
const (
	Kind      = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	Extension = ".xlsx"
)

// The heads of the forms: built-in number formats of the file format, and ours for days and instants as the house writes
// them in exports.
const (
	asText    = 49 // @
	asDay     = "yyyy-mm-dd"
	asInstant = "yyyy-mm-dd hh:mm"
)

// nameMost is how long the name of a sheet may be; the program that opens it says so.
const nameMost = 31

// Write writes one sheet: a head row that stays in sight, and a row for each of rows.
func Write[R any](w io.Writer, name string, columns []Column[R], rows []R) error {
	return WritePages(w, name, columns, func() ([]R, error) {
		page := rows
		rows = nil
		return page, nil
	})
}

// RowsMost is how many rows below its head a sheet can hold; the file format says so.
const RowsMost = 1<<20 - 1

// WritePages writes one sheet of rows that come a page at a time, until a page is empty: however many there are, only a page
// of them is held here, and what is written waits in a file.
func WritePages[R any](w io.Writer, name string, columns []Column[R], next func() ([]R, error)) error {
	f := excelize.NewFile()
	err := fill(f, name, columns, next)
	if err == nil {
		_, err = f.WriteTo(w)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("writing the sheet %s: %w", name, err)
	}
	return nil
}

func fill[R any](f *excelize.File, name string, columns []Column[R], next func() ([]R, error)) error {
	name = sheetName(name)
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	forms, err := newForms(f)
	if err != nil {
		return err
	}
	s, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for i, c := range columns {
		if err := s.SetColWidth(i+1, i+1, max(c.Width, 6)); err != nil {
			return err
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(columns))
	for i, c := range columns {
		head[i] = excelize.Cell{StyleID: forms.head, Value: c.Head}
	}
	if err := s.SetRow("A1", head); err != nil {
		return err
	}
	for n := 2; ; {
		rows, err := next()
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return s.Flush()
		}
		for _, r := range rows {
			cells := make([]any, len(columns))
			for i, c := range columns {
				cells[i] = forms.cell(c.Value(r))
			}
			if err := s.SetRow(fmt.Sprintf("A%d", n), cells); err != nil {
				return err
			}
			n++
		}
	}
}

// forms are the styles of the cells.
type forms struct{ head, text, day, instant int }

func newForms(f *excelize.File) (x forms, err error) {
	day, instant := asDay, asInstant
	for into, style := range map[*int]*excelize.Style{
		&x.head:    {Font: &excelize.Font{Bold: true}, NumFmt: asText},
		&x.text:    {NumFmt: asText},
		&x.day:     {CustomNumFmt: &day},
		&x.instant: {CustomNumFmt: &instant},
	} {
		if *into, err = f.NewStyle(style); err != nil {
			return x, err
		}
	}
	return x, nil
}

func (x forms) cell(v any) any {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		if v == "" {
			return nil
		}
		return excelize.Cell{StyleID: x.text, Value: plain(v)}
	case calendar.Date:
		if v.IsZero() {
			return nil
		}
		return excelize.Cell{StyleID: x.day, Value: time.Date(v.Year(), v.Month(), v.Day(), 0, 0, 0, 0, time.UTC)}
	case time.Time:
		if v.IsZero() {
			return nil
		}
		at := v.In(calendar.Shanghai) // the file knows no zones: what stands in it is read as Beijing time
		return excelize.Cell{StyleID: x.instant, Value: time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, time.UTC)}
	}
	return excelize.Cell{Value: v}
}

// beginsAFormula are the first characters that make a spreadsheet reckon what follows.
const beginsAFormula = "=+-@\t\r＝＋－＠"

// plain keeps a text a text. Control characters cannot stand in the file.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if s != "" && strings.ContainsAny(s[:1], beginsAFormula) || strings.HasPrefix(s, "'") || startsWide(s) {
		return "'" + s
	}
	return s
}

func startsWide(s string) bool {
	for _, r := range s {
		return strings.ContainsRune(beginsAFormula, r)
	}
	return false
}

// sheetName makes a name that may stand on a sheet.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) || r < ' ' {
			return -1
		}
		return r
	}, s)
	if r := []rune(s); len(r) > nameMost {
		s = string(r[:nameMost])
	}
	if s == "" {
		return "表"
	}
	return s
}
