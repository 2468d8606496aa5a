package counterwalk

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/browser"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/draft"
	"bianmin/internal/enginetest"
	"bianmin/internal/file"
	"bianmin/internal/gate"
	"bianmin/internal/item"
	"bianmin/internal/journal"
	"bianmin/internal/once"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/print"
	"bianmin/internal/seal"
	"bianmin/internal/web/ui"
	"bianmin/internal/web/work"
)

func TestMain(m *testing.M) {
	access.Cheap()
	enginetest.Main(m, browser.Quit)
}

// The people of these tests, all of 高家堡镇; and the villager with her number, 72 years old on that day.
const (
	clerk = "clerk-610881101"
	agent = "agent-610881101200"
	desk  = "desk-610881101"
	far   = "clerk-610881102" // of another town

	villager       = "折桂英"
	villagerNumber = "612722195304124024"
	villagerPhone  = "13991205127"
)

// morning is when these tests happen: a Tuesday, with ten working days to 24 March.
var morning = time.Date(2026, 3, 10, 10, 20, 0, 0, calendar.Shanghai)

// house is the staff's pages over real services and a database of their own.
type house struct {
	t      testing.TB
	access *access.Service
	cases  *cases.Service
	papers *paper.Service
	server *httptest.Server
	broken atomic.Bool // the line: no answer comes
}

func build(t testing.TB) *house {
	t.Helper()
	ctx := t.Context()
	keys := must(seal.Generate("counter.test"))
	box := must(keys.Box())
	d := must(db.Open(ctx, db.FileIn(t.TempDir()), db.Serving))
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	log := journal.New(d)
	places := must(place.NewDirectory(place.Shenmu(), place.ShenmuUnits()))
	items := must(item.NewCatalogue(item.FirstVersions(item.Demonstration())))
	cal := calendar.New(calendar.Official())
	clk := clock.NewManual(morning)
	h := &house{t: t, access: access.New(d, log, places, box, clk, clock.Func(time.Now)),
		cases: cases.New(cases.Parts{DB: d, Journal: log, Once: once.New(d), Places: places, Items: items, Calendar: calendar.NewInForce(cal).Now, Box: box, Clock: clk})}
	h.hire(access.Account{Account: clerk, Name: "张晓燕", Role: access.Clerk, Place: "610881101000"})
	h.hire(access.Account{Account: agent, Name: "高建平", Role: access.Agent, Place: "610881101200"})
	h.hire(access.Account{Account: desk, Name: "贺志强", Role: access.Desk, Place: "610881101000"})
	h.hire(access.Account{Account: far, Name: "乔小梅", Role: access.Clerk, Place: "610881102000"})

	h.papers = paper.New(paper.Parts{DB: d, Journal: log, Cases: h.cases, Items: items, Places: places, Calendar: calendar.NewInForce(cal).Now, Clock: clk, Printer: print.New("")})
	site := work.New(work.Deps{Access: h.access, Cases: h.cases, Drafts: draft.New(d, box, clk),
		Files: file.New(file.Parts{DB: d, Journal: log, Cases: h.cases, Box: box, Clock: clk, Wall: clk}), Items: items, Places: places, Calendar: calendar.NewInForce(cal).Now, Clock: clk, Box: box, Demo: true,
		Papers: h.papers, Log: slog.New(slog.DiscardHandler)})
	g := gate.New(h.access, h.cases, clock.Func(time.Now), site.Refuse, site.Refuse)
	site.Register(g)
	if err := g.Check(); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /enter/{account}", h.enter)
	mux.Handle("/", ui.Secure(g))
	h.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h.broken.Load() {
			panic(http.ErrAbortHandler)
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(h.server.Close)
	return h
}

func (h *house) hire(a access.Account) {
	h.t.Helper()
	if err := h.access.Add(h.t.Context(), "system", a, ""); err != nil {
		h.t.Fatal(err)
	}
}

// enter signs a person in without a password and goes to a page, in the size of print asked for.
func (h *house) enter(w http.ResponseWriter, r *http.Request) {
	door, err := h.access.Enter(r.Context(), r.PathValue("account"), access.From{Address: "test"})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	gate.SetCookie(w, r, door.Token)
	if size := r.URL.Query().Get("size"); size != "" {
		http.SetCookie(w, &http.Cookie{Name: "size", Value: size, Path: "/"})
	}
	http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusSeeOther)
}

func (h *house) address(account, to string) string {
	return h.server.URL + "/enter/" + account + "?to=" + to
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
