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
			if late := lateWords(s); late != "" {
				r.Right += "，" + late
			}
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

// lateWords warns of an open step that is past its own time, or at the last day of it; the case's head tells of the promise
// alone. Nothing is said of one that has time, nor of a publicity on its last day: it has to lie till the evening.
func lateWords(s cases.StepView) string {
	switch {
	case s.State != "open" || s.Left == nil:
	case *s.Left < 0:
		return "超 " + ui.DaysOf(-*s.Left, s.DayUnit)
	case *s.Left == 0 && s.Kind != item.Publicise:
		return "今天要办完"
	}
	return ""
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
