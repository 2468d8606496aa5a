package portal

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/clock"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// TestWhatIsMissingIsNamed: who asks for a matter that is not there is told so and can look again; an application under way
// says where it can be; of a case nothing is told but that it was not found.
func TestWhatIsMissingIsNamed(t *testing.T) {
	places, err := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if err != nil {
		t.Fatal(err)
	}
	s := New(Deps{Places: places, Clock: clock.NewManual(time.Date(2026, 3, 10, 10, 20, 0, 0, calendar.Shanghai)), Log: slog.New(slog.DiscardHandler)})
	for path, want := range map[string][]string{
		"/bu-zai":        {"没有这一页", "查一查", `href="/my"`},
		"/guide/BM-999":  {"没有找到这件事", "查一查", `href="/guide"`},
		"/file/BM-999":   {"没有找到这件事", "查一查"},
		"/filing/abc":    {"没有找到这份申请", "登录以后接着填", `href="/my/sign-in"`},
		"/my/cases/6108": {"没有找到", "查进度"},
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		if path == "/bu-zai" {
			r.Pattern = "/" // what no other page's pattern takes
		}
		s.Refuse(w, r, problem.ErrNotFound)
		if w.Code != http.StatusNotFound {
			t.Errorf("%s is answered %d", path, w.Code)
		}
		for _, words := range want {
			if !strings.Contains(w.Body.String(), words) {
				t.Errorf("%s does not say %s", path, words)
			}
		}
	}
}
