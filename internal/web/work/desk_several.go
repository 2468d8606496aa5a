package work

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// severalPage asks one thing about many cases of one kind, and tells what became of each.
type severalPage struct {
	Chrome  ui.Chrome
	Heading string
	Lead    string
	Rows    []severalRow
	Others  []severalRow // chosen, but of another kind
	Choices []choice
	Once    string
	Back    string
	Errors  []ui.Mistake
	Missing string
	Empty   string
	Done    []severalRow // what was done, once it was
	Failed  []severalRow // and what was not
	Ended   bool         // it was tried
}

type severalRow struct {
	Number  cases.Number
	Value   string // what the form sends: the number and the version
	Href    string
	Who     string
	Place   string
	Step    string
	Asks    string // the request that is answered: 延 5 个工作日，王文军申请。理由：…
	Cell    ui.LimitCell
	Checked bool
	Now     string // where it stands afterwards, or why it was not done
}

// pickValue is a case as a check box sends it.
func pickValue(v cases.View) string { return string(v.Number) + ":" + versionOf(v) }

// picked reads the check boxes. What is no number at all does not count.
func picked(values []string) []cases.Target {
	var list []cases.Target
	for _, x := range values {
		number, version, _ := strings.Cut(x, ":")
		n, ok := cases.ParseNumber(number)
		v, err := strconv.ParseInt(version, 10, 64)
		if ok && err == nil && len(list) <= cases.SeveralMost {
			list = append(list, cases.Target{Number: n, Version: v})
		}
	}
	return list
}

func numbersOf(targets []cases.Target) []cases.Number {
	list := make([]cases.Number, len(targets))
	for i, t := range targets {
		list[i] = t.Number
	}
	return list
}

// severalAsk shows what can be done to the chosen cases, or to all that are like one.
func (s *Site) severalAsk(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	targets := picked(r.URL.Query()["n"])
	if like := r.URL.Query().Get("like"); like != "" {
		var err error
		if targets, err = s.alike(r.Context(), actor, cases.Number(like)); err != nil {
			s.Refuse(w, r, err)
			return
		}
	}
	s.showSeveral(w, r, http.StatusOK, targets, r.URL.Query().Get("list"), asked{})
}

// alike are the cases of what waits for the actor that are at the same step of the same item.
func (s *Site) alike(ctx context.Context, a access.Actor, like cases.Number) ([]cases.Target, error) {
	v, err := s.Cases.Get(ctx, a, like)
	if err != nil {
		return nil, err
	}
	f := cases.Filter{Todo: true, Item: v.Item.Code, Limit: cases.SeveralMost}
	if asksForTime(v) {
		f.Item = ""
	}
	list, err := s.Cases.List(ctx, a, f)
	targets := []cases.Target{{Number: v.Number, Version: v.Version}}
	for _, x := range list.Cases {
		if x.Number != v.Number && len(shared(v, x)) > 0 && len(targets) < cases.SeveralMost {
			targets = append(targets, cases.Target{Number: x.Number, Version: x.Version})
		}
	}
	return targets, err
}

// asksForTime says that the actor is to answer a request for more time.
func asksForTime(v cases.View) bool { return slices.Contains(v.Actions, cases.VerbRefuse) }

// lapsed says that it was not answered in time, and can be refused only.
func lapsed(v cases.View) bool { return v.Extension != nil && v.Extension.Lapsed }

// kindOf is the same for cases that can be answered together.
func kindOf(v cases.View) string {
	if asksForTime(v) {
		return fmt.Sprintf("more time %v", lapsed(v))
	}
	step := ""
	if v.Step != nil {
		step = v.Step.Name
	}
	return fmt.Sprintf("%s %d %s %s", v.Item.Code, v.Item.Version, v.State, step)
}

// shared are the answers to many at once that two cases of one kind both allow: one that somebody took is not taken again, one
// that was given more time is given none. Cases of one kind without any are not answered together.
func shared(a, b cases.View) []cases.Verb {
	if kindOf(a) != kindOf(b) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(a.Actions), func(v cases.Verb) bool { return !cases.CanSeveral(v) || !slices.Contains(b.Actions, v) })
}

func (s *Site) showSeveral(w http.ResponseWriter, r *http.Request, status int, targets []cases.Target, list string, form asked) {
	actor, _ := gate.Actor(r.Context())
	p := severalPage{Back: deskAt(list).address(), Once: newOnce(), Errors: form.mistakes()}
	var first *cases.View
	for _, t := range targets {
		v, err := s.Cases.Get(r.Context(), actor, t.Number)
		if errors.Is(err, problem.ErrNotFound) {
			continue // it has left this person's sight
		}
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		row := severalOf(actor, v)
		row.Value = fmt.Sprintf("%s:%d", t.Number, t.Version) // as it was seen: what changed since is answered as such
		switch {
		case first == nil:
			first = &v
			p.Rows = append(p.Rows, row)
		case len(shared(*first, v)) > 0:
			first.Actions = shared(*first, v)
			p.Rows = append(p.Rows, row)
		default:
			p.Others = append(p.Others, row)
		}
	}
	if first != nil {
		p.Heading, p.Lead = first.Item.Name, "每件各办各的，各有各的记录。哪件没办成，会单独说明。"
		if asksForTime(*first) {
			p.Heading = "等我批的延期"
		} else if first.Step != nil {
			p.Heading += "　" + first.Step.Name
		}
		p.Choices = s.severalChoices(actor, *first, form)
	}
	if form.Do == "" {
		p.Missing = ui.ErrorAt(form.Fields, "do")
	}
	if m := ui.ErrorAt(form.Fields, "cases"); m != "" {
		p.Missing = m
	}
	if len(p.Rows) == 0 {
		p.Empty = "没有选上办件。在列表里勾上要一起办的，再按“一起办”"
	} else if len(p.Choices) == 0 {
		p.Empty = "这些件现在不能一起办，请一件一件打开看"
	}
	if p.Empty == "" { // else no case is shown
		if err := s.Cases.LookSeveral(r.Context(), actor, numbersOf(targets)); err != nil {
			s.Refuse(w, r, err)
			return
		}
	}
	p.Chrome = s.chrome(r, ui.ErrorTitle(fmt.Sprintf("一起办 %d 件", len(p.Rows)), len(form.Fields)), "/desk")
	p.Chrome.Keys = severalKeys
	s.render(w, r, status, several(p))
}

// severalChoices are the answers that fit all of them. Requests for more time are of any items, so the wordings offered for
// them are those that hold under every rule.
func (s *Site) severalChoices(a access.Actor, first cases.View, form asked) []choice {
	regime := s.regimeOf(first)
	if asksForTime(first) {
		regime = ""
		first.Actions = slices.DeleteFunc(slices.Clone(first.Actions), func(v cases.Verb) bool { return v != cases.VerbApprove && v != cases.VerbRefuse })
	}
	var list []choice
	for _, c := range worded(regime, form, choicesOf(first, form, s.decides(a, first))) {
		if cases.CanSeveral(verbOf(c.Do)) {
			list = append(list, c)
		}
	}
	return list
}

func severalOf(a access.Actor, v cases.View) severalRow {
	row := severalRow{Number: v.Number, Value: pickValue(v), Href: casePath(v.Number), Who: v.Applicant.Name, Place: placeFor(a, v), Cell: ui.CellOf(v), Checked: true, Step: v.Item.Name}
	if v.Step != nil {
		row.Step += "　" + v.Step.Name
	}
	if x := v.Extension; x != nil && asksForTime(v) {
		row.Asks = fmt.Sprintf("延 %s，%s申请。理由：%s", extensionDays(x.Days, v), x.By.Name, withStop(x.Reason))
	}
	return row
}

// severalDo does it, to each by itself.
func (s *Site) severalDo(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	targets, do := picked(posted["n"]), posted.Get("do")
	all := picked(posted["all"]) // the page's, so that what was unticked stays to be ticked again
	if len(all) == 0 {
		all = targets
	}
	cmd, err := command(cases.View{}, do, posted)
	var list []cases.Outcome
	if err != nil {
		do = ""
	} else {
		list, err = s.Cases.DoSeveral(r.Context(), actor, onceOf(r, actor, severalKey(posted)), targets, cmd)
	}
	var p *problem.Problem
	switch a := (asked{Do: do, Typed: posted}); {
	case errors.As(err, &p) && a.wrong(p):
		s.showSeveral(w, r, statusOf(a), all, posted.Get("list"), a)
	case err != nil:
		s.Refuse(w, r, err)
	default:
		s.showOutcome(w, r, list, verbOf(do), posted.Get("list"))
	}
}

// severalKey is what stands behind the press: its key, and the answer. Which cases are ticked does not belong to it: each
// has a key of its own.
func severalKey(posted url.Values) url.Values {
	v := url.Values{}
	for name, values := range posted {
		if name != "n" && name != "all" {
			v[name] = values
		}
	}
	return v
}

func (s *Site) showOutcome(w http.ResponseWriter, r *http.Request, list []cases.Outcome, did cases.Verb, from string) {
	actor, _ := gate.Actor(r.Context())
	p := severalPage{Ended: true, Back: deskAt(from).address()}
	for _, o := range list {
		row := severalRow{Number: o.Number, Href: casePath(o.Number)}
		read := s.Cases.Get // whoever did it is on its record already
		if o.Problem != nil {
			read = s.Cases.Open
		}
		v, err := read(r.Context(), actor, o.Number)
		if err == nil {
			row = severalOf(actor, v)
			row.Now = nowWords(v, did)
		} else if !errors.Is(err, problem.ErrNotFound) {
			s.Refuse(w, r, err)
			return
		}
		if o.Problem == nil {
			p.Done = append(p.Done, row)
			continue
		}
		title, detail := pageWords(o.Problem)
		row.Now = withStop(title) + withStop(detail)
		p.Failed = append(p.Failed, row)
	}
	p.Heading = fmt.Sprintf("%d 件都办了", len(p.Done))
	if len(p.Failed) > 0 {
		p.Heading = fmt.Sprintf("%d 件办了，%d 件没办成", len(p.Done), len(p.Failed))
	}
	p.Chrome = s.chrome(r, p.Heading, "/desk")
	s.render(w, r, http.StatusOK, several(p))
}

// nowWords is where a case has come to; of more time, what became of the request.
func nowWords(v cases.View, did cases.Verb) string {
	if slices.Contains([]cases.Verb{cases.VerbExtend, cases.VerbApprove, cases.VerbRefuse}, did) {
		if n := extensionNote(v); n != nil {
			return n.Title
		}
	}
	if v.Step != nil && v.State.Open() {
		return "现在由" + v.Step.OwnerName + v.Step.Name
	}
	return v.StateName
}

var severalKeys = []ui.Key{{Keys: "1–9", Does: "选意见"}, {Keys: "Enter", Does: "按蓝色的按钮"}, {Keys: "Esc", Does: "回到列表"}, {Keys: "?", Does: "这张表"}}
