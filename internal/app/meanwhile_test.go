package app_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bianmin/internal/cases"
	"bianmin/internal/clock"
)

// TestThePageTellsWhatHappenedMeanwhile: whoever moves the demonstration's clock is shown, at once and on either engine,
// what fell due on the way; what happened before is not told again.
func TestThePageTellsWhatHappenedMeanwhile(t *testing.T) {
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) {
			h := ownHouse(t, engine, clock.Func(time.Now))
			forgotten := everything(t, h.as(t, "inspector"), "limit=200&state=received")
			if len(forgotten) < 3 {
				t.Fatalf("%d wait for acceptance", len(forgotten))
			}
			silent := cases.KindSilent.Chinese() + "</span>" // as a mark, not in a sentence
			page := h.movesByPage(t, "days=14")
			for _, v := range forgotten {
				if !strings.Contains(page, string(v.Number)) {
					t.Errorf("%s is not told of", v.Number)
				}
			}
			if n := strings.Count(page, silent); n < len(forgotten) {
				t.Errorf("%d of %d are told of", n, len(forgotten))
			}
			if again := h.movesByPage(t, "days=1"); strings.Contains(again, silent) {
				t.Error("what happened before is told again")
			}
		})
	}
}

// movesByPage moves the clock as a visitor does, and gives the page that follows.
func (h *house) movesByPage(t *testing.T, how string) string {
	t.Helper()
	form, err := url.ParseQuery(how)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.server.URL+"/demo/time", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := http.Client{Timeout: time.Minute}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%d (%v)", answer.StatusCode, err)
	}
	return string(page)
}
