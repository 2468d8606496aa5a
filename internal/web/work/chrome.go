package work

import (
	"net/http"
	"net/url"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/gate"
	"bianmin/internal/web/ui"
)

// chrome is the frame of a page for whoever asks for it. current is the address of the entry of the menu that the page
// belongs to.
func (s *Site) chrome(r *http.Request, title, current string) ui.Chrome {
	actor, _ := gate.Actor(r.Context())
	c := ui.Chrome{
		Title: title, Face: ui.FaceOf(actor.Role), Actor: actor, Nav: menu(actor.Role), Current: current, Size: ui.SizeOf(r),
		Here: here(r), Host: r.Host, Home: startOf(actor.Role), Search: access.Allows(actor.Role, access.ReadCases), Query: s.uncovered(r.URL.Query().Get("q")),
	}
	c.Place, c.Above = s.sign(actor)
	if s.Demo {
		now := s.Clock.Now()
		c.Demo, c.Time = ui.DemoWords(now), s.timeHref()
		if current == "/counter" {
			c.Try = "可以试：折桂英，" + readOff(sampleNumber(calendar.DateOf(now)))
		}
	}
	return c
}

// Frame is the frame for pages of other packages.
func (s *Site) Frame(r *http.Request, title, current string) ui.Chrome {
	return s.chrome(r, title, current)
}

// Needs tells what a page of another package needs, so that a refusal names who has it.
func (s *Site) Needs(pattern string, p access.Permission) { s.needs[pattern] = p }

// sign is what hangs over the door of the actor's post; a unit and its chief work under its own name.
func (s *Site) sign(a access.Actor) (sign, above string) {
	if a.OfUnit() != "" {
		return s.Places.UnitName(a.Unit, a.Place), ""
	}
	p, ok := s.Places.Place(a.Place)
	if !ok {
		p = s.Places.Root()
	}
	if p.Code.IsRoom() {
		if town, ok := s.Places.Place(p.Code.Town()); ok {
			above = town.Name
		}
	}
	return p.Service, above
}

// placesItem leads to the places' hours and telephones.
var placesItem = ui.NavItem{Href: "/places", Label: "地方", Icon: "pin"}

// boardItem leads to where things stand.
var boardItem = ui.NavItem{Href: "/board", Label: "总览", Icon: "home"}

// menu is the main menu of a role.
func menu(role access.Role) []ui.NavItem {
	if role == "" {
		return nil
	}
	counter := ui.NavItem{Href: "/counter", Label: "收件", Icon: "plus"}
	desk := ui.NavItem{Href: "/desk", Label: "办件", Icon: "list"}
	papers := ui.NavItem{Href: "/papers", Label: "文书", Icon: "doc"}
	switch role {
	case access.Agent:
		return []ui.NavItem{{Href: agentHome, Label: "今天", Icon: "home"}, counter, desk, papers}
	case access.Clerk:
		counter.Label, desk.Label = "窗口", "待办"
		return []ui.NavItem{counter, desk, papers}
	case access.Admin:
		return []ui.NavItem{{Href: "/accounts", Label: "账号", Icon: "users"}, {Href: "/seats", Label: "岗位", Icon: "list"}, placesItem,
			{Href: "/calendar", Label: "日历", Icon: "clock"}, {Href: "/messages", Label: "已发短信", Icon: "phone"}}
	case access.Desk, access.Unit:
		desk.Label = "待办"
	case access.Head:
		return []ui.NavItem{boardItem, desk, papers, {Href: "/faults", Label: "过错", Icon: "ledger"}, {Href: "/ratings", Label: "评价", Icon: "bell"}, placesItem}
	case access.Supervisor, access.Inspector:
		return []ui.NavItem{boardItem, desk, {Href: "/ledger", Label: "登记簿", Icon: "doc"}, {Href: "/faults", Label: "过错", Icon: "ledger"}, {Href: "/ratings", Label: "评价", Icon: "bell"}}
	}
	return []ui.NavItem{desk, papers}
}

// startOf is the page with which a role begins the day.
func startOf(role access.Role) string {
	if items := menu(role); len(items) > 0 {
		return items[0].Href
	}
	return "/"
}

// here is the page to come back to; when a form was sent, the page that it stood on.
func here(r *http.Request) string {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return r.URL.RequestURI()
	}
	from, err := url.Parse(r.Referer())
	if err != nil || from.Host != r.Host {
		return "/"
	}
	return local(from.RequestURI())
}

// local lets through what leads to a page of ours, and makes anything else the front page.
func local(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(u.Path, "/") ||
		strings.HasPrefix(u.Path, "//") || strings.ContainsAny(address, "\\\r\n\t") || strings.HasPrefix(address, "//") {
		return "/"
	}
	return address
}
