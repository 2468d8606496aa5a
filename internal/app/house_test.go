package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bianmin/internal/app"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/enginetest/scratch"
	"bianmin/internal/seal"
)

// house is the whole program on one engine, served over HTTP.
type house struct {
	engine string
	config app.Config
	app    *app.App
	log    *record
	server *httptest.Server
	live   atomic.Pointer[app.App]
	end    *binary

	mu      sync.Mutex
	clients map[string]*client
}

var houses struct {
	sync.Mutex
	of map[string]*house
}

// houseOn gives the house of an engine, founded the first time that a test asks.
func houseOn(t *testing.T, engine string) *house {
	t.Helper()
	houses.Lock()
	defer houses.Unlock()
	if houses.of == nil {
		houses.of = map[string]*house{}
	}
	if houses.of[engine] == nil {
		h, err := found(engine)
		if err != nil {
			t.Fatal(err)
		}
		houses.of[engine] = h
	}
	return houses.of[engine]
}

// found opens a house with the demonstration in it.
func found(engine string) (*house, error) {
	data, err := scratch.New("bianmin-app")
	if err != nil {
		return nil, err
	}
	h := &house{engine: engine, log: &record{}, end: &binary{}, clients: map[string]*client{}}
	h.end.Cleanup(func() {
		if err := data.Remove(); err != nil {
			h.end.Errorf("%v", err)
		}
	})
	h.config = app.Config{Data: data.Path, Demo: true, Wall: clock.Func(time.Now),
		Log: slog.New(slog.NewJSONHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	if engine == "postgres" {
		h.config.DatabaseURL = enginetest.PostgresURL(h.end)
	}
	if err := h.open(); err != nil {
		return nil, err
	}
	h.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.live.Load().ServeHTTP(w, r) }))
	h.end.Cleanup(h.server.Close)
	return h, nil
}

func (h *house) open() error {
	ctx := context.Background() // the house outlives the test that opens it
	a, err := app.Open(ctx, h.config, db.Serving)
	if err != nil {
		return err
	}
	a.Start(ctx)
	h.app = a
	h.live.Store(a)
	return nil
}

// restart ends the program and starts it again on the same data.
func (h *house) restart(t *testing.T) {
	t.Helper()
	if err := h.app.Close(); err != nil {
		t.Fatal(err)
	}
	if err := h.open(); err != nil {
		t.Fatal(err)
	}
}

func (h *house) box(t *testing.T) *seal.Box {
	t.Helper()
	b, err := h.app.Keys.Box()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// closeHouses ends every house that was opened.
func closeHouses() error {
	houses.Lock()
	defer houses.Unlock()
	var errs []error
	for _, h := range houses.of {
		found, err := h.confidences(context.Background())
		for _, f := range found {
			errs = append(errs, fmt.Errorf("%s: kept in the clear: %s", h.engine, f))
		}
		errs = append(errs, err, h.app.Close(), h.end.end())
	}
	return errors.Join(errs...)
}

// record is a log that can be read back.
type record struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (r *record) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.buf.Write(b)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.buf.String()
}
