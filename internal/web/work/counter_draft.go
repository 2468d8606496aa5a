package work

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/draft"
	"bianmin/internal/gate"
	"bianmin/internal/item"
	"bianmin/internal/problem"
	"bianmin/internal/words"
)

// counterSaved is what a page knows of its draft: it goes back with every save.
type counterSaved struct {
	Key, Tab string
	Version  string
	Words    string // 10:26 已自动保存
	Newer    string // the id of a draft that another page saved meanwhile
	Out      bool   // nobody is signed in any more
}

// draftRow is one application in the list of those that were put aside or interrupted.
type draftRow struct {
	Href, Drop      string
	Who, What, When string
	Aside           bool
	Until           string
}

func (w counterWork) savedPart() counterSaved {
	s := counterSaved{Key: w.form.Key, Tab: w.form.Tab, Version: strconv.FormatInt(w.form.Draft, 10), Newer: w.copied}
	if !w.saved.IsZero() {
		s.Words = timeOfDay(w.saved) + " 已自动保存"
	}
	return s
}

// timeOfDay is the time of day in Shanghai: 10:26.
func timeOfDay(t time.Time) string { return t.In(calendar.Shanghai).Format("15:04") }

// keep saves the form as a draft. Where another page has saved meanwhile, that one stays as it is, and this one goes on
// as a copy: nothing is lost on either. The words say so.
func (w *counterWork) keep(ctx context.Context, aside bool) (said string, err error) {
	if w.form.blank() {
		return "", nil
	}
	d, err := w.save(ctx, aside)
	var p *problem.Problem
	if errors.As(err, &p) && p.Kind == problem.Stale {
		newer, _ := p.Present.(draft.Draft)
		w.copied, w.form.Key, w.form.Draft = newer.ID, newOnce(), 0
		said = "这份在别的页面改过（" + timeOfDay(newer.Saved) + "）。那边的没有动，这一页的另存了一份"
		d, err = w.save(ctx, aside)
	}
	if err != nil {
		return "", err
	}
	w.form.Draft, w.saved = d.Version, d.Saved
	return said, nil
}

func (w *counterWork) save(ctx context.Context, aside bool) (draft.Draft, error) {
	return w.site.Drafts.Save(ctx, w.actor.Account, draft.Draft{ID: w.form.Key, Tab: w.form.Tab, Version: w.form.Draft, Aside: aside, Form: w.form.values()})
}

// draftRefusal words why a draft was not kept.
func (s *Site) draftRefusal(r *http.Request, err error) *counterRefusal {
	var p *problem.Problem
	if !errors.As(err, &p) {
		s.Log.ErrorContext(r.Context(), "keeping a draft", "error", err)
		p = &problem.Problem{Kind: problem.Unavailable, Code: "unavailable"}
	}
	title, detail := words.Problem(p)
	return &counterRefusal{Title: "没有存下：" + title, Detail: detail}
}

// counterDraft saves while somebody types.
func (s *Site) counterDraft(w http.ResponseWriter, r *http.Request) {
	work, _, err := s.posted(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	said, err := work.keep(r.Context(), false)
	part := work.savedPart()
	switch {
	case err != nil:
		no := s.draftRefusal(r, err)
		part.Words = no.Title + "。" + no.Detail
	case said != "":
		part.Words = said
	}
	s.render(w, r, http.StatusOK, counterSavedInside(part))
}

// signedOut answers the counter's parts when the session has ended: what is on the page stays there.
func (s *Site) signedOut(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/counter/draft" {
		w.Header().Set("HX-Reswap", "none")
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	values, err := form(w, r)
	if err != nil {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	part := counterSaved{Key: values.Get(fieldKey), Tab: values.Get(fieldTab), Version: values.Get(fieldDraft), Out: true}
	s.render(w, r, http.StatusUnauthorized, counterSavedInside(part))
}

// heldForm is what was posted without a session, to be kept as soon as somebody signs in.
func heldForm(w http.ResponseWriter, r *http.Request) (held string, ok bool) {
	if r.Method != http.MethodPost || r.URL.Path != counterHome {
		return "", false
	}
	values, err := form(w, r)
	if err != nil {
		return "", false
	}
	values.Del(fieldDo)
	return values.Encode(), true
}

// takeIn keeps a form that was posted without a session, and says where to go on with it.
func (s *Site) takeIn(ctx context.Context, actor access.Actor, held string) (next string, err error) {
	values, err := url.ParseQuery(held)
	if err != nil || !access.Allows(actor.Role, access.FileCase) {
		return "", err
	}
	var def *item.Version
	if v, ok := s.Items.Get(item.Code(values.Get(fieldItem))); ok {
		def = &v
	}
	w := counterWork{site: s, actor: actor, def: def, form: readCounterForm(values, def)}
	if w.form.Key == "" {
		w.form.Key = newOnce()
	}
	if _, err := w.keep(ctx, false); problemCode(err) == "draft_filed" { // it had gone through after all
		return counterHome, nil
	} else if err != nil {
		return "", err
	}
	return counterHome + "?draft=" + url.QueryEscape(w.form.Key), nil
}

func problemCode(err error) string {
	var p *problem.Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}

// backTo is the application that an account was interrupted in today, to be led back to after signing in.
func (s *Site) backTo(ctx context.Context, actor access.Actor) (string, error) {
	if s.Drafts == nil || !access.Allows(actor.Role, access.FileCase) {
		return "", nil
	}
	list, err := s.Drafts.List(ctx, actor.Account)
	if err != nil {
		return "", err
	}
	now := s.Clock.Now()
	i := slices.IndexFunc(list, func(d draft.Draft) bool { return !d.Aside && now.Sub(d.Saved) < interruptedFor })
	if i < 0 {
		return "", nil
	}
	return counterHome + "?draft=" + url.QueryEscape(list[i].ID), nil
}

// interruptedFor is how long ago something may have been interrupted to be gone on with by itself: a working day.
const interruptedFor = 12 * time.Hour

// takenUp is a draft as it is gone on with.
type takenUp struct {
	values url.Values
	words  string
}

// takeUp reads a draft to go on with. One that is not there any more is said so.
func (s *Site) takeUp(r *http.Request, id string) (found bool, out takenUp, err error) {
	actor, _ := gate.Actor(r.Context())
	d, err := s.Drafts.Get(r.Context(), actor.Account, id)
	if problemCode(err) == problem.ErrNotFound.Code {
		return false, takenUp{values: url.Values{}, words: "这一份已经收件，或者删掉了"}, nil
	}
	if err != nil {
		return false, takenUp{}, err
	}
	d.Form.Set(fieldKey, d.ID)
	d.Form.Set(fieldDraft, strconv.FormatInt(d.Version, 10))
	return true, takenUp{values: d.Form, words: "接着办：" + savedWords(d.Saved, s.Clock.Now()) + "，填的都在"}, nil
}

// savedWords is 10:26 存的, or 3月9日 10:26 存的.
func savedWords(saved, now time.Time) string {
	day := calendar.DateOf(saved)
	if day == calendar.DateOf(now) {
		return timeOfDay(saved) + " 存的"
	}
	return day.Chinese() + " " + timeOfDay(saved) + " 存的"
}

// draftRows lists what was put aside or interrupted, but for the one that is on the page.
func (s *Site) draftRows(ctx context.Context, actor access.Actor, but string) ([]draftRow, error) {
	list, err := s.Drafts.List(ctx, actor.Account)
	if err != nil {
		return nil, err
	}
	var rows []draftRow
	for _, d := range list {
		if d.ID == but {
			continue
		}
		row := draftRow{Href: counterHome + "?draft=" + url.QueryEscape(d.ID), Drop: counterHome + "/drafts/" + url.PathEscape(d.ID) + "/drop",
			Who: d.Form.Get(fieldName), What: "没选事项", When: savedWords(d.Saved, s.Clock.Now()), Aside: d.Aside, Until: calendar.DateOf(d.Until()).Chinese()}
		if row.Who == "" {
			row.Who = "没写姓名"
		}
		if v, ok := s.Items.Get(item.Code(d.Form.Get(fieldItem))); ok {
			row.What = v.Plain
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// counterDraftDrop forgets one at once.
func (s *Site) counterDraftDrop(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	if err := s.Drafts.Drop(r.Context(), actor.Account, r.PathValue("id")); err != nil {
		s.Refuse(w, r, err)
		return
	}
	redirect(w, r, counterHome)
}
