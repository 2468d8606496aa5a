package board

import (
	"fmt"
	"strings"

	"bianmin/internal/cases"
)

// chart is two lines over the months, in numbers that the page draws.
type chart struct {
	Filed, Done     string // paths
	FiledAt, DoneAt int    // where their names stand
	Lines           []mark // across, with their figures
	Months          []mark // along the bottom
	Label           string
	Points          []point
	Empty           bool
}

type mark struct {
	At    int
	Words string
}

// point is a month's dot, with its figures for the pointer.
type point struct {
	X, Y  int
	Kind  string
	Title string
}

// The drawing's own units.
const (
	chartLeft, chartRight = 46, 470
	chartTop, chartBottom = 12, 128
)

func chartOf(months []cases.MonthFigure) chart {
	c := chart{}
	var most int64
	for _, m := range months {
		most = max(most, m.Filed, m.Done)
	}
	if most == 0 {
		return chart{Empty: true}
	}
	top := round(most)
	y := func(n int64) int { return chartBottom - int(n*(chartBottom-chartTop)/top) }
	x := func(i int) int { return chartLeft + i*(chartRight-chartLeft)/max(len(months)-1, 1) }
	var filed, done strings.Builder
	for i, m := range months {
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		fmt.Fprintf(&filed, "%s%d %d", letter, x(i), y(m.Filed))
		fmt.Fprintf(&done, "%s%d %d", letter, x(i), y(m.Done))
		c.Points = append(c.Points, point{x(i), y(m.Filed), "filed", fmt.Sprintf("%s收件 %s", monthWords(m.Month), thousands(m.Filed))},
			point{x(i), y(m.Done), "done", fmt.Sprintf("%s办结 %s", monthWords(m.Month), thousands(m.Done))})
		if (len(months)-1-i)%3 == 0 { // the last one is named
			c.Months = append(c.Months, mark{x(i), shortMonth(m.Month, len(c.Months) == 0)})
		}
	}
	c.Filed, c.Done = filed.String(), done.String()
	last := months[len(months)-1]
	c.FiledAt, c.DoneAt = y(last.Filed)+4, y(last.Done)+4
	if d := c.FiledAt - c.DoneAt; d > -14 && d < 14 { // names that would lie on each other stand apart
		c.FiledAt, c.DoneAt = min(c.FiledAt, c.DoneAt)-2, min(c.FiledAt, c.DoneAt)+14
	}
	for i := int64(0); i <= 2; i++ {
		c.Lines = append(c.Lines, mark{y(top * i / 2), thousands(top * i / 2)})
	}
	c.Label = fmt.Sprintf("%s到%s每月收件和办结，最近一个月收件 %s，办结 %s", monthWords(months[0].Month), monthWords(last.Month), thousands(last.Filed), thousands(last.Done))
	return c
}

// round is the next number above that reads well on a scale.
func round(n int64) int64 {
	for unit := int64(1); ; unit *= 10 {
		for _, k := range []int64{2, 4, 6, 10} {
			if n <= k*unit {
				return k * unit
			}
		}
	}
}

func shortMonth(month string, year bool) string {
	y, m, _ := strings.Cut(month, "-")
	if m = strings.TrimPrefix(m, "0") + "月"; year || m == "1月" {
		return y + "年" + m
	}
	return m
}
