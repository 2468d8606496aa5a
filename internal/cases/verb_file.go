package cases

import (
	"slices"
	"strconv"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// Filing is an application as it comes in: the command that begins a case. Numbers are sealed already.
type Filing struct {
	Place     place.Code
	Channel   Channel
	Applicant Applicant
	Materials []Material
	Green     string
	Afar      *Afar
	Answers   *Person
	Person    Number   // the earlier case from which the applicant was taken; empty when typed
	Reason    string   // why it is another matter than one under way, as typed
	Another   *Another // set where there is one
}

// Afar is what an applicant said who filed from afar, beside the application itself.
type Afar struct {
	Filer    string   `json:"filer,omitempty"`    // who files for the applicant; empty: the applicant
	Relation string   `json:"relation,omitempty"` // and what that person is to the applicant
	Bring    []string `json:"bring,omitempty"`    // the papers that will be brought, by name
}

// Check looks at the materials against the item; the applicant was parsed at the edge.
func (f Filing) check(d *item.Version) []problem.Field { return checkMaterials(f.Materials, d) }

// checkMaterials finds papers that the item does not know, that are named twice, or whose status or numbers make
// no sense.
func checkMaterials(list []Material, d *item.Version) []problem.Field {
	var wrong []problem.Field
	bad := func(i int, field, code, message string) {
		wrong = append(wrong, problem.Field{Path: "materials[" + strconv.Itoa(i) + "]." + field, Code: code, Message: message})
	}
	for i, m := range list {
		if _, known := d.Material(m.Name); !known {
			bad(i, "name", "unknown_material", "这个事项不要这份材料，请照清单核对名称")
		} else if indexOf(list, m.Name) != i {
			bad(i, "name", "twice", "这份材料写了两次")
		}
		if !m.Status.known() {
			bad(i, "status", "unknown_status", "材料要写收到、没带、不合格或者不需要")
		}
		if m.Originals < AsAsked || m.Originals > 99 {
			bad(i, "originals", "out_of_range", "原件份数在 0 到 99 之间")
		}
		if m.Copies < AsAsked || m.Copies > 99 {
			bad(i, "copies", "out_of_range", "复印件份数在 0 到 99 之间")
		}
	}
	return wrong
}

// File decides on the beginning of a case. The number was drawn for it; of what the actor may file where, the
// permission table and the scope of its place were asked before.
func File(number Number, d *item.Version, f Filing, a access.Actor, now time.Time) ([]Event, *problem.Problem) {
	if wrong := problem.WrongFields(f.check(d)); wrong != nil {
		return nil, wrong
	}
	e := &Filed{
		kind: KindReceived, Item: d.Code, ItemVersion: d.Number, CasePlace: f.Place, Channel: f.Channel, Green: f.Green,
		Applicant: f.Applicant, Materials: checklist(d, f.Materials), AtCounter: a.Role == access.Clerk, Afar: f.Afar, Answers: f.Answers,
		Person: f.Person, Another: f.Another,
	}
	switch f.Channel {
	case Online, ByKiosk, ByPhone:
		e.kind, e.AtCounter = KindSubmitted, false // the papers are not at a counter yet
		e.PapersLater = len(missing(d, e.Materials)) > 0
	}
	return stamped([]Event{e}, a, now), nil
}

// Filed begins a case: as received over a counter or by an agent, or as submitted from afar.
type Filed struct {
	Meta
	kind        Kind
	Item        item.Code  `json:"item"`
	ItemVersion int        `json:"item_version"`
	CasePlace   place.Code `json:"place"`
	Channel     Channel    `json:"channel"`
	Green       string     `json:"green,omitempty"`
	Applicant   Applicant  `json:"applicant"`
	Materials   []Material `json:"materials"`
	// AtCounter: the town's counter has the papers, so no village needs to hand them on.
	AtCounter bool `json:"at_counter"`
	// PapersLater: papers that are always needed were still to be brought. Entries from before this was asked have none.
	PapersLater bool `json:"papers_later,omitempty"`
	// Afar is what was said beside it when it was filed from afar.
	Afar *Afar `json:"afar,omitempty"`
	// Answers is who is first asked when a citizen filed: the station's head, until somebody takes the papers in.
	Answers *Person `json:"answers,omitempty"`
	// Person is the case in which the applicant was recognised.
	Person Number `json:"person,omitempty"`
	// Another says why it was filed beside what was under way.
	Another *Another `json:"another,omitempty"`
}

// Kind is KindReceived or KindSubmitted.
func (e *Filed) Kind() Kind { return e.kind }

func (e *Filed) apply(c *Case) {
	c.ItemCode, c.ItemVersion, c.Place, c.Town = e.Item, e.ItemVersion, e.CasePlace, e.CasePlace.Town()
	c.Channel, c.Green, c.Applicant, c.Another = e.Channel, e.Green, e.Applicant, e.Another
	c.Materials = slices.Clone(e.Materials) // theirs change, the event's do not
	c.Steps = make([]StepRun, len(c.Def.Steps))
	c.FiledAt, c.Responsible, c.State, c.Afar, c.PapersLater = e.At, e.person(), Submitted, e.Afar, e.PapersLater
	if e.Answers != nil {
		c.Responsible = *e.Answers
	}
	if e.kind == KindReceived {
		c.receive(e.At, e.By, e.AtCounter)
	}
}

// receive opens the first step; at the town's counter that is the one after the village's.
func (c *Case) receive(at Instant, by string, atCounter bool) {
	c.State, c.ReceivedAt = Received, at
	if atCounter {
		c.finishReceiving(at, by)
	}
	c.openNext(at)
}

// finishReceiving ends the steps before acceptance; one that had begun keeps its beginning.
func (c *Case) finishReceiving(at Instant, by string) {
	for i, step := range c.Def.Steps {
		run := &c.Steps[i]
		if step.Kind != item.Receive || run.finished() {
			continue
		}
		if run.Started == 0 {
			run.Started = at
		}
		run.Done, run.By = at, by
	}
}

// Receive takes in the papers of an application that was filed from afar, and says which have come. With none named they
// stand as the applicant listed them.
type Receive struct{ Materials []Material }

// Verb is receive.
func (Receive) Verb() Verb { return VerbReceive }

// Check wants papers of this item.
func (r Receive) Check(d *item.Version) []problem.Field { return checkMaterials(r.Materials, d) }

func (r Receive) decide(c *Case, a access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	e := &Taking{AtCounter: a.Role == access.Clerk}
	for _, handed := range r.Materials {
		asked, _ := c.Def.Material(handed.Name)
		e.Materials = append(e.Materials, handed.counted(asked))
	}
	return []Event{e}, nil
}

// Taking is the receiving of what had been submitted.
type Taking struct {
	Meta
	AtCounter bool       `json:"at_counter"`
	Materials []Material `json:"materials,omitempty"` // those that were looked at, as they are
}

// Kind is KindTakenIn.
func (e *Taking) Kind() Kind { return KindTakenIn }

func (e *Taking) apply(c *Case) {
	c.answers(e.person())
	for _, m := range e.Materials {
		if i := indexOf(c.Materials, m.Name); i >= 0 {
			c.Materials[i] = m
		}
	}
	c.receive(e.At, e.By, e.AtCounter)
}
