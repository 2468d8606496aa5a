package work

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/web/ui"
)

// partOf renders the part of the page that a change asks for.
type partOf func(counterPage) templ.Component

// marks are the ways to mark a paper, with the keys for them.
var marks = []struct {
	Status    cases.MaterialStatus
	Key, Code string
}{{cases.MaterialReceived, "空格", "Space"}, {cases.MaterialAbsent, "Q", "KeyQ"}, {cases.MaterialDefective, "B", "KeyB"}, {cases.MaterialNotNeeded, "M", "KeyM"}}

func markID(r counterRow, s cases.MaterialStatus) string {
	return "m-" + digit(r.Index) + "-" + string(s)
}

func digit(n int) string { return strconv.Itoa(n) }

func versionWords(v int64) string { return strconv.FormatInt(v, 10) }

// oob marks a part that htmx puts into its own place, beside the one that was asked for.
func oob(beside bool) templ.Attributes {
	if !beside {
		return nil
	}
	return templ.Attributes{"hx-swap-oob": "true"}
}

// digitKey lets a digit choose a hit.
func digitKey(d string) templ.Attributes {
	if d == "" {
		return nil
	}
	return templ.Attributes{"data-key": "Digit" + d, "aria-keyshortcuts": d}
}

func pathAttributes(i, now int) templ.Attributes {
	if i != now {
		return nil
	}
	return templ.Attributes{"aria-current": "step"}
}

func wrongBy(id, mistake string) templ.Attributes {
	if mistake == "" {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": id}
}

// spaced groups a citizen number as it stands on the card, to be read against it: 612722 19541102 0024.
func spaced(number string) string {
	compact := strings.Join(strings.Fields(number), "")
	if len(compact) != wholeNumber {
		return compact
	}
	return compact[:6] + " " + compact[6:14] + " " + compact[14:]
}

// orNone shows that something is not there.
func orNone(s string) string {
	if s == "" {
		return "无"
	}
	return s
}

// paperDate is 2026年3月10日, as papers write it.
func paperDate(d calendar.Date) string { return d.Start().Format("2006年1月2日") }

// chosenOption is the value of the option that is on.
func chosenOption(options []ui.Option) string {
	for _, o := range options {
		if o.On {
			return o.Value
		}
	}
	return ""
}
