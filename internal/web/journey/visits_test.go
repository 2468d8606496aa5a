package journey

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/browser"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/demo"
	"bianmin/internal/filing"
	"bianmin/internal/gate"
	"bianmin/internal/paper"
)

// state is what a page has to show.
type state string

const (
	full  state = "full"
	empty state = "empty"
	wrong state = "wrong" // something was typed wrongly, is not there, or is not allowed
)

// visit is one page as somebody sees it. The test of accessibility and `make look` both walk the list of visits, so a page
// that stands in it is held to the rules and drawn.
type visit struct {
	route string // the gate's pattern: "GET /desk"
	state state
	name  string // tells the visits of one route and state apart; part of a file's name
	// who are the roles that look; nil means all that the route's permission lets in (nobody, where it is public).
	who []access.Role
	// as is an account of its own for this visit, in place of who's.
	as   string
	path string
	do   func(p *browser.Page)
	// last changes what others see: it comes after them all.
	last bool
}

// Beside the roles: nobody, and a citizen who never had a case.
const (
	nobody   access.Role = "nobody"
	newcomer access.Role = "newcomer"
)

// accountOf is who plays a role; citizens have the telephone instead.
var accountOf = map[access.Role]string{
	access.Agent: theAgent, access.Clerk: clerk, access.Desk: desk, access.Head: head, access.Unit: "unit-minzheng", access.Chief: "chief-minzheng",
	access.Supervisor: "supervisor", access.Inspector: "inspector", access.Admin: "admin", access.Citizen: phone, newcomer: daughter, nobody: "",
}

var everybody = []access.Role{nobody, access.Citizen, access.Agent, access.Clerk, access.Desk, access.Head, access.Unit, access.Chief,
	access.Supervisor, access.Inspector, access.Admin}

// notPages are routes that a browser gets and that show no page of their own.
var notPages = map[string]string{
	"GET /assets/{content}/{name}":             "sheets, scripts and pictures",
	"GET /cases/{number}/proof/{seq}":          "a file",
	"GET /cases/{number}/papers/{paper}":       "a PDF",
	"GET /ledger/{kind}":                       "a PDF or a workbook",
	"GET /ledger/papers/{ledger}":              "a PDF",
	"GET /accounts.xlsx":                       "a workbook",
	"GET /seats.xlsx":                          "a workbook",
	"GET /places.xlsx":                         "a workbook",
	"GET /counter/items":                       "a part of the counter's page",
	"GET /uploads":                             "a list for the script",
	"GET /uploads/{token}/thumb":               "a picture",
	"GET /cases/{number}/files/{file}/content": "a picture or a PDF",
	"GET /cases/{number}/files/{file}/thumb":   "a picture",
	"GET /genuine/proof":                       "a file",
	"GET /guide/{code}/flow.svg":               "a picture",
	"GET /guide/{code}/guide.pdf":              "a file; TestTheGuideOnPaper reads it",
	"GET /filing/{draft}":                      "leads on to the next question",
	"GET /my/cases/{number}/papers/{paper}":    "a PDF",
	"GET /my/cases/{number}/photos/{file}":     "a picture",
}

// without says why a page has no such state.
var without = []struct {
	state  state
	why    string
	routes []string
}{
	{empty, "a form, or one thing: there is no list that could be empty", []string{"/", "GET /sign-in", "GET /sign-in/code", "GET /sign-in/setup", "GET /set-password",
		"GET /demo", "GET /demo/time", "GET /papers/wording", "GET /me", "GET /accounts/{account}", "GET /accounts/{account}/disable", "GET /accounts/{account}/reset", "GET /places/{code}", "GET /calendar",
		"GET /cases/{number}", "GET /counter/cases/{number}", "GET /cases/{number}/files/{file}", "GET /cases/{number}/papers/{paper}/view", "GET /ledger/papers/{ledger}/view", "GET /follow", "GET /genuine", "GET /my/sign-in",
		"GET /guide/{code}", "GET /file/{code}", "GET /filing/{draft}/{question}", "GET /filing/{draft}/check", "GET /filing/{draft}/done",
		"GET /my/cases/{number}", "GET /my/cases/{number}/withdraw", "GET /{$}", "GET /board", "GET /board/table"}},
	{wrong, "nothing is typed there", []string{"GET /{$}", "GET /demo", "GET /my", "GET /my/looks", "GET /guide", "GET /today", "GET /seats", "GET /exports", "GET /messages",
		"GET /cases/{number}/looks", "GET /faults", "GET /counter/cases/{number}", "GET /board", "GET /board/table", "GET /accounts/{account}/disable", "GET /accounts/{account}/reset"}},
	{full, "it is the page of what is not there", []string{"/"}},
}

func lacks(route string, s state) bool {
	return slices.ContainsFunc(without, func(x struct {
		state  state
		why    string
		routes []string
	}) bool {
		return x.state == s && slices.Contains(x.routes, route)
	})
}

// lookers are the roles that a route lets in.
func lookers(r gate.Route) []access.Role {
	switch {
	case r.Permission == access.Public:
		return []access.Role{nobody}
	case r.Permission.OfCitizens():
		return []access.Role{access.Citizen}
	}
	var list []access.Role
	for _, role := range everybody {
		if access.Allows(role, r.Permission) && role != access.Citizen {
			list = append(list, role)
		}
	}
	return list
}

// pagesOf are the gate's routes that show a page.
func (h *house) pagesOf() map[string]gate.Route {
	pages := map[string]gate.Route{}
	for _, r := range h.Gate.Routes() {
		if r.Face != gate.API && (strings.HasPrefix(r.Pattern, "GET ") || !strings.Contains(r.Pattern, " ")) && notPages[r.Pattern] == "" {
			pages[r.Pattern] = r
		}
	}
	return pages
}

// appointed fills in who looks.
func (h *house) appointed(t *testing.T, list []visit) []visit {
	t.Helper()
	pages := h.pagesOf()
	for i, v := range list {
		r, ok := pages[v.route]
		if !ok {
			t.Errorf("the visit %s is to %s, which is no page", v.name, v.route)
			continue
		}
		if v.who == nil && v.as == "" {
			list[i].who = lookers(r)
		}
	}
	return list
}

// complete says which pages nobody visits, and which states of them nobody sees.
func (h *house) complete(t *testing.T, list []visit) {
	t.Helper()
	for pattern, route := range h.pagesOf() {
		for _, s := range []state{full, empty, wrong} {
			seen := slices.ContainsFunc(list, func(v visit) bool { return v.route == pattern && v.state == s })
			switch reasoned := lacks(pattern, s); {
			case !seen && !reasoned:
				t.Errorf("%s: nobody visits it when it is %s; name it in visits, or in without with the reason", pattern, s)
			case seen && reasoned:
				t.Errorf("%s stands in without, and yet is visited when it is %s", pattern, s)
			}
		}
		for _, role := range lookers(route) {
			if !slices.ContainsFunc(list, func(v visit) bool {
				return v.route == pattern && (slices.Contains(v.who, role) || role == nobody && v.as != "")
			}) {
				t.Errorf("%s: it lets in %s, and none of them visits it", pattern, role)
			}
		}
	}
}

// looker is one person with a window and what there is to visit.
type looker struct {
	role    access.Role // of the account, or the account's own name
	account string
	visits  []visit
}

// shared deals the visits out to those who look; those that come last to one list at the end.
func shared(list []visit) (first, last []looker) {
	add := func(to *[]looker, role access.Role, account string, v visit) {
		i := slices.IndexFunc(*to, func(l looker) bool { return l.account == account })
		if i < 0 {
			i = len(*to)
			*to = append(*to, looker{role: role, account: account})
		}
		(*to)[i].visits = append((*to)[i].visits, v)
	}
	for _, v := range list {
		to := &first
		if v.last {
			to = &last
		}
		if v.as != "" {
			add(to, access.Role(v.as), v.as, v)
		}
		for _, role := range v.who {
			add(to, role, accountOf[role], v)
		}
	}
	return first, last
}

// enters gives a window the session of an account or, by the telephone, of a citizen; of nobody when it is empty.
func (h *house) enters(t *testing.T, p *browser.Page, account string) {
	t.Helper()
	r, w := httptest.NewRequest(http.MethodGet, h.url, nil), httptest.NewRecorder()
	switch {
	case account == "":
		return
	case account == phone || account == daughter:
		token := h.citizen(t, account)
		gate.SetCitizenCookie(w, r, token)
	default:
		door, err := h.Access.Enter(t.Context(), account, access.From{Address: "127.0.0.1", Device: "Chromium"})
		if err != nil {
			t.Fatal(err)
		}
		gate.SetCookie(w, r, door.Token)
	}
	for _, c := range w.Result().Cookies() {
		p.Keep(h.url, c)
	}
}

// citizens are the sessions that there are, by house and telephone: codes may not be asked for in quick succession.
var citizens = struct {
	sync.Mutex
	tokens map[string]string
}{tokens: map[string]string{}}

// citizen is the session of whoever has this telephone.
func (h *house) citizen(t *testing.T, phone string) string {
	t.Helper()
	citizens.Lock()
	defer citizens.Unlock()
	if token := citizens.tokens[h.url+phone]; token != "" {
		return token
	}
	if err := h.Citizens.Ask(t.Context(), phone, "127.0.0.1"); err != nil {
		t.Fatal(err)
	}
	token, _, err := h.Citizens.SignIn(t.Context(), phone, h.code(t, phone), "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	citizens.tokens[h.url+phone] = token
	return token
}

// face is a size at which pages are looked at.
type face struct {
	name   string
	option browser.Option
	large  bool
}

// faces: in large print on a phone the sizes are the largest that there are.
var faces = []face{{"1440", browser.Desktop, false}, {"390", browser.Phone, false}, {"1440-large", browser.Desktop, true}, {"390-large", browser.Phone, true}}

// worn makes the window that face. The page does not load anew: print is an attribute of the whole page, as the switch sets it.
func worn(p *browser.Page, f face) {
	p.Resize(f.option)
	size := `"normal"`
	if f.large {
		size = `document.documentElement.classList.contains("face-citizen") && innerWidth < 1000 ? "large-2" : "large"`
	}
	browser.Eval[string](p, `document.documentElement.dataset.size = `+size)
}

// walks goes through one person's visits in one window, and shows each at every face.
func (h *house) walks(t *testing.T, l looker, show func(p *browser.Page, v visit, f face)) {
	t.Helper()
	p := browser.New(t)
	p.Allow("status 4") // refusals are pages, too
	h.enters(t, p, l.account)
	for _, v := range l.visits {
		t.Logf("%s %s %s: %s", v.route, v.state, v.name, v.path)
		p.Resize(browser.Desktop)
		p.Open(h.url + v.path)
		if v.do != nil {
			v.do(p)
		}
		for _, f := range faces {
			worn(p, f)
			show(p, v, f)
		}
	}
}

// stage is what the visits find: cases brought to where each page has something to show.
type stage struct {
	correcting, asked, handed, special, again, running, taken, withdrawn, done, issued, revealed, online cases.View
	paper, code                                                                                          string
	draft, handedIn                                                                                      string
	ledger                                                                                               paper.ID
	link                                                                                                 string // to set a password
}

// set brings the cases there.
func (h *house) set(t *testing.T) stage {
	t.Helper()
	lacking := cases.Notify{Missing: []cases.Lack{{Material: "高龄补贴申请表", What: cases.MaterialDefective, Note: "没有签名"}}}
	s := stage{
		correcting: h.does(t, clerk, h.files(t), lacking),
		asked:      h.does(t, desk, h.examined(t), cases.Extend{Days: 5, Reason: "要等外地社保回函，3月20日才能到"}),
		handed:     h.does(t, desk, h.examined(t), cases.Take{}, cases.Hand{To: clerk, Reason: "下乡入户，这几天不在"}),
		special:    h.does(t, desk, h.examined(t), cases.Suspend{Kind: "appraisal", Basis: "评残办法第八条", Evidence: "鉴定委托书〔2026〕8 号", Days: 10}),
		again: h.does(t, clerk, h.files(t), lacking, cases.Correct{Materials: []cases.Material{{Name: "高龄补贴申请表", Originals: 1, Status: cases.MaterialReceived}}},
			cases.Notify{Missing: []cases.Lack{{Material: "居民身份证", What: cases.MaterialDefective, Note: "昨天到期了", Unseen: "上次告知的时候还没有到期"}}}),
		running:   h.examined(t),
		taken:     h.does(t, desk, h.examined(t), cases.Take{}),
		withdrawn: h.does(t, clerk, h.files(t), cases.Withdraw{Reason: "材料还没备齐"}),
		revealed:  h.does(t, clerk, h.files(t), cases.Reveal{Field: cases.FieldPhone, Reason: "打电话通知来取"}),
	}
	done := h.does(t, desk, h.examined(t), cases.Pass{})
	done = h.does(t, "unit-minzheng", done, cases.DecideOn{Approve: true})
	s.done = h.does(t, clerk, done, cases.Deliver{Way: "counter", Receiver: villager})
	if err := h.Ratings.RateFollowed(t.Context(), string(s.done.Number), phone[len(phone)-4:], "192.0.2.1", 4, "跑了两趟"); err != nil {
		t.Fatal(err)
	}
	s.issued = h.does(t, clerk, h.files(t), cases.Accept{})
	p, _, err := h.Papers.Issue(t.Context(), h.actor(t, clerk), s.issued.Number, "03")
	if err != nil {
		t.Fatal(err)
	}
	s.paper, s.code = h.printed(t, clerk, p.ID)
	day, err := calendar.ParseDate(s.issued.FiledAt[:len("2026-03-10")])
	if err != nil {
		t.Fatal(err)
	}
	ledger, _, err := h.Papers.IssueDay(t.Context(), h.actor(t, clerk), "610881101000", day)
	if err != nil {
		t.Fatal(err)
	}
	s.ledger = ledger.ID
	content, err := os.ReadFile(photographs(t, 1)[0])
	if err != nil {
		t.Fatal(err)
	}
	h.put(t, h.actor(t, desk), s.running, 0, "照片.jpg", bytes.Clone(content))
	if _, err := h.Files.Look(t.Context(), h.actor(t, clerk), s.running.Number, 1, "view"); err != nil {
		t.Fatal(err)
	}
	s.draft, s.handedIn = h.drafted(t), h.drafted(t)
	token := h.citizen(t, phone)
	who, err := h.Citizens.Authenticate(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Filings.HandIn(t.Context(), who, filing.Owner{Browser: "journey", Phone: who.Phone}, s.handedIn); err != nil {
		t.Fatal(err)
	}
	if err := h.Access.Reset(t.Context(), "admin", "clerk-610881104"); err != nil {
		t.Fatal(err)
	}
	s.link, err = h.Access.LinkToken(t.Context(), "clerk-610881104")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// drafted is an application from home that is answered to its end.
func (h *house) drafted(t *testing.T) string {
	t.Helper()
	who, err := h.Citizens.Authenticate(t.Context(), h.citizen(t, phone))
	if err != nil {
		t.Fatal(err)
	}
	o := filing.Owner{Browser: "journey", Phone: who.Phone}
	d, err := h.Filings.Begin(t.Context(), o, "BM-001")
	for _, x := range []struct{ question, said string }{{filing.ForWhom, filing.Myself}, {filing.Name, villager}, {filing.IDNumber, number}, {filing.Phone, phone},
		{filing.Town, "610881101000"}, {filing.Village, "610881101200"}, {filing.OwnPrefix + "s1", "没有"}, {filing.OwnPrefix + "s2", "都能签"}, {filing.Papers, "户口簿"}} {
		if err != nil {
			t.Fatal(err)
		}
		d, err = h.Filings.Save(t.Context(), o, d.ID, x.question, x.said)
	}
	if err != nil {
		t.Fatal(err)
	}
	return d.ID
}

// knocks gives account and password at the door.
func (h *house) knocks(p *browser.Page, account string) {
	p.Open(h.url + "/sign-in")
	if p.Count(`form[action="/sign-out"]`) > 0 {
		p.Leads(func() { p.Click(`form[action="/sign-out"] button`) })
		p.Open(h.url + "/sign-in")
	}
	p.Fill(`input[name="account"]`, account)
	p.Fill(`input[name="password"]`, demo.Password)
	p.Leads(func() { p.Press("Enter") })
}
