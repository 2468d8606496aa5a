package work

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/draft"
	"bianmin/internal/file"
	"bianmin/internal/gate"
	"bianmin/internal/item"
	"bianmin/internal/journal"
	"bianmin/internal/once"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/print"
	"bianmin/internal/reference"
	"bianmin/internal/seal"
	"bianmin/internal/web/ui"
)

// The places and the cast of the tests, as in the demonstration.
const (
	gaojiabu     = place.Code("610881101000")
	gaojiabuRoom = place.Code("610881101200")
	dabaodang    = place.Code("610881110000")
	shenmu       = place.Code("610881000000")

	testPassword = "Bianmin-test-1"
)

var (
	theAgent      = access.Account{Account: "agent-610881101200", Name: "白伟", Role: access.Agent, Place: gaojiabuRoom}
	theClerk      = access.Account{Account: "clerk-610881101", Name: "贾明亮", Role: access.Clerk, Place: gaojiabu}
	theDesk       = access.Account{Account: "desk-610881101", Name: "王文军", Role: access.Desk, Place: gaojiabu}
	theHead       = access.Account{Account: "head-610881101", Name: "王占山", Role: access.Head, Place: gaojiabu}
	theUnit       = access.Account{Account: "unit-minzheng", Name: "武保军", Role: access.Unit, Place: shenmu, Unit: "minzheng"}
	theChief      = access.Account{Account: "chief-minzheng", Name: "白建国", Role: access.Chief, Place: shenmu, Unit: "minzheng"}
	theSupervisor = access.Account{Account: "supervisor", Name: "郝磊", Role: access.Supervisor, Place: shenmu}
	theInspector  = access.Account{Account: "inspector", Name: "白察", Role: access.Inspector, Place: shenmu}
	theAdmin      = access.Account{Account: "admin", Name: "王秀芳", Role: access.Admin, Place: shenmu}
	theNeighbour  = access.Account{Account: "clerk-610881110", Name: "张晓燕", Role: access.Clerk, Place: dabaodang}

	theCast = []access.Account{theAgent, theClerk, theDesk, theHead, theUnit, theChief, theSupervisor, theInspector, theAdmin, theNeighbour}

	testHash = sync.OnceValue(func() string { access.Cheap(); return access.HashPassword(testPassword) })
)

// house is the pages on real services and an empty database, with the cast.
type house struct {
	t       *testing.T
	site    *Site
	journal *journal.Journal
	clock   *clock.Manual
	wall    *clock.Manual
	server  http.Handler
}

func newHouse(t *testing.T, change ...func(*Deps)) *house {
	t.Helper()
	sure := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	d, err := db.Open(t.Context(), filepath.Join(t.TempDir(), db.File), db.Serving)
	sure(err)
	t.Cleanup(func() { sure(d.Close()) })
	keys, err := seal.Generate("test")
	sure(err)
	box, err := keys.Box()
	sure(err)
	places, err := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	sure(err)
	items, err := item.NewCatalogue(item.FirstVersions(item.Demonstration()))
	sure(err)
	start := time.Date(2026, time.March, 10, 10, 20, 0, 0, calendar.Shanghai)
	h := &house{t: t, clock: clock.NewManual(start), wall: clock.NewManual(start)}
	j, cal := journal.New(d), calendar.New(calendar.Official())
	h.journal = j
	people := access.New(d, j, places, box, h.clock, h.wall)
	for _, a := range theCast {
		sure(people.Add(t.Context(), journal.System, a, testHash()))
	}
	service := cases.New(cases.Parts{DB: d, Journal: j, Once: once.New(d), Places: places, Items: items, People: people, Calendar: calendar.NewInForce(cal).Now, Box: box, Clock: h.clock})
	deps := Deps{Access: people, Cases: service, Drafts: draft.New(d, box, h.clock),
		Files: file.New(file.Parts{DB: d, Journal: j, Cases: service, Box: box, Clock: h.clock, Wall: h.wall}), Items: items, Places: places, Calendar: calendar.NewInForce(cal).Now, Clock: h.clock, Box: box, Demo: true, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	ref := reference.New(d, j)
	deps.Contacts, deps.ContactHistory = place.NewBook(nil), ref.ContactHistory
	deps.SetContacts = func(ctx context.Context, by access.Actor, list []place.Contact) error {
		if err := ref.SetContacts(ctx, by.Account, h.clock.Now(), list); err != nil {
			return err
		}
		all, err := ref.Contacts(ctx)
		deps.Contacts.Set(all)
		return err
	}
	deps.Papers = paper.New(paper.Parts{DB: d, Journal: j, Cases: service, Items: items, Places: places, Calendar: deps.Calendar, Clock: h.clock, Printer: print.New("")})
	for _, c := range change {
		c(&deps)
	}
	h.site = New(deps)
	g := gate.New(people, service, h.wall, h.site.Refuse, func(w http.ResponseWriter, _ *http.Request, err error) { http.Error(w, err.Error(), http.StatusTeapot) })
	h.site.Register(g)
	sure(g.Check())
	h.server = ui.Secure(g)
	return h
}

// browser is somebody at a screen: it keeps cookies, as a browser does.
type browser struct {
	*house
	cookies map[string]string
	htmx    string // the target of the next request, when htmx makes it
}

func (h *house) browser() *browser { return &browser{house: h, cookies: map[string]string{}} }

// as signs in.
func (h *house) as(a access.Account) *browser {
	h.t.Helper()
	b := h.browser()
	b.posts("/demo/enter", "account", a.Account).is(http.StatusSeeOther)
	return b
}

// shown is an answer.
type shown struct {
	t      *testing.T
	status int
	to     string
	header http.Header
	body   string
}

func (b *browser) sends(r *http.Request) shown {
	b.t.Helper()
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	if b.htmx != "" {
		r.Header.Set("HX-Request", "true")
		r.Header.Set("HX-Target", b.htmx)
	}
	w := httptest.NewRecorder()
	b.server.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		b.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return shown{b.t, w.Code, w.Header().Get("Location"), w.Header(), w.Body.String()}
}

func (b *browser) opens(address string) shown {
	b.t.Helper()
	return b.sends(httptest.NewRequest(http.MethodGet, address, nil))
}

func (b *browser) posts(address string, pairs ...string) shown {
	b.t.Helper()
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.sends(r)
}

func (s shown) is(status int) shown {
	s.t.Helper()
	if s.status != status {
		s.t.Fatalf("answered %d, want %d\n%s", s.status, status, s.words())
	}
	return s
}

func (s shown) says(texts ...string) shown {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.words(), text) {
			s.t.Errorf("does not say %q:\n%s", text, s.words())
		}
	}
	return s
}

func (s shown) saysNot(texts ...string) shown {
	s.t.Helper()
	for _, text := range texts {
		if strings.Contains(s.body, text) {
			s.t.Errorf("says %q:\n%s", text, s.words())
		}
	}
	return s
}

func (s shown) goesTo(address string) shown {
	s.t.Helper()
	s.is(http.StatusSeeOther)
	if s.to != address {
		s.t.Errorf("goes to %s, want %s", s.to, address)
	}
	return s
}

var (
	tags = regexp.MustCompile(`(?s)<(script|style|select)[^>]*>.*?</(script|style|select)>|<[^>]*>`)
	// unbroken parts no words: it only keeps a line from ending.
	unbroken = regexp.MustCompile(`<span class="nb">([^<]*)</span>`)
	spaces   = regexp.MustCompile(`[\s\x{a0}]+`)
)

// words is the page as it is read, without its tags.
func (s shown) words() string {
	return spaces.ReplaceAllString(tags.ReplaceAllString(unbroken.ReplaceAllString(s.body, "$1"), " "), " ")
}

// field is the value of a hidden box.
func (s shown) field(name string) string {
	s.t.Helper()
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(s.body)
	if m == nil {
		s.t.Fatalf("no box %s", name)
	}
	return m[1]
}

// files an application for 高龄补贴 by the clerk and gives the case.
func (h *house) files(name string) cases.View {
	h.t.Helper()
	def, _ := h.site.Items.Get("BM-008")
	app := cases.Application{Item: "BM-008", Place: string(gaojiabuRoom), Channel: cases.AtCounter, Kind: cases.APerson, Name: name,
		IDNumber: sampleNumber(calendar.DateOf(h.clock.Now())), Phone: "13991234567", Another: "测试里都是同一个人"}
	for _, m := range def.AlwaysNeeded() {
		app.Materials = append(app.Materials, cases.Material{Name: m.Name, Originals: m.Originals, Copies: m.Copies, Status: cases.MaterialReceived})
	}
	answer, err := h.site.Cases.File(h.t.Context(), theClerk.Actor(), once.Key{Account: theClerk.Account, Path: "/test", Key: newOnce()}, app)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.read(answer)
}

// does a verb beyond the pages, to bring a case where a test begins.
func (h *house) does(a access.Account, v cases.View, list ...cases.Command) cases.View {
	h.t.Helper()
	for _, cmd := range list {
		answer, err := h.site.Cases.Do(h.t.Context(), a.Actor(), once.Key{Account: a.Account, Path: "/test", Key: newOnce()}, v.Number, v.Version, cmd)
		if err != nil {
			h.t.Fatalf("%s by %s: %v", cmd.Verb(), a.Account, err)
		}
		v = h.read(answer)
	}
	return v
}

func (h *house) read(answer once.Answer) (v cases.View) {
	h.t.Helper()
	if err := json.Unmarshal(answer.Body, &v); err != nil {
		h.t.Fatal(err)
	}
	return v
}

// atTheDesk is a case that waits for the town's desk.
func (h *house) atTheDesk(name string) cases.View {
	h.t.Helper()
	v := h.does(theClerk, h.files(name), cases.Accept{})
	return h.does(theAgent, v, cases.Pass{Note: "情况属实"})
}

func TestPagesAreKeptByNobody(t *testing.T) {
	h := newHouse(t)
	n := h.atTheDesk("折桂英").Number
	b := h.as(theDesk)
	for _, address := range []string{"/desk", casePath(n), "/sign-in?next=/desk", "/cases/610881101-2026-000001-0"} {
		if got := b.opens(address).header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control %q", address, got)
		}
	}
}

func TestPagesRunNothingInline(t *testing.T) {
	h := newHouse(t)
	n := h.atTheDesk(`折<script>alert(1)</script>`).Number
	inline := regexp.MustCompile(`\sstyle="|\son[a-z]+="|<style|<script[^>]*>[^<]`)
	for a, addresses := range map[*browser][]string{h.as(theDesk): {"/desk", casePath(n), "/faults"}, h.as(theAdmin): {"/accounts", "/calendar"}, h.browser(): {"/demo", "/sign-in"}} {
		for _, address := range addresses {
			if found := inline.FindString(a.opens(address).is(http.StatusOK).body); found != "" {
				t.Errorf("%s holds %q", address, found)
			}
		}
	}
}

func TestAFaultInAPageIsNoHalfPage(t *testing.T) {
	h := newHouse(t)
	w := httptest.NewRecorder()
	h.site.Refuse(w, httptest.NewRequest(http.MethodGet, "/desk", nil), errors.New("the disk is full"))
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "没有丢") || strings.Contains(w.Body.String(), "disk") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestLargePagesAreSqueezed(t *testing.T) {
	h := newHouse(t)
	r := httptest.NewRequest(http.MethodGet, "/demo", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	got := h.browser().sends(r).is(http.StatusOK)
	if got.header.Get("Content-Encoding") != "gzip" || len(got.body) > 6<<10 {
		t.Errorf("%d bytes, %v", len(got.body), got.header)
	}
}
