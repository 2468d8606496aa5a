package sheet

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// ErrUnreadable is what every file is answered with that is no workbook, is locked, or is too large once unpacked.
var ErrUnreadable = errors.New("文件读不出来，请用 Excel 或者 WPS 存成 .xlsx 再传")

// ErrTooLong is a sheet with more rows than were allowed.
var ErrTooLong = errors.New("表太长")

// MissingHeads are the columns that a sheet lacks.
type MissingHeads struct{ Heads []string }

func (m *MissingHeads) Error() string {
	return "表里少了这几列：" + strings.Join(m.Heads, "、")
}

// Row is one row of a sheet: its number as the spreadsheet shows it, and its texts by the head of their column.
type Row struct {
	Number int
	Cells  map[string]string
}

// unpackedMost bounds what a file may grow to when it is unpacked, in bytes: a few kilobytes can be made to fill any
// memory.
const unpackedMost = 32 << 20

// Read reads the first sheet of a workbook: a row of heads, of which those wanted must be there, and at most so many
// rows. Rows without any text are left out. Numbers and days come as the spreadsheet shows them.
func Read(r io.Reader, most int, wanted ...string) ([]Row, error) {
	f, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: unpackedMost, UnzipXMLSizeLimit: unpackedMost / 2})
	if err != nil {
		return nil, ErrUnreadable
	}
	defer f.Close()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return nil, ErrUnreadable
	}
	defer rows.Close()
	var heads []string
	var list []Row
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, ErrUnreadable
		}
		if heads == nil {
			if heads, err = headsOf(cells, wanted); err != nil {
				return nil, err
			}
			continue
		}
		row := rowOf(number, heads, cells)
		if row.Cells == nil {
			continue
		}
		if len(list) == most {
			return nil, fmt.Errorf("%w，最多 %d 行", ErrTooLong, most)
		}
		list = append(list, row)
	}
	if heads == nil {
		return nil, &MissingHeads{wanted}
	}
	return list, nil
}

func headsOf(cells, wanted []string) ([]string, error) {
	heads, have := make([]string, len(cells)), map[string]bool{}
	for i, c := range cells {
		heads[i] = strings.TrimSpace(c)
		have[heads[i]] = true
	}
	var missing []string
	for _, w := range wanted {
		if !have[w] {
			missing = append(missing, w)
		}
	}
	if missing != nil {
		return nil, &MissingHeads{missing}
	}
	return heads, nil
}

// rowOf has no cells when nothing stands in the row; else it has one for every head, and an empty one tells that a column
// is there and nothing in it.
func rowOf(number int, heads, cells []string) Row {
	row := Row{Number: number, Cells: map[string]string{}}
	empty := true
	for i, head := range heads {
		if head == "" {
			continue
		}
		text := ""
		if i < len(cells) {
			text = strings.TrimSpace(cells[i])
		}
		empty = empty && text == ""
		row.Cells[head] = strings.TrimPrefix(text, "'")
	}
	if empty {
		row.Cells = nil
	}
	return row
}
