package browser

import (
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestClickOnADesktopAndTapOnAPhone(t *testing.T) {
	for name, tt := range map[string]struct {
		screen Option
		first  string
	}{
		"desktop": {Desktop, "mousedown far"},
		"phone":   {Phone, "touchstart far"},
		"kiosk":   {func(s *settings) { Size(1080, 1920)(s); Touch(s) }, "touchstart far"},
	} {
		t.Run(name, func(t *testing.T) {
			p := New(t, tt.screen)
			p.Open(site(t, nil) + "/page.html")
			p.ClickText("最下面")
			p.WaitFor("the click", "pointers.includes('click far')")
			if all := Eval[[]string](p, "pointers"); all[0] != tt.first {
				t.Errorf("the page heard %v", all)
			}
			if p.Clicks() != 1 {
				t.Errorf("%d clicks counted, want 1", p.Clicks())
			}
		})
	}
}

func TestClickTextFindsLabelsAndLinks(t *testing.T) {
	p := New(t)
	p.Open(site(t, map[string]http.HandlerFunc{"GET /next": html(`<p>到了</p>`)}) + "/page.html")
	p.ClickText("户口簿")
	p.WaitFor("the tick", "document.getElementById('box').checked")
	p.ClickText("下一页")
	p.WaitPath("/next")
}

func TestScreens(t *testing.T) {
	for name, tt := range map[string]struct {
		screen      Option
		width, wide int // of the window, of the picture
	}{
		"desktop": {Desktop, 1440, 1440},
		"phone":   {Phone, 390, 780},
		"hall":    {Size(1920, 1080), 1920, 1920},
	} {
		t.Run(name, func(t *testing.T) {
			p := New(t, tt.screen)
			p.Open(site(t, nil) + "/page.html")
			if got := Eval[int](p, "innerWidth"); got != tt.width {
				t.Errorf("the window is %d wide, want %d", got, tt.width)
			}
			path := filepath.Join(t.TempDir(), "shots", "page.png")
			p.Screenshot(path)
			file, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			picture, err := png.DecodeConfig(file)
			if err != nil {
				t.Fatal(err)
			}
			if picture.Width != tt.wide || picture.Height < 3000 {
				t.Errorf("the picture is %d×%d, want %d wide and the whole page", picture.Width, picture.Height, tt.wide)
			}
		})
	}
}

func TestWindowsShareNothing(t *testing.T) {
	url := site(t, nil) + "/page.html"
	first, second := New(t), New(t)
	for _, p := range []*Page{first, second} {
		p.Open(url)
	}
	Eval[string](first, "document.cookie = 'who=first'")
	if got := Eval[string](second, "document.cookie"); got != "" {
		t.Errorf("the second window has the first's cookie %q", got)
	}
	if got := Eval[string](first, "document.cookie"); got != "who=first" {
		t.Errorf("the first window has the cookie %q", got)
	}
}

func TestThePersonIsInShenmu(t *testing.T) {
	p := New(t)
	p.Open(site(t, nil) + "/page.html")
	got := Eval[[]string](p, "[Intl.DateTimeFormat().resolvedOptions().timeZone, navigator.language]")
	if want := []string{"Asia/Shanghai", "zh-CN"}; !slices.Equal(got, want) {
		t.Errorf("time zone and language %v, want %v", got, want)
	}
}

func TestRead(t *testing.T) {
	p := New(t)
	p.Open(site(t, nil) + "/page.html")
	if got := p.Text("h1"); got != "便民服务站" {
		t.Errorf("the heading says %q", got)
	}
	if got := p.Count("button"); got != 4 {
		t.Errorf("%d buttons, want 4", got)
	}
	if got := p.Texts("p"); !slices.Equal(got, []string{"走了"}) {
		t.Errorf("paragraphs %q: only what is seen counts", got)
	}
	if got := filepath.Base(p.URL()); got != "page.html" {
		t.Errorf("address %q", p.URL())
	}
}
