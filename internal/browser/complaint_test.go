package browser

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestComplaints(t *testing.T) {
	p := New(t)
	p.Allow("") // so that this test, which provokes them all, does not fail by them
	for name, tt := range map[string]struct {
		page, script string
		want         string
	}{
		"console error":       {"", `console.error('没有', 7)`, "console error: 没有 7"},
		"exception":           {"", `throw new Error('坏了')`, "坏了"},
		"unhandled rejection": {"", `Promise.reject(new Error('没人接'))`, "没人接"},
		"inline script":       {`<script>1</script>`, "", "Content Security Policy"},
		"inline handler":      {`<img src="data:," onerror="1">`, "", "Content Security Policy"},
		"missing file":        {`<img src="/missing.png">`, "", "/missing.png: status 404"},
		"refused":             {"", `fetch('/refuse')`, "/refuse: status 403"},
		"broken off":          {"", `fetch('/break').catch(() => 0)`, "/break: net::ERR"},
		"from elsewhere":      {`<script src="http://cdn.example/x.js"></script>`, "", "cdn.example"},
		"dialog":              {"", `confirm('确定要执行此操作吗？')`, "dialog: 确定"},
		"none":                {`<p>好</p>`, `console.warn('小心')`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			before := p.heardSince("")
			p.Open(site(t, map[string]http.HandlerFunc{
				"GET /try":    html(tt.page + `<script src="/try.js"></script><script src="/end.js"></script>`),
				"GET /try.js": script(tt.script),
				"GET /end.js": script(`document.body.append('完')`),
				"GET /refuse": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) },
				"GET /break":  func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
			}) + "/try")
			p.WaitText("body", "完")
			if tt.want == "" {
				p.Settle()
				if said := p.heardSince(before); said != "" {
					t.Errorf("the page complained: %s", said)
				}
				return
			}
			p.until("the complaint "+tt.want, func(context.Context) error {
				if said := p.heardSince(before); !strings.Contains(said, tt.want) {
					return errors.New(said)
				}
				return nil
			})
		})
	}
}

// heardSince is what the page complained of after it had complained of that much.
func (p *Page) heardSince(before string) string {
	p.listener.Lock()
	defer p.listener.Unlock()
	return strings.TrimPrefix(strings.Join(p.listener.heard, "\n"), before)
}

func TestComplaintsFailTheTest(t *testing.T) {
	said := failing(t, func(fake *recorder) {
		p := New(fake)
		p.Open(site(t, nil) + "/page.html")
		Eval[bool](p, "console.error('没有'), true")
	})
	if want := "the page complained: console error: 没有"; said != want {
		t.Errorf("the test says %q, want %q", said, want)
	}
}

func TestAllowedComplaintsPass(t *testing.T) {
	p := New(t)
	p.Open(site(t, nil) + "/page.html")
	Eval[int](p, "fetch('/missing').then(r => r.status)")
	p.Settle()
	if got := p.Complaints(); len(got) != 1 {
		t.Errorf("complaints: %q", got)
	}
	p.Allow("/missing: status 404")
	if got := p.Complaints(); len(got) != 0 {
		t.Errorf("complaints after allowing them: %q", got)
	}
}

func TestAQuietPagePassesAndAPageThatIsLeftMayBreakOff(t *testing.T) {
	url := site(t, map[string]http.HandlerFunc{
		"GET /live": html(`<p>活</p><script src="/live.js"></script>`),
		"GET /live.js": script(`new EventSource('/events').onmessage = e => document.body.append(e.data);
			const stop = new AbortController();
			fetch('/events', {signal: stop.signal}).then(() => stop.abort()).then(() => document.body.append('够了'))`),
		"GET /events": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			if _, err := w.Write([]byte("data: 叫到 7 号\n\n")); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
	})
	p := New(t)
	p.Open(url + "/live")
	p.WaitText("body", "叫到 7 号")
	p.WaitText("body", "够了")
	p.Open(url + "/page.html")
	p.Settle()
	if got := p.Complaints(); len(got) != 0 {
		t.Errorf("complaints: %q", got)
	}
}

func TestNothingElsewhereCanBeReached(t *testing.T) {
	// Another address of this machine stands for the world: without the rule it would answer.
	elsewhere, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(html("外面"))
	if err := server.Listener.Close(); err != nil {
		t.Fatal(err)
	}
	server.Listener = elsewhere
	server.Start()
	t.Cleanup(server.Close)
	said := failing(t, func(fake *recorder) { New(fake).Open(server.URL) })
	if !strings.Contains(said, "ERR_NAME_NOT_RESOLVED") {
		t.Errorf("the test says %q", said)
	}
}

func script(js string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		if _, err := w.Write([]byte(js)); err != nil {
			panic(err)
		}
	}
}
