package cases

import (
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// Sort is the order of a list.
type Sort string

// The orders: by the time left, or the newest first.
const (
	ByDue    Sort = "due"
	ByNewest Sort = "newest"
)

// Filter is what a list is asked for. Zero fields do not narrow.
type Filter struct {
	Place       place.Code
	State       State
	Item        item.Code
	Query       string // name, initials, serial, number, citizen number or telephone
	Todo        bool   // waiting for the actor's post
	Handed      bool   // handed to the actor, who has not taken it yet
	Moves       Moves  // papers on their way
	Responsible bool   // the actor answers for it
	Open        bool
	Others      bool        // open, and not the turn of the actor's post
	Late        Late        // what can be missed, or was
	Post        access.Post // whose turn it is
	Filed       Days        // filed on these days
	Done        Days        // with a result on these days
	DoneLate    bool        // of those, the ones that were late
	Own         bool        // filed at Place itself, not at the places below it
	Sort        Sort
	Limit       int
	After       string // the Next of the page before
}

// Moves narrows to cases whose papers are on their way, and not confirmed.
type Moves string

// From which side they are looked at.
const (
	MovesComing Moves = "coming" // the actor's side is to confirm them
	MovesSent   Moves = "sent"   // the actor's side sent them
	MovesAll    Moves = "all"    // of the actor's town
)

// Known says that it is one of these, or none.
func (m Moves) Known() bool { return m == "" || m == MovesComing || m == MovesSent || m == MovesAll }

func (m Moves) post(a access.Actor) access.Post {
	switch m {
	case MovesComing:
		return arrivesAt(SideOf(a))
	case MovesSent:
		return sentFrom(SideOf(a))
	case MovesAll:
		return movesWithin(a.Place)
	}
	return ""
}

// Late narrows to cases by their last days: on what day they stand against the promise and the law.
type Late string

// What a list can be narrowed to. The last day of a limit is in time.
const (
	DueToday    Late = "today"   // the promised day is today
	LatePromise Late = "promise" // past the promise, not past the law: a yellow card
	LateLaw     Late = "law"     // past the law: a red card
	LateAny     Late = "any"     // past the promise or the law
)

// Chinese is the narrowing in words.
func (l Late) Chinese() string {
	return map[Late]string{DueToday: "今天到期", LatePromise: "超过承诺", LateLaw: "超过法定", LateAny: "超期的"}[l]
}

// Known says whether l is one of them.
func (l Late) Known() bool { return l.Chinese() != "" }

// Days are the days from one to another, both included; zero ones do not narrow.
type Days struct{ From, To calendar.Date }

// IsZero says that they do not narrow.
func (d Days) IsZero() bool { return d.From.IsZero() && d.To.IsZero() }

// ParseDays reads a month (2026-03), a day (2026-03-10), or two days with .. between.
func ParseDays(s string) (Days, bool) {
	if s == "" {
		return Days{}, true
	}
	if len(s) == len("2026-03") {
		first, err := calendar.ParseDate(s + "-01")
		if err != nil {
			return Days{}, false
		}
		last := first.AddDays(31)
		return Days{first, last.AddDays(-last.Day())}, true
	}
	from, to, two := strings.Cut(s, "..")
	if !two {
		to = from
	}
	first, err := calendar.ParseDate(from)
	last, wrong := calendar.ParseDate(to)
	return Days{first, last}, err == nil && wrong == nil && !last.Before(first)
}

// String is what ParseDays reads.
func (d Days) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.From == d.To:
		return d.From.String()
	case d.From.Day() == 1 && d.To.AddDays(1).Day() == 1 && d.From.String()[:7] == d.To.String()[:7]:
		return d.From.String()[:7]
	}
	return d.From.String() + ".." + d.To.String()
}
