package work

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// caseWhole shows a case.
func (s *Site) caseWhole(w http.ResponseWriter, r *http.Request) {
	s.showCase(w, r, http.StatusOK, asked{}, nil)
}

func (s *Site) showCase(w http.ResponseWriter, r *http.Request, status int, form asked, revealed *cases.RevealedView) {
	actor, _ := gate.Actor(r.Context())
	page, err := s.casePageOf(r, actor, cases.Number(r.PathValue("number")), form)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page.reveal(revealed)
	s.render(w, r, status, casePaper(page))
}

// casePageOf reads everything that the page shows.
func (s *Site) casePageOf(r *http.Request, actor access.Actor, number cases.Number, form asked) (casePage, error) {
	v, err := s.Cases.Open(r.Context(), actor, number)
	if err != nil {
		return casePage{}, err
	}
	counted, err := s.Cases.Counted(r.Context(), actor, number)
	if err != nil {
		return casePage{}, err
	}
	events, err := s.Cases.Timeline(r.Context(), actor, number)
	if err != nil {
		return casePage{}, err
	}
	offered, err := s.offersFor(r.Context(), actor, v)
	if err != nil {
		return casePage{}, err
	}
	page := s.casePage(actor, v, offered, form)
	if access.Allows(actor.Role, access.FileCase) {
		page.Again = counterHome + "?person=" + string(number)
	}
	page.Limits = ui.CountedOut(counted, calendar.DateOf(s.Clock.Now()))
	if page.Events, err = timelineOf(events, v, s.Places); err != nil {
		return casePage{}, err
	}
	if page.Papers, err = s.papersOf(r, actor, number); err != nil {
		return casePage{}, err
	}
	page.Chrome = s.chrome(r, caseTitle(v, form), "/desk")
	page.Chrome.Keys = caseKeys
	if n, err := strconv.Atoi(r.URL.Query().Get("files")); err == nil && n > 0 {
		page.Added = fmt.Sprintf("收下了 %d 个文件", n)
	}
	page.Done = cases.Verb(r.URL.Query().Get("done")) // what was done is said once, over the case as it is now
	return page, nil
}

// caseDo does what was chosen beside a case. From the desk's list, the next case is then beside it.
func (s *Site) caseDo(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	number, list := cases.Number(r.PathValue("number")), posted.Get("list")
	next, err := s.following(r, actor, list, number)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	_, wrong, err := s.attempt(r, actor, number, posted.Get("do"), posted)
	switch {
	case err != nil:
		s.Refuse(w, r, err)
	case wrong != nil && list != "":
		s.showDesk(w, r, statusOf(*wrong), deskAt(list).with(number), *wrong)
	case wrong != nil:
		s.showCase(w, r, statusOf(*wrong), *wrong, nil)
	case list != "":
		redirect(w, r, afterwards(deskAt(list).with(next), number))
	default:
		redirect(w, r, casePath(number)+"?done="+url.QueryEscape(string(verbOf(posted.Get("do")))))
	}
}

// caseVerb does a verb from its own form on the case's page.
func (s *Site) caseVerb(verb cases.Verb) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		actor, _ := gate.Actor(r.Context())
		posted, err := form(w, r)
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		number := cases.Number(r.PathValue("number"))
		view, wrong, err := s.attempt(r, actor, number, string(verb), posted)
		switch {
		case err != nil:
			s.Refuse(w, r, err)
		case wrong != nil:
			s.showCase(w, r, statusOf(*wrong), *wrong, nil)
		case view.Revealed != nil:
			s.showCase(w, r, http.StatusOK, asked{}, view.Revealed) // it is shown this once and stands in no address
		default:
			redirect(w, r, casePath(number)+"?done="+url.QueryEscape(string(verb)))
		}
	}
}

// attempt asks the case's rule. What a person can put right comes back as wrong; anything else is an error.
func (s *Site) attempt(r *http.Request, actor access.Actor, number cases.Number, do string, posted url.Values) (after cases.View, wrong *asked, err error) {
	v, err := s.Cases.Get(r.Context(), actor, number)
	if err != nil {
		return v, nil, err
	}
	cmd, err := command(v, do, posted)
	if err == nil {
		version, _ := strconv.ParseInt(posted.Get("version"), 10, 64) // none is 0, which is never the present one
		var answer []byte
		if answer, err = s.do(r, actor, number, version, cmd, posted); err == nil {
			return after, nil, json.Unmarshal(answer, &after)
		}
	} else {
		do = ""
	}
	var p *problem.Problem
	if a := (asked{Do: do, Typed: posted}); errors.As(err, &p) && a.wrong(p) {
		a.Fields = atTheForm(verbOf(do), v, posted, a.Fields)
		return v, &a, nil
	}
	return v, nil, err
}

func (s *Site) do(r *http.Request, actor access.Actor, number cases.Number, version int64, cmd cases.Command, posted url.Values) ([]byte, error) {
	answer, err := s.Cases.Do(r.Context(), actor, onceOf(r, actor, posted), number, version, cmd)
	return answer.Body, err
}

// following is the case that comes after this one in the list it was dealt with from, as the list stands before it.
func (s *Site) following(r *http.Request, actor access.Actor, list string, number cases.Number) (cases.Number, error) {
	if list == "" {
		return "", nil
	}
	q := deskAt(list)
	page, _, err := s.listed(r.Context(), actor, q)
	if err != nil {
		return "", err
	}
	order := inOrder(groupsOf(q.queueFor(actor.Role), page.Cases, rowFor(actor, q, "")))
	return nextAfter(order, number), nil
}

// deskAt reads the address of a list that a form came from.
func deskAt(list string) deskQuery {
	u, err := url.Parse(list)
	if err != nil {
		return deskQuery{}
	}
	return parseDesk(u.Query())
}

// afterwards is the list with the next case, saying what became of the one before.
func afterwards(q deskQuery, done cases.Number) string {
	v := q.values()
	v.Set("done", string(done))
	return "/desk?" + v.Encode()
}

func statusOf(a asked) int {
	if a.Problem == nil {
		return http.StatusUnprocessableEntity
	}
	return http.StatusConflict
}

func versionOf(v cases.View) string { return strconv.FormatInt(v.Version, 10) }

func caseTitle(v cases.View, form asked) string {
	title := fmt.Sprintf("%s %s", v.Applicant.Name, v.Item.Plain)
	if n := len(form.Fields); n > 0 {
		return "错误：" + title + fmt.Sprintf("，有 %d 处要改", n)
	}
	return title
}
