package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bianmin/internal/cases"
	"bianmin/internal/demo"
	"bianmin/internal/journal"
	"bianmin/internal/paper"
	"bianmin/internal/problem"
)

func clerkOf(v cases.View) string { return "clerk-" + string(v.Town)[:9] }

// issued issues a paper over the API.
func (h *house) issued(t *testing.T, account string, v cases.View, kind paper.Kind) (p paper.Paper) {
	t.Helper()
	h.as(t, account).send(t, http.MethodPut, path(v, "papers", string(kind)), nil).want(t, 201).into(t, &p)
	return p
}

// read is the text that is copied from a paper, without its blanks.
func read(t *testing.T, pdf []byte) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "pdftotext", "-raw", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext (install poppler-utils): %v", err)
	}
	return strings.Join(strings.Fields(string(text)), "")
}

var theCode = regexp.MustCompile(`验证码([A-Z2-7-]{19})`)

// visitor is a browser of its own at the served pages.
func (h *house) visitor(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Transport: h.server.Client().Transport, Jar: jar}
}

func opens(t *testing.T, c *http.Client, method, address string, form url.Values) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(body)
}

// TestAPaperFromTheCaseToWhoeverDoubtsIt: a clerk presses 受理通知书 on the case's page and gets the file; a citizen types
// what stands on it and learns that it is genuine, and whoever takes the proof checks it without us.
func TestAPaperFromTheCaseToWhoeverDoubtsIt(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		const name = "𠮷民𬭸"
		f := application(h, oldAge, gaoVillage, newPerson())
		f["applicant"].(form)["name"] = name
		v := h.as(t, clerk).post(t, filing, f).want(t, 201).view(t)
		v = h.as(t, clerk).did(t, v, "accept", nil)

		desk := h.visitor(t)
		opens(t, desk, "POST", h.server.URL+"/sign-in", url.Values{"account": {clerk}, "password": {demo.Password}})
		page := h.server.URL + "/cases/" + string(v.Number)
		if _, _, body := opens(t, desk, "GET", page, nil); !strings.Contains(body, `value="03">受理通知书`) || strings.Contains(body, `value="07"`) {
			t.Fatal("the case's page does not offer the paper of acceptance, or one of a decision")
		}
		if status, _, body := opens(t, desk, "POST", page+"/papers", url.Values{"kind": {"03"}}); status != 200 || !strings.Contains(body, "/papers/03-1") {
			t.Fatalf("%d: the paper is not shown", status)
		}
		status, header, pdf := opens(t, desk, "GET", page+"/papers/03-1", nil)
		if status != 200 || header.Get("Content-Type") != "application/pdf" || header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%d %v", status, header)
		}
		text := read(t, []byte(pdf))
		for _, want := range []string{"受理通知书", name + "：", string(v.Number), v.Item.Name, "受理。"} {
			if !strings.Contains(text, strings.Join(strings.Fields(want), "")) {
				t.Errorf("%q is not in %q", want, text)
			}
		}
		if strings.Contains(text, "行政许可法") {
			t.Error("the licensing law is cited for an allowance")
		}
		if _, _, body := opens(t, desk, "GET", page, nil); strings.Contains(body, `value="03">受理通知书`) || !strings.Contains(body, "/papers/03-1") {
			t.Error("the paper is offered again, or does not stand on the page")
		}
		h.isGenuine(t, v, text, name)
		h.verifies(t)
	})
}

// isGenuine asks of a paper what a citizen can ask who holds it.
func (h *house) isGenuine(t *testing.T, v cases.View, text, name string) {
	t.Helper()
	id, code := string(v.Number)+"-03-1", theCode.FindStringSubmatch(text)
	if !strings.Contains(text, "文书编号"+id) || code == nil {
		t.Fatalf("no id or no code in %q", text)
	}
	citizen := h.visitor(t)
	asks := func(at, code string) (int, string) {
		status, _, body := opens(t, citizen, "GET", h.server.URL+at+"?"+url.Values{"paper": {id}, "code": {code}}.Encode(), nil)
		return status, body
	}
	status, body := asks("/genuine", strings.ToLower(code[1]))
	number := regexp.MustCompile(`高家堡镇便民〔2026〕受字第 \d+ 号`).FindString(body)
	if status != 200 || !strings.Contains(body, "真的，有效") || !strings.Contains(text, strings.ReplaceAll(number, " ", "")) || strings.Contains(body, name) || !strings.Contains(body, "𠮷＊＊") {
		t.Errorf("%d %s", status, body)
	}
	for _, wrong := range []string{"", "AAAA-AAAA-AAAA-AAAA", code[1][:18]} {
		no := http.StatusNotFound
		if wrong == "" {
			no = http.StatusUnprocessableEntity // nothing was typed
		}
		if status, body := asks("/genuine", wrong); status != no || strings.Contains(body, "〔2026〕") {
			t.Errorf("the code %q: %d", wrong, status)
		}
		if status, _ := asks("/genuine/proof", wrong); status != 404 {
			t.Errorf("the proof with the code %q: %d", wrong, status)
		}
	}
	status, body = asks("/genuine/proof", code[1])
	proof, err := journal.ReadProof(strings.NewReader(body))
	if status != 200 || err != nil {
		t.Fatalf("%d %v", status, err)
	}
	_, entry, err := proof.Check(h.verifier(t))
	if err != nil || entry.Subject != "paper/"+id || !strings.Contains(string(entry.Data), number) || strings.Contains(string(entry.Data), name) {
		t.Errorf("%v: %s %s", err, entry.Subject, entry.Data)
	}
	var g paper.Genuine
	h.nobody().get(t, "/api/v1/genuine?"+url.Values{"paper": {id}, "code": {code[1]}}.Encode()).want(t, 200).into(t, &g)
	if g.Number != number || !g.Whole || !strings.Contains(string(entry.Data), g.File) {
		t.Errorf("%+v", g)
	}
}

func TestTheSamePaperAgainIsACopy(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.as(t, clerk).did(t, h.filed(t, oldAge, gaoVillage), "accept", nil)
		first, again := h.issued(t, clerk, v, paper.Acceptance), paper.Paper{}
		h.as(t, agent).send(t, http.MethodPut, path(v, "papers", "03"), nil).want(t, 200).into(t, &again)
		if diff := cmp.Diff(first, again); diff != "" {
			t.Errorf("the second differs: %s", diff)
		}
		one := h.as(t, clerk).get(t, path(v, "papers", "03-1")).want(t, 200)
		two := h.as(t, "inspector").get(t, path(v, "papers", "03-1")).want(t, 200)
		if !bytes.Equal(one.raw, two.raw) || one.header.Get("Content-Type") != "application/pdf" {
			t.Errorf("the copies differ, or are %s", one.header.Get("Content-Type"))
		}
		for _, nothing := range []string{"03-2", "07-1", "99-1", "03-01", "03"} {
			h.as(t, clerk).get(t, path(v, "papers", nothing)).want(t, 404)
		}
		h.as(t, otherClerk).get(t, path(v, "papers", "03-1")).want(t, 404, "not_found")
		h.as(t, "inspector").send(t, http.MethodPut, path(v, "papers", "03"), nil).want(t, 403, "forbidden")
		h.as(t, clerk).send(t, http.MethodPut, path(v, "papers", "07"), nil).want(t, 409, "paper_not_due")
		d := describedBy(t, h)
		d.fits(t, answerOf("put "+filing+"/{number}/papers/{paper}", "200"), marshal(t, again))
		d.fits(t, answerOf("get "+filing+"/{number}/papers", "200"), h.as(t, clerk).get(t, path(v, "papers")).want(t, 200).raw)
	})
}

// issues issues a paper in a land, and gives it with its text.
func (l *land) issues(account string, v cases.View, kind paper.Kind) (paper.Paper, string) {
	l.t.Helper()
	p, _, err := l.app.Papers.Issue(l.t.Context(), who(account), v.Number, kind)
	if err != nil {
		l.t.Fatal(kind.Chinese(), " ", explained(err))
	}
	pdf, err := l.app.Papers.PDF(l.t.Context(), who("inspector"), p.ID)
	if err != nil {
		l.t.Fatal(explained(err))
	}
	keep(l.t, strings.ReplaceAll(l.t.Name(), "/", "-")+"-"+string(kind), pdf)
	return p, read(l.t, pdf)
}

// TestACorrectedPaperNamesTheOld: the name was wrong; the paper with the right one replaces the other.
func TestACorrectedPaperNamesTheOld(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		v := l.does(t.Context(), clerk, l.files(t.Context(), clerk, gaoVillage), cases.Accept{})
		old, _ := l.issues(clerk, v, paper.Acceptance)
		v = l.does(t.Context(), clerk, v, cases.Amend{Field: "name", Typed: "折桂莹", Reason: "写错了"})
		p, text := l.issues(clerk, v, paper.Acceptance)
		if p.ID == old.ID || p.Replaces == nil || *p.Replaces != old.ID || !strings.Contains(text, "折桂莹：") ||
			!strings.Contains(text, "本文书替代"+strings.ReplaceAll(old.Number, " ", "")+"，原来的那份作废。") {
			t.Errorf("%+v %s", p, text)
		}
		list, err := l.app.Papers.Of(t.Context(), who(clerk), v.Number)
		if err != nil || len(list.Issued) != 2 || list.Issued[0].Replaced == nil || *list.Issued[0].Replaced != p.ID || list.Issued[1].Replaced != nil {
			t.Errorf("%+v %v", list, err)
		}
		// A second notice is no correction of the first, which stands beside it.
		w := l.does(t.Context(), clerk, l.files(t.Context(), clerk, gaoVillage), missing)
		one, _ := l.issues(clerk, w, paper.Notice)
		w = l.does(t.Context(), clerk, w, unseen("补来以后才能核对"))
		two, text := l.issues(clerk, w, paper.Notice)
		if two.Replaces != nil || two.ID == one.ID || !strings.Contains(text, "上次没有告知，因为补来以后才能核对") {
			t.Errorf("%+v %s", two, text)
		}
		l.verifies()
	})
}

// TestNumbersHaveNoGaps: papers are issued beside each other and refused between; each series counts from one, and none
// knows of another town's or kind's.
func TestNumbersHaveNoGaps(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		const many = 6
		var made []cases.View
		for range many {
			made = append(made, l.does(t.Context(), clerk, l.files(t.Context(), clerk, gaoVillage), cases.Accept{}))
		}
		type outcome struct {
			number string
			err    error
		}
		done := make(chan outcome)
		for i := range 3 * many { // each twice, so that two of one case meet; and one that cannot be
			go func() {
				kind := paper.Acceptance
				if i >= 2*many {
					kind = paper.Approval
				}
				p, _, err := l.app.Papers.Issue(t.Context(), who(clerk), made[i%many].Number, kind)
				done <- outcome{p.Number, err}
			}()
		}
		numbers, refused := map[string]int{}, 0
		for range 3 * many {
			switch got := <-done; {
			case got.err == nil:
				numbers[got.number]++
			case codeOf(got.err) == "paper_not_due":
				refused++
			default:
				t.Error(got.err)
			}
		}
		for n := range many {
			if number := fmt.Sprintf("高家堡镇便民〔2026〕受字第 %d 号", n+1); numbers[number] != 2 {
				t.Errorf("%s was given %d times: %v", number, numbers[number], numbers)
			}
		}
		if refused != many || len(numbers) != many {
			t.Errorf("%d refused, %v", refused, numbers)
		}
		if p, _ := l.issues(clerk, made[0], paper.Receipt); p.Number != "高家堡镇便民〔2026〕收字第 1 号" {
			t.Error(p.Number)
		}
		far := l.files(t.Context(), otherClerk, otherTown)
		if p, _ := l.issues(otherClerk, far, paper.Receipt); !strings.HasSuffix(p.Number, "便民〔2026〕收字第 1 号") || strings.HasPrefix(p.Number, "高家堡") {
			t.Error(p.Number)
		}
		l.wall.Set(moment("2027-01-04 09:00"))
		if p, _ := l.issues(clerk, made[0], paper.Register); p.Number != "高家堡镇便民〔2027〕登字第 1 号" {
			t.Error(p.Number)
		}
		l.verifies()
	})
}

func codeOf(err error) string {
	var no *problem.Problem
	if errors.As(err, &no) {
		return no.Code
	}
	return ""
}

// TestWhatWasAlteredIsNotGivenOut: somebody changed the words behind the program's back.
func TestWhatWasAlteredIsNotGivenOut(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		v := l.does(t.Context(), clerk, l.files(t.Context(), clerk, gaoVillage), cases.Accept{})
		p, text := l.issues(clerk, v, paper.Acceptance)
		code := theCode.FindStringSubmatch(text)[1]
		var doc string
		if err := l.app.DB.Q(t.Context()).QueryRowContext(t.Context(), "SELECT doc FROM papers").Scan(&doc); err != nil {
			t.Fatal(err)
		}
		alter := func(doc string) {
			if err := l.app.DB.Write(t.Context(), func(ctx context.Context) error {
				_, err := l.app.DB.Q(ctx).ExecContext(ctx, "UPDATE papers SET doc = $1", doc)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		whole := func() bool {
			g, err := l.app.Papers.Genuine(t.Context(), p.ID, code)
			if err != nil {
				t.Fatal(explained(err))
			}
			return g.Whole
		}
		if !whole() {
			t.Error("an untouched paper does not agree")
		}
		alter(strings.Replace(doc, "受理。", "受理并批准。", 1))
		if whole() {
			t.Error("an altered paper agrees")
		}
		if _, err := l.app.Papers.PDF(t.Context(), who(clerk), p.ID); codeOf(err) != "paper_altered" {
			t.Errorf("an altered paper is given out: %v", err)
		}
		if found := fmt.Sprint(l.findings()); !strings.Contains(found, "papers：paper/"+string(p.ID)+" 的 doc") {
			t.Errorf("verify finds %s", found)
		}
		alter(doc)
		l.verifies()
	})
}

func TestACharacterThatCannotBePrinted(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		v := l.files(t.Context(), clerk, gaoVillage, func(a *cases.Application) { a.Name = "张\U0002F00A" })
		_, _, err := l.app.Papers.Issue(t.Context(), who(clerk), v.Number, paper.Receipt)
		if codeOf(err) != "paper_no_glyph" || !strings.Contains(explained(err), "\U0002F00A") {
			t.Fatal(explained(err))
		}
		if p, _ := l.issues(clerk, l.files(t.Context(), clerk, gaoVillage), paper.Receipt); !strings.HasSuffix(p.Number, "第 1 号") {
			t.Error("a number was lost: " + p.Number)
		}
	})
}
