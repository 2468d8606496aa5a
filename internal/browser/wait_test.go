package browser

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestWaitForWhatComesAndGoes(t *testing.T) {
	p := New(t)
	p.Open(site(t, nil) + "/page.html")
	p.WaitVisible("#going")
	p.WaitHidden("#later")
	p.WaitHidden("#nowhere")
	p.WaitHidden("#faint")
	p.WaitText("p", "走了")
	p.Click("#show")
	p.WaitVisible("#later")
	p.WaitText("p", "王雪梅 来了")
	p.WaitHidden("#going")
	p.WaitNoText("p", "走了")
	p.Click("#name")
	p.WaitFocus("#name")
	if p.Clicks() != 2 {
		t.Errorf("%d clicks counted, want 2", p.Clicks())
	}
}

func TestWaitingInVainSaysWhatIsShown(t *testing.T) {
	window, url := New(t), site(t, nil)+"/page.html"
	for name, wait := range map[string]func(*Page){
		"visible":   func(p *Page) { p.WaitVisible("#later") },
		"invisible": func(p *Page) { p.WaitVisible("#faint") },
		"hidden":    func(p *Page) { p.WaitHidden("#going") },
		"text":      func(p *Page) { p.WaitText("p", "王雪梅") },
		"no text":   func(p *Page) { p.WaitNoText("p", "走了") },
		"path":      func(p *Page) { p.WaitPath("/elsewhere") },
		"focus":     func(p *Page) { p.WaitFocus("#name") },
		"covered": func(p *Page) {
			Eval[bool](p, "document.getElementById('cover').hidden = false, true")
			p.Click("#show")
		},
		"disabled": func(p *Page) {
			Eval[bool](p, "document.getElementById('show').disabled = true")
			p.Click("#show")
		},
		"two alike": func(p *Page) { p.ClickText("改") },
		"none":      func(p *Page) { p.ClickText("没有这个") },
	} {
		t.Run(name, func(t *testing.T) {
			window.Open(url)
			window.WaitVisible("#going")
			said := failing(t, func(fake *recorder) {
				hurried := *window
				hurried.t, hurried.options.patience = fake, 200*time.Millisecond
				wait(&hurried)
			})
			if !strings.Contains(said, "便民服务站") {
				t.Errorf("the failure does not tell what the page shows: %q", said)
			}
		})
	}
}

func TestAKeyThatIsNotThere(t *testing.T) {
	for _, key := range []string{"Return", "", "ab", "Shift+", "Hyper+a", "神"} {
		if char, _, ok := parse(key); ok {
			t.Errorf("parse(%q) = %q", key, char)
		}
	}
}

func TestLeadsWaitsForThePageAfter(t *testing.T) {
	visits := 0
	url := site(t, map[string]http.HandlerFunc{
		"GET /again": func(w http.ResponseWriter, r *http.Request) {
			visits++
			html(`<p>同一页</p><a href="/again">再来</a>`)(w, r)
		},
	})
	p := New(t)
	p.Open(url + "/again")
	for range 3 {
		p.Leads(func() { p.ClickText("再来") })
	}
	if visits != 4 {
		t.Errorf("%d visits, want 4", visits)
	}
	p.WaitPath("/again")
}
