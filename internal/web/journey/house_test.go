package journey

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"bianmin/internal/app"
	"bianmin/internal/browser"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m, browser.Quit) }

// house is the program, served.
type house struct {
	*app.App
	url string
}

// open starts the demonstration on SQLite.
func open(t *testing.T) *house {
	t.Helper()
	a, err := app.Open(context.Background(), app.Config{Data: t.TempDir(), Demo: true, Wall: clock.Func(time.Now), Log: slog.New(slog.DiscardHandler)}, db.Serving)
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

// enter opens the front page and enters as the account, as a visitor of the demonstration does.
func (h *house) enter(p *browser.Page, account string) {
	p.Open(h.url + "/")
	if p.Count(`form[action="/sign-out"]`) > 0 {
		p.Click(`form[action="/sign-out"] button`)
		p.WaitVisible(`button[value="` + account + `"]`)
	}
	p.Click(`button[value="` + account + `"]`)
	p.WaitVisible(`form[action="/sign-out"]`)
}
