package journey

import (
	"bytes"
	"context"
	cryptorand "crypto/rand"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/chromedp/chromedp"
	"github.com/rs/zerolog"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/browser"
	"bianmin/internal/browser/effort"
	"bianmin/internal/cases"
	"bianmin/internal/file"
	"bianmin/internal/once"
)

const theAgent = "agent-610881101200"

// photographs makes so many different pictures on the disk.
func photographs(t *testing.T, n int) []string {
	t.Helper()
	dir, list := t.TempDir(), make([]string, n)
	for i := range list {
		img := image.NewRGBA(image.Rect(0, 0, 900, 600))
		r := rand.New(rand.NewPCG(uint64(i), 7))
		for y := range 600 {
			for x := range 900 {
				v := uint8(200 + r.IntN(30))
				img.SetRGBA(x, y, color.RGBA{v, v, v - uint8(i), 255})
			}
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 80}); err != nil {
			t.Fatal(err)
		}
		list[i] = filepath.Join(dir, fmt.Sprintf("照片%d.jpg", i+1))
		if err := os.WriteFile(list[i], b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// choose is what a person does in the box of files: the system's own window cannot be driven.
func choose(t *testing.T, p *browser.Page, selector string, files ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(p.Context(), time.Minute)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.SetUploadFiles(chromedp.CSS(selector), files, chromedp.NodeReady)); err != nil {
		t.Fatal(err)
	}
}

// inside is a case as the town sees it.
func (h *house) inside(t *testing.T, number string) cases.View {
	t.Helper()
	v, err := h.Cases.Get(t.Context(), access.Actor{Account: "clerk-610881101", Role: access.Clerk, Place: "610881101000"}, cases.Number(number))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// received is an application that the agent received, with the papers that it needs.
func (h *house) received(t *testing.T) cases.View {
	t.Helper()
	agent := access.Actor{Account: theAgent, Name: "白伟", Role: access.Agent, Place: "610881101200"}
	def, _ := h.City.Items.Get("BM-008")
	a := cases.Application{Item: "BM-008", Place: string(agent.Place), Channel: cases.ByAgent, Kind: cases.APerson, Name: villager, IDNumber: number, Phone: phone}
	for _, m := range def.Materials {
		a.Materials = append(a.Materials, cases.Material{Name: m.Name, Status: cases.MaterialReceived, Originals: cases.AsAsked, Copies: cases.AsAsked})
	}
	answer, err := h.Cases.File(t.Context(), agent, once.Key{Account: agent.Account, Path: "/test", Key: cryptorand.Text()}, a)
	if err != nil {
		t.Fatal(err)
	}
	var v cases.View
	if err := json.Unmarshal(answer.Body, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func (h *house) put(t *testing.T, a access.Actor, v cases.View, i int, name string, content []byte) {
	t.Helper()
	if _, err := h.Files.Put(t.Context(), a, v.Number, file.For{Material: v.Materials[i].Name}, name, content); err != nil {
		t.Fatal(err)
	}
}

// TestTheAgentReceivesWithPhotographs: on a phone, from the day's page to the receipt, with four photographs taken on the
// form, in at most eight taps besides the photographs and what is typed.
func TestTheAgentReceivesWithPhotographs(t *testing.T) {
	h := open(t)
	p := browser.New(t, browser.Phone)
	h.signIn(p, theAgent)
	p.WaitPath("/today")
	p.WaitText("main", "我手里的原件")
	task := effort.Begin(p)
	p.Leads(func() { p.ClickText("新收一件") })
	p.Click("#f-items")
	task.Type("glbt")
	p.WaitText(".hits li:first-child", "领高龄补贴")
	p.Press("Enter")
	p.WaitFocus("#f-applicant-name")
	for _, text := range []string{villager, number, phone} {
		task.Type(text)
		p.Press("Tab")
	}
	pictures := photographs(t, 4)
	choose(t, p, "#shots-0 [data-file][multiple]", pictures[:3]...)
	p.WaitFor("three small pictures", `document.querySelectorAll("#shots-0 .shots img").length === 3`)
	choose(t, p, "#shots-1 [capture]", pictures[3])
	p.WaitFor("one more at the next paper", `document.querySelectorAll("#shots-1 .shots img").length === 1`)
	p.ClickText("全部收到")
	p.WaitText("#c-said", "要补 0")
	p.WaitFor("the small pictures still", `document.querySelectorAll(".shots img").length === 4`)
	p.Leads(func() { p.ClickText("下一步") })
	p.Leads(func() { p.Click(".actionbar .btn:not(.grey):not(.plain)") })
	p.WaitText("h1", "已收件")
	if n := p.Clicks(); n > 8 {
		t.Errorf("%d taps, want at most 8", n)
	}
	task.End(t, effort.Task{Name: "receive an application, besides taking four photographs", Role: "agent", Budget: 12})
	n := shownNumber.FindString(p.Text("main"))
	v := h.inside(t, n)
	if len(v.Files) != 4 || v.Files[0].Material != v.Materials[0].Name || v.Files[3].Material != v.Materials[1].Name {
		t.Errorf("%+v", v.Files)
	}
	p.Open(h.url + "/cases/" + n + "#materials")
	p.WaitFor("the pictures at the case", `document.querySelectorAll("#materials .shots img").length === 4`)
}

// TestTwentyPhotographsOnABrokenLine: the line breaks after every 300 kB, so that most photographs are cut in the middle.
// Each goes on where it stopped, and each is there once.
func TestTwentyPhotographsOnABrokenLine(t *testing.T) {
	h := open(t)
	v := h.received(t)
	of := toxiproxy.NewProxy(toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop()), "line", "127.0.0.1:0", strings.TrimPrefix(h.url, "http://"))
	if err := of.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(of.Stop)
	line := "http://" + of.Listen
	p := browser.New(t, browser.Phone, browser.Patience(3*time.Minute))
	p.Allow("net::ERR_")
	through := &house{h.App, line}
	through.signIn(p, theAgent)
	p.Open(line + "/cases/" + string(v.Number))
	p.WaitVisible("#materials .shoot")
	if _, err := of.Toxics.AddToxicJson(strings.NewReader(`{"name":"short","type":"limit_data","stream":"upstream","attributes":{"bytes":1000000}}`)); err != nil {
		t.Fatal(err)
	}
	choose(t, p, "#materials [data-file][multiple]", photographs(t, 20)...)
	p.WaitText(".net", "张，共 20 张")
	p.WaitText(".net", "传好了，共 20 张")
	var digests []string
	for _, f := range h.inside(t, string(v.Number)).Files {
		digests = append(digests, f.Digest)
	}
	slices.Sort(digests)
	if n := len(slices.Compact(slices.Clone(digests))); len(digests) != 20 || n != 20 {
		t.Errorf("%d files, %d different ones; want 20", len(digests), n)
	}
	if n := p.Count("#materials .shots img"); n != 20 {
		t.Errorf("%d small pictures", n)
	}
}

// TestASlowTelephoneCountsAllPictures: it makes pictures smaller more slowly than the line takes them, so that nothing waits
// to be sent between two; they are counted together all the same.
func TestASlowTelephoneCountsAllPictures(t *testing.T) {
	h := open(t)
	v := h.received(t)
	p := browser.New(t, browser.Phone)
	h.signIn(p, theAgent)
	p.Open(h.url + "/cases/" + string(v.Number))
	p.WaitVisible("#materials .shoot")
	browser.Eval[bool](p, `(() => { const made = window.createImageBitmap;
		window.createImageBitmap = async (b) => { if (document.querySelectorAll("#materials .shots img").length) await new Promise((ok) => setTimeout(ok, 1500)); return made(b) }; return true })()`)
	choose(t, p, "#materials [data-file][multiple]", photographs(t, 3)...)
	p.WaitText(".net", "传好了，共 3 张")
	if n := len(h.inside(t, string(v.Number)).Files); n != 3 {
		t.Errorf("%d files", n)
	}
}

// TestTheRestIsSentAfterThePageIsLoadedAgain: the line is dead, the page is closed; what was not sent goes on from the
// browser's own store.
func TestTheRestIsSentAfterThePageIsLoadedAgain(t *testing.T) {
	h := open(t)
	v := h.received(t)
	p := browser.New(t, browser.Phone)
	p.Allow("503")
	var broken atomic.Bool
	line := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if broken.Load() && strings.Contains(r.URL.Path, "uploads") {
			http.Error(w, "the line is dead", http.StatusServiceUnavailable)
			return
		}
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(line.Close)
	h.url = line.URL
	h.signIn(p, theAgent)
	broken.Store(true)
	p.Open(h.url + "/cases/" + string(v.Number))
	p.WaitVisible("#materials .shoot") // the script is there
	choose(t, p, "#materials [data-file][multiple]", photographs(t, 2)...)
	p.WaitText(".net", "没连上，连上接着传：第 1 张，共 2 张")
	p.Open(h.url + "/today")
	p.WaitText("main", "等着上传")
	p.WaitText(".send", v.Materials[0].Name)
	broken.Store(false)
	p.WaitText(".net", "传好了，共 2 张")
	if n := len(h.inside(t, string(v.Number)).Files); n != 2 {
		t.Errorf("%d files", n)
	}
}

// TestAProgramByAPhotographsName is refused at its paper, in plain words; what was good beside it is kept.
func TestAProgramByAPhotographsName(t *testing.T) {
	h := open(t)
	v := h.received(t)
	p := browser.New(t, browser.Phone)
	p.Allow("422")
	h.signIn(p, theAgent)
	p.Open(h.url + "/cases/" + string(v.Number))
	p.WaitVisible("#materials .shoot")
	program := filepath.Join(t.TempDir(), "身份证.jpg")
	if err := os.WriteFile(program, []byte("MZ\x90\x00 this program cannot be run in DOS mode"), 0o600); err != nil {
		t.Fatal(err)
	}
	choose(t, p, "#materials [data-file][multiple]", program, photographs(t, 1)[0])
	p.WaitText("#materials .shoot .err", "内容不是，没有收")
	p.WaitFor("the refusal looks and reads as an error", `(() => { const e = document.querySelector("#materials .shoot .err"), red = document.createElement("i");
		red.style.color = "var(--red)"; e.append(red);
		return e.getAttribute("role") === "alert" && e.textContent.startsWith("错误：") && e.querySelector("svg.i") && getComputedStyle(e).color === getComputedStyle(red).color })()`)
	p.WaitFor("the good one", `document.querySelectorAll("#materials .shots img").length === 1`)
	if n := len(h.inside(t, string(v.Number)).Files); n != 1 {
		t.Errorf("%d files", n)
	}
}

// TestADeskLooksAndFindsOneUnclear: V opens the first picture beside the form, the arrows go on, each look is on record;
// what is unclear comes back to the agent, who takes it again, and the old one stays.
func TestADeskLooksAndFindsOneUnclear(t *testing.T) {
	h := open(t)
	v := h.received(t)
	agent := access.Actor{Account: theAgent, Name: "白伟", Role: access.Agent, Place: "610881101200"}
	for i, name := range photographs(t, 2) {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		h.put(t, agent, v, i, name, content)
	}
	p := browser.New(t, browser.Desktop)
	h.signIn(p, "clerk-610881101")
	p.Open(h.url + "/desk?queue=all&case=" + string(v.Number))
	p.WaitText("#one", "看 2 张图片")
	p.Leads(func() { p.Press("v") })
	p.WaitFor("the picture", `document.querySelector("[data-sheet] img").naturalWidth === 900`)
	p.Leads(func() { p.Press("ArrowRight") })
	p.WaitFor("the other one", `location.pathname.endsWith("/files/2") && document.querySelector("[data-sheet] img").naturalWidth === 900`)
	p.Press("r")
	p.WaitFor("the picture turned", `document.querySelector("[data-sheet] img").style.transform === "rotate(90deg)"`)
	p.Press("=")
	p.WaitFor("the picture larger", `document.querySelector("[data-sheet] img").style.width === "150%"`)
	p.Click("#unclear summary")
	p.Fill("#f-unclear-reason", "反光，看不清号码")
	p.Leads(func() { p.Click("#unclear button") })
	p.WaitText("#materials", "反光，看不清号码")
	p.Open(h.url + "/cases/" + string(v.Number) + "/looks")
	p.WaitText("main", "看了")
	if n := p.Count("tbody tr"); n != 2 {
		t.Errorf("%d looks on record, want 2", n)
	}

	phone := browser.New(t, browser.Phone)
	h.signIn(phone, theAgent)
	phone.WaitText("main", "图片不清楚，请重新拍")
	phone.Open(h.url + "/cases/" + string(v.Number))
	choose(t, phone, "#materials .bad [data-file]", photographs(t, 3)[2])
	phone.WaitText(".net", "传好了，共 1 张")
	files := h.inside(t, string(v.Number)).Files
	if len(files) != 3 || files[1].ReplacedBy == nil || *files[1].ReplacedBy != 3 || files[2].Unclear != nil {
		t.Errorf("%+v", files)
	}
	var found []string
	if err := app.Verify(t.Context(), h.Config, func(what string) { found = append(found, what) }, func(string, int64) {}); err != nil || len(found) > 0 {
		t.Errorf("verify finds %v, %v", found, err)
	}
}

// TestTheAgentRingsUpAndGivesBack: a tap shows the number, which is on record, the next one dials it; an original goes
// back with two taps and a signature.
func TestTheAgentRingsUpAndGivesBack(t *testing.T) {
	h := open(t)
	v := h.received(t)
	p := browser.New(t, browser.Phone)
	p.Allow("status 422") // a slip without a signature
	h.signIn(p, theAgent)
	p.Open(h.url + "/cases/" + string(v.Number))
	p.Leads(func() { p.ClickText("打电话") })
	p.WaitVisible(`a[href="tel:` + phone + `"]`)
	p.WaitText("#events", "给申请人打电话")
	held := len(h.inside(t, string(v.Number)).Held)
	if held == 0 {
		t.Fatal("the agent holds no original")
	}
	p.Open(h.url + "/today")
	p.Open(h.url + "/cases/" + string(v.Number) + "#give-back")
	p.WaitVisible("#give-back button")
	p.Leads(func() { p.Click("#give-back button") })
	p.WaitText("#give-back .errors", "请本人在收条上签了名再交")
	p.Open(h.url + "/today")
	task := effort.Begin(p)
	p.Click("details.old summary") // the longest held stand first, this one last
	p.Leads(func() { p.Click(`a[href="/cases/` + string(v.Number) + `#give-back"]`) })
	p.WaitVisible("#give-back button")
	p.Click("#f-give-back-signed")
	p.Leads(func() { p.Click("#give-back button") })
	p.WaitText("#events", "归还原件")
	task.End(t, effort.Task{Name: "give an original back, from the day's page, with the slip signed", Role: "agent", Budget: 4})
	if n := len(h.inside(t, string(v.Number)).Held); n != 0 {
		t.Errorf("%d originals are still held", n)
	}
}
