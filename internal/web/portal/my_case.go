package portal

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/paper"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// myCasePage is one of a citizen's own cases.
type myCasePage struct {
	Chrome    ui.Chrome
	Shown     *followShown
	For       string
	Href      string
	Said      string // what was just done
	Refused   string // why something was not done
	Withdraw  bool   // it can be withdrawn
	Photos    string // where photographs are sent; empty when it is too late
	Sent      int    // how many came
	Questions []questionShown
	Ask       *askShown
	Papers    []myPaperRow
	Errors    []ui.Mistake
}

type questionShown struct{ At, Text, Answer, By, Answered string }

type askShown struct {
	Text ui.Input
	Once string
}

type myPaperRow struct{ Name, Number, At, Href, Note string }

// askedBack is a form of the page that came back.
type askedBack struct {
	form   string // ask or rate
	typed  url.Values
	fields []problem.Field
	no     *problem.Problem
}

func (s *Site) myCase(w http.ResponseWriter, r *http.Request) {
	s.showMine(w, r, http.StatusOK, askedBack{})
}

// saidWords is what was just done, by the address to which the form led.
var saidWords = map[string]string{"ask": "问题交上去了，有了回复发短信给您，也写在这里。", "rate": "评价收到了，谢谢。", "withdraw": "撤回了。要办的话可以重新申请。"}

func (s *Site) showMine(w http.ResponseWriter, r *http.Request, status int, back askedBack) {
	who, number := me(r), cases.Number(r.PathValue("number"))
	m, err := s.Mine.Mine(r.Context(), who, number)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page := myCasePage{Shown: s.shown(m.Following), For: m.For, Href: myCasePath(number), Withdraw: slices.Contains(m.Actions, cases.VerbWithdraw)}
	if len(m.Photos) > 0 {
		page.Photos = photosPath(number)
		for _, of := range m.Photos {
			page.Sent += len(of.Sent)
		}
	}
	page.Chrome = s.myChrome(r, ui.ErrorTitle(m.Item+"，"+m.Plain, len(back.fields)), myPath)
	if r.Method == http.MethodGet {
		page.Said = saidWords[r.URL.Query().Get("done")]
	}
	page.tell(m, back)
	if page.Papers, err = s.myPapers(r, who, number); err != nil {
		s.Refuse(w, r, err)
		return
	}
	own, err := s.Ratings.Of(r.Context(), who, number)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page.Shown.Rating = s.ratingForm(own, page.Href+"/rate", nil, back)
	s.render(w, r, status, myCasePaper(page))
}

// tell puts in the questions, and what came back.
func (p *myCasePage) tell(m cases.Mine, back askedBack) {
	for _, q := range slices.Backward(m.Questions) {
		shown := questionShown{At: whenWords(q.At), Text: q.Text}
		if q.Answer != nil {
			shown.Answer, shown.By, shown.Answered = *q.Answer, *q.By, whenWords(*q.AnsweredAt)
		}
		p.Questions = append(p.Questions, shown)
	}
	if slices.Contains(m.Actions, cases.VerbAsk) || back.form == "ask" {
		p.Ask = &askShown{Once: newOnce(), Text: ui.Input{Name: "text", ID: "f-ask", Label: "要问什么", Hint: "比如：钱打到哪张卡上。最多 300 个字", Type: "textarea", Rows: 3, Max: 1000}}
	}
	p.Errors = ui.Mistakes(back.fields)
	if back.form == "ask" {
		p.Ask.Text.Value, p.Ask.Text.Error = back.typed.Get("text"), ui.ErrorAt(back.fields, "text")
		for i := range p.Errors {
			p.Errors[i].ID = "f-ask"
		}
	}
	if back.no != nil && len(back.fields) == 0 {
		title, detail := words.Problem(back.no)
		p.Refused = title + "。" + detail
	}
}

func (s *Site) myPapers(r *http.Request, who access.Actor, number cases.Number) ([]myPaperRow, error) {
	list, err := s.Papers.Of(r.Context(), who, number)
	var rows []myPaperRow
	for _, p := range list.Issued {
		row := myPaperRow{Name: p.KindName, Number: p.Number, At: dayOf(p.At), Href: myCasePath(number) + "/papers/" + p.ID.Short()}
		if p.Replaced != nil {
			row.Note = "作废，换了新的"
		}
		rows = append(rows, row)
	}
	return rows, err
}

// myPaper is a paper as PDF. It is looked at in the browser, and never kept there.
func (s *Site) myPaper(w http.ResponseWriter, r *http.Request) {
	id, ok := paper.ParseID(r.PathValue("number") + "-" + r.PathValue("paper"))
	if !ok {
		s.Refuse(w, r, problem.ErrNotFound)
		return
	}
	file, err := s.Papers.PDF(r.Context(), me(r), id)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	head := ui.NoStore(w).Header()
	head.Set("Content-Type", "application/pdf")
	head.Set("Content-Disposition", `inline; filename="`+string(id)+`.pdf"`)
	head.Set("Content-Length", strconv.Itoa(len(file)))
	if _, err := w.Write(file); err != nil {
		return // a browser that has gone away is nobody's fault
	}
}

func (s *Site) myAsk(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	number := cases.Number(r.PathValue("number"))
	_, err = s.Mine.Do(r.Context(), me(r), onceOf(r, me(r), posted), number, 0, cases.Ask{Text: cases.Said(posted.Get("text"))})
	s.after(w, r, err, askedBack{form: "ask", typed: posted})
}

func (s *Site) myRate(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	grade, words := gradeOf(posted)
	err = s.Ratings.Rate(r.Context(), me(r), cases.Number(r.PathValue("number")), grade, words)
	s.after(w, r, err, askedBack{form: "rate", typed: posted})
}

// after leads back to the case when it was done, and else shows it with what was typed and why not.
func (s *Site) after(w http.ResponseWriter, r *http.Request, err error, back askedBack) {
	if err == nil {
		redirect(w, r, myCasePath(cases.Number(r.PathValue("number")))+"?done="+back.form)
		return
	}
	if back.no = wrongOrRefused(err); back.no == nil {
		s.Refuse(w, r, err)
		return
	}
	back.fields = back.no.Fields
	s.showMine(w, r, statusOf(back.no), back)
}

// wrongOrRefused is what a person can put right, or has to be told; nil for anything else.
func wrongOrRefused(err error) *problem.Problem {
	var p *problem.Problem
	if errors.As(err, &p) && (p.Kind == problem.Invalid || p.Kind == problem.Refused || p.Kind == problem.Stale) {
		return p
	}
	return nil
}

// withdrawPage asks once more, before what cannot be undone.
type withdrawPage struct {
	Chrome  ui.Chrome
	Item    string
	Back    string
	Version string
	Once    string
	Reason  ui.Input
	Errors  []ui.Mistake
	Refused string
	Gone    bool // it cannot be withdrawn any more
}

func (s *Site) myWithdraw(w http.ResponseWriter, r *http.Request) {
	s.askWithdraw(w, r, http.StatusOK, url.Values{}, nil)
}

func (s *Site) askWithdraw(w http.ResponseWriter, r *http.Request, status int, typed url.Values, no *problem.Problem) {
	m, err := s.Mine.Mine(r.Context(), me(r), cases.Number(r.PathValue("number")))
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page := withdrawPage{Item: m.Item, Back: myCasePath(m.Number), Version: strconv.FormatInt(m.Version, 10), Once: newOnce(), Gone: !slices.Contains(m.Actions, cases.VerbWithdraw),
		Reason: ui.Input{Name: "reason", Label: "为什么撤回", Hint: "一句话就行，比如：材料还没备齐", Type: "textarea", Rows: 2, Max: 1000, Value: typed.Get("reason")}}
	wrong := 0
	if no != nil {
		page.Errors, page.Reason.Error, wrong = ui.Mistakes(no.Fields), ui.ErrorAt(no.Fields, "reason"), max(1, len(no.Fields))
		if len(no.Fields) == 0 {
			title, detail := words.Problem(no)
			page.Refused = title + "。" + detail
		}
	}
	page.Chrome = s.myChrome(r, ui.ErrorTitle("撤回"+m.Item, wrong), myPath)
	s.render(w, r, status, withdrawPaper(page))
}

func (s *Site) myWithdrawPost(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	number := cases.Number(r.PathValue("number"))
	version, _ := strconv.ParseInt(posted.Get("version"), 10, 64) // none is 0, which is never the present one
	_, err = s.Mine.Do(r.Context(), me(r), onceOf(r, me(r), posted), number, version, cases.Withdraw{Reason: cases.Said(posted.Get("reason"))})
	no := wrongOrRefused(err)
	switch {
	case err == nil:
		redirect(w, r, myCasePath(number)+"?done=withdraw")
	case no == nil:
		s.Refuse(w, r, err)
	default:
		s.askWithdraw(w, r, statusOf(no), posted, no)
	}
}
