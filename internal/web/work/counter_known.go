package work

import (
	"context"
	"fmt"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// counterKnown is an applicant who was recognised: everything masked, the number stays where it is.
type counterKnown struct {
	Case, Name, Number, Phone, Address string
}

// counterPeopleFound is whom the letters in the one field find.
type counterPeopleFound struct {
	Query string
	Hits  []personHit
	More  bool
	// Unknown: a whole number or telephone was typed, and nobody has it.
	Unknown bool
}

// personHit is one person to choose.
type personHit struct {
	Case, Name, Number, Phone, Place, Last string
	Open                                   string // 1 件正在办
}

// heldPaper is a paper that the house has already.
type heldPaper struct{ Name, Words, Href string }

// counterSame is the same matter under way, beside the one that is about to be received.
type counterSame struct {
	Rows      []sameCase
	Elsewhere []string // where others are that are not to be seen
	Item      string
	Name      string
	Number    string // masked
	Today     string
	By        string
	Reason    ui.Input
}

// sameCase is one case under way: who, when, and where it stands.
type sameCase struct{ Number, Href, Name, IDNumber, Filed, By, Stands, Place string }

// None says that there is nothing to show.
func (s counterSame) none() bool { return len(s.Rows)+len(s.Elsewhere) == 0 }

// recognised asks what is known of the applicant, as soon as there is an earlier case or a whole number.
func (w counterWork) recognised(ctx context.Context) (counterWork, error) {
	w.heard, w.history, w.under = heard{}, cases.History{}, cases.UnderWay{}
	who := cases.Claimed{Person: w.form.Person, Kind: w.form.Kind, IDNumber: w.form.IDNumber}
	if w.form.Person == "" {
		if w.heard = hear(w.form.Kind, w.form.IDNumber, w.today()); w.heard.Words == "" {
			return w, nil
		}
	}
	var err error
	if w.history, err = w.site.Cases.History(ctx, w.actor, who); err != nil {
		return w.unrecognised(err)
	}
	if w.form.Person != "" {
		w.form.Name, w.form.Kind, w.form.IDNumber = w.history.Applicant.Name, w.history.Applicant.Kind, ""
		male, age, born, err := w.site.Cases.Born(ctx, w.actor, w.form.Person)
		if err != nil {
			return w.unrecognised(err)
		}
		if born {
			w.heard = heardOf(male, age)
		}
	}
	if w.def != nil {
		w.under, err = w.site.Cases.UnderWay(ctx, w.actor, who, w.def.Code)
	}
	return w, err
}

// doubts are what speaks against the applicant: somebody came with this number under another name, of which one is likely
// wrong; or the number says that they are too young. It refuses nothing: names change, and who decides is not the counter.
func (w counterWork) doubts() (list []string) {
	before, typed := w.history.Applicant.Name, strings.TrimSpace(w.form.Name)
	if w.form.Person == "" && before != "" && typed != "" && typed != before {
		list = append(list, "这个号码以前登记的是“"+before+"”，请照证件核对")
	}
	if w.def == nil || w.form.Kind != cases.APerson || w.heard.Words == "" {
		return list
	}
	if least, said := w.def.LeastAge(); w.heard.Age < least {
		list = append(list, fmt.Sprintf("条件是“%s”，这个号码是 %d 周岁", said, w.heard.Age))
	}
	return list
}

// unrecognised drops a case that does not name anybody to this person; any other error stays one.
func (w counterWork) unrecognised(err error) (counterWork, error) {
	if problemCode(err) == problem.ErrNotFound.Code {
		w.form.Person, w.history = "", cases.History{}
		return w, nil
	}
	return w, err
}

// people finds whom the one field means.
func (w counterWork) people(ctx context.Context) (counterPeopleFound, error) {
	out := counterPeopleFound{Query: strings.TrimSpace(w.form.Name)}
	if out.Query == "" {
		return out, nil
	}
	found, err := w.site.Cases.People(ctx, w.actor, out.Query)
	out.More, out.Unknown = found.More, len(found.People) == 0 && charactersOf(out.Query) >= phoneDigits && startsWithDigit(out.Query)
	for _, k := range found.People {
		hit := personHit{Case: string(k.Case), Name: k.Applicant.Name, Number: k.Applicant.IDNumber, Phone: or(k.Applicant.Phone, "没有电话"), Place: k.PlaceName,
			Last: dayWords(&k.FiledAt) + " " + k.Item}
		if k.Open > 0 {
			hit.Open = fmt.Sprintf("%d 件正在办", k.Open)
		}
		out.Hits = append(out.Hits, hit)
	}
	return out, err
}

// phoneDigits is from how many digits on it is said that nobody has the number.
const phoneDigits = 11

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// or is what p points to, or else what is said otherwise.
func or(p *string, otherwise string) string {
	if p == nil {
		return otherwise
	}
	return *p
}

// earlierShown is how many earlier cases stand beside the form.
const earlierShown = 4

// seen is what is known of the applicant.
func (w counterWork) seen() counterWho {
	who := counterWho{Heard: w.heard, Doubts: w.doubts(), Sure: w.sure()}
	if w.form.Person != "" {
		a := w.history.Applicant
		who.Known = &counterKnown{Case: string(w.form.Person), Name: a.Name, Number: a.IDNumber, Phone: or(a.Phone, ""), Address: or(a.Address, "")}
	}
	for i, v := range w.history.Earlier {
		if i == earlierShown {
			break
		}
		who.Earlier = append(who.Earlier, earlierCase{Number: string(v.Number), Name: v.Item.Plain, Stands: standsWords(v), Open: v.State.Open()})
	}
	for _, h := range w.history.Held {
		who.Held = append(who.Held, heldPaper{Name: h.Material, Words: h.On.Chinese() + " “" + h.Item + "”收的", Href: "/cases/" + string(h.Case)})
	}
	return who
}

// heldWords say where the house has this paper from; empty when it has none.
func (w counterWork) heldWords(name string) string {
	for _, h := range w.history.Held {
		if h.Material == name {
			return "已有：" + h.On.Chinese() + "“" + h.Item + "”收过，到 " + h.Until.Chinese() + " 有效"
		}
	}
	return ""
}

// same lays what is under way beside what is about to be received.
func (w counterWork) same(wrong []problem.Field) counterSame {
	s := counterSame{}
	if w.under.None() || w.def == nil {
		return s
	}
	s.Item, s.Name, s.Today, s.By, s.Number = w.def.Plain, w.form.Name, w.today().Chinese(), w.actor.Name, "同一个证件号"
	if w.form.Person != "" {
		s.Number = w.history.Applicant.IDNumber
	}
	for _, v := range w.under.Cases {
		s.Rows = append(s.Rows, sameCase{Number: string(v.Number), Href: "/cases/" + string(v.Number), Name: v.Applicant.Name, IDNumber: v.Applicant.IDNumber,
			Filed: momentOf(v.FiledAt), By: v.Responsible.Name, Stands: standsWords(v), Place: v.PlaceName})
	}
	for _, e := range w.under.Elsewhere {
		s.Elsewhere = append(s.Elsewhere, e.AskName)
	}
	s.Reason = ui.Input{Name: fieldAnother, Label: "确实是另一件，为什么", Hint: "会记在新收的这一件上", Value: w.form.Another, Max: 200, Error: ui.ErrorAt(wrong, fieldAnother)}
	return s
}

// shownNumber is the number at the last look: as typed, to be read against the card, or masked as it stays in the case.
func (p counterPage) shownNumber() string {
	if p.Who.Known != nil {
		return p.Who.Known.Number
	}
	return spaced(p.Form.IDNumber)
}

// phone is the telephone that the new case will have.
func (w counterWork) phone() string {
	if w.form.Person != "" && w.form.Phone == "" {
		return or(w.history.Applicant.Phone, "")
	}
	return w.form.Phone
}

// address is the address that the new case will have.
func (w counterWork) address() string {
	if w.form.Person != "" && w.form.Address == "" {
		return or(w.history.Applicant.Address, "")
	}
	return w.form.Address
}
