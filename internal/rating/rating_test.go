package rating

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/journal"
	"bianmin/internal/problem"
)

var closed = time.Date(2026, 3, 10, 2, 0, 0, 0, time.UTC)

func code(p *problem.Problem) string {
	if p == nil {
		return ""
	}
	return p.Code
}

func TestWhenOneCanRate(t *testing.T) {
	first := &Rating{Grade: Bad, At: cases.At(closed.Add(time.Hour))}
	called := &Rating{Grade: Bad, At: first.At, Call: &Call{}}
	for name, c := range map[string]struct {
		over   bool
		before *Rating
		after  time.Duration
		want   string
	}{
		"not over yet":                  {false, nil, time.Hour, "rating_too_early"},
		"at once":                       {true, nil, 0, ""},
		"on the thirtieth day":          {true, nil, RateWithin, ""},
		"after it":                      {true, nil, RateWithin + time.Second, "rating_too_late"},
		"changed on the fifth day":      {true, first, time.Hour + ChangeWithin, ""},
		"changed after it":              {true, first, time.Hour + ChangeWithin + time.Second, "rating_fixed"},
		"changed after the call back":   {true, called, 2 * time.Hour, "rating_called_back"},
		"changed though it opened anew": {false, first, 2 * time.Hour, ""},
	} {
		if got := code(mayRate(c.over, cases.At(closed), c.before, closed.Add(c.after))); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestWhatCanBeSaid(t *testing.T) {
	for _, c := range []struct {
		said said
		want string
	}{{said{Good, ""}, ""}, {said{0, ""}, "grade"}, {said{6, ""}, "grade"}, {said{Good, strings.Repeat("好", 500)}, ""},
		{said{Good, strings.Repeat("好", 501)}, "words"}, {said{Good, "好\x07"}, "words"}, {said{Good, "好\n很好"}, ""}} {
		got := ""
		for _, f := range c.said.check() {
			got += f.Path
		}
		if got != c.want {
			t.Errorf("%v: %q, want %q", c.said.grade, got, c.want)
		}
	}
}

// TestTheCallBackIsDueAfterFiveWorkingDays: 2026-03-10 is a Tuesday.
func TestTheCallBackIsDueAfterFiveWorkingDays(t *testing.T) {
	r := &Rating{Grade: Bad, At: cases.At(closed)}
	if got := r.due(calendar.New(calendar.Official()), CallWithin, closed); got.Due.String() != "2026-03-17" || got.Left != 5 {
		t.Errorf("%+v", got)
	}
}

// TestWhateverIsSaidTheEntriesTellIt: the rating is the fold of its entries, and open just while a bad one waits.
func TestWhateverIsSaidTheEntriesTellIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, n := &Rating{}, rapid.IntRange(1, 5).Draw(t, "entries")
		var last Grade
		called := false
		for seq := range n {
			kind := KindChanged
			if seq == 0 {
				kind = KindRated
			} else if last.bad() && !called && rapid.Bool().Draw(t, "called") {
				kind = KindCalledBack
			}
			var data any = calledBack{By: "屈小燕", Heard: "听到的", Done: "做了的"}
			if called = called || kind == KindCalledBack; kind != KindCalledBack {
				last = Grade(rapid.IntRange(1, 5).Draw(t, "grade"))
				data = rated{Grade: last, Words: "说了的", Way: BySession}
			}
			raw, err := json.Marshal(data)
			if err != nil {
				t.Fatal(err)
			}
			if err := r.evolve(journal.Entry{Subject: subjectOf("610881101-2026-000001-5"), Seq: int64(seq) + 1, At: closed, Kind: kind, Place: "610881101000", Data: raw}); err != nil {
				t.Fatal(err)
			}
		}
		if r.Grade != last || r.Events != int64(n) || r.Number != "610881101-2026-000001-5" || r.open() != (last.bad() && !called) {
			t.Fatalf("%+v", r)
		}
	})
}
