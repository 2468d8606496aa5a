package portal

import (
	"net/http"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/guide"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/web/ui"
)

func (s *Site) registerGuide(g *gate.Gate) {
	page := func(pattern string, h http.HandlerFunc) {
		g.Handle(gate.Route{Pattern: pattern, Permission: access.Public, Face: gate.My}, h)
	}
	page("GET /guide", s.guideFind)
	page("GET /guide/{code}", s.guideSheet)
	page("GET /guide/{code}/flow.svg", s.guideFlow)
	page("GET /guide/{code}/guide.pdf", s.guidePrinted)
	page("POST /place", s.placeSet)
}

// homePage is what the public meets first.
type homePage struct {
	Chrome ui.Chrome
	Common []itemRow
	All    int
	Near   []helpRow // who helps near here
	Towns  ui.Input
	Here   string // the place that was chosen; empty before
	Drafts []draftRow
	Demo   bool
}

// itemRow is an item in a list.
type itemRow struct {
	Href, Plain, Official, Takes string
	Spot, Village, Online        bool
}

// helpRow is somebody to ask.
type helpRow struct{ Name, Note, Tel string }

// commonest is how many of the commonest matters the home shows.
const commonest = 8

// Home is the first page of the public.
func (s *Site) Home(w http.ResponseWriter, r *http.Request) {
	at, chosen := s.placeOf(r)
	list, err := s.Guide.Commonest(r.Context(), commonest)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	drafts, err := s.drafts(r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page := homePage{Chrome: s.portalChrome(r, "首页", "/"), Common: rowsOf(list), All: len(s.Guide.Items.All()), Towns: hiddenLabel(s.towns(at)), Demo: s.Demo, Drafts: drafts}
	page.Chrome.Title = page.Chrome.Place
	if chosen {
		page.Here = at.Name
		page.Near = s.near(at)
	}
	s.render(w, r, http.StatusOK, homePaper(page))
}

// hiddenLabel: the heading above says it already.
func hiddenLabel(in ui.Input) ui.Input {
	in.Hidden = true
	return in
}

func rowsOf(list []item.Version) []itemRow {
	rows := make([]itemRow, len(list))
	for i, v := range list {
		rows[i] = rowOf(v.Definition)
	}
	return rows
}

func rowOf(d item.Definition) itemRow {
	row := itemRow{Href: "/guide/" + string(d.Code), Plain: d.Plain, Spot: d.Kind == item.OnTheSpot, Village: guide.InVillage(d), Online: d.Online()}
	if row.Takes = d.Limits.Promised.Chinese(); row.Spot {
		row.Takes = "当场办"
	}
	return row
}

// near lists whom somebody of a place can ask, the nearest first, and last who answers for everybody.
func (s *Site) near(at place.Place) []helpRow {
	var list []helpRow
	for _, code := range []place.Code{at.Code, at.Code.Town()} {
		p, ok := s.Places.Place(code)
		if !ok || len(list) > 0 && p.Code == at.Code {
			continue
		}
		c := s.Guide.ContactOf(code)
		row := helpRow{Name: p.Service, Tel: c.Telephone, Note: c.Hours}
		if row.Tel == "" && row.Note == "" {
			row.Note = "电话还没有登记，先打 12345 问"
		}
		list = append(list, row)
	}
	return list
}

// placeCookie keeps where the person lives, for a year.
const placeCookie = "place"

// placeOf is where the person lives; ok is false when nobody said.
func (s *Site) placeOf(r *http.Request) (place.Place, bool) {
	c, err := r.Cookie(placeCookie)
	if err != nil {
		return place.Place{}, false
	}
	p, ok := s.Places.Place(place.Code(c.Value))
	if !ok || p.Kind == place.Centre {
		return place.Place{}, false
	}
	return p, true
}

// placeSet keeps where the person lives; nothing chosen forgets it.
func (s *Site) placeSet(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	p, ok := s.Places.Place(place.Code(posted.Get("place")))
	c := &http.Cookie{Name: placeCookie, Path: "/", MaxAge: -1, SameSite: http.SameSiteLaxMode, HttpOnly: true}
	if ok && p.Kind != place.Centre {
		c.Value, c.MaxAge = string(p.Code), int(365*24*time.Hour/time.Second)
	}
	http.SetCookie(w, c)
	back := posted.Get("back")
	if back != "/" {
		back = local(back)
	}
	redirect(w, r, back)
}

// towns is the question where the person lives.
func (s *Site) towns(at place.Place) ui.Input {
	in := ui.Input{Name: "place", Label: "您住哪个镇（街道）", Type: "select", Options: []ui.Option{{Value: "", Label: "请选择"}}}
	for _, p := range s.Places.Children(s.Places.Root().Code) {
		in.Options = append(in.Options, ui.Option{Value: string(p.Code), Label: p.Name, On: at.Code != "" && p.Code == at.Code.Town()})
	}
	return in
}

// portalChrome is the frame of a page of the portal: with the menu, the sign of the person's own station, and a telephone.
func (s *Site) portalChrome(r *http.Request, title, current string) ui.Chrome {
	c := s.chrome(r, title)
	c.Current = current
	return c
}
