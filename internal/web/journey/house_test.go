package journey

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/browser"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/demo"
	"bianmin/internal/enginetest"
)

func TestMain(m *testing.M) {
	access.Cheap()
	enginetest.Main(m, browser.Quit)
}

// house is the program, served.
type house struct {
	*app.App
	url string
}

// open starts the demonstration on SQLite.
func open(t *testing.T) *house {
	t.Helper()
	return openBy(t, clock.Func(time.Now))
}

// openBy starts it by another clock on the wall.
func openBy(t *testing.T, wall clock.Clock) *house {
	t.Helper()
	a, err := app.Open(context.Background(), app.Config{Data: t.TempDir(), Demo: true, Wall: wall, Log: slog.New(slog.DiscardHandler)}, db.Serving)
	if err != nil {
		t.Fatal(err)
	}
	a.Start(t.Context())
	server := httptest.NewServer(a)
	t.Cleanup(func() {
		server.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return &house{a, server.URL}
}

// signIn signs out whoever is in, and signs in with account and password.
func (h *house) signIn(p *browser.Page, account string) {
	p.Open(h.url + "/sign-in")
	if p.Count(`form[action="/sign-out"]`) > 0 {
		p.Leads(func() { p.Click(`form[action="/sign-out"] button`) })
		p.Open(h.url + "/sign-in")
	}
	p.Fill(`input[name="account"]`, account)
	p.Fill(`input[name="password"]`, demo.Password)
	p.Leads(func() { p.Press("Enter") })
	p.WaitVisible(`form[action="/sign-out"]`)
}
