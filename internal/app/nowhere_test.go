package app_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestWhatLeadsNowhereKeepsTheAskersFrame: a citizen who mistyped, or whose request cannot be read, stays among the
// citizens' pages; who is signed in at a post stays at work.
func TestWhatLeadsNowhereKeepsTheAskersFrame(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		post := h.as(t, clerk).token
		const citizens, staffs = `face-citizen`, `face-staff`
		for _, c := range []struct {
			path, token string
			status      int
			face        string
			says        string
		}{
			{"/bu-zai", "", http.StatusNotFound, citizens, "要办什么，在这里查"},
			{"/my/bu-zai", "", http.StatusNotFound, citizens, "没有这一页"},
			{"/?q=%ff", "", http.StatusBadRequest, citizens, `href="/follow"`},
			{"/guide?q=%ff", "", http.StatusBadRequest, citizens, `href="/follow"`},
			{"/follow?number=%ff", "", http.StatusBadRequest, citizens, `href="/follow"`},
			{"/genuine?id=%ff", "", http.StatusBadRequest, citizens, `href="/follow"`},
			{"/sign-in?next=%ff", "", http.StatusBadRequest, staffs, "回到首页"},
			{"/bu-zai", post, http.StatusNotFound, staffs, "查找办件"},
		} {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.server.URL+c.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if c.token != "" {
				r.AddCookie(&http.Cookie{Name: "bianmin", Value: c.token})
			}
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			if err != nil {
				t.Fatal(err)
			}
			if answer.StatusCode != c.status || !strings.Contains(string(body), c.face) || !strings.Contains(string(body), c.says) {
				t.Errorf("%s (at a post: %t) is answered %d, %s", c.path, c.token != "", answer.StatusCode, short(body))
			}
		}
	})
}
