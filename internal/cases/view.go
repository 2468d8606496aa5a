package cases

import (
	"encoding/json"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// View is a case as this person sees it: what the API answers and what pages are made of. Numbers are masked.
type View struct {
	Number              Number         `json:"number"`
	Version             int64          `json:"version" doc:"send it back with the next verb"`
	State               State          `json:"state"`
	StateName           string         `json:"state_name"`
	Item                ItemView       `json:"item"`
	Place               place.Code     `json:"place"`
	PlaceName           string         `json:"place_name"`
	Town                place.Code     `json:"town"`
	TownName            string         `json:"town_name"`
	Channel             Channel        `json:"channel"`
	Green               *string        `json:"green"`
	Applicant           ApplicantView  `json:"applicant"`
	Materials           []Material     `json:"materials"`
	Step                *StepView      `json:"step"`
	Hands               []access.Post  `json:"hands" doc:"the posts whose turn it is, as the board counts them: side by side steps each; none while the applicant fetches what is missing"`
	Limits              Limits         `json:"limits"`
	Responsible         Person         `json:"responsible"`
	Actions             []Verb         `json:"actions" doc:"what this account can do now"`
	FiledAt             string         `json:"filed_at"`
	ReceivedAt          *string        `json:"received_at"`
	AcceptedAt          *string        `json:"accepted_at"`
	DecidedAt           *string        `json:"decided_at"`
	ClosedAt            *string        `json:"closed_at"`
	Approved            *bool          `json:"approved"`
	Silent              bool           `json:"silent" doc:"accepted by the law, since nobody had said anything in time"`
	AcceptByProvisional bool           `json:"accept_by_provisional" doc:"the official calendar of a year in it is not known yet"`
	AcceptBy            *string        `json:"accept_by" doc:"the last day to accept or to notify, before acceptance; null while the papers have not come"`
	Overran             bool           `json:"overran" doc:"a special procedure takes longer than the applicant was told"`
	Extension           *ExtensionView `json:"extension"`
	Handing             *HandingView   `json:"handing" doc:"to whom the matter was handed who has not taken it yet"`
	UnclearFiles        int            `json:"unclear_files" doc:"how many files were marked as not to be read and wait for a better one"`
	Held                []Material     `json:"held" doc:"originals that the village's agent took along and has not given back"`
	Moves               []MoveView     `json:"moves" doc:"papers of the applicant that are on their way, and not confirmed"`
	// Whole is only in the answer about one case, not in lists.
	*Whole
	// Revealed is only in the answer to reveal.
	Revealed *RevealedView `json:"revealed,omitempty"`
}

// Whole is what the page of one case shows beyond the row of a list.
type Whole struct {
	Steps   []StepView   `json:"steps"`
	Notice  *NoticeView  `json:"notice"`
	Special *SpecialView `json:"special"`
	Afar    *AfarView    `json:"afar" doc:"what was said when it was filed online; null for the rest"`

	Specials []SpecialView `json:"specials" doc:"special procedures that are over"`

	Questions []QuestionView `json:"questions" doc:"of the applicant, with their answers"`
	Faults    []FaultView    `json:"faults"`
	Another   *AnotherView   `json:"another" doc:"why it was filed although the same matter of the same applicant was under way"`

	Files     []FileView      `json:"files" doc:"photographs and scans of the materials, in the order in which they came"`
	GivenBack []GivenBackView `json:"given_back" doc:"originals that their owner has again"`
	MayAttach bool            `json:"may_attach" doc:"this account can add files now"`
	MayRemove bool            `json:"may_remove" doc:"this account can take files away altogether: nobody has received them yet"`
}

// AnotherView is the reason for a second case of one matter, and what was under way.
type AnotherView struct {
	Reason    string   `json:"reason"`
	Beside    []Number `json:"beside" doc:"the cases under way that the filer saw"`
	Elsewhere []string `json:"elsewhere" doc:"the towns that had others"`
}

// AfarView is what an applicant said who filed from afar.
type AfarView struct {
	Filer    *string  `json:"filer" doc:"who filed for the applicant; null: the applicant"`
	Relation *string  `json:"relation"`
	Bring    []string `json:"bring" doc:"the papers that will be brought"`
}

// ItemView names the item.
type ItemView struct {
	Code    item.Code `json:"code"`
	Name    string    `json:"name"`
	Plain   string    `json:"plain"`
	Version int       `json:"version"`
	Kind    item.Kind `json:"kind"`
}

// ApplicantView is the applicant with numbers masked.
type ApplicantView struct {
	Kind     ApplicantKind `json:"kind"`
	Name     string        `json:"name"`
	IDNumber string        `json:"id_number" doc:"masked"`
	Phone    *string       `json:"phone" doc:"masked"`
	Address  *string       `json:"address"`
}

// StepView is one step of the case.
type StepView struct {
	Index     int           `json:"index" doc:"from 1"`
	Name      string        `json:"name"`
	Kind      item.StepKind `json:"kind"`
	Tier      item.Tier     `json:"tier"`
	Owner     string        `json:"owner" doc:"agent, counter, desk or unit:<code>"`
	OwnerName string        `json:"owner_name"`
	Days      *int          `json:"days"`
	DayUnit   calendar.Unit `json:"day_unit"`
	Counts    bool          `json:"counts"`
	Group     *string       `json:"group"`
	State     string        `json:"state" enum:"todo,open,done,skipped"`
	Started   *string       `json:"started"`
	Due       *string       `json:"due"`
	Left      *int          `json:"left" doc:"days of its own time that are left while that runs: 0 is today, negative is late"`
	Done      *string       `json:"done"`
	By        *string       `json:"by"`
	Note      *string       `json:"note"`
}

// NoticeView is the one-time notice that was given.
type NoticeView struct {
	At      string `json:"at"`
	By      Person `json:"by"`
	Missing []Lack `json:"missing"`
	Days    int    `json:"days" doc:"calendar days that the applicant has"`
	Until   string `json:"until" doc:"the last day for the correction"`
	Again   bool   `json:"again" doc:"it is not the first"`

	Provisional bool `json:"provisional" doc:"the official calendar of that year is not known yet"`
}

// ExtensionView is the extension that was asked for.
type ExtensionView struct {
	Days    int     `json:"days"`
	Reason  string  `json:"reason"`
	By      Person  `json:"by"`
	At      string  `json:"at"`
	State   string  `json:"state" enum:"asked,granted,refused"`
	ForName string  `json:"for_name" doc:"who decides on it"`
	Head    *Person `json:"head" doc:"who decided on it"`
	DoneAt  *string `json:"done_at"`
	Why     *string `json:"why" doc:"why it was refused"`
	Lapsed  bool    `json:"lapsed" doc:"nobody answered before the limit passed: it can only be refused"`
}

// HandingView is the handing on to a named person.
type HandingView struct {
	To     Person `json:"to"`
	By     Person `json:"by"`
	At     string `json:"at"`
	Reason string `json:"reason"`
}

// FaultView is a fault on somebody's record.
type FaultView struct {
	Kind     FaultKind `json:"kind"`
	KindName string    `json:"kind_name"`
	At       string    `json:"at"`
	Who      Person    `json:"who"`
	About    []string  `json:"about"`
}

// SpecialView is the special procedure under way.
type SpecialView struct {
	Kind        SpecialKind `json:"kind"`
	KindName    string      `json:"kind_name"`
	Basis       string      `json:"basis"`
	Days        int         `json:"expected_days"`
	Since       string      `json:"since"`
	ExpectedEnd string      `json:"expected_end"`
	Evidence    string      `json:"evidence"`
	Until       *string     `json:"until" doc:"when it ended"`
	EndEvidence *string     `json:"end_evidence"`
	Result      *string     `json:"result"`
	Overran     bool        `json:"overran"`
	Provisional bool        `json:"provisional" doc:"the official calendar of the year of its expected end is not known yet"`
}

// RevealedView is a number in full.
type RevealedView struct {
	Field string `json:"field"`
	Value string `json:"value"`
}

// EventView is one event as shown.
type EventView struct {
	Seq      int64           `json:"seq"`
	Entry    *int64          `json:"entry" doc:"number in the journal; null for at most a second"`
	At       string          `json:"at"`
	Kind     Kind            `json:"kind"`
	KindName string          `json:"kind_name"`
	Actor    string          `json:"actor"`
	OnBehalf *string         `json:"on_behalf"`
	Place    *string         `json:"place"`
	Data     json.RawMessage `json:"data"`
}

// viewer makes views for one actor at one instant.
type viewer struct {
	places *place.Directory
	cal    *calendar.Calendar
	actor  access.Actor
	now    time.Time
}

// row is the case as a list shows it.
func (v viewer) row(c *Case) View {
	current := v.current(c)
	limits := c.limits(v.cal, current, v.now)
	view := View{
		Number: c.Number, Version: c.Version, State: c.State, StateName: c.State.Chinese(),
		Item:  ItemView{Code: c.ItemCode, Name: c.Def.Name, Plain: c.Def.Plain, Version: c.ItemVersion, Kind: c.Def.Kind},
		Place: c.Place, PlaceName: v.placeName(c.Place), Town: c.Town, TownName: v.placeName(c.Town),
		Channel: c.Channel, Green: text(c.Green), Applicant: applicantView(c.Applicant), Materials: c.Materials,
		Hands: c.hands(), Limits: limits, Responsible: c.Responsible, Actions: c.actionsWithin(v.actor, limits),
		FiledAt: stamp(c.FiledAt), ReceivedAt: moment(c.ReceivedAt), AcceptedAt: moment(c.AcceptedAt),
		DecidedAt: moment(c.DecidedAt), ClosedAt: moment(c.ClosedAt), Approved: c.Approved,
		Silent: c.Silent, Overran: c.Special != nil && c.Special.Overran, Extension: v.extension(c), Held: c.Held(), Moves: movesOf(c, v.actor), UnclearFiles: c.unclear(),
	}
	if h := c.Handing; h != nil {
		view.Handing = &HandingView{To: h.To, By: h.By, At: stamp(h.At), Reason: h.Reason}
	}
	if c.AcceptedAt == 0 && (c.State == Submitted || c.State == Received) {
		if r, runs := c.silence(v.cal); runs {
			day := r.Due.String()
			view.AcceptBy, view.AcceptByProvisional = &day, r.Provisional
		}
	}
	if current >= 0 {
		step := v.step(c, current, view.Limits.Step)
		view.Step = &step
	}
	return view
}

// whole is the case with everything its page shows.
func (v viewer) whole(c *Case) View {
	view := v.row(c)
	view.Whole = &Whole{Steps: make([]StepView, len(c.Steps))}
	for i := range c.Steps {
		view.Steps[i] = v.step(c, i, c.stepReading(v.cal, i, v.now))
	}
	if c.Notice != nil {
		n := c.Notice
		view.Notice = &NoticeView{At: stamp(n.At), By: n.By, Missing: n.Missing, Days: n.Days, Until: n.until(v.cal).String(), Again: n.First != nil,
			Provisional: !v.cal.Known(n.until(v.cal))}
	}
	if c.Special != nil {
		special := c.Special.view(v.cal)
		view.Special = &special
	}
	if x := c.Afar; x != nil {
		view.Afar = &AfarView{Filer: text(x.Filer), Relation: text(x.Relation), Bring: append([]string{}, x.Bring...)}
	}
	view.Specials, view.Faults, view.Questions = []SpecialView{}, []FaultView{}, v.questions(c)
	for _, s := range c.Specials {
		view.Specials = append(view.Specials, s.view(v.cal))
	}
	for _, f := range c.Faults {
		view.Faults = append(view.Faults, f.view())
	}
	if n := c.Another; n != nil {
		view.Another = &AnotherView{Reason: n.Reason, Beside: append([]Number{}, n.Beside...), Elsewhere: []string{}}
		for _, town := range n.Elsewhere {
			view.Another.Elsewhere = append(view.Another.Elsewhere, v.placeName(town))
		}
	}
	view.Files, view.GivenBack, view.MayAttach, view.MayRemove = filesOf(c), givenBackOf(c), c.MayAttach(v.actor) == nil, c.MayRemove(v.actor) == nil
	return view
}

func (s Special) view(cal *calendar.Calendar) SpecialView {
	return SpecialView{Kind: s.Kind, KindName: s.Kind.Chinese(), Basis: s.Basis, Days: s.Days, Since: stamp(s.Since),
		ExpectedEnd: s.ends(cal).String(), Evidence: s.Evidence, Until: moment(s.Until), EndEvidence: text(s.EndEvidence),
		Result: text(s.Result), Overran: s.Overran,
		Provisional: !cal.Known(s.ends(cal))}
}

func (f Fault) view() FaultView {
	return FaultView{Kind: f.Kind, KindName: f.Kind.Chinese(), At: stamp(f.At), Who: f.Who, About: f.About}
}

func (v viewer) extension(c *Case) *ExtensionView {
	x := c.Extension
	if x == nil {
		return nil
	}
	view := &ExtensionView{Days: x.Days, Reason: x.Reason, By: x.By, At: stamp(x.At), State: "asked", ForName: ApproverName(v.places, x.For, c.Town),
		Head: x.Head, DoneAt: moment(x.DoneAt), Why: text(x.Why)}
	switch {
	case x.granted():
		view.State = "granted"
	case !x.open():
		view.State = "refused"
	default:
		view.Lapsed = c.State.Open() && c.passed(v.cal, v.now)
	}
	return view
}

// current is the step to show: the viewer's own if one is open, else the first that is; -1 when none is.
func (v viewer) current(c *Case) int {
	if i := c.mine(v.actor); i >= 0 {
		return i
	}
	if open := c.open(); len(open) > 0 {
		return open[0]
	}
	return -1
}

// step is a step with the reading of its limit, if it has one.
func (v viewer) step(c *Case, i int, reading *Limit) StepView {
	step, run := &c.Def.Steps[i], c.Steps[i]
	s := StepView{
		Index: i + 1, Name: step.Name, Kind: step.Kind, Tier: c.tier(i), Owner: c.owner(i).String(), OwnerName: v.ownerName(c, i),
		Days: step.Days, DayUnit: step.DayUnit, Counts: step.Counts, Group: step.Group, State: run.state(),
		Started: moment(run.Started), Done: moment(run.Done), By: text(run.By), Note: text(run.Note),
	}
	if reading != nil && run.open() {
		s.Due = reading.Due
		if reading.Running {
			s.Left = &reading.Left
		}
	}
	return s
}

// state is how far the step is, in a word.
func (r StepRun) state() string {
	switch {
	case r.Skipped:
		return "skipped"
	case r.Done != 0:
		return "done"
	case r.Started != 0:
		return "open"
	}
	return "todo"
}

// ownerName is who owns a step, as people say it: 高家堡村代办员, 高家堡镇窗口, 市民政局.
func (v viewer) ownerName(c *Case, i int) string {
	switch o := c.owner(i); o.Kind {
	case item.Agent:
		return v.placeName(c.Place) + "代办员"
	case item.Counter:
		return v.placeName(c.Town) + "窗口"
	case item.Desk:
		return v.placeName(c.Town) + "经办岗"
	default:
		return v.places.UnitName(o.Unit, c.Town)
	}
}

func (v viewer) placeName(code place.Code) string {
	if p, ok := v.places.Place(code); ok {
		return p.Name
	}
	return string(code)
}

func applicantView(a Applicant) ApplicantView {
	view := ApplicantView{Kind: a.Kind, Name: a.Name, IDNumber: a.IDNumber.Masked, Address: text(a.Address)}
	if a.Phone != nil {
		view.Phone = &a.Phone.Masked
	}
	return view
}

func moment(i Instant) *string {
	if i == 0 {
		return nil
	}
	s := stamp(i)
	return &s
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
