package portal

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/journal"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

var (
	theCase  = cases.NewNumber("610881101000", 2026, 421)
	thePaper = paper.ID(theCase + "-03-1")
)

const theCode = "abcd-efgh-ijkl-mnop"

func genuineAt(t *testing.T, answer paper.Genuine, err error, address string) (*httptest.ResponseRecorder, string) {
	t.Helper()
	places, wrong := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if wrong != nil {
		t.Fatal(wrong)
	}
	s := New(Deps{Places: places, Clock: clock.NewManual(time.Date(2026, 3, 10, 10, 20, 0, 0, calendar.Shanghai)), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Genuine: func(_ context.Context, id paper.ID, code string) (paper.Genuine, error) {
			if id != thePaper || code != theCode {
				t.Errorf("asked for %q, %q", id, code)
			}
			return answer, err
		}, FollowByPaper: func(_ context.Context, number cases.Number) (cases.Following, error) {
			if number != theCase || answer.Kind == paper.Register || !answer.Whole {
				t.Errorf("followed %q by the paper %q", number, answer.Kind)
			}
			if answer.Kind == paper.Refusal {
				return cases.Following{}, errors.New("the disk is gone")
			}
			return cases.Following{Number: number, Plain: "受理了，正在审查", Next: "审完会告诉您", Bring: []cases.BringView{{Material: "户口簿", Originals: 1}}}, nil
		}, ProvePaper: func(context.Context, paper.ID) (journal.Proof, error) {
			return journal.Proof{}, &problem.Problem{Kind: problem.Unavailable, Code: "not_signed_yet"}
		}})
	w, show := httptest.NewRecorder(), s.genuine
	if strings.HasPrefix(address, "/genuine/proof") {
		show = s.genuineProof
	}
	show(w, httptest.NewRequest(http.MethodGet, address, nil))
	return w, saidBy(w.Body.String())
}

func theAnswer() paper.Genuine {
	return paper.Genuine{Paper: paper.Paper{ID: thePaper, KindName: "受理通知书", Number: "高家堡镇便民〔2026〕受字第 12 号", Issuer: "高家堡镇便民服务站",
		At: "2026-03-10T10:20:00+08:00", File: "9f86d081"}, For: "折＊＊", Item: "高龄老人生活保健补贴申领", Whole: true}
}

func TestWhoeverHoldsAPaperLearnsWhetherItIsGenuine(t *testing.T) {
	asked := "/genuine?paper=" + string(thePaper) + "&code=" + theCode
	w, said := genuineAt(t, theAnswer(), nil, asked)
	if want := `href="/follow?number=` + string(theCase) + `"`; !strings.Contains(w.Body.String(), want) {
		t.Errorf("no way on to how the case stands: %s", want)
	}
	for _, want := range []string{"这份文书是真的 真的，有效", "文书 受理通知书 文号 高家堡镇便民〔2026〕受字第 12 号 出具单位 高家堡镇便民服务站 出具时间 2026年3月10日 10:20 申请人 折＊＊ 事项 高龄老人生活保健补贴申领 办件编号 " + string(theCase), "9f86d081"} {
		if !strings.Contains(said, want) {
			t.Errorf("does not say %q:\n%s", want, said)
		}
	}
	if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-store" || strings.Contains(w.Body.String(), "<script>") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	replaced, other := theAnswer(), paper.ID("610881101-2026-000421-7-03-2")
	replaced.Replaced = &other
	if _, said := genuineAt(t, replaced, nil, asked); !strings.Contains(said, "真的，已经作废") || !strings.Contains(said, string(other)) || strings.Contains(said, "有效") {
		t.Error(said)
	}
	for kind, shows := range map[paper.Kind]bool{paper.Acceptance: true, paper.Register: false, paper.Refusal: false} { // of the last the case is away
		g := theAnswer()
		g.Kind = kind
		_, said := genuineAt(t, g, nil, asked)
		for _, want := range []string{"这件办到哪一步 受理了，正在审查", "接下来 审完会告诉您", "要带的 户口簿 原件 1 份", "看办理经过和期限"} {
			if strings.Contains(said, want) != shows {
				t.Errorf("%s: %q: %v\n%s", kind, want, !shows, said)
			}
		}
		if !strings.Contains(said, "真的，有效") || strings.Contains(said, "查这件办到哪一步") == shows {
			t.Errorf("%s: %s", kind, said)
		}
	}
	altered := theAnswer()
	altered.Whole = false
	if _, said := genuineAt(t, altered, nil, asked); !strings.Contains(said, "对不上") || strings.Contains(said, "真的") {
		t.Error(said)
	}
}

func TestWhatIsWrongWithAPaperIsSaidAtTheForm(t *testing.T) {
	asked := "?paper=" + string(thePaper) + "&code=" + theCode
	for name, c := range map[string]struct {
		err     error
		address string
		status  int
		says    string
	}{
		"nothing typed yet": {nil, "/genuine", http.StatusOK, "手里的文书是不是真的"},
		"no such id":        {nil, "/genuine?paper=1&code=x", http.StatusNotFound, "没有这份文书"},
		"no code":           {nil, "/genuine?paper=" + string(thePaper) + "&code=", http.StatusUnprocessableEntity, "错误： 请写验证码"},
		"no number":         {nil, "/genuine?paper=&code=" + theCode, http.StatusUnprocessableEntity, "错误： 请写文书编号"},
		"another code":      {&problem.Problem{Kind: problem.NotFound, Code: "no_such_paper"}, "/genuine" + asked, http.StatusNotFound, "没有这份文书"},
		"the disk is gone":  {errors.New("the disk is gone"), "/genuine" + asked, http.StatusServiceUnavailable, "系统现在核验不了。不用改什么，请过一会儿再核验。"},
		"a proof too soon":  {nil, "/genuine/proof" + asked, http.StatusServiceUnavailable, "这一步还没有签进日志。刚办的要等几秒，请再试一次。"},
		"a proof of none":   {nil, "/genuine/proof?paper=1&code=x", http.StatusNotFound, "没有这份文书"},
	} {
		t.Run(name, func(t *testing.T) {
			w, said := genuineAt(t, theAnswer(), c.err, c.address)
			if w.Code != c.status || !strings.Contains(said, c.says) || strings.Contains(said, "折＊＊") {
				t.Errorf("%d %s", w.Code, said)
			}
			correct := c.status == http.StatusNotFound || c.status == http.StatusUnprocessableEntity // else nothing typed is wrong
			for _, mark := range []string{"处要改", `class="field bad"`, `href="#f-`} {
				if strings.Contains(w.Body.String(), mark) != correct {
					t.Errorf("%q: %v", mark, !correct)
				}
			}
			if strings.Contains(w.Body.String(), "<title>错误：") != (c.status != http.StatusOK) {
				t.Error("the title does not say whether something is wrong")
			}
		})
	}
}
