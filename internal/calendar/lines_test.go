package calendar

import (
	"fmt"
	"strings"
	"testing"
)

// written puts lines into one text: date, number, reason, ~ for the future.
func written(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%s %d %s", l.Date.Chinese(), l.N, l.Why)
		if l.Future {
			b.WriteString(" ~")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestLinesInWords(t *testing.T) {
	for _, c := range []struct {
		name  string
		limit Limit
		from  string
		stops []Stop
		at    string
		want  string
	}{
		{"over 春节 with a stop", Limit{4, Working}, "2026-02-12", []Stop{stop("2026-02-13 09:00", "2026-02-14 09:00")},
			"2026-02-24 09:00", `
2月12日 0 第一天不算
2月13日 0 停：鉴定
2月14日 1 调休上班
2月15日 0 春节
2月16日 0 春节
2月17日 0 春节
2月18日 0 春节
2月19日 0 春节
2月20日 0 春节
2月21日 0 春节
2月22日 0 春节
2月23日 0 春节
2月24日 2 
2月25日 3  ~
2月26日 4  ~
`},
		{"calendar days moved on", Limit{2, CalendarDays}, "2026-03-12", nil, "2026-03-12 09:00", `
3月12日 0 第一天不算
3月13日 1  ~
3月14日 2  ~
3月15日 0 周日，顺延 ~
3月16日 0 顺延到这一天 ~
`},
		{"late", Limit{1, Working}, "2026-03-12", nil, "2026-03-16 09:00", `
3月12日 0 第一天不算
3月13日 1 
3月14日 0 周六
3月15日 0 周日
3月16日 0 超期
`},
		{"still standing", Limit{2, Working}, "2026-03-05", []Stop{stop("2026-03-06 09:00", "")}, "2026-03-09 09:00", `
3月5日 0 第一天不算
3月6日 0 停：鉴定
3月7日 0 周六
3月8日 0 周日
3月9日 0 停：鉴定
3月10日 1  ~
3月11日 2  ~
`},
		{"at once", Limit{0, Working}, "2026-03-05", nil, "2026-03-05 09:00", "\n3月5日 0 第一天不算\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := "\n" + written(cal.Lines(c.limit, day(c.from), c.stops, clock(c.at)))
			if got != c.want {
				t.Fatalf("got%swant%s", got, c.want)
			}
		})
	}
	if cal.Lines(Limit{5, Working}, Date{}, nil, clock("2026-03-05 09:00")) != nil {
		t.Error("no first day has lines")
	}
}
