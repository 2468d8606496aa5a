package portal

import (
	"net/http"
	"net/url"
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/guide"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// findPage is what a wish found, or with no wish all items by the occasions of life.
type findPage struct {
	Chrome ui.Chrome
	Query  string
	Sure   bool
	Rows   []itemRow
	Groups []itemGroup
	Online string // 1: only what can be filed online
	Tel    string
}

// itemGroup is the items of one occasion.
type itemGroup struct {
	ID, Name string
	Rows     []itemRow
}

// found is how many items a search shows.
const foundMost = 10

// guideFind searches, or lists all.
func (s *Site) guideFind(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	page := findPage{Query: strings.TrimSpace(v.Get("q"))}
	if v.Get("online") != "" {
		page.Online = "1"
	}
	title := "怎么办"
	switch {
	case page.Query == "":
		page.Groups = s.groups(page.Online != "")
	default:
		title = "找“" + page.Query + "”"
		found := s.Guide.Finder.Find(page.Query, 3*foundMost)
		page.Sure = found.Sure
		for _, h := range found.Hits {
			row := rowOf(h.Item.Definition)
			row.Official = h.Item.Name
			if len(page.Rows) < foundMost && (page.Online == "" || row.Online) {
				page.Rows = append(page.Rows, row)
			}
		}
	}
	page.Chrome = s.portalChrome(r, title, "/guide")
	page.Tel = page.Chrome.Tel
	s.render(w, r, http.StatusOK, findPaper(page))
}

// groups are the items by the first occasion on which people look for them, each once.
func (s *Site) groups(online bool) []itemGroup {
	by := map[string][]itemRow{}
	for _, v := range s.Guide.Items.All() {
		if online && !v.Online() {
			continue
		}
		event := "其他"
		if len(v.LifeEvents) > 0 {
			event = v.LifeEvents[0]
		}
		by[event] = append(by[event], rowOf(v.Definition))
	}
	var groups []itemGroup
	for _, event := range item.LifeEvents() {
		if rows := by[event]; len(rows) > 0 {
			groups = append(groups, itemGroup{ID: "e-" + event, Name: event, Rows: rows})
		}
	}
	return groups
}

// sheetPage is the guide of an item.
type sheetPage struct {
	Chrome     ui.Chrome
	Sheet      guide.Sheet
	Latest     string
	HandIn     string // 交到哪里
	Here       string
	Where      []guide.Where
	Village    bool
	Agent      bool // a village's agent takes it, and the person's own village is not known
	Towns      ui.Input
	Situations []situationShown
	Steps      []stepShown
	Tel        string
	File       string // where filing online begins; empty when it cannot be
	InPerson   string // why it cannot, where that is because the person has to be there
	Proxy      bool   // the village's agent spares the way
	Today      string
	Printed    string // where the guide is to print and to keep
}

type situationShown struct {
	Question string
	Answers  []answerShown
}

type answerShown struct {
	Words, Href string
	On          bool
}

type stepShown struct {
	Tier, Words, Days string
	Stands            bool
}

// guideSheet shows what an item takes.
func (s *Site) guideSheet(w http.ResponseWriter, r *http.Request) {
	code, err := item.ParseCode(r.PathValue("code"))
	v, known := s.Guide.Items.Get(code)
	if err != nil || !known {
		s.Refuse(w, r, problem.ErrNotFound)
		return
	}
	at, chosen := s.placeOf(r)
	answers := answersOf(v.Definition, r.URL.Query())
	sheet, where, err := s.Guide.Sheet(code, at.Code, answers)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	now := s.Clock.Now()
	page := sheetPage{Chrome: s.portalChrome(r, sheet.Plain, "/guide"), Sheet: sheet, Where: where, Towns: s.towns(at), Village: guide.InVillage(v.Definition), Today: ui.Moment(now)}
	page.Chrome.NoTabs, page.Tel = true, page.Chrome.Tel
	page.Chrome.Title = sheet.Plain + "，办事指南"
	if sheet.Latest != nil {
		if day, err := calendar.ParseDate(*sheet.Latest); err == nil {
			page.Latest = dayWords(day, calendar.DateOf(now))
		}
	}
	page.Agent = page.Village && !guide.InRoom(where)
	if page.HandIn = "镇上"; page.Village {
		page.HandIn = "村里或镇上"
	}
	if chosen {
		page.Here = at.Name
	}
	page.Proxy = page.Village && v.Visits > 0 && (v.Presence != item.InPerson || v.SpotFinish())
	if v.InPersonOnly() {
		page.InPerson = v.InPersonWords()
	}
	if sheet.Online {
		page.File = "/file/" + string(code)
	}
	page.Situations = situationsOf(sheet, r.URL)
	page.Printed = printedPath(code, at.Code, answers)
	for _, step := range sheet.Steps {
		shown := stepShown{Tier: tierWords[step.Tier], Words: step.By + "：" + step.Name, Days: step.Takes(), Stands: !step.Counted && step.Days != nil && step.Tier == item.Village && strings.Contains(step.Name, "公示")}
		page.Steps = append(page.Steps, shown)
	}
	s.render(w, r, http.StatusOK, sheetPaper(page))
}

// guideFlow gives an item's flow chart as a file of its own, to keep or to print.
func (s *Site) guideFlow(w http.ResponseWriter, r *http.Request) {
	code, err := item.ParseCode(r.PathValue("code"))
	if err != nil {
		s.Refuse(w, r, problem.ErrNotFound)
		return
	}
	at, _ := s.placeOf(r)
	sheet, _, err := s.Guide.Sheet(code, at.Code, nil)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	h := ui.NoStore(w).Header()
	h.Set("Content-Type", "image/svg+xml; charset=utf-8")
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(sheet.Plain+"流程图")+".svg")
	_, _ = w.Write([]byte(sheet.Flow())) // who has gone away needs no answer
}

// printedPath is the address of a guide as a file: with the place and the answers in it, so that it is the same for all who
// have it, and can be sent on.
func printedPath(code item.Code, at place.Code, answers map[string]string) string {
	v := url.Values{}
	for id, answer := range answers {
		v.Set(id, answer)
	}
	if at != "" {
		v.Set("place", string(at))
	}
	path := "/guide/" + string(code) + "/guide.pdf"
	if len(v) > 0 {
		path += "?" + v.Encode()
	}
	return path
}

// guidePrinted gives the guide as a file, to print and to keep. It holds nothing of the asker: whoever kept it asks only
// whether it is still the same.
func (s *Site) guidePrinted(w http.ResponseWriter, r *http.Request) {
	code, err := item.ParseCode(r.PathValue("code"))
	v, known := s.Guide.Items.Get(code)
	at := place.Code(r.URL.Query().Get("place"))
	if _, ok := s.Places.Place(at); err != nil || !known || at != "" && !ok {
		s.Refuse(w, r, problem.ErrNotFound)
		return
	}
	held := strings.Trim(r.Header.Get("If-None-Match"), `W/"`)
	p, err := s.Guide.Printed(code, at, answersOf(v.Definition, r.URL.Query()), held)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "public, no-cache")
	h.Set("ETag", `"`+p.Tag+`"`)
	if p.File == nil {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Disposition", "inline; filename*=UTF-8''"+url.PathEscape(p.Name)+".pdf")
	ui.WriteSqueezed(w, r, p.File)
}

var tierWords = map[item.Tier]string{item.Village: "村里", item.Town: "镇上", item.City: "市里"}

// answersOf reads the answers that stand in an address; what was never offered is left out.
func answersOf(d item.Definition, v url.Values) map[string]string {
	answers := map[string]string{}
	for _, x := range d.Situations {
		for _, o := range x.Options {
			if v.Get(x.ID) == o.Answer {
				answers[x.ID] = o.Answer
			}
		}
	}
	return answers
}

// situationsOf are the questions, each answer a link to the same page with it.
func situationsOf(sheet guide.Sheet, here *url.URL) []situationShown {
	var list []situationShown
	for _, x := range sheet.Situations {
		shown := situationShown{Question: x.Question}
		for _, words := range x.Answers {
			v := here.Query()
			on := x.Answer != nil && *x.Answer == words
			if v.Set(x.ID, words); on {
				v.Del(x.ID)
			}
			href := here.Path
			if q := v.Encode(); q != "" {
				href += "?" + q
			}
			shown.Answers = append(shown.Answers, answerShown{Words: words, Href: href + "#bring", On: on})
		}
		list = append(list, shown)
	}
	return list
}
