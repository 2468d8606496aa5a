package cases

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bianmin/internal/calendar"
)

// counted writes one limit day by day: 03-11 1, 03-14 周六, 03-12 停：鉴定, and a plus before what is still to come.
func (s *story) counted(name string) string {
	s.t.Helper()
	for _, c := range s.c.Counted(theCalendar(), s.now) {
		if c.Name != name {
			continue
		}
		var days []string
		for _, l := range c.Lines {
			day := map[bool]string{true: "+"}[l.Future] + l.Date.String()[5:]
			if l.N > 0 {
				day += fmt.Sprint(" ", l.N)
			}
			if l.Why != "" {
				day += " " + l.Why
			}
			days = append(days, day)
		}
		return strings.Join(days, ", ")
	}
	return "not counted"
}

func (s *story) countedNames() string {
	var list []string
	for _, c := range s.c.Counted(theCalendar(), s.now) {
		list = append(list, fmt.Sprint(c.Name, " ", c.Limit.Days, " ", c.Due.String()[5:]))
	}
	return strings.Join(list, ", ")
}

// TestWhatIsCountedOut: what matters for the case now.
func TestWhatIsCountedOut(t *testing.T) {
	s := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom)
	same(t, "received", s.countedNames(), "受理期限 5 03-17")
	s.does(theClerk, Notify{Missing: []Lack{{Material: "户口簿", What: MaterialAbsent}}})
	same(t, "correcting", s.countedNames(), "补正期限 30 04-09")
	s.on("2026-03-12 09:00").does(theClerk, Correct{[]Material{paper("户口簿", MaterialReceived)}})
	same(t, "received again", s.countedNames(), "受理期限 5 03-19")
	s.does(theClerk, Accept{})
	same(t, "accepted", s.countedNames(), "承诺期限 20 04-10, 法定期限 30 04-24, 环节期限：核对家庭经济状况 8 03-24, 环节期限：入户调查 8 03-24")
	s.does(minzheng, moreTime).does(theChief, Approve{})
	same(t, "extended", s.countedNames(), "承诺期限 25 04-17, 法定期限 35 05-06, 环节期限：核对家庭经济状况 8 03-24, 环节期限：入户调查 8 03-24")
	s.does(theClerk, Withdraw{"本人不办了"})
	same(t, "ended", s.countedNames(), "承诺期限 25 04-17, 法定期限 35 05-06")
	same(t, "ended before acceptance", receivedAtCounter(t).does(theClerk, Withdraw{"本人不办了"}).countedNames(), "")
	same(t, "no days, nothing to count", filed(t, "BM-015", theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}).countedNames(), "法定期限 10 03-24")
}

// TestDayByDay: counted, holiday, make-up day, stopped and why; what is still to come is presumed.
func TestDayByDay(t *testing.T) {
	s := filedOn(t, "2026-02-12 09:00", elders, theClerk, AtCounter, gaojiabuRoom).on("2026-02-24 09:00")
	same(t, "over 春节", s.counted("受理期限"), "02-12 第一天不算, 02-13 1, 02-14 2 调休上班, 02-15 春节, 02-16 春节, 02-17 春节, 02-18 春节, "+
		"02-19 春节, 02-20 春节, 02-21 春节, 02-22 春节, 02-23 春节, 02-24 3, +02-25 4, +02-26 5")

	s = toBeDecided(t).on("2026-03-12 09:00").does(minzheng, anAppraisal).on("2026-03-17 09:00").does(minzheng, theReport)
	same(t, "stopped", s.counted("承诺期限"), "03-10 第一天不算, 03-11 1, 03-12 停：鉴定, 03-13 停：鉴定, 03-14 周六, 03-15 周日, 03-16 停：鉴定, "+
		"03-17 2, +03-18 3, +03-19 4, +03-20 5, +03-21 周六, +03-22 周日, +03-23 6, +03-24 7, +03-25 8, +03-26 9, +03-27 10")

	s = filed(t, dibao, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}).does(minzheng, Pass{}).does(theDesk, Pass{}, Pass{}).on("2026-03-12 09:00")
	if got := s.counted("承诺期限"); !strings.Contains(got, "03-11 停：这一步不算时间, 03-12 停：这一步不算时间, +03-13 1") {
		t.Errorf("a step that does not count: %s", got)
	}

	s = receivedAtCounter(t).does(theClerk, Notify{Missing: oneNotice.Missing, Days: 4}).on("2026-03-17 09:00")
	same(t, "a last day on a Saturday moves on", s.counted("补正期限"), "03-10 第一天不算, 03-11 1, 03-12 2, 03-13 3, 03-14 4, 03-15 周日，顺延, 03-16 顺延到这一天, 03-17 超期")

	// Ended, it is shown as of its end, and no day after it.
	s = toBeDecided(t).does(minzheng, DecideOn{Approve: true}).on("2026-06-01 09:00")
	if got := s.counted("承诺期限"); !strings.HasSuffix(got, "+03-24 10") || !strings.Contains(got, "+03-11 1") {
		t.Errorf("ended on its first day: %s", got)
	}
}

// TestProvisionalCounting: beyond the calendar it is said so.
func TestProvisionalCounting(t *testing.T) {
	s := filedOn(t, "2026-12-21 09:00", dibao, theClerk, AtCounter, gaojiabuRoom)
	provisional := func() string {
		text := ""
		for _, c := range s.c.Counted(theCalendar(), s.now) {
			if c.Provisional != c.view().Provisional {
				t.Errorf("%s is shown otherwise", c.Name)
			}
			text += fmt.Sprint(c.Name, " ", c.Provisional, " ")
		}
		return strings.TrimSpace(text)
	}
	same(t, "received", provisional(), "受理期限 false")
	same(t, "and to the applicant", s.following().Presumed, false)
	s.does(theClerk, Accept{})
	same(t, "accepted", provisional(), "承诺期限 true 法定期限 true 环节期限：核对家庭经济状况 false 环节期限：入户调查 false")
	same(t, "and to the applicant", s.following().Presumed, true)
	s.on("2026-12-28 09:00").does(minzheng, anAppraisal)
	same(t, "a procedure", s.following().Presumed, true) // ten working days end in 2027
	same(t, "and to the staff", s.view(theDesk).Special.Provisional, true)

	s = filedOn(t, "2026-12-21 09:00", elders, theClerk, AtCounter, gaojiabuRoom).does(theClerk, oneNotice)
	same(t, "correcting", provisional(), "补正期限 true")
	same(t, "and to the staff", s.view(theDesk).Notice.Provisional, true)
	same(t, "late in the year", filedOn(t, "2026-12-28 09:00", elders, theClerk, AtCounter, gaojiabuRoom).view(theDesk).AcceptByProvisional, true)
	same(t, "in spring", filedOn(t, "2026-03-10 09:00", elders, theClerk, AtCounter, gaojiabuRoom).view(theDesk).AcceptByProvisional, false)
	same(t, "and to the applicant", s.following().Presumed, true)
}

// TestTheLinesAreTheLimit: in any life, of every limit: the lines are the days one after the other; as many are counted
// as the limit has, in order; those up to today are what the reckoning says is used.
func TestTheLinesAreTheLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLife(t)
		t.Repeat(map[string]func(*rapid.T){
			"time passes":        l.waits,
			"somebody may":       l.doesWhatItMay,
			"it comes a step on": l.comesOn,
			"": func(t *rapid.T) {
				for _, c := range l.c.Counted(theCalendar(), l.now) {
					l.linesHold(t, c)
				}
			},
		})
	})
}

func (l *life) linesHold(t *rapid.T, c Counting) {
	n, used := 0, 0
	for i, line := range c.Lines {
		if i > 0 && line.Date != c.Lines[i-1].Date.AddDays(1) {
			t.Fatalf("%s: %s follows %s", c.Name, line.Date, c.Lines[i-1].Date)
		}
		if line.Counted {
			n++
			if !line.Future {
				used++
			}
		}
		if line.Counted && line.N != n || !line.Counted && (line.N != 0 || line.Why == "") || line.Counted && line.Date.After(c.Due) {
			t.Fatalf("%s: %+v is the %dth, due %s", c.Name, line, n, c.Due)
		}
	}
	if r := l.reckoning(c); n != c.Limit.Days || used != r.Used || c.Due != r.Due || c.Provisional != r.Provisional {
		t.Fatalf("%s: %d days counted of %d, %d used; reckoned %+v, due %s", c.Name, n, c.Limit.Days, used, r, c.Due)
	}
}

// reckoning is the limit of a counting, reckoned.
func (l *life) reckoning(c Counting) calendar.Reckoning {
	cal := theCalendar()
	switch c.Name {
	case "受理期限":
		from, _ := l.c.papersIn()
		return cal.Reckon(c.Limit, from, nil, l.now)
	case "补正期限":
		return cal.Reckon(c.Limit, l.c.Notice.At.Date(), nil, l.now)
	case "承诺期限", "法定期限":
		return l.c.reckoned(cal, c.Limit, l.now)
	}
	for _, i := range l.c.open() {
		if limit, from, stops, ok := l.c.stepLimit(i); ok && c.Name == "环节期限："+l.c.Def.Steps[i].Name {
			return cal.Reckon(limit, from, stops, l.now)
		}
	}
	l.t.Fatalf("nobody knows the limit %s", c.Name)
	return calendar.Reckoning{}
}
