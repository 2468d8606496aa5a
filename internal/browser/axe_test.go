package browser

import (
	"net/http"
	"strings"
	"testing"
)

func TestAxeFindsWhatIsWrong(t *testing.T) {
	p := New(t)
	url := site(t, map[string]http.HandlerFunc{
		"GET /good": html(`<main><h1>好</h1><label>姓名 <input></label></main>`),
		"GET /bad":  html(`<main><h1>坏</h1><input><p style="color:#bbb;background:#fff">看不清</p></main>`),
	})
	p.Open(url + "/bad")
	var rules []string
	for _, f := range p.Axe("html-has-lang", "document-title") {
		rules = append(rules, f.Rule)
	}
	if got := strings.Join(rules, " "); got != "color-contrast label" {
		t.Errorf("found %s", got)
	}
	p.Open(url + "/good")
	if found := p.Axe("html-has-lang", "document-title"); len(found) > 0 {
		t.Errorf("found %v", found)
	}
	if found := p.Axe(); len(found) != 2 {
		t.Errorf("found %v, want the two that were left out", found)
	}
}

func TestPagesOfOneShape(t *testing.T) {
	p := New(t)
	url := site(t, map[string]http.HandlerFunc{
		"GET /1": html(`<ul><li class="a">1</li></ul>`),
		"GET /2": html(`<ul><li class="a">2</li><li class="a">3</li></ul>`),
		"GET /3": html(`<ul><li class="b">2</li></ul>`),
		"GET /4": html(`<ul><li class="a"></li></ul>`),
	})
	seen := map[string]string{}
	for _, path := range []string{"/1", "/2", "/3", "/4"} {
		p.Open(url + path)
		shape := strings.Join(p.Shapes(), "")
		if before := seen[shape]; (before != "") != (path == "/2") {
			t.Errorf("%s is like %q", path, before)
		}
		seen[shape] = path
	}
}

func TestAWindowBecomesAPhone(t *testing.T) {
	p := New(t)
	p.Open(site(t, map[string]http.HandlerFunc{"GET /wide": html(`<meta name="viewport" content="width=device-width">宽`)}) + "/wide")
	wide := Eval[int](p, "innerWidth")
	p.Resize(Phone)
	narrow, touched := Eval[int](p, "innerWidth"), Eval[bool](p, `matchMedia("(pointer: coarse)").matches`)
	p.Resize(Desktop)
	if wide != 1440 || narrow != 390 || !touched || Eval[int](p, "innerWidth") != 1440 {
		t.Errorf("%d, then %d (touched: %v), then %d", wide, narrow, touched, Eval[int](p, "innerWidth"))
	}
}
