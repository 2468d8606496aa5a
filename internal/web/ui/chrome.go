package ui

import (
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
)

// Face is whom a page is made for: sizes and the frame differ, the parts are the same.
type Face string

// The faces. An agent on a phone gets the citizens': large type, large targets, one column.
const (
	Staff   Face = "staff"
	Citizen Face = "citizen"
)

// FaceOf is the face that a role works with.
func FaceOf(r access.Role) Face {
	if r == access.Agent {
		return Citizen
	}
	return Staff
}

// The sizes of print. Only the citizens' face knows Larger.
const (
	Normal = "normal"
	Large  = "large"
	Larger = "large-2"
)

// Chrome is the frame around a page.
type Chrome struct {
	Title string
	Face  Face
	// Actor is who is signed in; the zero Actor is nobody.
	Actor access.Actor
	// Place is the sign over the door: 高家堡镇便民服务站.
	Place string
	// Above is the smaller line over the sign on the citizens' face: 高家堡镇.
	Above   string
	Nav     []NavItem
	Current string // Href of the item of Nav that this page belongs to
	// Demo is the banner's text; empty without the demonstration.
	Demo string
	// Time leads to where the demonstration's clock is moved; empty where it cannot be.
	Time string
	// Try is what the demonstration's visitor can type here; empty where there is nothing to type.
	Try  string
	Size string // Normal, Large or Larger
	// Here is the page's own address, to come back to after a change of size.
	Here string
	// Host is the name under which the browser reached us, for addresses on paper.
	Host string
	// Home is where the sign leads.
	Home string
	// Query stands in the search box. Search says whether there is one.
	Query  string
	Search bool
	// Fixed fills the window and scrolls its columns, as the counter and the desk do; else the page scrolls.
	Fixed bool
	// Out is where signing out is sent; /sign-out when empty. In leads a visitor to signing in; empty where nobody need.
	Out string
	In  string
	// Bare is a citizen's page on a slow line: the smaller sheet, and no script but the small one that it can do without.
	Bare bool
	// NoTabs leaves the bar at a phone's lower edge to the page's own buttons.
	NoTabs bool
	// Tel is whom a citizen can ask, one tap away; empty on pages of staff.
	Tel string
	// Keys is the table behind 「?」, for the pages that have keys.
	Keys []Key
}

// SignedIn says that somebody is.
func (c Chrome) SignedIn() bool { return c.Actor.Account != "" }

// SizeCookie keeps the size of print.
const SizeCookie = "size"

// SizeOf is the size that the browser keeps.
func SizeOf(r *http.Request) string {
	c, err := r.Cookie(SizeCookie)
	if err != nil || c.Value != Large && c.Value != Larger {
		return Normal
	}
	return c.Value
}

// Moment is an instant as pages write it: 2026年3月10日 10:20.
func Moment(t time.Time) string { return t.In(calendar.Shanghai).Format("2006年1月2日 15:04") }

// DemoTimePath is where the demonstration's clock is moved.
const DemoTimePath = "/demo/time"

// DemoWords is the banner of the demonstration.
func DemoWords(now time.Time) string { return "演示，时间是 " + Moment(now) }

// NextSize is what the switch 大字版 sets: the next larger, and after the largest the normal one again.
func (c Chrome) NextSize() (size, label string) {
	switch {
	case c.Size == Large && c.Face == Citizen:
		return Larger, "再大一点"
	case c.Size == Normal || c.Size == "":
		return Large, "大字版"
	}
	return Normal, "标准字"
}

// NavItem is one entry of the main menu.
type NavItem struct {
	Href, Label string
	Icon        string // one of the icons, for the tab bar on a phone
	Count       int    // how many wait there; 0 shows nothing
	Hot         bool   // some of them are late
}

// Key is one line of the table of keys.
type Key struct{ Keys, Does string }

func (c Chrome) sheet() string {
	if c.Bare {
		return "portal.css"
	}
	return "bianmin.css"
}

// sign cuts the sign over the door where it may break into lines: before the kind of house, never inside it. A name of
// another kind is not cut, and house is empty.
func (c Chrome) sign() (house, counter string) {
	for _, kind := range []string{"便民服务", "政务服务"} {
		if at := strings.Index(c.Place, kind); at > 0 {
			return c.Place[:at], c.Place[at:]
		}
	}
	return "", c.Place
}

func (c Chrome) size() string {
	if c.Size == "" {
		return Normal
	}
	return c.Size
}

func (c Chrome) out() string {
	if c.Out == "" {
		return "/sign-out"
	}
	return c.Out
}

func (c Chrome) home() string {
	if c.Home == "" {
		return "/"
	}
	return c.Home
}

func (c Chrome) nextSize() string      { size, _ := c.NextSize(); return size }
func (c Chrome) nextSizeLabel() string { _, label := c.NextSize(); return label }

func (c Chrome) current(item NavItem) templ.Attributes {
	if item.Href != c.Current {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}

// Alarm is what wants somebody's eye now, and since when, in words.
type Alarm struct{ Text, Since string }
