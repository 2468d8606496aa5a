package cases

import (
	"context"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// Figures are where things stand in a place: the city, a town, or a room.
type Figures struct {
	Place      place.Code `json:"place"`
	PlaceName  string     `json:"place_name"`
	Day        string     `json:"day"`
	Month      string     `json:"month" doc:"of the figures of the places below"`
	FiledToday int64      `json:"filed_today"`
	Stand
	States []StateFigure `json:"states" doc:"open cases by state"`
	Below  []PlaceFigure `json:"below" doc:"the towns of the city, or the rooms of a town with the station itself"`
	Items  []ItemFigure  `json:"items" doc:"items with open cases; none for a room"`
	Hands  []HandFigure  `json:"hands" doc:"the posts whose turn it is; side by side steps count for each; none for a room"`
	Months []MonthFigure `json:"months" doc:"thirteen, the one that was asked for last"`
}

// Stand is how many cases are open, and how they stand against their last days.
type Stand struct {
	Open     int64 `json:"open"`
	DueToday int64 `json:"due_today" doc:"the promised day is today"`
	Promise  int64 `json:"past_promise" doc:"past the promise, not past the law"`
	Law      int64 `json:"past_law"`
}

// AtApplicant is how many open cases are in nobody's hands: the applicant fetches what is missing.
func (f Figures) AtApplicant() int64 {
	for _, x := range f.States {
		if x.State == Correcting {
			return x.Open
		}
	}
	return 0
}

// Again is by how much the posts together count more than there are cases in their hands: whoever may take in what was filed
// online, and the posts of side by side steps, each count the case.
func (f Figures) Again() int64 {
	sum := f.AtApplicant() - f.Open
	for _, h := range f.Hands {
		sum += h.Open
	}
	return max(sum, 0)
}

// Late is how many are late by either limit.
func (s Stand) Late() int64 { return s.Promise + s.Law }

// StateFigure is how many open cases are in a state.
type StateFigure struct {
	State     State  `json:"state"`
	StateName string `json:"state_name"`
	Open      int64  `json:"open"`
}

// PlaceFigure is a place below the one that was asked for.
type PlaceFigure struct {
	Place     place.Code `json:"place"`
	PlaceName string     `json:"place_name"`
	Stand
	Filed  int64 `json:"filed" doc:"in the month"`
	Done   int64 `json:"done" doc:"with a result in the month"`
	OnTime int64 `json:"on_time" doc:"of those, within the promise"`
}

// ItemFigure is an item.
type ItemFigure struct {
	Item     item.Code `json:"item"`
	ItemName string    `json:"item_name"`
	Stand
}

// HandFigure is a post.
type HandFigure struct {
	Post     access.Post `json:"post"`
	PostName string      `json:"post_name"`
	Stand
}

// MonthFigure is a month: what was filed in it, and what came to a result in it.
type MonthFigure struct {
	Month  string `json:"month" doc:"2026-03"`
	Filed  int64  `json:"filed"`
	Done   int64  `json:"done"`
	OnTime int64  `json:"on_time"`
	Median *int64 `json:"median_days" doc:"working days from acceptance to the result, of the case in the middle; null when there is none"`
}

// monthsShown are a year and the month with which it is compared.
const monthsShown = 13

// Area is the place whose figures an actor sees when asking for one: a head those of the own town and its rooms.
func Area(a access.Actor, asked place.Code, places *place.Directory) place.Code {
	own := a.Place
	if a.SeesAll() {
		own = places.Root().Code
	}
	if _, known := places.Place(asked); known && asked.Within(own) {
		return asked
	}
	return own
}

// Figures gives where things stand in a place, or in that part of the house which the actor sees, and what came of a month
// (2026-03; the present one when it is empty or cannot be read).
func (s *Service) Figures(ctx context.Context, a access.Actor, asked place.Code, month string) (Figures, error) {
	now := s.clock.Now()
	r := figuring{s: s, at: Area(a, asked, s.places), today: calendar.DateOf(now)}
	r.month = r.today.String()[:7]
	r.shown = r.month
	if d, ok := ParseDays(month); ok && len(month) == len(r.month) && !d.IsZero() && month < r.month {
		r.shown = month
	}
	r.begin()
	err := s.db.Read(ctx, func(ctx context.Context) (err error) {
		if r.waiting, err = s.waiting(ctx); err != nil {
			return err
		}
		for _, part := range []func(context.Context) error{r.filedToday, r.standing, r.missable} {
			if err = part(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Figures{}, err
	}
	return r.figures(), nil
}

// PostName is a post as people say it: 高家堡村代办员, 高家堡镇窗口, 高家堡镇经办岗, 市民政局.
func PostName(post access.Post, places *place.Directory) string {
	kind, rest, _ := strings.Cut(string(post), ":")
	named := func(code, ending string) string {
		if p, ok := places.Place(place.Code(code)); ok {
			return p.Name + ending
		}
		return code + ending
	}
	switch kind {
	case "agent":
		return named(rest, "代办员")
	case "counter":
		return named(rest, "窗口")
	case "desk":
		return named(rest, "经办岗")
	case "unit":
		unit, town, _ := strings.Cut(rest, ":")
		return places.UnitName(unit, place.Code(town))
	}
	return string(post)
}
