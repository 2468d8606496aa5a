package calendar

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Kind says what the official calendar makes of a day.
type Kind string

const (
	Off     Kind = "off"   // 放假
	MakeUp  Kind = "work"  // 调休上班
	Plain   Kind = "plain" // 照星期: takes back what was said of the day before
	csvHead      = "date,kind,name"
)

// Day is one line of the official calendar.
type Day struct {
	Date Date   `json:"date"`
	Kind Kind   `json:"kind"`
	Name string `json:"name"` // the holiday that caused it: 春节
}

// LineError is a fault in an imported calendar, worded for the person who uploads it.
type LineError struct {
	Line    int // counted from 1, the head included
	Message string
}

func (e *LineError) Error() string { return fmt.Sprintf("第 %d 行：%s", e.Line, e.Message) }

//go:embed holidays-2019-2026.csv
var official string

// Official is the calendar that comes with the program, a fresh slice each time.
func Official() []Day {
	days, err := ParseCSV(strings.NewReader(official))
	if err != nil {
		panic("calendar: the embedded calendar does not parse: " + err.Error())
	}
	return days
}

// ParseCSV reads a calendar (date,kind,name) and sorts it by date. The first fault refuses the whole file.
func ParseCSV(r io.Reader) ([]Day, error) {
	reader := csv.NewReader(r)
	reader.FieldsPerRecord = -1 // told in our own words below
	reader.ReuseRecord = true
	if err := readHead(reader); err != nil {
		return nil, err
	}
	var days []Day
	lineOf := map[Date]int{}
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, asLineError(err)
		}
		line, _ := reader.FieldPos(0)
		day, problem := parseDay(record)
		if earlier := lineOf[day.Date]; problem == "" && earlier > 0 {
			problem = fmt.Sprintf("%s 在第 %d 行已经有了", day.Date, earlier)
		}
		if problem != "" {
			return nil, &LineError{Line: line, Message: problem}
		}
		lineOf[day.Date] = line
		days = append(days, day)
	}
	if len(days) == 0 {
		return nil, &LineError{Line: 2, Message: "表里一天也没有"}
	}
	slices.SortFunc(days, func(a, b Day) int { return a.Date.Compare(b.Date) })
	return days, nil
}

func readHead(reader *csv.Reader) error {
	record, err := reader.Read()
	if errors.Is(err, io.EOF) {
		return &LineError{Line: 1, Message: "文件是空的"}
	}
	if err != nil {
		return asLineError(err)
	}
	// Spreadsheets put a byte order mark first.
	head := strings.TrimPrefix(strings.Join(record, ","), "\ufeff")
	if head != csvHead {
		return &LineError{Line: 1, Message: "表头要写 " + csvHead}
	}
	return nil
}

// parseDay returns the fault in words, or "".
func parseDay(record []string) (Day, string) {
	if len(record) != 3 {
		return Day{}, "要有三列：日期、类别、节日名"
	}
	date, err := ParseDate(record[0])
	if err != nil {
		return Day{}, err.Error()
	}
	// A mistyped year would make the calendar span centuries.
	if y := date.Year(); y < 1949 || y > 2199 {
		return Day{}, "年份要在 1949 到 2199 之间"
	}
	kind := Kind(record[1])
	if kind != Off && kind != MakeUp && kind != Plain {
		return Day{}, "类别只能是 off（放假）、work（上班）或 plain（照星期）"
	}
	name := strings.TrimSpace(record[2])
	if !utf8.ValidString(name) {
		return Day{}, "文字不是 UTF-8 编码，请另存为 UTF-8 再传"
	}
	if name == "" {
		return Day{}, "没有写节日名"
	}
	return Day{Date: date, Kind: kind, Name: strings.Clone(name)}, ""
}

func asLineError(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return &LineError{Line: parse.Line, Message: "引号没有成对"}
	}
	return fmt.Errorf("read the calendar: %w", err)
}
