package work

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/hanzi"
	"bianmin/internal/ident"
	"bianmin/internal/item"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// stage is how far the counter has come with one applicant.
type stage int

const (
	choosing stage = iota // which item
	filling               // who, and which papers
	checking              // all of it once more, then a button that files
)

// counterPage is the counter with everything it shows.
type counterPage struct {
	Chrome   ui.Chrome
	Stage    stage
	Path     counterSteps
	Form     counterForm
	Search   counterSearch
	Item     *counterItem // nil while choosing
	Who      counterWho
	List     counterList
	Out      counterOut
	Bar      []ui.Press
	BarSays  string
	Mistakes []ui.Mistake
	Refusal  *counterRefusal
	Hidden   []hiddenValue // the whole form, on the pages that do not show it
	Summary  []summaryRow
	Says     string // what the blue button will do
	Within   string // the promise without a day, where nothing is accepted today
	Same     counterSame
	Saved    counterSaved
	Said     string // what became of the draft, once, over the form
	Back     bool   // the form can be gone back to
}

// counterRefusal is a no: what happened, and what can be done.
type counterRefusal struct{ Title, Detail, Link, LinkText string }

// hiddenValue carries one value of the form from page to page.
type hiddenValue struct{ Name, Value string }

// summaryRow is one line of the last look.
type summaryRow struct {
	Label, Value string
	Mark         ui.Mark
	Status       string // in words, beside the mark
}

// counterList is the checklist, with how it stands.
type counterList struct {
	Rows  []counterRow
	Tally tally
	// Picked is the row that the keys work on, by its place in Rows.
	Picked int
}

// counterOut is the right column: the paper, or why there is none yet.
type counterOut struct {
	Paper *counterPaper
	// Notice: it is the one-time notice, of which there is only one.
	Notice bool
	Title  string
	Empty  string
	Days   *ui.Input // asked beside the notice; nil at the last look
}

// trouble is what a form came back with.
type trouble struct {
	wrong   []problem.Field
	refusal *counterRefusal
	said    string
}

// desk is what every answer of the counter is made from.
type counterWork struct {
	site  *Site
	actor access.Actor
	now   time.Time
	def   *item.Version // nil while choosing
	form  counterForm

	// What the applicant's number says, as soon as there is a whole one or an earlier case.
	heard   heard
	history cases.History
	under   cases.UnderWay // of the same matter
	station paper.Station  // which will issue the papers
	saved   time.Time      // when the draft was; zero when it was not
	copied  string         // the newer draft that this page did not overwrite
}

// workOf reads a form for whoever sends it. An item that is not in the catalogue is none.
func (s *Site) workOf(r *http.Request, typed url.Values) (counterWork, error) {
	actor, _ := gate.Actor(r.Context())
	w := counterWork{site: s, actor: actor, now: s.Clock.Now()}
	if v, ok := s.Items.Get(item.Code(typed.Get(fieldItem))); ok {
		w.def = &v
	}
	w.form = readCounterForm(typed, w.def)
	w.form.complete(actor, w.def)
	var err error
	if w.station, err = s.Papers.Station(r.Context(), actor.Place.Town()); err != nil {
		return w, err
	}
	if w.form.Key == "" {
		w.form.Key = newOnce()
	}
	if w.form.Tab == "" {
		w.form.Tab = newOnce()
	}
	switch at := place.Code(w.form.Place); {
	case at == "" && w.form.PlaceTyped != "":
		w.form.Place = w.placeNamed(w.form.PlaceTyped)
	case !at.Within(actor.Place):
		w.form.Place = "" // none of those that the page offers
	}
	if w.form.Person != "" && w.form.Name == "" { // named by the address, and not yet by the form
		return w.withPerson(r.Context(), w.form.Person)
	}
	return w.recognised(r.Context())
}

func (w counterWork) today() calendar.Date { return calendar.DateOf(w.now) }

// counterSteps is how far this application has come: the steps, and which of them, from 1, is under way.
type counterSteps struct {
	Names [4]string
	Now   int
}

// path says which step is under way: who it is comes before the papers.
func (w counterWork) path(st stage) counterSteps {
	p := counterSteps{Names: [4]string{"选事项", "认人", "收材料", "核对，受理"}, Now: 3}
	if w.actor.Role == access.Agent {
		p.Names[3] = "核对，收件"
	}
	if w.def != nil && w.def.SpotFinish() {
		p.Names[3] = "当场办结"
	}
	switch {
	case w.def == nil || st == choosing:
		p.Now = 1
	case st == checking:
		p.Now = 4
	case len(w.form.check(w.today())) > 0:
		p.Now = 2
	}
	return p
}

// page makes the page of a stage.
func (w counterWork) page(c ui.Chrome, st stage, t trouble) (counterPage, error) {
	c.Fixed, c.Keys = true, counterKeys
	p := counterPage{Chrome: c, Stage: st, Path: w.path(st), Form: w.form, Mistakes: ui.Mistakes(t.wrong), Refusal: t.refusal}
	p.Chrome.Title = ui.ErrorTitle(c.Title, len(t.wrong))
	p.Saved, p.Said = w.savedPart(), t.said
	if w.def == nil || st == choosing {
		p.Stage, p.Path, p.Hidden = choosing, w.path(choosing), hiddenValues(w.form)
		return p, nil
	}
	sh, err := newSheet(w.def, w.form)
	if err != nil {
		return p, err
	}
	p.Item = showItem(w.def, w.form, w.site.Calendar(), w.now)
	if c.Face == ui.Citizen {
		p.Item.Head, p.Item.Under = p.Item.Under, p.Item.Head
	}
	p.Who, p.Same = w.who(t.wrong), w.same(t.wrong)
	p.List = counterList{Rows: sh.rows(t.wrong), Tally: sh.tally()}
	for i := range p.List.Rows {
		p.List.Rows[i].Held = w.heldWords(p.List.Rows[i].Name)
	}
	o := w.offer(sh)
	p.Out = w.out(sh, o)
	if st == checking {
		p.Hidden, p.Summary = hiddenValues(w.form), w.summary(sh)
		p.Bar, p.Says = w.filingBar(o), w.says(o)
		if o.Main != doAccept && o.Main != doFinish {
			p.Within = withinWords(w.def.Limits.Promised)
		}
		return p, nil
	}
	if p.Out.Notice {
		p.Out.Days = w.daysInput(t.wrong)
	}
	if w.actor.Role == access.Agent && !p.Item.Spot { // the village takes in; accepting is the town's
		p.Within = withinWords(w.def.Limits.Promised)
	}
	p.Bar, p.BarSays = w.fillingBar(sh, o), w.openWords(sh.tally())
	return p, nil
}

// daysInput asks how many days the notice gives.
func (w counterWork) daysInput(wrong []problem.Field) *ui.Input {
	return &ui.Input{Name: fieldDays, Label: "给几天补正", Hint: fmt.Sprintf("自然日，不写就是 %d 天", w.site.policyNow().CorrectDays), Value: w.form.Days,
		InputMode: "numeric", Small: true, Max: 3, Error: ui.ErrorAt(wrong, fieldDays), Extra: daysExtra}
}

// daysExtra writes the paper anew when the days change.
var daysExtra = templ.Attributes{"hx-post": "/counter/said", "hx-trigger": "change", "hx-target": "#c-said", "hx-swap": "outerHTML", "hx-sync": "closest form:queue last"}

func (w counterWork) offer(sh sheet) offer {
	s := sh.forFiling(w.form.Channel)
	lacks, _ := s.lacks()
	return rehearse(w.def, w.form, s, w.actor, w.now).offers(lacks)
}

// out is the paper that the blue button would give, as soon as there is something to write.
func (w counterWork) out(sh sheet, o offer) counterOut {
	s := sh.forFiling(w.form.Channel)
	lacks, _ := s.lacks()
	t := s.tally()
	here, _ := w.site.Places.Place(w.actor.Place)
	facts := paperFacts{Application: paper.Application{Def: w.def, Kind: w.form.Kind, Applicant: w.form.Name, IDNumber: w.maskedNumber(), Phone: w.phone(), Address: w.address(),
		Who: w.actor.Name, On: w.today(), Materials: s.materials(), From: w.station},
		Lacks: lacks, Hand: paper.HandIn(w.site.Places, w.at()), Where: here.Service,
		Due: w.site.Calendar().Reckon(w.def.Limits.Promised, w.today(), nil, w.now).Due}
	if facts.Applicant == "" {
		facts.Applicant = "申请人"
	}
	var slip counterPaper
	out := counterOut{Title: "给申请人的凭证"}
	switch {
	case len(lacks) > 0:
		correction := calendar.Limit{Days: w.site.policyNow().CorrectDays, Unit: calendar.CalendarDays}
		if n := daysSaid(strings.TrimSpace(w.form.Days)); n > 0 && n <= cases.NoticeMost {
			correction.Days = n
		}
		facts.Days = correction.Days
		facts.Until = w.site.Calendar().Reckon(correction, w.today(), nil, w.now).Due
		slip, out.Title, out.Notice = facts.notice(), "给申请人的告知书", true
	case w.form.Channel == cases.ByPhone:
		out.Empty = "电话登记不出凭证。材料带来，在窗口收件以后再出。"
		return out
	case t.Open > 0:
		out.Empty = "材料点完，这里就写好给申请人的纸。缺什么、哪里不合格，一次写全。"
		return out
	case o.Main == doAccept:
		slip = facts.accepted()
	default:
		slip = facts.receipt()
	}
	out.Paper = &slip
	return out
}

// maskedNumber is the applicant's number as the paper will show it, as far as it was typed.
func (w counterWork) maskedNumber() string {
	if id, err := ident.ParseCitizenNumber(w.form.IDNumber, w.today()); err == nil && w.form.Kind == cases.APerson {
		return id.Masked()
	}
	if code, err := ident.ParseCreditCode(w.form.IDNumber); err == nil && w.form.Kind == cases.AnOrganisation {
		return code.Masked()
	}
	return ""
}

// at is the place of the application as far as it is known.
func (w counterWork) at() place.Code {
	if w.form.Place == "" {
		return w.actor.Place
	}
	return place.Code(w.form.Place)
}

// openWords say how far the list is: beside the button that goes on.
func (w counterWork) openWords(t tally) string {
	switch {
	case w.form.Channel == cases.ByPhone:
		return "电话登记，材料不用点"
	case t.restReceived():
		return fmt.Sprintf("没有点的 %d 份，按收到记", t.Open)
	case t.Open > 0:
		return fmt.Sprintf("还有 %d 份没有点", t.Open)
	case t.Lacking > 0:
		return fmt.Sprintf("还缺 %d 项", t.Lacking)
	}
	return ""
}

// placeNamed finds a place of the actor's own by what was typed: its name, or its initials when only one has them.
func (w counterWork) placeNamed(typed string) string {
	var found []string
	for _, p := range w.site.Places.Under(w.actor.Place) {
		switch {
		case p.Name == typed || string(p.Code) == typed:
			return string(p.Code)
		case hanzi.Initials(p.Name) == typed:
			found = append(found, string(p.Code))
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return ""
}

// counterRefusalOf words a problem for the top of the page.
func counterRefusalOf(p *problem.Problem) *counterRefusal {
	if p.Code == "idempotency_key_reused" {
		return &counterRefusal{Title: "这一件已经收过了", Detail: "后来改的没有记进去。要改的，请到那一件里更正。", Link: counterHome, LinkText: "另办一件"}
	}
	title, detail := words.Problem(p)
	return &counterRefusal{Title: title, Detail: detail}
}
