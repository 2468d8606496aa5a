package work

import (
	"fmt"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/web/ui"
)

// trackRow is one step on the way: done, now, todo, stop or skip.
type trackRow struct{ Kind, Name, Who, Right string }

// trackOf is the way of a case: what is done with its day, what is now, what comes.
func trackOf(v cases.View, now time.Time) []trackRow {
	var rows []trackRow
	if v.Whole == nil {
		return nil
	}
	for _, s := range v.Steps {
		r := trackRow{Name: s.Name, Who: s.OwnerName, Kind: "todo"}
		switch s.State {
		case "done":
			r.Kind, r.Right = "done", dayWords(s.Done)
			if s.By != nil {
				r.Who = *s.By
			}
			if s.Kind == item.Publicise {
				r.Kind = "stop"
			}
		case "open":
			r.Kind, r.Right = "now", openSince(s, now)
		case "skipped":
			r.Kind, r.Right = "skip", "不用办"
		default:
			if s.Days != nil && *s.Days > 0 {
				r.Right = ui.DaysOf(*s.Days, s.DayUnit)
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// openSince counts the days a step has been open, its first day included.
func openSince(s cases.StepView, now time.Time) string {
	if s.Started == nil {
		return ""
	}
	days := calendar.DateOf(now).Sub(dayOfStamp(*s.Started))
	if days < 1 {
		return "今天到的"
	}
	return fmt.Sprintf("第 %d 天", days+1)
}
