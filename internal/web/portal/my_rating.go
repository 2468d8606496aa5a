package portal

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/rating"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// ratingShown is what was said of a case, and the form for it.
type ratingShown struct {
	Said     string // 满意, and when
	Words    string
	PutRight string // what was put right after a call back
	Can      bool
	Until    string
	Again    bool // it would change what was said
	Action   string
	Hidden   []ui.Option // number and telephone, where nobody is signed in
	Grades   []ui.Option
	Mistake  string
	Text     ui.Input
}

// ratingForm puts a rating on the page; nil when there is nothing to show.
func (s *Site) ratingForm(own rating.Own, action string, hidden []ui.Option, back askedBack) *ratingShown {
	if own.Grade == nil && !own.CanRate {
		return nil
	}
	p := &ratingShown{Can: own.CanRate, Action: action, Hidden: hidden, Again: own.Grade != nil,
		Text: ui.Input{Name: "words", Label: "还想说什么", Hint: "可以不写。办这件事的人看不到是谁评的", Type: "textarea", Rows: 3, Max: 1000}}
	chosen := 0
	if own.Grade != nil {
		chosen, p.Said = int(*own.Grade), *own.GradeName+"，"+whenWords(*own.At)
	}
	if own.Words != nil {
		p.Words, p.Text.Value = *own.Words, *own.Words
	}
	if own.PutRight != nil {
		p.PutRight = whenWords(*own.CalledAt) + " 回访过。整改：" + *own.PutRight
	}
	if own.Until != nil {
		p.Until = dayOf(*own.Until)
	}
	if back.form == "rate" {
		chosen, _ = strconv.Atoi(back.typed.Get("grade"))
		p.Text.Value, p.Text.Error, p.Mistake = back.typed.Get("words"), ui.ErrorAt(back.fields, "words"), ui.ErrorAt(back.fields, "grade")
	}
	for _, g := range rating.Grades {
		p.Grades = append(p.Grades, ui.Option{Value: strconv.Itoa(int(g.Grade)), Label: g.Chinese, On: int(g.Grade) == chosen})
	}
	return p
}

func gradeOf(posted url.Values) (rating.Grade, string) {
	n, _ := strconv.Atoi(posted.Get("grade")) // what is no number is no grade
	return rating.Grade(n), posted.Get("words")
}

// ratingOfFollowed is the rating of a case that somebody follows by number and telephone.
func (s *Site) ratingOfFollowed(r *http.Request, f cases.Following, last4 string) (*ratingShown, error) {
	if s.Ratings == nil {
		return nil, nil
	}
	own, err := s.Ratings.OfFollowed(r.Context(), f)
	if err != nil {
		return nil, err
	}
	return s.ratingForm(own, "/follow/rate", []ui.Option{{Label: "number", Value: string(f.Number)}, {Label: "phone_last4", Value: last4}}, askedBack{}), nil
}

// followRatePage says thanks, or what is wrong.
type followRatePage struct {
	Chrome ui.Chrome
	Done   bool
	Call   int // working days within which somebody who was badly served is called
	Change int // days of any kind within which a rating can be changed
	Why    string
	Errors []ui.Mistake
	Form   *ratingShown
}

// followRate takes a rating from whoever knows the number and the last four digits of the telephone. These stand in the
// form and not in the address.
func (s *Site) followRate(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	number, last4 := strings.TrimSpace(posted.Get("number")), strings.TrimSpace(posted.Get("phone_last4"))
	grade, said := gradeOf(posted)
	err = s.Ratings.RateFollowed(r.Context(), number, last4, gate.Address(r), grade, said)
	var p *problem.Problem
	switch {
	case err == nil:
		s.render(w, r, http.StatusOK, followRatePaper(followRatePage{Chrome: s.chrome(r, "评价收到了"), Done: true, Call: s.Ratings.CallsWithin(), Change: int(rating.ChangeWithin / (24 * time.Hour))}))
		return
	case !errors.As(err, &p) || p.Kind == problem.Unavailable:
		s.Refuse(w, r, err)
		return
	}
	page := followRatePage{Chrome: s.chrome(r, ui.ErrorTitle("评价", max(1, len(p.Fields)))), Errors: ui.Mistakes(p.Fields)}
	if len(p.Fields) == 0 {
		title, detail := words.Problem(p)
		page.Why = title + "。" + detail
	} else {
		page.Form = s.ratingForm(rating.Own{CanRate: true}, "/follow/rate",
			[]ui.Option{{Label: "number", Value: number}, {Label: "phone_last4", Value: last4}}, askedBack{form: "rate", typed: posted, fields: p.Fields})
	}
	s.render(w, r, statusOf(p), followRatePaper(page))
}
