package app_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"bianmin/internal/cases"
)

// follows asks how a case stands, as a citizen does: without any session.
func (l *land) follows(number, last4 string) *httptest.ResponseRecorder {
	l.t.Helper()
	answer := httptest.NewRecorder()
	query := url.Values{"number": {number}, "phone_last4": {last4}}
	l.app.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/api/v1/follow?"+query.Encode(), nil))
	return answer
}

// whole is an answer with its headers.
func wholeAnswer(r *httptest.ResponseRecorder) string {
	var b strings.Builder
	_ = r.Header().Write(&b)
	return http.StatusText(r.Code) + "\n" + b.String() + "\n" + r.Body.String()
}

// withPhone files a case with a telephone that ends in these four digits.
func withPhone(last4 string) func(*cases.Application) {
	return func(a *cases.Application) { a.Phone = "1391234" + last4; confide(a.Phone) }
}

// TestFollowing: the number and the last four digits show how the case stands, and nobody's name or number.
func TestFollowing(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		v := l.does(t.Context(), clerk, l.files(t.Context(), clerk, gaoVillage, withPhone("5127")), missing)
		got := l.follows(string(v.Number), "5127")
		if got.Code != 200 || got.Header().Get("Cache-Control") != "no-store" {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
		for _, said := range []string{`"state":"correcting"`, "材料还不齐，等您补", `"by":"2026-04-09"`, "居民身份证", "告诉您还缺什么材料", "补正期限", "第一天不算"} {
			if !strings.Contains(got.Body.String(), said) {
				t.Errorf("%s does not stand in %s", said, got.Body)
			}
		}
		for _, secret := range []string{"折桂英", "5127", "139****", v.Applicant.IDNumber, "刘芳", clerk} {
			if strings.Contains(got.Body.String(), secret) {
				t.Errorf("%s stands in %s", secret, got.Body)
			}
		}
		for _, typed := range []string{strings.ReplaceAll(string(v.Number), "-", ""), " " + string(v.Number) + " "} {
			if again := l.follows(typed, " 5127"); again.Body.String() != got.Body.String() {
				t.Errorf("typed %q: %d %s", typed, again.Code, again.Body)
			}
		}
		l.falls(moment("2026-04-12 09:00"))
		if body := l.follows(string(v.Number), "5127").Body.String(); !strings.Contains(body, "没有按时补齐材料") || !strings.Contains(body, "提醒您补材料") {
			t.Error(body)
		}
	})
}

// TestAWrongTelephoneIsAnUnknownNumber: every byte of the answer is the same, whatever is wrong.
func TestAWrongTelephoneIsAnUnknownNumber(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		v := l.files(t.Context(), clerk, gaoVillage, withPhone("5127"))
		silent := l.files(t.Context(), clerk, gaoVillage, withPhone("5127"), func(a *cases.Application) { a.Phone = "" })
		want := wholeAnswer(l.follows("610881101-2026-999999-1", "5127"))
		if !strings.HasPrefix(want, "Not Found") || !strings.Contains(want, "没有查到") {
			t.Fatal(want)
		}
		for name, x := range map[string][2]string{
			"a wrong telephone": {string(v.Number), "5128"}, "the whole telephone": {string(silent.Number), "13912345127"},
			"no telephone was left": {string(silent.Number), "5127"}, "a wrong check digit": {string(v.Number)[:21] + "x", "5127"}, "no number": {"421", "5127"},
		} {
			if got := wholeAnswer(l.follows(x[0], x[1])); got != want {
				t.Errorf("%s: %s\nwant %s", name, got, want)
			}
		}
	})
}

// TestFiveWrongTries at one number, however it is typed and whether there is such a case or not, close it for an hour;
// the right telephone does not open it, and other numbers stay open.
func TestFiveWrongTries(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		v, other := l.files(t.Context(), clerk, gaoVillage, withPhone("5127")), l.files(t.Context(), clerk, gaoVillage, withPhone("5127"))
		plain := strings.ReplaceAll(string(v.Number), "-", "")
		wants := func(number, last4 string, status int) {
			t.Helper()
			if got := l.follows(number, last4); got.Code != status {
				t.Errorf("%s %s: %d %s, want %d", number, last4, got.Code, got.Body, status)
			}
		}
		for range 4 {
			wants(plain, "0000", 404)
		}
		wants(plain, "5127", 200) // which forgets the wrong ones
		for range 4 {
			wants(plain, "0000", 404)
		}
		wants(string(v.Number), "0001", 404)
		l.wall.Add(10 * time.Minute)
		for _, typed := range []string{plain, string(v.Number)} {
			got := l.follows(typed, "5127")
			if got.Code != 429 || got.Header().Get("Retry-After") != "3000" || !strings.Contains(got.Body.String(), "50 分钟") {
				t.Errorf("%d, after %s: %s", got.Code, got.Header().Get("Retry-After"), got.Body)
			}
		}
		wants(string(other.Number), "5127", 200)
		unknown := "610881101-2026-999999-1"
		for range 5 {
			wants(unknown, "5127", 404)
		}
		wants(unknown, "5127", 429)
		l.wall.Add(50*time.Minute - time.Microsecond)
		wants(plain, "5127", 429)
		l.wall.Add(time.Microsecond)
		wants(plain, "5127", 200)
	})
}

// TestManyTriesAtOnce are counted one after the other.
func TestManyTriesAtOnce(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		v := l.files(t.Context(), clerk, gaoVillage, withPhone("5127"))
		codes := map[int]int{}
		for _, r := range together(30, func(int) reply {
			got := l.follows(string(v.Number), "0000")
			return reply{status: got.Code}
		}) {
			codes[r.status]++
		}
		if codes[404] != 5 || codes[429] != 25 {
			t.Errorf("%v", codes)
		}
	})
}
