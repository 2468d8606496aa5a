package journey

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"bianmin/internal/demo"
	"bianmin/internal/gate"
)

// A slow line of the third generation, as ux.md takes it.
const (
	journeyMs = 400   // there and back
	bitsPerMs = 400   // down
	firstLot  = 14600 // bytes that come before the other side has to be heard of again (RFC 6928)
	readyMs   = 3000  // until the main action is on the screen
)

// arrival is how long, in ms, a line takes to bring so many bytes that were asked for.
func arrival(bytes int) int {
	ms := journeyMs + bytes*8/bitsPerMs
	for lot := firstLot; bytes > lot; lot *= 2 {
		bytes -= lot
		ms += journeyMs
	}
	return ms
}

var (
	pageSheet  = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)"`)
	pageScript = regexp.MustCompile(`<script([^>]*) src="([^"]+)"`)
)

// TestEveryPageOnASlowLine: what has to come before the main action shows is the page and its sheet, over a new connection
// (TCP and TLS, a journey each), in three seconds; scripts hold nothing up. All that a first visit loads is within what
// ux.md allows. It is reckoned from the bytes that the program sends, not from a watch.
func TestEveryPageOnASlowLine(t *testing.T) {
	h := open(t)
	v := h.files(t)
	for _, visit := range []struct {
		account string
		pages   []string
		most    int // bytes
	}{
		{"", []string{"/", "/guide", "/guide?q=" + url.QueryEscape("种地补贴"), "/guide/BM-008", "/file/BM-011", "/follow",
			"/follow?number=" + string(v.Number) + "&phone_last4=" + phone[len(phone)-4:], "/genuine", "/my/sign-in"}, 20 << 10},
		{"", []string{"/sign-in"}, 60 << 10},
		{theAgent, []string{"/today", "/counter", "/cases/" + string(v.Number), "/desk"}, 60 << 10},
		{clerk, []string{"/counter", "/counter?item=BM-008", "/desk", "/cases/" + string(v.Number), "/ledger", "/papers"}, 60 << 10},
		{"head-610881101", []string{"/board", "/desk?queue=asked", "/ratings", "/faults"}, 60 << 10},
		{"supervisor", []string{"/board", "/board/table?by=places", "/places"}, 60 << 10},
		{"admin", []string{"/accounts", "/seats", "/messages", "/calendar"}, 60 << 10},
	} {
		line := &line{t: t, h: h, token: h.token(t, visit.account)}
		for _, path := range visit.pages {
			plain := line.get(path, "identity")
			page, sheet := len(line.get(path, "gzip")), 0
			for _, m := range pageSheet.FindAllStringSubmatch(plain, -1) {
				sheet += len(line.get(m[1], "gzip"))
			}
			all := page + sheet
			for _, m := range pageScript.FindAllStringSubmatch(plain, -1) {
				if !strings.Contains(m[1], "defer") {
					t.Errorf("%s: the script %s holds the page up", path, m[2])
				}
				all += len(line.get(m[2], "gzip"))
			}
			if sheet == 0 {
				t.Errorf("%s has no sheet", path)
			}
			ms := 2*journeyMs + arrival(page) + arrival(sheet)
			t.Logf("%-11s %-60s %6d bytes, %6d in all, %d ms", visit.account, path, page, all, ms)
			if ms > readyMs {
				t.Errorf("%s for %q: %d ms until it shows (%d bytes and %d of the sheet)", path, visit.account, ms, page, sheet)
			}
			if all > visit.most {
				t.Errorf("%s for %q: %d bytes, want at most %d", path, visit.account, all, visit.most)
			}
		}
	}
}

// line asks for what a browser asks for.
type line struct {
	t     *testing.T
	h     *house
	token string
}

func (l *line) get(path, encoding string) string {
	l.t.Helper()
	r, err := http.NewRequestWithContext(l.t.Context(), http.MethodGet, l.h.url+path, nil)
	if err != nil {
		l.t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", encoding)
	if l.token != "" {
		r.AddCookie(&http.Cookie{Name: gate.CookieName, Value: l.token})
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		l.t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		l.t.Fatalf("%s: %d, to %q (%v)", path, answer.StatusCode, answer.Header.Get("Location"), err)
	}
	return string(raw)
}

// token signs in; empty for nobody.
func (h *house) token(t *testing.T, account string) string {
	t.Helper()
	if account == "" {
		return ""
	}
	body := url.Values{"account": {account}, "password": {demo.Password}}.Encode()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.url+"/sign-in", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	for _, c := range answer.Cookies() {
		if c.Name == gate.CookieName {
			return c.Value
		}
	}
	t.Fatalf("%s was not let in: %d", account, answer.StatusCode)
	return ""
}
