package journey

import (
	"bytes"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"bianmin/internal/browser"
	"bianmin/internal/cases"
	"bianmin/internal/paper"
)

// TestAPaperIsHandedOverAndDoubted: a clerk presses the paper's button on the case; a villager types on a telephone what
// stands on it, once wrongly.
func TestAPaperIsHandedOverAndDoubted(t *testing.T) {
	h := open(t)
	const clerk = "clerk-610881101"
	v := h.does(t, clerk, h.files(t), cases.Accept{})
	p := browser.New(t, browser.Desktop)
	h.signIn(p, clerk)
	at := h.url + "/cases/" + string(v.Number)
	p.Open(at)
	p.Leads(func() { p.Click(`#papers button[value="` + string(paper.Acceptance) + `"]`) })
	p.WaitText("h1", "受理通知书")
	papers, err := h.Papers.Of(t.Context(), h.actor(t, clerk), v.Number)
	if err != nil || len(papers.Issued) != 1 {
		t.Fatalf("%d papers, %v", len(papers.Issued), err)
	}
	list := papers.Issued
	p.Leads(func() { p.ClickText("回到这一件") })
	if got := p.Text("#papers table"); !strings.Contains(got, "受理通知书") || !strings.Contains(got, list[0].Number) {
		t.Errorf("%s", got)
	}

	id, code := h.printed(t, clerk, list[0].ID)
	phone := browser.New(t, browser.Phone)
	phone.Open(h.url + "/genuine")
	phone.WaitVisible(`label.btn[for="f-file"]`)
	phone.WaitFor("the browser's own button is not shown", `document.getElementById("f-file").offsetWidth <= 1`)
	choose(t, phone, "#f-file", photographs(t, 1)...)
	phone.WaitFor("the file's name beside our button", `document.getElementById("f-file").offsetWidth > 50`)
	fits(t, phone)
	phone.Fill(`input[name="paper"]`, id)
	phone.Allow("422")
	phone.Leads(func() { phone.Press("Enter") })
	phone.WaitText(".field.bad .err", "请写验证码")
	phone.Fill(`input[name="code"]`, "AAAA")
	phone.Allow("404")
	phone.Leads(func() { phone.Press("Enter") })
	if got := phone.Text("main"); !strings.Contains(got, "没有这份文书") {
		t.Errorf("%s", got)
	}
	phone.Fill(`input[name="code"]`, code)
	phone.Leads(func() { phone.Press("Enter") })
	if got := phone.Text("main"); !strings.Contains(got, "真的，有效") || !strings.Contains(got, list[0].Number) || strings.Contains(got, villager) {
		t.Errorf("%s", got)
	}
}

var besideTheCode = regexp.MustCompile(`文书编号 (\S+)\s+验证码 (\S+)`)

// printed is what a paper says of itself.
func (h *house) printed(t *testing.T, account string, id paper.ID) (number, code string) {
	t.Helper()
	pdf, err := h.Papers.PDF(t.Context(), h.actor(t, account), id)
	if err != nil {
		t.Fatal(err)
	}
	read := exec.CommandContext(t.Context(), "pdftotext", "-raw", "-", "-")
	read.Stdin = bytes.NewReader(pdf)
	text, err := read.Output()
	if err != nil {
		t.Fatalf("pdftotext (install poppler-utils): %v", err)
	}
	found := besideTheCode.FindStringSubmatch(string(text))
	if found == nil || found[1] != string(id) {
		t.Fatalf("%s", text)
	}
	return found[1], found[2]
}
