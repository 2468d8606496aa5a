package app_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/cases"
	"bianmin/internal/db"
	"bianmin/internal/demo"
	"bianmin/internal/journal"
)

// comes is a request over a web server in front, which had it from an address.
func comes(method, path, body, address string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:4711"
	r.Header.Set("X-Forwarded-For", "198.51.100.1, "+address) // the left one is made up by the client
	switch {
	case strings.HasPrefix(body, "{"):
		r.Header.Set("Content-Type", "application/json")
	case body != "":
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r
}

func (l *land) answers(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	l.app.ServeHTTP(w, r)
	return w
}

// behind starts the land anew, behind a web server.
func (l *land) behind(proxies ...string) {
	l.config.Proxies = proxies
	l.restart()
}

// TestTwentyWrongFollows over different numbers, on whichever of the four ways, pause the address for an hour, and no
// other; the right telephone does not open it before, and does not forget the wrong ones.
func TestTwentyWrongFollows(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		l.behind("127.0.0.1/32")
		mine := l.files(t.Context(), clerk, gaoVillage, withPhone("5127"))
		rating := url.Values{"grade": {"5"}, "words": {"好"}}
		ways := []func(number, last4, address string) *httptest.ResponseRecorder{
			func(number, last4, address string) *httptest.ResponseRecorder {
				return l.answers(comes("GET", "/api/v1/follow?number="+number+"&phone_last4="+last4, "", address))
			},
			func(number, last4, address string) *httptest.ResponseRecorder {
				return l.answers(comes("GET", "/follow?number="+number+"&phone_last4="+last4, "", address))
			},
			func(number, last4, address string) *httptest.ResponseRecorder {
				return l.answers(comes("PUT", "/api/v1/follow/rating", fmt.Sprintf(`{"number":%q,"phone_last4":%q,"grade":5}`, number, last4), address))
			},
			func(number, last4, address string) *httptest.ResponseRecorder {
				return l.answers(comes("POST", "/follow/rate", "number="+number+"&phone_last4="+last4+"&"+rating.Encode(), address))
			},
		}
		const one, other = "203.0.113.9", "203.0.113.10"
		for i := range 20 {
			if got := ways[i%len(ways)](string(cases.NewNumber(gaojiabu, 2026, int64(900_000+i))), "0000", one); got.Code != 404 {
				t.Fatalf("try %d: %d %s", i+1, got.Code, got.Body)
			}
			if got := ways[0](string(mine.Number), "5127", one); i < 19 && got.Code != 200 {
				t.Fatalf("the own case after try %d: %d %s", i+1, got.Code, got.Body)
			}
		}
		l.wall.Add(10 * time.Minute)
		for i, way := range ways {
			if got := way(string(mine.Number), "5127", one); got.Code != 429 || !strings.Contains(got.Body.String(), "请等 50 分钟再试") {
				t.Errorf("way %d: %d %s", i, got.Code, got.Body)
			}
		}
		byAddress := ways[0](string(mine.Number), "5127", one)
		for range 5 {
			ways[0]("610881101-2026-999999-1", "0000", other)
		}
		l.wall.Add(-10 * time.Minute)
		for range 5 {
			ways[0]("610881101-2026-888888-1", "0000", other)
		}
		l.wall.Add(10 * time.Minute)
		byNumber := ways[0]("610881101-2026-888888-1", "0000", other)
		if wholeAnswer(byAddress) != wholeAnswer(byNumber) || byNumber.Code != 429 {
			t.Errorf("the two pauses tell themselves apart:\n%s\n%s", wholeAnswer(byAddress), wholeAnswer(byNumber))
		}
		if got := ways[1](string(mine.Number), "5127", other); got.Code != 200 {
			t.Errorf("another address: %d", got.Code)
		}
		l.wall.Add(50*time.Minute - time.Microsecond)
		if got := ways[0](string(mine.Number), "5127", one); got.Code != 429 {
			t.Errorf("a moment before the hour is over: %d", got.Code)
		}
		l.wall.Add(time.Microsecond)
		if got := ways[0](string(mine.Number), "5127", one); got.Code != 200 {
			t.Errorf("after an hour: %d", got.Code)
		}
	})
}

// TestErrorsOfADayAreNoGuessing: nineteen in an hour, and again in the next, pause nobody.
func TestErrorsOfADayAreNoGuessing(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		for hour := range 3 {
			for i := range 19 {
				number := cases.NewNumber(gaojiabu, 2026, int64(900_000+hour*100+i))
				if got := l.follows(string(number), "0000"); got.Code != 404 {
					t.Fatalf("hour %d, try %d: %d", hour, i+1, got.Code)
				}
			}
			l.wall.Add(time.Hour)
		}
	})
}

// TestManyNumbersAtOnce from one address are counted one after the other.
func TestManyNumbersAtOnce(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		codes := map[int]int{}
		for _, r := range together(40, func(i int) reply {
			return reply{status: l.follows(string(cases.NewNumber(gaojiabu, 2026, int64(900_000+i))), "0000").Code}
		}) {
			codes[r.status]++
		}
		if codes[404] != 20 || codes[429] != 20 {
			t.Errorf("%v", codes)
		}
	})
}

// TestAGuesserBehindTheProxyLocksNobodyElseOut: five wrong passwords pause the address that the web server had them from,
// and that address stands on record; where no web server is named, its header changes nothing.
func TestAGuesserBehindTheProxyLocksNobodyElseOut(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		who := access.Account{Account: "clerk3-610881101", Name: "王秀兰", Role: access.Clerk, Place: gaojiabu}
		if err := l.app.Access.Add(t.Context(), journal.System, who, demo.Password); err != nil {
			t.Fatal(err)
		}
		try := func(address string) int {
			return l.answers(comes("POST", "/api/v1/sessions", `{"account":"`+who.Account+`","password":"not the password"}`, address)).Code
		}
		guess := func(address string) {
			t.Helper()
			for i := range 5 {
				if got := try(address); got != 401 {
					t.Fatalf("try %d: %d", i+1, got)
				}
			}
		}
		l.behind("127.0.0.1/32")
		guess("203.0.113.9")
		if one, other := try("203.0.113.9"), try("203.0.113.10"); one != 429 || other != 401 {
			t.Errorf("the guesser: %d, somebody else: %d", one, other)
		}
		found := false
		entries, err := l.app.Journal.About(t.Context(), "account/"+who.Account)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			found = found || strings.Contains(string(e.Data), "203.0.113.9") && !strings.Contains(string(e.Data), "127.0.0.1")
		}
		if !found {
			t.Errorf("the address stands in none of %d entries", len(entries))
		}
		l.behind()
		guess("203.0.113.11")
		if got := try("203.0.113.12"); got != 429 {
			t.Errorf("a header that nobody vouches for makes another address: %d", got)
		}
	})
}

// TestTheCitysCodesDoNotStop for one address that asks for too many.
func TestTheCitysCodesDoNotStop(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		l.config.SMS = "smpp://bianmin:x@127.0.0.1:1?from=10690000" // nothing is handed over: the program is not started
		l.behind("127.0.0.1/32")
		ask := func(phone int, address string) int {
			text := fmt.Sprintf("139%08d", phone)
			confide(text)
			return l.answers(comes("POST", "/api/v1/my/codes", `{"phone":"`+text+`"}`, address)).Code
		}
		last := 0
		for i := range 61 {
			last = ask(70_000_000+i, "203.0.113.9")
		}
		if other := ask(70_001_000, "203.0.113.10"); last != 429 || other != 202 {
			t.Errorf("the one that asks for too many: %d, another: %d", last, other)
		}
	})
}

// TestAProxyThatIsNoneEndsTheStart, before anything is written.
func TestAProxyThatIsNoneEndsTheStart(t *testing.T) {
	c := app.Config{Data: t.TempDir(), Proxies: []string{"nginx"}}
	if a, err := app.Open(t.Context(), c, db.Serving); err == nil {
		errClosing(t, a)
		t.Error("it starts")
	} else if !strings.Contains(err.Error(), `"nginx"`) {
		t.Error(err)
	}
}
