package app_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
)

// Whoever moves the demonstration's clock moves it for every copy of the program.
func TestTheOtherCopyLearnsTheDemonstrationsClock(t *testing.T) {
	config := app.Config{Data: t.TempDir(), DatabaseURL: enginetest.PostgresURL(t), Demo: true, Wall: clock.Func(time.Now),
		Log: slog.New(slog.DiscardHandler)}
	var copies [2]*app.App
	for i := range copies {
		a, err := app.Open(context.WithoutCancel(t.Context()), config, db.Serving)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { errClosing(t, a) })
		a.Start(t.Context())
		copies[i] = a
	}
	shows := func(a *app.App, day string) bool {
		w := httptest.NewRecorder()
		a.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/sign-in", nil))
		return strings.Contains(w.Body.String(), day)
	}
	if shows(copies[0], "4月20日") {
		t.Fatal("the demonstration starts there")
	}
	to := time.Date(2026, time.April, 20, 1, 0, 30, 0, time.UTC)
	if err := copies[0].MoveClock(t.Context(), access.Actor{Account: "admin"}, to); err != nil {
		t.Fatal(err)
	}
	for i, a := range copies {
		(&house{}).eventually(t, time.Second, "copy "+string(rune('1'+i))+" shows the day", func() bool { return shows(a, "2026年4月20日") })
	}
}
