package app_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"bianmin/internal/app"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/enginetest"
)

// ownHouse is a demonstration of the test's own, on a clock of its own.
func ownHouse(t *testing.T, engine string, wall clock.Clock) *house {
	t.Helper()
	h := &house{engine: engine, log: &record{}, clients: map[string]*client{}}
	h.config = app.Config{Data: t.TempDir(), Demo: true, Wall: wall, Log: slog.New(slog.NewJSONHandler(h.log, nil))}
	if engine == "postgres" {
		h.config.DatabaseURL = enginetest.PostgresURL(t)
	}
	if err := h.open(); err != nil {
		t.Fatal(err)
	}
	h.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.live.Load().ServeHTTP(w, r) }))
	t.Cleanup(func() {
		h.server.Close()
		errClosing(t, h.app)
	})
	return h
}

func serial(t *testing.T, v cases.View) int {
	t.Helper()
	n, err := strconv.Atoi(strings.Split(string(v.Number), "-")[2])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestTheMachinesClockJumps a year on and a day back: what is filed meanwhile is numbered without a gap, no session
// lives longer for it, what falls due in a year that comes twice happens once, and the jump is told.
func TestTheMachinesClockJumps(t *testing.T) {
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) {
			wall := clock.NewShifted(clock.Func(time.Now), 0)
			h := ownHouse(t, engine, wall)
			jump := func(to time.Duration, jumps string) {
				t.Helper()
				wall.Set(to)
				h.eventually(t, 5*time.Second, "the jump is told", func() bool {
					return strings.Contains(string(h.nobody().get(t, "/metrics").raw), "bianmin_clock_jumps_total "+jumps+"\n")
				})
			}
			before := h.signIn(t, clerk)
			file := func(c *client) cases.View {
				t.Helper()
				return c.post(t, filing, application(h, oldAge, gaoVillage, newPerson())).want(t, 201).view(t)
			}
			first := file(before)
			law := func() (kinds []string) { // what the law did to it
				t.Helper()
				for _, e := range events(t, h.as(t, "inspector"), first) {
					if e.Actor == "system" {
						kinds = append(kinds, string(e.Kind))
					}
				}
				return kinds
			}
			jump(365*24*time.Hour, "1")
			h.eventually(t, 5*time.Second, "nobody has accepted it for a year", func() bool { h.forget("inspector"); return len(law()) == 1 })
			before.get(t, filing).want(t, 401, "not_signed_in")
			inAYear := h.signIn(t, clerk)
			file(inAYear)
			jump(-24*time.Hour, "2")
			before.get(t, filing).want(t, 401, "not_signed_in")
			inAYear.get(t, filing).want(t, 401, "not_signed_in")
			yesterday := h.signIn(t, clerk)
			again := file(yesterday)
			jump(0, "3")
			yesterday.get(t, filing).want(t, 401, "not_signed_in")
			third := file(h.signIn(t, clerk))
			jump(365*24*time.Hour, "4")
			if _, err := h.app.Cases.FallDue(t.Context()); err != nil {
				t.Fatal(err)
			}
			h.forget("inspector")
			if once := law(); len(once) != 1 || once[0] != string(cases.KindSilent) {
				t.Errorf("after the same year came twice: %v", once)
			}
			if serial(t, again) != serial(t, first)+1 || serial(t, third) != serial(t, again)+1 {
				t.Errorf("numbered %s, %s, %s", first.Number, again.Number, third.Number)
			}
			if said := h.log.String(); strings.Count(said, "the machine's clock jumped") != 4 {
				t.Errorf("the log does not tell of four jumps")
			}
			if up := h.app.Alarms(t.Context()); len(up) == 0 || !strings.Contains(up[0].Text, "时钟") {
				t.Errorf("no alarm is up: %v", up)
			}
			h.verifies(t)
		})
	}
}
