package portal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

const (
	theNumber = "610881101-2026-000421-7"
	theLast4  = "4567"
)

var (
	tags = regexp.MustCompile(`<[^>]*>`)
	held = regexp.MustCompile(`<span class="(?:nb|phrase)">([^<]*)</span>`) // held together within a text
)

// saidBy is what a page says.
func saidBy(page string) string {
	return strings.Join(strings.Fields(tags.ReplaceAllString(held.ReplaceAllString(page, "$1"), " ")), " ")
}

// asks opens an address, where every case is as answer says.
func asks(t *testing.T, answer cases.Following, err error, address string) (*httptest.ResponseRecorder, string) {
	t.Helper()
	places, wrong := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if wrong != nil {
		t.Fatal(wrong)
	}
	s := New(Deps{Places: places, Clock: clock.NewManual(time.Date(2026, 3, 10, 10, 20, 0, 0, calendar.Shanghai)), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Follow: func(_ context.Context, number, last4, from string) (cases.Following, error) {
			if number != theNumber || last4 != theLast4 || from != "192.0.2.1" {
				t.Errorf("asked for %q, %q from %s", number, last4, from)
			}
			return answer, err
		}})
	w := httptest.NewRecorder()
	s.follow(w, httptest.NewRequest(http.MethodGet, address, nil))
	return w, saidBy(w.Body.String())
}

const asked = "/follow?number=" + theNumber + "&phone_last4=" + theLast4

func TestTheAnswerInPlainWords(t *testing.T) {
	by, note := "2026-04-09", "没有签名"
	w, said := asks(t, cases.Following{Number: theNumber, Item: "领高龄补贴", PlaceName: "高家堡村", State: cases.Correcting, StateName: "补正", Plain: "材料还不齐，等您补",
		Next: "请在这天以前把下面的材料交来", By: &by, Bring: []cases.BringView{{Material: "高龄补贴申请表", Originals: 1, Copies: 2, Note: &note}},
		Remarks: []string{"延期 5 个工作日，理由：等回函"}, History: []cases.HistoryView{{At: "2026-03-09T01:00:00Z", What: "收到了您的申请"}, {At: "2026-03-10T02:20:00Z", What: "告诉您还缺什么材料"}},
		Limits: []cases.CountingView{{Name: "补正期限", Days: 30, Unit: calendar.CalendarDays, Due: by, Lines: []cases.LineView{{Date: "2026-03-10", Why: "第一天不算"}, {Date: by, Counted: true, N: 30}}}}}, nil, asked)
	if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	for _, want := range []string{"领高龄补贴，高家堡村 材料还不齐，等您补 补正 " + theNumber, "接下来 4月9日 星期四 请在这天以前", "高龄补贴申请表 原件 1 份，复印件 2 份 上次的不合格：没有签名",
		"延期 5 个工作日，理由：等回函", "告诉您还缺什么材料 2026年3月10日 10:20 收到了您的申请 2026年3月9日 09:00", "补正期限 30 个自然日 第一天不算，数到 4月9日 周四"} {
		if !strings.Contains(said, want) {
			t.Errorf("does not say %q:\n%s", want, said)
		}
	}
	if strings.Contains(said, "暂定") || strings.Contains(w.Body.String(), "<script>") || strings.Contains(w.Body.String(), "open>") {
		t.Errorf("it says too much:\n%s", w.Body)
	}
}

func TestADayOfAnotherYearThatIsProvisional(t *testing.T) {
	by := "2027-01-05"
	_, said := asks(t, cases.Following{Plain: "已经受理，正在办", Next: "最晚这天办完", By: &by, Presumed: true}, nil, asked)
	if !strings.Contains(said, "2027年1月5日 星期二 暂定") || !strings.Contains(said, "那一年的放假安排还没有公布，这个日子是暂定的") {
		t.Error(said)
	}
}

func TestWhatIsWrongIsSaidAtTheFormAndStays(t *testing.T) {
	tooMany := &problem.Problem{Kind: problem.TooMany, Code: "too_many_tries", Facts: problem.Facts{"minutes": 42, "retry_after": 2500}}
	for name, c := range map[string]struct {
		err     error
		address string
		status  int
		says    string
	}{
		"nothing typed yet":   {nil, "/follow", http.StatusOK, "查进度 办到哪一步了"},
		"the number is there": {nil, "/follow?number=" + theNumber, http.StatusOK, "查进度"},
		"no number":           {nil, "/follow?number=&phone_last4=4567", http.StatusUnprocessableEntity, "请写办件编号"},
		"three digits":        {nil, "/follow?number=" + theNumber + "&phone_last4=456", http.StatusUnprocessableEntity, "请写手机号的后四位数字"},
		"no digits":           {nil, "/follow?number=" + theNumber + "&phone_last4=四五六七", http.StatusUnprocessableEntity, "请写手机号的后四位数字"},
		"not found":           {&problem.Problem{Kind: problem.NotFound, Code: "nothing_to_follow"}, asked, http.StatusNotFound, "没有查到：办件编号或者手机号后四位不对"},
		"too many tries":      {tooMany, asked, http.StatusTooManyRequests, "请等 42 分钟再试"},
		"the disk is gone":    {errors.New("the disk is gone"), asked, http.StatusServiceUnavailable, "系统现在查不了。您填的还在，不用改"},
	} {
		t.Run(name, func(t *testing.T) {
			w, said := asks(t, cases.Following{}, c.err, c.address)
			if w.Code != c.status || !strings.Contains(said, c.says) {
				t.Fatalf("%d, does not say %q:\n%s", w.Code, c.says, said)
			}
			if (c.status != http.StatusOK) != strings.Contains(w.Body.String(), "<title>错误：") {
				t.Error("the title does not say whether something is wrong")
			}
			if strings.Contains(c.address, theNumber) && !strings.Contains(w.Body.String(), `value="`+theNumber+`"`) {
				t.Error("the number is lost")
			}
		})
	}
}

// TestWhatNobodyTypedWrongIsNoMistake: whoever tried too often, or asks while the storage is away, has nothing to correct.
func TestWhatNobodyTypedWrongIsNoMistake(t *testing.T) {
	tooMany := &problem.Problem{Kind: problem.TooMany, Code: "too_many_tries", Facts: problem.Facts{"minutes": 42, "retry_after": 2500}}
	for name, c := range map[string]struct {
		err    error
		status int
		says   string
		again  string
	}{
		"too many tries":   {tooMany, http.StatusTooManyRequests, "错的次数太多，先停一停。请等 42 分钟再试，急的话打下面的电话问。", "2500"},
		"the disk is gone": {errors.New("the disk is gone"), http.StatusServiceUnavailable, "系统现在查不了。您填的还在，不用改，请过一会儿再查，急的话打下面的电话问。", ""},
		"the disk is full": {&problem.Problem{Kind: problem.Unavailable, Code: "storage_full"}, http.StatusServiceUnavailable, "系统现在查不了。", ""},
		"the disk broke":   {fmt.Errorf("counting: %w", db.ErrBroken), http.StatusServiceUnavailable, "系统现在查不了。", ""},
	} {
		t.Run(name, func(t *testing.T) {
			w, said := asks(t, cases.Following{}, c.err, asked)
			page := w.Body.String()
			if w.Code != c.status || !strings.Contains(said, c.says) || strings.Count(page, `role="alert"`) != 1 || w.Header().Get("Retry-After") != c.again {
				t.Errorf("%d, %v, does not say %q once:\n%s", w.Code, w.Header(), c.says, said)
			}
			for _, never := range []string{"处要改", `class="field bad"`, `aria-invalid`, `class="err"`, `href="#f-`, "管理员", "autofocus"} {
				if strings.Contains(page, never) {
					t.Errorf("it says %q:\n%s", never, page)
				}
			}
			for _, typed := range []string{theNumber, theLast4} {
				if !strings.Contains(page, `value="`+typed+`"`) {
					t.Errorf("%s is lost", typed)
				}
			}
			if !strings.Contains(page, "<title>错误：查进度") {
				t.Error("the title does not say that something is wrong")
			}
		})
	}
}

func TestEveryStateHasItsMark(t *testing.T) {
	for _, x := range cases.States {
		want := map[cases.State]ui.Mark{cases.Correcting: ui.Amber, cases.Suspended: ui.Stopped, cases.Delivered: ui.Done, cases.Closed: ui.Done,
			cases.Accepted: ui.Begun, cases.Examining: ui.Begun, cases.Decided: ui.Begun}[x.State]
		if got := markOf(x.State); got != want {
			t.Errorf("%s: %q, want %q", x.State, got, want)
		}
	}
}
