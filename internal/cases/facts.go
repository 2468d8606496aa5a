package cases

import (
	"slices"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases/internal/query"
	"bianmin/internal/place"
)

// Lateness is by which of its limits a case is late, or ended late.
type Lateness int64

// The latenesses. What is past the law is past the promise too: the promise is never longer.
const (
	InTime      Lateness = 0
	PastPromise Lateness = 1
	PastLaw     Lateness = 2
)

// factOf is what is counted of a case: whose turn it is, by which day it can be missed, and how it ended. It depends on
// no instant, so that it changes with the events and the calendar alone, and is compared with the day when it is asked.
func factOf(c *Case, cal *calendar.Calendar) query.CaseFact {
	f := query.CaseFact{Number: string(c.Number), Town: string(c.Town), Place: string(c.Place), Item: string(c.ItemCode), Hands: joinPosts(c.hands())}
	if c.From.IsZero() {
		return f
	}
	if c.standing() != WhyEnded {
		f.Promised = c.missable(cal, c.promised())
		if legal := c.legal(); legal != nil {
			f.Legal = c.missable(cal, *legal)
		}
		return f
	}
	if !c.hasResult() {
		return f
	}
	stops, at := c.stops(c.Last.At.Time())
	f.Done = calendar.DateOf(at).String()
	f.Days = int64(cal.Reckon(calendar.Limit{Days: c.promised().Days, Unit: calendar.Working}, c.From, stops, at).Used)
	if cal.Reckon(c.promised(), c.From, stops, at).Left < 0 {
		f.Late = int64(PastPromise)
	}
	if legal := c.legal(); legal != nil && cal.Reckon(*legal, c.From, stops, at).Left < 0 {
		f.Late = int64(PastLaw)
	}
	return f
}

// hasResult says that the case came, or comes, to a result: it was accepted, and not given up on the way.
func (c *Case) hasResult() bool {
	return c.AcceptedAt != 0 && !slices.Contains([]State{NotAccepted, Withdrawn, Void, Lapsed}, c.State)
}

// farAhead is a time after which a last day that moves has moved.
const farAhead = 60 * 24 * time.Hour

// missable is the last day of a limit while it stands fast; empty while the clock stands and moves it on.
func (c *Case) missable(cal *calendar.Calendar, limit calendar.Limit) string {
	now := c.Last.At.Time()
	stops, at := c.stops(now)
	due := cal.Reckon(limit, c.From, stops, at).Due
	if c.standing() != "" && cal.Reckon(limit, c.From, stops, at.Add(farAhead)).Due != due {
		return ""
	}
	return due.String()
}

// hands are the posts in whose hands the case is, each once: what the board counts and what a list says are the same.
func (c *Case) hands() []access.Post {
	posts := append([]access.Post{}, c.stepsWaitFor()...)
	slices.Sort(posts)
	return slices.Compact(posts)
}

func joinPosts(posts []access.Post) string {
	list := make([]string, len(posts))
	for i, p := range posts {
		list[i] = string(p)
	}
	return strings.Join(list, " ")
}

// What is counted. Open cases are counted by their state, those filed and done by their month.
const (
	countOpen   = "open"   // at a state; of items and posts at nothing
	countFiled  = "filed"  // at a month: 2026-03
	countDone   = "done"   // at a month: those with a result
	countOnTime = "ontime" // at a month: of those done, those within the promise
	countDays   = "days"   // at a month and the working days that it took: 2026-03 007
)

// count is one thing that is counted: what, for whom, and at which state or in which month.
type count struct{ what, scope, at string }

// The scopes.
func cityScope(code place.Code) string         { return "city:" + string(code.City()) }
func townScope(code place.Code) string         { return "town:" + string(code) }
func placeScope(code place.Code) string        { return "place:" + string(code) }
func itemScope(at place.Code, i string) string { return "item:" + string(at) + " " + i } // a town, or the city
func postScope(at place.Code, p string) string { return "post:" + string(at) + " " + p }

// countsOf lists everything for which a case counts once.
func countsOf(c *Case, f query.CaseFact) []count {
	areas := []string{cityScope(c.Town), townScope(c.Town), placeScope(c.Place)}
	list := make([]count, 0, 20)
	each := func(what, at string) {
		for _, scope := range areas {
			list = append(list, count{what, scope, at})
		}
	}
	each(countFiled, c.FiledAt.Date().String()[:7])
	if c.State.Open() {
		each(countOpen, string(c.State))
		for _, at := range []place.Code{c.Town.City(), c.Town} {
			list = append(list, count{countOpen, itemScope(at, f.Item), ""})
			for _, post := range strings.Fields(f.Hands) {
				list = append(list, count{countOpen, postScope(at, post), ""})
			}
		}
	}
	if f.Done != "" {
		month := f.Done[:7]
		each(countDone, month)
		each(countDays, month+" "+threeDigits(f.Days))
		if Lateness(f.Late) == InTime {
			each(countOnTime, month)
		}
	}
	return list
}

// threeDigits sorts like the number; what is longer is counted with the longest.
func threeDigits(n int64) string {
	n = min(max(n, 0), 999)
	return string([]byte{byte('0' + n/100), byte('0' + n/10%10), byte('0' + n%10)})
}
