package portal

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/clock"
	"bianmin/internal/ident"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// answering signs nobody in: it gives one answer to everything.
type answering struct{ err error }

func (a answering) Ask(context.Context, string, string) error { return a.err }
func (a answering) SignIn(context.Context, string, string, string) (string, access.Actor, error) {
	return "c.token", access.Actor{}, a.err
}
func (a answering) SignOut(context.Context, access.Actor, string) error { return a.err }
func (a answering) Phone(context.Context, string) (ident.Phone, error)  { return "", a.err }
func (a answering) SignOutEverywhere(context.Context, access.Actor) (int64, error) {
	return 0, a.err
}

func signsIn(t *testing.T, err error, address string, sent url.Values) (*httptest.ResponseRecorder, string) {
	t.Helper()
	places, wrong := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if wrong != nil {
		t.Fatal(wrong)
	}
	s := New(Deps{Places: places, Clock: clock.NewManual(time.Date(2026, 3, 10, 10, 20, 0, 0, calendar.Shanghai)), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), People: answering{err}})
	r, w := httptest.NewRequest(http.MethodPost, address, strings.NewReader(sent.Encode())), httptest.NewRecorder()
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if address == "/my/code" {
		s.sendCode(w, r)
	} else {
		s.signInPost(w, r)
	}
	return w, saidBy(w.Body.String())
}

func TestWhatSigningInSays(t *testing.T) {
	field := func(path, message string) error {
		return problem.WrongFields([]problem.Field{{Path: path, Code: "x", Message: message}})
	}
	tooMany := func(code string, wait int) error {
		return &problem.Problem{Kind: problem.TooMany, Code: code, Facts: problem.Facts{"retry_after": wait, "minutes": (wait + 59) / 60}}
	}
	for name, c := range map[string]struct {
		err     error
		address string
		status  int
		says    string
		asks    string // the field that is shown
	}{
		"the code is on its way": {nil, "/my/code", 200, "验证码发到尾号 5127 的手机了", "code"},
		"no telephone":           {field("phone", "请写手机号"), "/my/code", 422, "请写手机号", "phone"},
		"asked again at once":    {tooMany("code_too_soon", 40), "/my/code", 429, "40 秒以后可以再发", "code"},
		"paused":                 {tooMany("code_paused", 3600), "/my/code", 429, "请等 60 分钟再试", "phone"},
		"no messages":            {&problem.Problem{Kind: problem.Unavailable, Code: "no_messages"}, "/my/code", 503, "不登录也能 查进度 ：用办件编号和手机号后四位", ""},
		"the disk is gone":       {errors.New("gone"), "/my/code", 503, "没有丢，过一会儿再试", ""},
		"a wrong code":           {&problem.Problem{Kind: problem.Unauthenticated, Code: "wrong_sms_code"}, "/my/sign-in", 401, "验证码不对，或者过了 5 分钟", "code"},
		"five wrong ones":        {tooMany("code_paused", 3600), "/my/sign-in", 429, "连错 5 次，先停一停", "code"},
		"four digits":            {field("code", "验证码是 6 位数字，在短信里"), "/my/sign-in", 422, "验证码是 6 位数字", "code"},
	} {
		t.Run(name, func(t *testing.T) {
			w, said := signsIn(t, c.err, c.address, url.Values{"phone": {"13912345127"}, "code": {"1234"}, "next": {"/my/looks"}})
			if w.Code != c.status || !strings.Contains(said, c.says) || w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%d %v: %s", w.Code, w.Header(), said)
			}
			for _, f := range []string{"phone", "code"} {
				if shown := strings.Contains(w.Body.String(), `id="f-`+f+`"`); shown != (c.asks == f) {
					t.Errorf("%s is shown: %v", f, shown)
				}
			}
			if c.asks != "" && !strings.Contains(w.Body.String(), `value="/my/looks"`) {
				t.Error("where one was going is lost")
			}
			if (c.status >= 400) != strings.Contains(w.Body.String(), "<title>错误：") && c.err != nil && c.asks != "" {
				t.Error("the title does not say whether something is wrong")
			}
		})
	}
	w, _ := signsIn(t, nil, "/my/sign-in", url.Values{"phone": {"13912345127"}, "code": {"123456"}, "next": {"https://elsewhere.example/my"}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/my" || !strings.Contains(w.Header().Get("Set-Cookie"), "bianmin-my=c.token") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestOnlyPagesOfOursAreGoneBackTo(t *testing.T) {
	for next, want := range map[string]string{"/my/looks": "/my/looks", "/my/cases/610881101-2026-000001-5?x=1": "/my/cases/610881101-2026-000001-5?x=1", "": "/my", "/": "/my",
		"//evil.example/my": "/my", "https://evil.example/": "/my", "/\\evil.example": "/my", "/my/sign-in?next=x": "/my", "my": "/my"} {
		if got := local(next); got != want {
			t.Errorf("%q: %q, want %q", next, got, want)
		}
	}
}
