package rating

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/problem"
)

// Grade is how somebody was served, from 1 (very good) to 5 (very bad).
type Grade int

// The grades.
const (
	VeryGood Grade = iota + 1
	Good
	Fair
	Bad
	VeryBad
)

// Grades lists them with their names.
var Grades = []struct {
	Grade   Grade
	Chinese string
}{{VeryGood, "很满意"}, {Good, "满意"}, {Fair, "基本满意"}, {Bad, "不满意"}, {VeryBad, "很不满意"}}

// Known says whether it is one of the five.
func (g Grade) Known() bool { return g >= VeryGood && g <= VeryBad }

// Chinese is the grade's name.
func (g Grade) Chinese() string {
	if !g.Known() {
		return ""
	}
	return Grades[g-1].Chinese
}

// bad says that somebody has to be called back.
func (g Grade) bad() bool { return g >= Bad }

// What is usual: how long after the end one can rate, how long one can change it, how soon a bad one is called back where
// the place has set nothing else.
const (
	RateWithin   = 30 * 24 * time.Hour
	ChangeWithin = 5 * 24 * time.Hour
	CallWithin   = 5 // working days
)

// wordsMost is how long the words may be, in characters.
const wordsMost = 500

// Rating is what was said of one case, as its events have made it.
type Rating struct {
	Number   cases.Number  `json:"number"`
	Town     string        `json:"town"`
	Grade    Grade         `json:"grade"`
	Words    string        `json:"words,omitempty"`
	At       cases.Instant `json:"at"` // when it was first said
	Changed  cases.Instant `json:"changed,omitempty"`
	Call     *Call         `json:"call,omitempty"`
	Events   int64         `json:"events"`
	Item     string        `json:"item"`
	ClosedAt cases.Instant `json:"closed_at"`
}

// Call is the call back after a bad rating.
type Call struct {
	By    cases.Person  `json:"by"`
	At    cases.Instant `json:"at"`
	Heard string        `json:"heard"` // what the person said
	Done  string        `json:"done"`  // what was put right
}

// open says that somebody still has to be called back.
func (r *Rating) open() bool { return r.Grade.bad() && r.Call == nil }

// due is the last day for the call back, counted from the day of the rating or of its change for the worse.
func (r *Rating) due(cal *calendar.Calendar, within int, now time.Time) calendar.Reckoning {
	return cal.Reckon(calendar.Limit{Days: within, Unit: calendar.Working}, max(r.At, r.Changed).Date(), nil, now)
}

// said is what was typed.
type said struct {
	grade Grade
	words string
}

func (s said) check() []problem.Field {
	var wrong []problem.Field
	if !s.grade.Known() {
		wrong = append(wrong, problem.Field{Path: "grade", Code: "required", Message: "请选一个：满意还是不满意"})
	}
	return append(wrong, checkText("words", "想说的", s.words, false)...)
}

func checkText(path, name, text string, needed bool) []problem.Field {
	text = strings.TrimSpace(text)
	switch {
	case needed && text == "":
		return []problem.Field{{Path: path, Code: "required", Message: "请写" + name}}
	case utf8.RuneCountInString(text) > wordsMost:
		return []problem.Field{{Path: path, Code: "too_long", Message: name + "最多 500 个字"}}
	case strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && !slices.Contains([]rune{'\n', '\t', '\r'}, r) || r == utf8.RuneError
	}):
		return []problem.Field{{Path: path, Code: "control_character", Message: name + "里有看不见的字符，请重新写"}}
	}
	return nil
}

// mayRate is the rule: nil when this can be said now. before is what was said already, nil when nothing was.
func mayRate(over bool, closed cases.Instant, before *Rating, now time.Time) *problem.Problem {
	switch {
	case before != nil && before.Call != nil:
		return problem.Refuse("rating_called_back", nil)
	case before != nil && now.Sub(before.At.Time()) > ChangeWithin:
		return problem.Refuse("rating_fixed", problem.Facts{"grade": before.Grade.Chinese()})
	case before != nil:
		return nil
	case !over:
		return problem.Refuse("rating_too_early", nil)
	case now.Sub(closed.Time()) > RateWithin:
		return problem.Refuse("rating_too_late", nil)
	}
	return nil
}
