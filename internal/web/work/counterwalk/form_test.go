package counterwalk

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"bianmin/internal/cases"
)

// Errors stand at the field and in the summary, the title says so, and nothing typed is lost, the marks included.
func TestMistakesLoseNothing(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	form := with(p.form("BM-008", 0), "do", "accept", "applicant.id_number", "61272219530412402", "applicant.phone", "1399120512", "applicant.address", "村东头",
		markName(0), "received", markName(1), "defective", "materials[1].note", "没有签名", "answer.s1", "请家里人或者代办员代办")
	got := p.post("/counter", form)
	if got.status != http.StatusUnprocessableEntity || len(h.filed()) != 0 {
		t.Fatalf("%d, %d cases", got.status, len(h.filed()))
	}
	for _, words := range []string{"<title>错误：窗口收件，有 5 处要改</title>", `href="#f-applicant-id-number">身份证号少了 1 位`, `href="#f-applicant-phone">手机号少了 1 位`,
		`href="#f-materials-2-status">社会保障卡或者一卡通银行卡还没有点`, `value="61272219530412402"`, `value="村东头"`, `value="没有签名"`,
		`value="610881101200" data-initials="gjbc" selected`} {
		if !strings.Contains(got.body, words) {
			t.Errorf("the page lacks %s", words)
		}
	}
	for _, id := range []string{"m-0-received", "m-1-defective", "f-answer-s1-1"} {
		if !regexp.MustCompile(`id="` + id + `"[^>]* checked`).MatchString(got.body) {
			t.Errorf("%s is no longer chosen", id)
		}
	}
	for _, id := range regexp.MustCompile(`href="#(f-[^"]+)"`).FindAllStringSubmatch(got.body, -1) {
		if !strings.Contains(got.body, `id="`+id[1]+`"`) {
			t.Errorf("the summary leads to #%s, which is not there", id[1])
		}
	}
}

func TestAPlaceThatIsNotOnesOwn(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	got := p.post("/counter", with(p.form("BM-008", 3), "do", "accept", "place", "610881102000"))
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `href="#f-place">请选申请人的村（社区），或者镇本级`) || len(h.filed()) != 0 {
		t.Errorf("%d", got.status)
	}
}

// Without a script a village may be typed by its name or its initials.
func TestPlaceByNameAndInitials(t *testing.T) {
	for _, typed := range []string{"高家堡村", "gjbc"} {
		h := build(t)
		p := h.signIn(clerk)
		p.post("/counter", with(p.form("BM-008", 3), "do", "accept", "place", "", "place.typed", typed))
		if v := h.one(); v.Place != "610881101200" {
			t.Errorf("%s is %s", typed, v.Place)
		}
	}
	h := build(t)
	p := h.signIn(clerk)
	got := p.post("/counter", with(p.form("BM-008", 3), "do", "accept", "place", "", "place.typed", "smc")) // 石峁村 and 水磨村
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `data-find="smc"`) {
		t.Errorf("%d: two villages have these initials", got.status)
	}
}

func TestAnotherItemKeepsWhoCame(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	form := p.form("BM-008", 3)
	choose := p.post("/counter", with(form, "do", "change", "items", "低保"))
	if !strings.Contains(choose.body, `value="item:BM-001"`) {
		t.Fatal("the search offers no button for 低保")
	}
	got := p.post("/counter", with(form, "do", "item:BM-001"))
	if !got.shows("最低生活保障审核确认") || !got.shows(villager) || strings.Contains(got.body, " checked") {
		t.Error("who came is lost, or marks of the old item are kept")
	}
}

func TestAnswersChangeTheList(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	form := p.form("BM-008", 1)
	if before := p.post("/counter/list", form); before.shows("委托书") {
		t.Error("asked for a mandate before anybody said so")
	}
	after := p.post("/counter/list", with(form, "answer.s1", "请家里人或者代办员代办"))
	if !after.shows("委托书") || !after.shows("没点 ") || !regexp.MustCompile(`id="m-0-received"[^>]* checked`).MatchString(after.body) {
		t.Error("the list is not the new one with the old marks")
	}
	said := p.post("/counter/said", with(form, markName(1), "absent", markName(2), "received"))
	if !strings.Contains(said.body, `id="c-out"`) || !said.shows("补正告知书") || !said.shows("还缺 1 项") {
		t.Errorf("%s", said.body)
	}
}

func TestNumberWhileItIsTyped(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	p.post("/counter", with(p.form("BM-008", 3), "do", "accept"))
	form := p.form("BM-001", 0)
	for typed, want := range map[string]string{villagerNumber: "女，72 岁", "612722195304124027": "身份证号末位不对，请照证件核对"} {
		if got := p.post("/counter/id", with(form, "applicant.id_number", typed)); !got.shows(want) {
			t.Errorf("%s: %s", typed, got.body)
		}
	}
	if got := p.post("/counter/id", form); !got.shows("绿色通道") || !got.shows("领高龄补贴") || !got.shows("正在办，最晚 3月24日") {
		t.Errorf("what she came for before is not shown: %s", got.body)
	}
	if got := p.post("/counter/id", with(form, "applicant.id_number", "61272219530412402")); got.shows("身份证号") {
		t.Errorf("nags before the last character: %s", got.body)
	}
}

// The search works as a part for the script and as a page without one.
func TestSearchWithAndWithoutAScript(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	whole := p.get("/counter/items?items=glbt")
	if !strings.Contains(whole.body, "<html") || !strings.Contains(whole.body, `href="/counter?item=BM-008"`) {
		t.Errorf("%d", whole.status)
	}
	r := must(http.NewRequestWithContext(t.Context(), http.MethodGet, h.server.URL+"/counter/items?items="+url.QueryEscape("没有这种事"), nil))
	r.Header.Set("HX-Request", "true")
	if part := p.do(r); strings.Contains(part.body, "<html") || !part.shows("没有找到“没有这种事”") {
		t.Errorf("%s", part.body)
	}
}

func TestAnOrganisation(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	form := with(p.form("BM-072", 0), "applicant.name", "神木市高家堡红枣合作社", "applicant.id_number", "91330106673959654P", "do", "check")
	for i := range 3 {
		form.Set(markName(i), "received")
	}
	if got := p.post("/counter", form); got.status != http.StatusOK || !got.shows("91330106673959654P") && !got.shows("913301 06673959 654P") {
		t.Fatalf("%d", got.status)
	}
	p.post("/counter", with(form, "do", "accept"))
	if v := h.one(); v.Applicant.Kind != cases.AnOrganisation || v.State != cases.Accepted {
		t.Errorf("%s %s", v.Applicant.Kind, v.State)
	}
}

func TestWhatIsTypedIsShownAsText(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	const nasty = `<script>alert(1)</script>`
	for _, do := range []string{"edit", "check", "accept", "change"} {
		got := p.post("/counter", with(p.form("BM-008", 3), "do", do, "applicant.name", nasty))
		if strings.Contains(got.body, nasty) {
			t.Errorf("%s: the name is taken for markup", do)
		}
	}
}

// The policy forbids what is inline; so no page of the counter has any.
func TestNothingIsInline(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	form := p.form("BM-001", 2)
	pages := []page{p.get("/counter"), p.get("/counter?item=BM-001"), p.post("/counter", with(form, "do", "check", markName(2), "absent", markName(3), "received", markName(4), "received")),
		p.post("/counter", with(p.form("BM-008", 3), "do", "accept"))}
	inline := regexp.MustCompile(`(?i) style=| on[a-z]+=|<script>|javascript:`)
	for _, got := range pages {
		if found := inline.FindString(got.body); found != "" || got.status != http.StatusOK {
			t.Errorf("%s, %d: %q", got.path, got.status, found)
		}
	}
}

func TestWhoMayUseTheCounter(t *testing.T) {
	h := build(t)
	p := h.signIn(clerk)
	p.post("/counter", with(p.form("BM-008", 3), "do", "accept"))
	number := string(h.one().Number)
	for _, c := range []struct {
		account, path string
		want          int
	}{
		{desk, "/counter", http.StatusForbidden},
		{far, "/counter", http.StatusOK},
		{far, "/counter/cases/" + number, http.StatusNotFound},
		{far, "/counter/cases/610881101-2026-000009-0", http.StatusNotFound},
		{desk, "/counter/cases/" + number, http.StatusForbidden},
		{agent, "/counter/cases/" + number, http.StatusOK},
	} {
		if got := h.signIn(c.account).get(c.path); got.status != c.want {
			t.Errorf("%s at %s: %d, want %d", c.account, c.path, got.status, c.want)
		}
	}
	stranger := &person{t: t, h: h, client: &http.Client{}}
	if got := stranger.get("/counter"); got.path != "/sign-in" {
		t.Errorf("somebody not signed in is at %s", got.path)
	}
}
