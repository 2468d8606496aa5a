package counterwalk

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/once"
	"bianmin/internal/paper"
)

func bodyOf(form url.Values) io.Reader { return strings.NewReader(form.Encode()) }

func TestAcceptingAtTheCounter(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	got := p.post("/counter", with(p.form("BM-008", 3), "do", "accept"))
	v := h.one()
	if v.State != cases.Accepted || *v.Limits.Promised.Due != "2026-03-24" || *v.Green != "老年人" || v.Responsible.Account != clerk {
		t.Errorf("%+v", v)
	}
	if got.path != "/counter/cases/"+string(v.Number) || !got.shows("收下了，从今天起算 10 个工作日") || !got.shows(string(v.Number)) {
		t.Errorf("%d %s", got.status, got.path)
	}
	if strings.Contains(got.body, villagerNumber) || strings.Contains(got.body, villagerPhone) {
		t.Error("the page after filing shows a number in full")
	}
}

// A double click, and a repeat after an answer was lost, file once.
func TestPressingAgainFilesOnce(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	form := with(p.form("BM-008", 3), "do", "accept")
	var all sync.WaitGroup
	paths := make([]string, 20)
	for i := range paths {
		all.Go(func() { paths[i] = p.post("/counter", form).path })
	}
	all.Wait()
	v := h.one()
	for _, path := range paths {
		if path != "/counter/cases/"+string(v.Number) {
			t.Errorf("one answer leads to %s", path)
		}
	}
	if v.State != cases.Accepted {
		t.Errorf("state %s", v.State)
	}
}

// The answer to 收件 was lost, and the clerk presses 受理 instead: it is the same case.
func TestAnotherButtonAfterALostAnswerIsTheSameCase(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	form := p.form("BM-008", 3)
	p.post("/counter", with(form, "do", "file"))
	p.post("/counter", with(form, "do", "accept"))
	if v := h.one(); v.State != cases.Accepted {
		t.Errorf("state %s", v.State)
	}
}

func TestWhatIsChangedAfterFilingFilesNothingTwice(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	form := with(p.form("BM-008", 3), "do", "accept")
	p.post("/counter", form)
	got := p.post("/counter", with(form, "applicant.name", "折桂花"))
	if got.status != http.StatusConflict || !got.shows("这一件已经收过了") || !got.shows("另办一件") {
		t.Errorf("%d", got.status)
	}
	if v := h.one(); v.Applicant.Name != villager {
		t.Errorf("the name became %s", v.Applicant.Name)
	}
}

// Between filing and accepting somebody else acted: the case stays as filed, and the page says what happened.
func TestAcceptanceRefusedAfterFiling(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	form := p.form("BM-008", 3)
	p.post("/counter", with(form, "do", "file"))
	v := h.one()
	who := access.Actor{Account: clerk, Name: "张晓燕", Role: access.Clerk, Place: "610881101000"}
	key := once.Key{Account: clerk, Path: "test", Key: "withdraw"}
	if _, err := h.cases.Do(t.Context(), who, key, v.Number, v.Version, cases.Withdraw{Reason: "不办了"}); err != nil {
		t.Fatal(err)
	}
	got := p.post("/counter", with(form, "do", "accept"))
	if !got.shows("这件刚才有人办过了") || !got.shows(string(v.Number)) {
		t.Errorf("%d %s", got.status, got.body)
	}
	if now := h.one(); now.State != cases.Withdrawn {
		t.Errorf("state %s", now.State)
	}
}

func TestNoticeIsGivenWithExactlyWhatIsLacking(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	form := with(p.form("BM-008", 0), "do", "notify", markName(1), "defective", "materials[1].note", "没有签名", markName(2), "absent")
	got := p.post("/counter", form)
	v := h.one()
	if v.State != cases.Correcting || len(v.Notice.Missing) != 2 || v.Notice.Missing[0].Note != "没有签名" || v.Notice.Missing[1].What != cases.MaterialAbsent {
		t.Errorf("%s %+v", v.State, v.Notice)
	}
	if v.Materials[0].Status != cases.MaterialReceived {
		t.Errorf("what was not marked counts as %s", v.Materials[0].Status)
	}
	if !got.shows("告知书已发") || !got.shows("补正告知书") || !got.shows("〔2026〕补字第 1 号") {
		t.Errorf("%s", got.path)
	}
}

// A notice that cannot be given is told before anything is filed.
func TestNothingIsFiledWhenTheNoticeIsWrong(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	got := p.post("/counter", with(p.form("BM-008", 0), "do", "notify", markName(1), "defective"))
	if got.status != http.StatusUnprocessableEntity || !got.shows("请写高龄补贴申请表哪里不合格") || len(h.filed()) != 0 {
		t.Errorf("%d, %d cases", got.status, len(h.filed()))
	}
}

func TestDoneWhileThePersonWaits(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	got := p.post("/counter", with(p.form("BM-022", 1), "do", "finish"))
	if v := h.one(); v.State != cases.Closed || v.Approved == nil || !*v.Approved {
		t.Errorf("state %s", v.State)
	}
	if !got.shows("办好了") || !got.shows("接收回执") || !got.shows("〔2026〕收字第 1 号") {
		t.Errorf("%s", got.path)
	}
}

func TestOverTheTelephone(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	checked := p.post("/counter", with(p.form("BM-008", 0), "do", "check", "channel", "phone"))
	if !checked.shows("先登记。材料带来以后再收件、受理。") || checked.shows("收件，先不受理") {
		t.Errorf("%d", checked.status)
	}
	got := p.post("/counter", with(p.form("BM-008", 0), "do", "file", "channel", "phone"))
	if v := h.one(); v.State != cases.Submitted || !got.shows("登记好了") {
		t.Errorf("state %s", v.State)
	}
}

func TestAgentFilesAndHandsOn(t *testing.T) {
	h := build(t)
	p := h.signIn(agent)
	form := with(p.form("BM-008", 3), "do", "file", "place", "610881101201")
	got := p.post("/counter", form)
	v := h.one()
	if v.Place != "610881101200" || v.Channel != cases.ByAgent || v.State != cases.Received || !got.shows("已收件") || !got.shows("交到镇上") {
		t.Fatalf("%s %s %s", v.Place, v.Channel, v.State)
	}
	key := onceInput.FindStringSubmatch(got.body)
	pass := url.Values{"once": {key[1]}, "version": {"1"}}
	for range 2 { // the second press changes nothing
		got = p.post("/counter/cases/"+string(v.Number)+"/pass", pass)
	}
	if now := h.one(); now.Step.OwnerName != "高家堡镇窗口" || !got.shows("交到镇上了") || now.Version != 2 {
		t.Errorf("now with %s at version %d", now.Step.OwnerName, now.Version)
	}
}

func TestAgentCannotAccept(t *testing.T) {
	h := build(t)
	p := h.signIn(agent)
	got := p.post("/counter", with(p.form("BM-008", 3), "do", "accept"))
	if got.status != http.StatusConflict || !got.shows("这一步不归这个岗位办") || !got.shows(villager) || len(h.filed()) != 0 {
		t.Errorf("%d, %d cases", got.status, len(h.filed()))
	}
}

// What the station words in its papers stands in them before they are issued, at the town's counter and in the village.
func TestThePaperBesideTheListHasTheStationsWords(t *testing.T) {
	h := build(t)
	head := access.Actor{Account: "head-610881101", Name: "刘站长", Role: access.Head, Place: "610881101000"}
	if _, err := h.papers.Word(t.Context(), head, paper.AllKinds, "2026-03-10", paper.Wording{Heading: "高家堡镇人民政府", Closing: "请{申请人}收好。", Contact: "电话 0912-8400001"}); err != nil {
		t.Fatal(err)
	}
	for _, account := range []string{clerk, agent} {
		p := h.signIn(account)
		form := p.form("BM-008", 3)
		for kind, values := range map[string]url.Values{"accepted or received": form, "notice": with(form, markName(1), "absent")} {
			if got := p.post("/counter/said", values); got.status != http.StatusOK || !got.shows("高家堡镇人民政府") || !got.shows("请折桂英收好。") || !got.shows("电话 0912-8400001") {
				t.Errorf("%s, %s: %d %s", account, kind, got.status, got.body)
			}
		}
	}
}
