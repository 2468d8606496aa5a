package counterwalk

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/cases"
)

// person is somebody signed in, with a browser that knows no script.
type person struct {
	t       testing.TB
	h       *house
	account string
	client  *http.Client
}

func (h *house) signIn(account string) *person {
	h.t.Helper()
	jar := must(cookiejar.New(nil))
	p := &person{t: h.t, h: h, account: account, client: &http.Client{Jar: jar}}
	answer := must(p.client.Get(h.address(account, "/assets/")))
	answer.Body.Close()
	return p
}

// page is an answer as read.
type page struct {
	status int
	path   string // after redirects
	body   string
}

func (p *person) do(r *http.Request) page {
	p.t.Helper()
	answer, err := p.client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return page{answer.StatusCode, answer.Request.URL.Path, string(body)}
}

func (p *person) get(path string) page {
	p.t.Helper()
	return p.do(must(http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.h.server.URL+path, nil)))
}

func (p *person) post(path string, form url.Values) page {
	p.t.Helper()
	r := must(http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.h.server.URL+path, bodyOf(form)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", p.h.server.URL)
	return p.do(r)
}

var onceInput = regexp.MustCompile(`name="once" value="([^"]+)"`)

// form is the villager's application for an item, on a page of its own, with the first n papers marked as here.
func (p *person) form(item string, n int) url.Values {
	p.t.Helper()
	blank := p.get("/counter?item=" + item)
	key := onceInput.FindStringSubmatch(blank.body)
	if blank.status != http.StatusOK || key == nil {
		p.t.Fatalf("no form: %d %s", blank.status, blank.body)
	}
	f := url.Values{"once": {key[1]}, "item": {item}, "applicant.kind": {"person"}, "applicant.name": {villager},
		"applicant.id_number": {villagerNumber}, "applicant.phone": {villagerPhone}, "place": {"610881101200"}}
	for i := range n {
		f.Set(markName(i), "received")
	}
	return f
}

func markName(i int) string { return "materials[" + string(rune('0'+i)) + "].status" }

func with(f url.Values, pairs ...string) url.Values {
	c := url.Values{}
	for k, v := range f {
		c[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		c.Set(pairs[i], pairs[i+1])
	}
	return c
}

// filed are the cases of the town, the newest first.
func (h *house) filed() []cases.View {
	h.t.Helper()
	town := access.Actor{Account: clerk, Role: access.Clerk, Place: "610881101000"}
	list, err := h.cases.List(h.t.Context(), town, cases.Filter{Sort: cases.ByNewest})
	if err != nil {
		h.t.Fatal(err)
	}
	return list.Cases
}

// one is the only case that there is, whole.
func (h *house) one() cases.View {
	h.t.Helper()
	list := h.filed()
	if len(list) != 1 {
		h.t.Fatalf("%d cases, want 1", len(list))
	}
	town := access.Actor{Account: clerk, Role: access.Clerk, Place: "610881101000"}
	v, err := h.cases.Get(h.t.Context(), town, list[0].Number)
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

// shows says whether the page shows the words.
func (p page) shows(words string) bool {
	return regexp.MustCompile(regexp.QuoteMeta(html.EscapeString(words))).MatchString(p.body)
}
