package work

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/item"
)

// counterForm is what the counter's page sends, as typed. The names of its values are the paths under which the
// service reports wrong fields, so that a mistake finds its box by itself.
type counterForm struct {
	Key  string // of this application: the page drew it, and every try to file sends the same
	Item item.Code

	Kind                           cases.ApplicantKind
	Name, IDNumber, Phone, Address string
	Place, PlaceTyped              string
	Channel                        cases.Channel
	Green                          string
	// Person is an earlier case of the applicant, who was recognised in it: name and number are then that case's, and the
	// number is nowhere on the page.
	Person  cases.Number
	Another string // why it is another matter than the one under way
	Sure    string // the doubts that were ticked off
	Days    string // that a notice gives, as typed; empty is what is usual here
	Draft   int64  // the version of the draft that this page has read
	Tab     string // names this page to the drafts

	Answers map[string]string // by the situation's id
	Ticks   []tick            // one for each material of the item, in its order
}

// tick is how the clerk marked one paper; the empty Status is one not yet looked at.
type tick struct {
	Status cases.MaterialStatus
	Note   string
}

// The names of the form's values.
const (
	fieldKey        = "once"
	fieldDo         = "do"
	fieldItem       = "item"
	fieldKind       = "applicant.kind"
	fieldName       = "applicant.name"
	fieldIDNumber   = "applicant.id_number"
	fieldPhone      = "applicant.phone"
	fieldAddress    = "applicant.address"
	fieldPlace      = "place"
	fieldPlaceTyped = "place.typed"
	fieldChannel    = "channel"
	fieldGreen      = "green"
	fieldPerson     = "person"
	fieldAnother    = "another"
	fieldSure       = "sure"
	fieldDays       = "days"
	fieldDraft      = "draft"
	fieldTab        = "tab"
	answerPrefix    = "answer."
)

func fieldStatus(i int) string { return "materials[" + strconv.Itoa(i) + "].status" }
func fieldNote(i int) string   { return "materials[" + strconv.Itoa(i) + "].note" }

// readCounterForm takes the values as they are; what is no answer of the item's and no status is dropped. def is nil
// while no item is chosen.
func readCounterForm(v url.Values, def *item.Version) counterForm {
	f := counterForm{
		Key: v.Get(fieldKey), Kind: cases.ApplicantKind(v.Get(fieldKind)), Name: v.Get(fieldName), IDNumber: v.Get(fieldIDNumber),
		Phone: v.Get(fieldPhone), Address: v.Get(fieldAddress), Place: v.Get(fieldPlace), PlaceTyped: v.Get(fieldPlaceTyped),
		Channel: cases.Channel(v.Get(fieldChannel)), Green: v.Get(fieldGreen), Answers: map[string]string{},
		Person: cases.Number(v.Get(fieldPerson)), Another: v.Get(fieldAnother), Sure: v.Get(fieldSure), Days: v.Get(fieldDays), Tab: v.Get(fieldTab),
	}
	f.Draft, _ = strconv.ParseInt(v.Get(fieldDraft), 10, 64) // what is no number has read nothing
	if def == nil {
		return f
	}
	f.Item, f.Ticks = def.Code, make([]tick, len(def.Materials))
	for _, s := range def.Situations {
		answer := v.Get(answerPrefix + s.ID)
		if slices.ContainsFunc(s.Options, func(o item.Option) bool { return o.Answer == answer }) {
			f.Answers[s.ID] = answer
		}
	}
	for i := range f.Ticks {
		status := cases.MaterialStatus(v.Get(fieldStatus(i)))
		if status.Chinese() == string(status) {
			status = ""
		}
		f.Ticks[i] = tick{Status: status, Note: v.Get(fieldNote(i))}
	}
	return f
}

// complete fills in what a role or the item leaves no choice about.
func (f *counterForm) complete(a access.Actor, def *item.Version) {
	if a.Role == access.Agent {
		f.Place = string(a.Place)
	}
	if f.Channel == "" {
		f.Channel = channelsOf(a.Role)[0]
	}
	switch {
	case def != nil && def.Serves == item.Organisations:
		f.Kind = cases.AnOrganisation
	case f.Kind == "" || def != nil && def.Serves == item.Persons:
		f.Kind = cases.APerson
	}
}

// channelsOf are the ways an application comes to this role, the usual one first.
func channelsOf(r access.Role) []cases.Channel {
	if r == access.Agent {
		return []cases.Channel{cases.ByAgent, cases.ByPhone}
	}
	return []cases.Channel{cases.AtCounter, cases.ByAgent, cases.ByPhone}
}

// values writes the form back: what the hidden inputs of the check page hold, and what the idempotency key binds.
func (f counterForm) values() url.Values {
	v := url.Values{
		fieldKey: {f.Key}, fieldItem: {string(f.Item)}, fieldKind: {string(f.Kind)}, fieldName: {f.Name}, fieldIDNumber: {f.IDNumber},
		fieldPhone: {f.Phone}, fieldAddress: {f.Address}, fieldPlace: {f.Place}, fieldPlaceTyped: {f.PlaceTyped},
		fieldChannel: {string(f.Channel)}, fieldGreen: {f.Green}, fieldPerson: {string(f.Person)}, fieldAnother: {f.Another}, fieldSure: {f.Sure}, fieldDays: {f.Days},
	}
	for id, answer := range f.Answers {
		v.Set(answerPrefix+id, answer)
	}
	for i, t := range f.Ticks {
		v.Set(fieldStatus(i), string(t.Status))
		v.Set(fieldNote(i), t.Note)
	}
	return v
}

// blank says that nothing about the applicant was typed yet: another item is then a fresh page. The place does not
// count, an agent's is always there.
func (f counterForm) blank() bool {
	return strings.TrimSpace(f.Name+f.IDNumber+f.Phone+f.Address+f.PlaceTyped+string(f.Person)) == ""
}
