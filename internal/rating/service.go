package rating

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/journal"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/rating/internal/query"
)

// Cases is what ratings ask of cases.
type Cases interface {
	Sees(ctx context.Context, a access.Actor, number cases.Number) error
	Ended(ctx context.Context, number cases.Number) (e cases.Ended, ok bool, err error)
	Follow(ctx context.Context, typed, last4, address string) (cases.Following, error)
}

// Parts are what the service is put together from.
type Parts struct {
	DB       *db.DB
	Journal  *journal.Journal
	Cases    Cases
	Places   *place.Directory
	Calendar func() *calendar.Calendar
	Clock    clock.Clock
	// CallDays is within how many working days a bad rating is called back; CallWithin when it is nil.
	CallDays func() int
}

// CallsWithin is that number of working days.
func (s *Service) CallsWithin() int {
	if s.CallDays == nil {
		return CallWithin
	}
	return s.CallDays()
}

// Service is the room's use cases.
type Service struct{ Parts }

// New puts the room together.
func New(p Parts) *Service { return &Service{p} }

func (s *Service) q(ctx context.Context) *query.Queries { return query.New(s.DB.Q(ctx)) }

// load reads a rating; nil when there is none.
func (s *Service) load(ctx context.Context, number cases.Number) (*Rating, error) {
	row, err := s.q(ctx).Rating(ctx, string(number))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return read(row)
}

func read(row query.Rating) (*Rating, error) {
	r := &Rating{}
	if err := json.Unmarshal([]byte(row.Doc), r); err != nil {
		return nil, fmt.Errorf("reading the rating of %s: %w", row.Number, err)
	}
	return r, nil
}

// Own is what a citizen sees of the rating of an own case.
type Own struct {
	Grade     *Grade  `json:"grade" doc:"1 very good … 5 very bad; null while nothing was said"`
	GradeName *string `json:"grade_name"`
	Words     *string `json:"words"`
	At        *string `json:"at"`
	CanRate   bool    `json:"can_rate" doc:"something can be said, or changed, now"`
	Until     *string `json:"until" doc:"until when"`
	CalledAt  *string `json:"called_at" doc:"when somebody called back"`
	PutRight  *string `json:"put_right" doc:"what was put right"`
}

// Of gives the rating of a case that the actor sees.
func (s *Service) Of(ctx context.Context, a access.Actor, number cases.Number) (Own, error) {
	if err := s.Cases.Sees(ctx, a, number); err != nil {
		return Own{}, err
	}
	return s.own(ctx, number)
}

// OfFollowed gives the rating of a case that somebody follows, who was let in by its number and telephone.
func (s *Service) OfFollowed(ctx context.Context, f cases.Following) (Own, error) {
	return s.own(ctx, f.Number)
}

func (s *Service) own(ctx context.Context, number cases.Number) (Own, error) {
	r, err := s.load(ctx, number)
	if err != nil {
		return Own{}, err
	}
	e, over, err := s.Cases.Ended(ctx, number)
	if err != nil {
		return Own{}, err
	}
	o := Own{CanRate: mayRate(over, e.ClosedAt, r, s.Clock.Now()) == nil}
	until := e.ClosedAt.Time().Add(RateWithin)
	if r != nil {
		name := r.Grade.Chinese()
		o.Grade, o.GradeName, o.Words, o.At = &r.Grade, &name, text(r.Words), stamp(r.At)
		until = r.At.Time().Add(ChangeWithin)
		if r.Call != nil {
			o.CalledAt, o.PutRight = stamp(r.Call.At), text(r.Call.Done)
		}
	}
	if o.CanRate {
		o.Until = stamp(cases.At(until))
	}
	return o, nil
}

// Rate says how somebody was served, or changes it, in a citizen's own case.
func (s *Service) Rate(ctx context.Context, a access.Actor, number cases.Number, grade Grade, words string) error {
	if !access.Allows(a.Role, access.OwnCases) {
		return problem.ErrForbidden
	}
	if err := s.Cases.Sees(ctx, a, number); err != nil {
		return err
	}
	return s.rate(ctx, a.Account, number, said{grade, words}, BySession)
}

// RateFollowed is Rate for whoever knows the case's number and the last four digits of its telephone. Wrong ones are counted
// as in following it, also by address.
func (s *Service) RateFollowed(ctx context.Context, number, last4, address string, grade Grade, words string) error {
	f, err := s.Cases.Follow(ctx, number, last4, address)
	if err != nil {
		return err
	}
	return s.rate(ctx, Applicant, f.Number, said{grade, words}, ByFollowed)
}

// Applicant is the actor of what somebody did who was known by number and telephone alone.
const Applicant = "applicant"

func (s *Service) rate(ctx context.Context, by string, number cases.Number, d said, way Way) error {
	if wrong := problem.WrongFields(d.check()); wrong != nil {
		return wrong
	}
	return s.DB.Write(ctx, func(ctx context.Context) error {
		before, err := s.load(ctx, number)
		if err != nil {
			return err
		}
		e, over, err := s.Cases.Ended(ctx, number)
		if err != nil {
			return err
		}
		if no := mayRate(over, e.ClosedAt, before, s.Clock.Now()); no != nil {
			return no
		}
		data := rated{Grade: d.grade, Words: cases.Said(d.words), Way: way}
		if before == nil {
			data.Item, data.ClosedAt = e.Item, e.ClosedAt
			return s.change(ctx, &Rating{}, journal.Entry{Subject: subjectOf(number), Kind: KindRated, Actor: by, Place: e.Town}, data)
		}
		if before.Grade == data.Grade && before.Words == data.Words {
			return nil // pressed twice
		}
		return s.change(ctx, before, journal.Entry{Subject: subjectOf(number), Kind: KindChanged, Actor: by, Place: e.Town}, data)
	})
}

// change writes one more entry about a rating, with the row that follows from it.
func (s *Service) change(ctx context.Context, r *Rating, e journal.Entry, data any) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return err
	}
	read := r.Events
	e.Seq, e.At, e.Data = read+1, s.Clock.Now(), raw
	if err := r.evolve(e); err != nil {
		return err
	}
	row, err := rowOf(r)
	if err != nil {
		return err
	}
	if read == 0 {
		err = s.q(ctx).InsertRating(ctx, query.InsertRatingParams(row))
	} else {
		var n int64
		n, err = s.q(ctx).UpdateRating(ctx, query.UpdateRatingParams{Number: row.Number, Grade: row.Grade, Open: row.Open, At: row.At, Events: row.Events,
			Doc: row.Doc, ReadEvents: read})
		if err == nil && n == 0 {
			err = db.ErrRace
		}
	}
	if err != nil {
		return err
	}
	return s.Journal.Append(ctx, e)
}

// CallBack writes down that the person was called back: what they said, and what was put right.
func (s *Service) CallBack(ctx context.Context, a access.Actor, number cases.Number, heard, done string) error {
	if !access.Allows(a.Role, access.CallBack) {
		return problem.ErrForbidden
	}
	if err := s.Cases.Sees(ctx, a, number); err != nil {
		return err
	}
	wrong := append(checkText("heard", "回访时对方怎么说", heard, true), checkText("done", "怎么整改的", done, true)...)
	if p := problem.WrongFields(wrong); p != nil {
		return p
	}
	return s.DB.Write(ctx, func(ctx context.Context) error {
		r, err := s.load(ctx, number)
		switch {
		case err != nil:
			return err
		case r == nil || !r.Grade.bad():
			return problem.ErrNotFound
		case r.Call != nil:
			return problem.Refuse("called_back_before", problem.Facts{"by": r.Call.By.Name})
		}
		return s.change(ctx, r, journal.Entry{Subject: subjectOf(number), Kind: KindCalledBack, Actor: a.Account, Place: string(a.Place)},
			calledBack{By: a.Name, Heard: cases.Said(heard), Done: cases.Said(done)})
	})
}

// View is a rating as the head of the station and the supervisor see it. Who said it stands in none.
type View struct {
	Number    cases.Number `json:"number"`
	TownName  string       `json:"town_name"`
	Item      string       `json:"item" doc:"the item in everyday words"`
	Grade     Grade        `json:"grade"`
	GradeName string       `json:"grade_name"`
	Words     *string      `json:"words"`
	At        string       `json:"at"`
	Open      bool         `json:"open" doc:"a bad one that nobody has called back yet"`
	Due       *string      `json:"due" doc:"the last day for the call back; null when there is none to make"`
	Left      *int         `json:"left" doc:"working days left for it; below zero when it is late"`
	Call      *CallView    `json:"call"`
}

// CallView is the call back.
type CallView struct {
	By    cases.Person `json:"by"`
	At    string       `json:"at"`
	Heard string       `json:"heard"`
	Done  string       `json:"done"`
}

// Filter is what a list is asked for.
type Filter struct {
	Open  bool  // only bad ones that wait for the call back, the oldest first
	Worse Grade // from this grade on; 0 does not narrow
	Town  place.Code
	Limit int
	After string
}

// Page is one page of ratings.
type Page struct {
	Ratings []View  `json:"ratings"`
	Counts  []Count `json:"counts" doc:"how many of each grade, of all that the account sees"`
	Next    *string `json:"next" doc:"give it as after for the next page; null on the last"`
}

// Count is how many ratings have a grade.
type Count struct {
	Grade     Grade  `json:"grade"`
	GradeName string `json:"grade_name"`
	Ratings   int64  `json:"ratings"`
}

const (
	limitUsual = 50
	limitMost  = 200
)

// List gives a page: a head the own town's, those who read the whole city all of them.
func (s *Service) List(ctx context.Context, a access.Actor, f Filter) (Page, error) {
	if !access.Allows(a.Role, access.ReadRatings) {
		return Page{}, problem.ErrForbidden
	}
	var wrong []problem.Field
	if f.Limit == 0 {
		f.Limit = limitUsual
	}
	if f.Limit < 1 || f.Limit > limitMost {
		wrong = append(wrong, problem.Field{Path: "limit", Code: "out_of_range", Message: "一页 1 到 200 条"})
	}
	town := f.Town
	if !a.SeesAll() {
		town = a.Place
	}
	at, number, ok := parsePlace(f.After)
	if !ok {
		wrong = append(wrong, problem.Field{Path: "after", Code: "bad_cursor", Message: "翻页的位置不对，请从第一页开始"})
	}
	if p := problem.WrongFields(wrong); p != nil {
		return Page{}, p
	}
	rows, err := s.rows(ctx, f, string(town), at, number)
	if err != nil {
		return Page{}, err
	}
	page := Page{Ratings: []View{}, Counts: []Count{}}
	now := s.Clock.Now()
	for _, row := range rows[:min(len(rows), f.Limit)] {
		r, err := read(row)
		if err != nil {
			return Page{}, err
		}
		page.Ratings = append(page.Ratings, s.view(r, now))
	}
	if len(rows) > f.Limit {
		last := rows[f.Limit-1]
		next := strconv.FormatInt(last.At, 36) + "." + last.Number
		page.Next = &next
	}
	counts, err := s.q(ctx).CountGrades(ctx, string(town))
	for _, c := range counts {
		page.Counts = append(page.Counts, Count{Grade: Grade(c.Grade), GradeName: Grade(c.Grade).Chinese(), Ratings: c.Ratings})
	}
	return page, err
}

func (s *Service) rows(ctx context.Context, f Filter, town string, at int64, number string) ([]query.Rating, error) {
	if f.Open {
		return s.q(ctx).OpenRatings(ctx, query.OpenRatingsParams{Town: town, At: at, Number: number, Most: int32(f.Limit) + 1})
	}
	if f.After == "" {
		at = math.MaxInt64
	}
	return s.q(ctx).Ratings(ctx, query.RatingsParams{Town: town, Grade: int64(f.Worse), At: at, Number: number, Most: int32(f.Limit) + 1})
}

// parsePlace reads where a page ended; the beginning when there is none.
func parsePlace(after string) (at int64, number string, ok bool) {
	if after == "" {
		return 0, "", true
	}
	first, number, ok := strings.Cut(after, ".")
	at, err := strconv.ParseInt(first, 36, 64)
	_, isNumber := cases.ParseNumber(number)
	return at, number, ok && err == nil && isNumber
}

func (s *Service) view(r *Rating, now time.Time) View {
	v := View{Number: r.Number, TownName: r.Town, Item: r.Item, Grade: r.Grade, GradeName: r.Grade.Chinese(), Words: text(r.Words), At: *stamp(max(r.At, r.Changed)), Open: r.open()}
	if p, ok := s.Places.Place(place.Code(r.Town)); ok {
		v.TownName = p.Name
	}
	if r.open() {
		due := r.due(s.Calendar(), s.CallsWithin(), now)
		day := due.Due.String()
		v.Due, v.Left = &day, &due.Left
	}
	if r.Call != nil {
		v.Call = &CallView{By: r.Call.By, At: *stamp(r.Call.At), Heard: r.Call.Heard, Done: r.Call.Done}
	}
	return v
}

func stamp(i cases.Instant) *string {
	s := i.Time().In(calendar.Shanghai).Format(time.RFC3339)
	return &s
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// Late is how many bad ratings nobody called back in time, and the towns that are in delay, by name, in the order of the
// oldest.
type Late struct {
	Calls int
	Towns []string
}

// latePage is how many open ratings are read at a time.
const latePage = 200

// Late counts them at this moment.
func (s *Service) Late(ctx context.Context) (late Late, err error) {
	now := s.Clock.Now()
	after := query.OpenRatingsParams{Most: latePage}
	for {
		rows, err := s.q(ctx).OpenRatings(ctx, after)
		if err != nil {
			return Late{}, err
		}
		for _, row := range rows {
			r, err := read(row)
			if err != nil {
				return Late{}, err
			}
			if r.due(s.Calendar(), s.CallsWithin(), now).Left >= 0 {
				continue
			}
			late.Calls++
			if name := s.view(r, now).TownName; !slices.Contains(late.Towns, name) {
				late.Towns = append(late.Towns, name)
			}
		}
		if len(rows) < latePage {
			return late, nil
		}
		last := rows[len(rows)-1]
		after.At, after.Number = last.At, last.Number
	}
}
