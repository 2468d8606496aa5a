package cases

import (
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// Instant is a UTC instant in microseconds; 0 is never.
type Instant int64

// At is the Instant of t.
func At(t time.Time) Instant { return Instant(t.UnixMicro()) }

// Time is the instant as a time.
func (i Instant) Time() time.Time { return time.UnixMicro(int64(i)) }

// Date is the day of the instant in Shanghai.
func (i Instant) Date() calendar.Date { return calendar.DateOf(i.Time()) }

// Case is a case as its events have made it. Fields are set by events alone.
type Case struct {
	Number      Number     `json:"number"`
	ItemCode    item.Code  `json:"item"`
	ItemVersion int        `json:"item_version"`
	Place       place.Code `json:"place"` // a room, or the town itself
	Town        place.Code `json:"town"`
	Channel     Channel    `json:"channel"`
	Green       string     `json:"green,omitempty"` // why the green channel is open, when it is (M21)
	Applicant   Applicant  `json:"applicant"`
	Materials   []Material `json:"materials"`
	Afar        *Afar      `json:"afar,omitempty"` // what was said beside the application when it was filed from afar
	// PapersLater: it was filed from afar without papers that are always needed, so its papers came in with the receiving.
	PapersLater bool `json:"papers_later,omitempty"`

	State  State     `json:"state"`
	Before State     `json:"before,omitempty"` // what a special procedure interrupted
	Steps  []StepRun `json:"steps"`            // one for each step of the item
	// Responsible is the one person who answers for the case now (首问负责).
	Responsible Person `json:"responsible"`

	FiledAt     Instant `json:"filed_at"`
	ReceivedAt  Instant `json:"received_at,omitempty"`
	CorrectedAt Instant `json:"corrected_at,omitempty"` // when a correction made the papers complete
	AcceptedAt  Instant `json:"accepted_at,omitempty"`
	DecidedAt   Instant `json:"decided_at,omitempty"`
	ClosedAt    Instant `json:"closed_at,omitempty"`

	// From is the day from which the limits run (not counted itself).
	From  calendar.Date `json:"from,omitzero"`
	Stops []Stop        `json:"stops,omitempty"` // when the limits stood still, the last one perhaps open

	Notice    *Notice    `json:"notice,omitempty"`
	Silent    bool       `json:"silent,omitempty"`    // accepted by the law, since nobody had said anything
	Special   *Special   `json:"special,omitempty"`   // the special procedure under way
	Specials  []Special  `json:"specials,omitempty"`  // those that are over
	Extension *Extension `json:"extension,omitempty"` // the last one asked for
	Handing   *Handing   `json:"handing,omitempty"`   // to whom the matter was handed who has not taken it yet
	Faults    []Fault    `json:"faults,omitempty"`
	Questions []Question `json:"questions,omitempty"` // of the applicant, in the order in which they came
	Approved  *bool      `json:"approved,omitempty"`
	Another   *Another   `json:"another,omitempty"` // why it was filed beside the same matter under way

	Files     []Attachment `json:"files,omitempty"`
	GivenBack []GivenBack  `json:"given_back,omitempty"`
	Moves     []Move       `json:"moves,omitempty"` // hand-overs that are not confirmed

	Version int64    `json:"version"` // Seq of the last event that changed anything
	Events  int64    `json:"events"`  // how many events there are
	Last    LastDone `json:"last"`

	// Def is the item in the version under which the case was filed.
	Def *item.Version `json:"-"`
}

// LastDone says who changed the case last, and when: for whoever came second.
type LastDone struct {
	By   Person  `json:"by"`
	At   Instant `json:"at"`
	Kind Kind    `json:"kind"`
}

// Person is a person at a post, as known when it happened.
type Person struct {
	Account string     `json:"account"`
	Name    string     `json:"name"`
	Place   place.Code `json:"place"`
}

// Channel is how an application came.
type Channel string

// The channels.
const (
	AtCounter Channel = "counter"
	ByAgent   Channel = "agent"
	Online    Channel = "online"
	ByKiosk   Channel = "kiosk"
	ByPhone   Channel = "phone"
)

// Channels lists them with their names.
var Channels = []struct {
	Channel Channel
	Chinese string
}{{AtCounter, "窗口"}, {ByAgent, "代办"}, {Online, "网上"}, {ByKiosk, "自助机"}, {ByPhone, "电话"}}

// Chinese is the channel's name.
func (c Channel) Chinese() string {
	for _, x := range Channels {
		if x.Channel == c {
			return x.Chinese
		}
	}
	return string(c)
}

// ApplicantKind tells a person from an organisation.
type ApplicantKind string

// The kinds of applicant.
const (
	APerson        ApplicantKind = "person"
	AnOrganisation ApplicantKind = "organisation"
)

// Applicant is who applies. Numbers and telephones are sealed.
type Applicant struct {
	Kind     ApplicantKind `json:"kind"`
	Name     string        `json:"name"`
	IDNumber Secret        `json:"id_number"`
	Phone    *Secret       `json:"phone,omitempty"`
	Address  string        `json:"address,omitempty"`
}

// Secret is a sealed value: what is stored, what may be shown, and by what it is found.
type Secret struct {
	Sealed string `json:"sealed,omitempty"`
	Masked string `json:"masked"`
	Index  string `json:"index,omitempty"`
}

// hidden is the secret without what is only for storage.
func (s Secret) hidden() Secret { return Secret{Masked: s.Masked} }

// StepRun is how far one step of the item has come.
type StepRun struct {
	Started Instant `json:"started,omitempty"`
	Done    Instant `json:"done,omitempty"`
	By      string  `json:"by,omitempty"`   // name of who did it
	Note    string  `json:"note,omitempty"` // their opinion
	Skipped bool    `json:"skipped,omitempty"`
}

func (r StepRun) open() bool     { return r.Started != 0 && r.Done == 0 && !r.Skipped }
func (r StepRun) finished() bool { return r.Done != 0 || r.Skipped }

// owner is who does step i of this case: what the item says, but in a case filed at the town itself the station does
// what the village agent would do: the counter where the applicant stands before it, else the desk.
func (c *Case) owner(i int) item.Owner {
	step := &c.Def.Steps[i]
	if step.Owner.Kind != item.Agent || c.Place.IsRoom() {
		return step.Owner
	}
	switch {
	case c.Def.SpotFinish(), step.Kind == item.Receive, step.Kind == item.Accept, step.Kind == item.Deliver:
		return item.Owner{Kind: item.Counter}
	}
	return item.Owner{Kind: item.Desk}
}

// tier is where step i is done in this case.
func (c *Case) tier(i int) item.Tier {
	if c.owner(i) != c.Def.Steps[i].Owner {
		return item.Town
	}
	return c.Def.Steps[i].Tier
}

// post is where step i waits.
func (c *Case) post(i int) access.Post {
	switch o := c.owner(i); o.Kind {
	case item.Agent:
		return access.AgentPost(c.Place)
	case item.Counter:
		return access.CounterPost(c.Town)
	case item.Desk:
		return access.DeskPost(c.Town)
	default:
		if c.Def.Steps[i].Tier == item.Town {
			return access.UnitPost(o.Unit, c.Town)
		}
		return access.UnitPost(o.Unit, "")
	}
}

// open lists the steps that are under way: one, or those of a parallel group.
func (c *Case) open() []int {
	var list []int
	for i, run := range c.Steps {
		if run.open() {
			list = append(list, i)
		}
	}
	return list
}

// mine is the open step of one of these kinds (of any, when none is named) that the actor's post owns; -1 when there
// is none.
func (c *Case) mine(a access.Actor, kinds ...item.StepKind) int {
	for i := range c.Steps {
		if c.Steps[i].open() && kindIs(c.Def.Steps[i].Kind, kinds) && c.isFor(a, i) {
			return i
		}
	}
	return -1
}

// isFor says whether step i waits at the actor's post, which is where post(i) says. A list asks it many times of each case,
// so that no texts are made for it.
func (c *Case) isFor(a access.Actor, i int) bool {
	switch o := c.owner(i); o.Kind {
	case item.Agent:
		return a.Role == access.Agent && a.Place == c.Place
	case item.Counter:
		return a.Role == access.Clerk && a.Place == c.Town
	case item.Desk:
		return a.Role == access.Desk && a.Place == c.Town
	default:
		return a.Role == access.Unit && a.Unit == o.Unit && a.Post() == c.post(i)
	}
}

func kindIs(k item.StepKind, kinds []item.StepKind) bool {
	for _, x := range kinds {
		if x == k {
			return true
		}
	}
	return len(kinds) == 0
}
