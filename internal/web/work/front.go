package work

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/gate"
	"bianmin/internal/ident"
	"bianmin/internal/place"
	"bianmin/internal/web/ui"
)

// frontPage is where the demonstration begins: the roles in plain words, one click each.
type frontPage struct {
	Chrome ui.Chrome
	Towns  ui.Input
	Rooms  ui.Input
	Town   string
	Room   string
	Front  []frontRole // who meets the applicant
	Back   []frontRole // who works behind
	Over   []frontRole // who looks on
	Units  ui.Input
	Sample string // a citizen number that is right, to type
	Time   string // where the demonstration's clock is moved; empty where it cannot be
	Now    string
}

// frontRole is one account to try.
type frontRole struct{ Account, Title, Does, Icon string }

// Where the demonstration begins when no town was chosen.
const (
	demoTown = place.Code("610881101000") // 高家堡镇
	demoRoom = place.Code("610881101200") // 高家堡村
	demoUnit = "minzheng"
)

// demoPath is where the demonstration's roles are.
const demoPath = "/demo"

// front is the first page: the public's, but who is signed in at a post goes on to work.
func (s *Site) front(w http.ResponseWriter, r *http.Request) {
	actor, signedIn := gate.Actor(r.Context())
	switch {
	case signedIn:
		redirect(w, r, startOf(actor.Role))
	case s.Home != nil:
		s.Home.ServeHTTP(w, r)
	default:
		redirect(w, r, "/sign-in")
	}
}

// demoFront is where the demonstration begins: the roles, one click each; who is signed in goes on to work.
func (s *Site) demoFront(w http.ResponseWriter, r *http.Request) {
	if actor, signedIn := gate.Actor(r.Context()); signedIn {
		redirect(w, r, startOf(actor.Role))
		return
	}
	s.render(w, r, http.StatusOK, front(s.frontOf(r)))
}

// enter opens a session for a role of the demonstration.
func (s *Site) enter(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	door, err := s.Access.Enter(r.Context(), posted.Get("account"), gate.From(r))
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	s.afterDoor(w, r, door, posted.Get("next"))
}

func (s *Site) frontOf(r *http.Request) frontPage {
	town, room := s.demoPlaces(r.URL.Query().Get("town"), r.URL.Query().Get("room"))
	c := s.chrome(r, "选一个岗位试试", "")
	c.Place = s.Places.Root().Service
	return frontPage{
		Chrome: c, Town: town.Name, Room: room.Name, Time: s.timeHref(), Now: ui.Moment(s.Clock.Now()), Sample: sampleNumber(calendar.DateOf(s.Clock.Now())),
		Towns: ui.Input{Name: "town", Label: "镇（街道）", Type: "select", Value: string(town.Code), Options: placesAs(s.Places.Children(s.Places.Root().Code)), Extra: autoSend()},
		Rooms: ui.Input{Name: "room", Label: "村（社区）", Type: "select", Value: string(room.Code), Options: placesAs(s.Places.Children(town.Code)), Extra: autoSend()},
		Front: []frontRole{
			{"clerk-" + town.Code.Short(), town.Name + "窗口", "收一件试试：折桂英的高龄补贴。事项打“高龄”或者 glbt", "hand"},
			{"agent-" + string(room.Code), room.Name + "代办员", "村里收件、核实，手机上也能办", "users"},
		},
		Back: []frontRole{
			{"desk-" + town.Code.Short(), town.Name + "经办岗", "审窗口转来的件，按剩下的时间排好了", "list"},
			{"unit-" + demoUnit, "市民政局", "审批低保、高龄补贴，同意或者不同意", "doc"},
			{"chief-" + demoUnit, "市民政局负责人", "批本局申请的延期，同意或者不同意", "pen"},
		},
		Over: []frontRole{
			{"head-" + town.Code.Short(), town.Name + "站长", "看全镇的件，批延期，收错了的可以作废", "home"},
			{"supervisor", "监督", "看全市的件，哪些超了、归谁", "bell"},
			{"inspector", "督查", "都能看，什么也不能改", "ledger"},
			{"admin", "系统管理员", "管账号，换每年的放假安排", "user"},
		},
		Units: ui.Input{Name: "account", ID: "unit", Label: "别的部门", Type: "select", Options: s.unitsAs(town)},
	}
}

// demoPlaces are the town and the room that were chosen, as far as they are there.
func (s *Site) demoPlaces(town, room string) (place.Place, place.Place) {
	t, ok := s.Places.Place(place.Code(town))
	if !ok || t.Kind != place.Station {
		if t, ok = s.Places.Place(demoTown); !ok {
			t = first(s.Places.Children(s.Places.Root().Code))
		}
	}
	rm, ok := s.Places.Place(place.Code(room))
	if !ok || rm.Parent != t.Code {
		if rm, ok = s.Places.Place(demoRoom); !ok || rm.Parent != t.Code {
			rm = first(s.Places.Children(t.Code))
		}
	}
	return t, rm
}

func first(list []place.Place) place.Place {
	if len(list) == 0 {
		return place.Place{}
	}
	return list[0]
}

func placesAs(list []place.Place) []ui.Option {
	options := make([]ui.Option, len(list))
	for i, p := range list {
		options[i] = ui.Option{Value: string(p.Code), Label: p.Name}
	}
	return options
}

// unitsAs are the accounts of all units, those of the town under its name.
func (s *Site) unitsAs(town place.Place) []ui.Option {
	units := s.Places.Units()
	slices.SortStableFunc(units, func(a, b place.Unit) int { return cmp.Or(cmp.Compare(a.Tier, b.Tier), natureOrder(a)-natureOrder(b)) })
	var options []ui.Option
	for _, u := range units {
		o := ui.Option{Value: "unit-" + u.Code, Label: u.Name}
		if u.Tier == place.TownTier {
			o = ui.Option{Value: o.Value + "-" + town.Code.Short(), Label: u.NameIn(town.Name)}
		}
		options = append(options, o)
	}
	return options
}

// natureOrder: offices first, enterprises last.
func natureOrder(u place.Unit) int {
	return slices.Index([]place.Nature{place.Government, place.Authorised, place.Enterprise}, u.Nature)
}

func autoSend() map[string]any { return map[string]any{"data-auto": true} }

// sampleBirth is a woman of 71 from old Shenmu County, so that the number shows how an old code is taken.
const sampleBirth = "612722" + "19541002" + "002"

// sampleNumber ends the sample with the check digit that makes it right.
func sampleNumber(today calendar.Date) string {
	for _, check := range "0123456789X" {
		if n, err := ident.ParseCitizenNumber(sampleBirth+string(check), today); err == nil {
			return string(n)
		}
	}
	return ""
}

// readOff writes a citizen number so that it can be read off: 612722 19541002 0021.
func readOff(number string) string {
	if len(number) != 18 {
		return number
	}
	return strings.Join([]string{number[:6], number[6:14], number[14:]}, " ")
}
