package place

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bianmin/internal/calendar"
)

// Span is a part of a day, in minutes since midnight, its end not in it. 24:00 is 1440.
type Span struct{ From, To int }

// dayMinutes is a whole day.
const dayMinutes = 24 * 60

// String is 08:30-12:00.
func (s Span) String() string {
	return fmt.Sprintf("%02d:%02d-%02d:%02d", s.From/60, s.From%60, s.To/60, s.To%60)
}

// MarshalText is String.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what String writes.
func (s *Span) UnmarshalText(text []byte) error {
	list, err := ParseSpans(string(text))
	if err != nil || len(list) != 1 {
		return ErrHours
	}
	*s = list[0]
	return nil
}

// Exception is a day that is unlike its weekday: a holiday with somebody on duty, a market day, a closed one (no spans).
type Exception struct {
	Date  calendar.Date `json:"date"`
	Spans []Span        `json:"spans"`
	Note  string        `json:"note,omitempty"`
}

// Hours is when a place is open. Days are the office hours and Extra those beyond them (延时服务: at noon, in the evening,
// on Saturdays), each by weekday with Monday first.
type Hours struct {
	Days   [7][]Span   `json:"days"`
	Extra  [7][]Span   `json:"extra"`
	Except []Exception `json:"except,omitempty"`
}

// ErrHours is what every text that is no hours is answered with.
var ErrHours = errors.New("时间要写成 8:30-12:00 14:30-18:00 这样，不开门就空着，或者写“休息”")

// ErrOverlap is what spans that overlap are answered with.
var ErrOverlap = errors.New("几段时间不能重叠，后面的要比前面的晚")

// spansMost is how many spans a day may have.
const spansMost = 6

var spanDashes = strings.NewReplacer("－", "-", "–", "-", "—", "-", "~", "-", "～", "-", "至", "-", "到", "-", "：", ":", "，", " ", ",", " ", "、", " ",
	"；", " ", ";", " ", "　", " ", "\t", " ")

// ParseSpans reads the hours of one day as people type them: 8:30-12:00 14:30-18:00. Nothing, 休息 and 不开 are no hours,
// 全天 is the whole day.
func ParseSpans(s string) ([]Span, error) {
	s = spanDashes.Replace(strings.TrimSpace(s))
	switch s = strings.TrimSpace(s); s {
	case "", "休息", "不开", "无":
		return nil, nil
	case "全天", "24小时":
		return []Span{{0, dayMinutes}}, nil
	}
	for strings.Contains(s, " -") || strings.Contains(s, "- ") {
		s = strings.NewReplacer(" -", "-", "- ", "-").Replace(s)
	}
	var list []Span
	for _, part := range strings.Fields(s) {
		from, to, ok := strings.Cut(part, "-")
		a, okFrom := minuteOf(from)
		b, okTo := minuteOf(to)
		if !ok || !okFrom || !okTo || a >= b || len(list) == spansMost {
			return nil, ErrHours
		}
		if len(list) > 0 && a < list[len(list)-1].To {
			return nil, ErrOverlap
		}
		list = append(list, Span{a, b})
	}
	return list, nil
}

// minuteOf reads 8:30, 08:30 and 8.
func minuteOf(s string) (minute int, ok bool) {
	hour, rest, colon := strings.Cut(s, ":")
	if colon && len(rest) != 2 || len(hour) < 1 || len(hour) > 2 || strings.Trim(hour+rest, "0123456789") != "" {
		return 0, false
	}
	h, _ := strconv.Atoi(hour) // of one or two digits: cannot fail
	m := 0
	if colon {
		m, _ = strconv.Atoi(rest)
	}
	return h*60 + m, m < 60 && h*60+m <= dayMinutes
}

// SpansText is what ParseSpans reads: 08:30-12:00 14:30-18:00; empty for none.
func SpansText(list []Span) string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = s.String()
	}
	return strings.Join(texts, " ")
}

// exceptionsMost bounds the list of days that are unlike theirs.
const exceptionsMost = 100

// ParseExceptions reads one day a line: 2026-05-02 休息 五一, or 2026-05-03 9:00-12:00 值班. What is wrong is a *LineError.
func ParseExceptions(s string) ([]Exception, error) {
	var list []Exception
	seen := map[calendar.Date]bool{}
	for i, line := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		line = strings.TrimSpace(spanDashes.Replace(line))
		if line == "" {
			continue
		}
		x, message := exceptionOf(line)
		switch {
		case message != "":
		case seen[x.Date]:
			message = "这一天写了两次"
		case len(list) == exceptionsMost:
			message = fmt.Sprintf("最多 %d 天", exceptionsMost)
		}
		if message != "" {
			return nil, &LineError{i + 1, message}
		}
		seen[x.Date] = true
		list = append(list, x)
	}
	slices.SortFunc(list, func(a, b Exception) int { return a.Date.Compare(b.Date) })
	return list, nil
}

func exceptionOf(line string) (x Exception, message string) {
	fields := strings.Fields(line)
	day, err := calendar.ParseDate(fields[0])
	if err != nil {
		return x, "要先写日期，例如 2026-05-02"
	}
	x.Date = day
	rest := fields[1:]
	if len(rest) == 0 {
		return x, "日期后面要写时间，或者写“休息”"
	}
	n := 0
	for n < len(rest) && (n == 0 || strings.ContainsAny(rest[n][:1], "0123456789")) {
		n++
	}
	if x.Spans, err = ParseSpans(strings.Join(rest[:n], " ")); err != nil {
		return x, err.Error()
	}
	if x.Note = strings.Join(rest[n:], " "); len([]rune(x.Note)) > 40 {
		return x, "说明最多 40 个字"
	}
	return x, ""
}

// ExceptionsText is what ParseExceptions reads.
func ExceptionsText(list []Exception) string {
	lines := make([]string, len(list))
	for i, x := range list {
		spans := SpansText(x.Spans)
		if spans == "" {
			spans = "休息"
		}
		lines[i] = strings.TrimSpace(x.Date.String() + " " + spans + " " + x.Note)
	}
	return strings.Join(lines, "\n")
}

// Known says that anything is told about when the place is open.
func (h Hours) Known() bool {
	for i := range h.Days {
		if len(h.Days[i])+len(h.Extra[i]) > 0 {
			return true
		}
	}
	return len(h.Except) > 0
}

// Slot is a span on a day, and whether it is beyond office hours.
type Slot struct {
	Span
	Extra bool
	Note  string
}

// On gives when the place is open on a day, in order, by the calendar of working days (国务院办公厅 on holidays):
//   - a day that is named as an exception goes by that alone;
//   - on a holiday it is closed;
//   - a weekend that is worked (调休) goes by the office hours of the first weekday that has any, usually Monday;
//   - every other day goes by its weekday.
func (h Hours) On(d calendar.Date, cal *calendar.Calendar) []Slot {
	for _, x := range h.Except {
		if x.Date == d {
			return slots(x.Spans, nil, x.Note)
		}
	}
	working, name := cal.Describe(d)
	weekday := (int(d.Weekday()) + 6) % 7
	weekend := weekday >= 5
	switch {
	case !working && (!weekend || !strings.HasPrefix(name, "周")):
		return nil
	case working && weekend:
		return slots(h.office(), nil, "调休上班")
	}
	return slots(h.Days[weekday], h.Extra[weekday], "")
}

// office is the hours of the first weekday that has any.
func (h Hours) office() []Span {
	for _, spans := range h.Days[:5] {
		if len(spans) > 0 {
			return spans
		}
	}
	return nil
}

func slots(spans, extra []Span, note string) []Slot {
	var list []Slot
	for _, s := range spans {
		list = append(list, Slot{Span: s, Note: note})
	}
	for _, s := range extra {
		list = append(list, Slot{Span: s, Extra: true})
	}
	slices.SortStableFunc(list, func(a, b Slot) int { return cmp.Compare(a.From, b.From) })
	return list
}

// Opening is whether a place is open at an instant.
type Opening struct {
	Open  bool
	Extra bool      // only beyond office hours
	Until time.Time // when it closes, if open
	// Next is when it opens the next time; the zero instant when that is not known.
	Next time.Time
}

// nextMost is how many days ahead the next opening is looked for: longer than any holiday.
const nextMost = 60

// At says whether the place is open at an instant, and when next.
func (h Hours) At(t time.Time, cal *calendar.Calendar) Opening {
	today := calendar.DateOf(t)
	var o Opening
	until := t
	for day, n := today, 0; n <= nextMost; day, n = day.AddDays(1), n+1 { // spans that follow on each other are one, also at midnight
		for _, s := range h.On(day, cal) {
			from, to := at(day, s.From), at(day, s.To)
			if !from.After(until) && to.After(until) {
				if !o.Open {
					o.Open, o.Extra = true, s.Extra
				}
				until = to
			}
		}
		if !o.Open || until.Before(day.AddDays(1).Start()) {
			break
		}
	}
	if o.Open {
		o.Until = until
	}
	for day, n := today, 0; n <= nextMost; day, n = day.AddDays(1), n+1 {
		for _, s := range h.On(day, cal) {
			if from := at(day, s.From); from.After(until) || from.Equal(until) && !o.Open && from.After(t) {
				o.Next = from
				return o
			}
		}
	}
	return o
}

func at(d calendar.Date, minute int) time.Time {
	return d.Start().Add(time.Duration(minute) * time.Minute)
}

var dayNames = [7]string{"一", "二", "三", "四", "五", "六", "日"}

// Line is the week in one line, days that are alike together: 星期一到星期五 8:30-12:00 14:30-18:00，星期六 9:00-12:00.
// Empty where nothing is told; exceptions are not in it.
func (h Hours) Line() string {
	var parts []string
	for i := 0; i < 7; {
		text, last := h.day(i), i
		for last < 6 && h.day(last+1) == text {
			last++
		}
		if text != "" {
			days := "星期" + dayNames[i]
			if last > i {
				days += "到星期" + dayNames[last]
			}
			parts = append(parts, days+" "+text)
		}
		i = last + 1
	}
	return strings.Join(parts, "，")
}

// day is a weekday's hours, those beyond office hours named.
func (h Hours) day(i int) string {
	text, extra := "", ""
	if len(h.Days[i]) > 0 {
		text = SpansText(h.Days[i])
	}
	if len(h.Extra[i]) > 0 {
		extra = "延时 " + SpansText(h.Extra[i])
	}
	return strings.TrimSpace(text + " " + extra)
}
