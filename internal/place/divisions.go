package place

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// LineError is a fault in a file that somebody loads: which line, and what to do.
type LineError struct {
	Line int
	What string
}

func (e *LineError) Error() string { return fmt.Sprintf("第%d行：%s", e.Line, e.What) }

var divisionHeader = []string{"code", "name", "parent_code", "level"}

// division is one row: the source's level is 1 province … 3 county, 4 town, 5 village.
type division struct {
	line         int
	code, parent Code
	name         string
}

// ParseDivisions reads a table code,name,parent_code,level of one city (or one province).
// It refuses what would make a wrong tree: a code twice, a parent that the digits deny,
// a place whose parent is not in the file, two roots.
func ParseDivisions(r io.Reader) ([]Place, error) {
	rows, err := readDivisions(r)
	if err != nil {
		return nil, err
	}
	byCode := make(map[Code]division, len(rows))
	for _, row := range rows {
		if earlier, twice := byCode[row.code]; twice {
			return nil, &LineError{row.line, fmt.Sprintf("代码%s和第%d行重复", row.code, earlier.line)}
		}
		byCode[row.code] = row
	}
	places := make([]Place, 0, len(rows))
	root := 0
	for _, row := range rows {
		p, err := placeOf(row, byCode)
		if err != nil {
			return nil, err
		}
		if p.Parent == "" {
			if root != 0 {
				return nil, &LineError{row.line, fmt.Sprintf("和第%d行一样没有上级，一个文件只能有一个最上级", root)}
			}
			root = row.line
		}
		places = append(places, p)
	}
	slices.SortFunc(places, func(a, b Place) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return places, nil
}

func placeOf(row division, byCode map[Code]division) (Place, error) {
	p := Place{Code: row.code, Name: row.name, Official: row.name, Kind: row.code.Kind(), Parent: row.parent}
	parent, known := byCode[row.parent]
	switch {
	case !known && p.Kind != Centre:
		return p, &LineError{row.line, fmt.Sprintf("上级%s不在文件里", row.parent)}
	case !known:
		p.Parent = ""
	case p.Kind == Room:
		p.Name = PlainName(row.name, parent.name)
	}
	p.Service = ShenmuProfile.ServiceName(p.Name, p.Kind)
	return p, nil
}

func readDivisions(r io.Reader) ([]division, error) {
	table := csv.NewReader(r)
	table.FieldsPerRecord = len(divisionHeader)
	header, err := table.Read()
	if err != nil || !slices.Equal(header, divisionHeader) {
		return nil, &LineError{1, "表头应为" + strings.Join(divisionHeader, ",")}
	}
	var rows []division
	for {
		fields, err := table.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, csvError(err)
		}
		line, _ := table.FieldPos(0)
		row, err := parseDivision(line, fields)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, &LineError{1, "表里没有地方"}
	}
	return rows, nil
}

func csvError(err error) error {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		return fmt.Errorf("reading the table of divisions: %w", err)
	}
	if errors.Is(parse.Err, csv.ErrFieldCount) {
		return &LineError{parse.Line, "应有4列"}
	}
	return &LineError{parse.Line, "引号不成对"}
}

func parseDivision(line int, fields []string) (division, error) {
	code, err := ParseCode(fields[0])
	if err != nil {
		return division{}, &LineError{line, err.Error()}
	}
	row := division{line: line, code: code, name: fields[1]}
	if row.name == "" || strings.TrimSpace(row.name) != row.name {
		return row, &LineError{line, "名称空着，或者前后有空格"}
	}
	if !levelFits(fields[3], code) {
		return row, &LineError{line, fmt.Sprintf("级别%s和代码%s对不上", fields[3], code)}
	}
	if fields[2] == "" && code.IsCity() {
		return row, nil
	}
	if row.parent, err = ParseCode(fields[2]); err != nil || !parentFits(row.parent, code) {
		return row, &LineError{line, fmt.Sprintf("上级代码%s和代码%s对不上", fields[2], code)}
	}
	return row, nil
}

func levelFits(level string, code Code) bool {
	switch code.Kind() {
	case Room:
		return level == "5"
	case Station:
		return level == "4"
	}
	return level == "1" || level == "2" || level == "3"
}

// parentFits: the digits say who stands above, down from the county.
func parentFits(parent, code Code) bool {
	switch code.Kind() {
	case Room:
		return parent == code.Town()
	case Station:
		return parent == code.City()
	}
	return parent != code && parent.IsCity() && code.Within(parent)
}
