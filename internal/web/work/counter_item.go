package work

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/item"
	"bianmin/internal/web/ui"
)

// counterItem is the chosen item as the counter shows it.
type counterItem struct {
	Code        item.Code
	Head, Under string // the official name over the plain one; on the citizens' face the other way round
	Spot        bool
	Due         string // 3月24日 周二: if it is accepted today
	Provisional bool   // the official calendar of that year is not known yet
	Limits      string // 承诺 20，法定 30 个工作日
	Teeth       *ui.Teeth
	Window, Fee string
	Result      string
	Conditions  []string
	Questions   []counterQuestion
}

// counterQuestion is one situation of the item, asked in plain words.
type counterQuestion struct {
	Name    string // of the radio buttons
	Text    string
	Options []ui.Option
	Note    string // what the chosen answer means
}

// changes says that an answer to the question adds or drops papers.
func changes(s item.Situation) bool {
	return slices.ContainsFunc(s.Options, func(o item.Option) bool { return len(o.MaterialsAdd)+len(o.MaterialsDrop) > 0 })
}

// showItem makes the panel: the promise is reckoned as if the case were accepted at now.
func showItem(def *item.Version, f counterForm, cal *calendar.Calendar, now time.Time) *counterItem {
	promised := def.Limits.Promised
	today := calendar.DateOf(now)
	reckoned := cal.Reckon(promised, today, nil, now)
	c := &counterItem{
		Code: def.Code, Head: def.Name, Under: def.Plain, Spot: def.SpotFinish(), Due: ui.ShortDay(reckoned.Due), Provisional: reckoned.Provisional,
		Limits: limitWords(def.Limits), Window: def.Window, Fee: def.Fee.Text, Result: def.Result.Name, Conditions: def.Conditions,
	}
	if promised.Days > 0 {
		c.Teeth = &ui.Teeth{Promised: promised.Days, Mark: ui.Begun}
		if l := def.Limits.Legal; l != nil && l.Unit == promised.Unit {
			c.Teeth.Legal = l.Days
		}
	}
	for _, s := range def.Situations {
		c.Questions = append(c.Questions, question(s, f.Answers[s.ID]))
	}
	return c
}

func question(s item.Situation, answer string) counterQuestion {
	q := counterQuestion{Name: answerPrefix + s.ID, Text: s.Question}
	for _, o := range s.Options {
		on := answer != "" && o.Answer == answer
		q.Options = append(q.Options, ui.Option{Value: o.Answer, Label: o.Answer, On: on})
		if on {
			q.Note = orNothing(o.Note)
		}
	}
	return q
}

// limitWords is 承诺 10 个工作日, 承诺 20，法定 30 个工作日; of what is done on the spot only what the law says.
func limitWords(l item.Limits) string {
	promised := "承诺 " + l.Promised.Chinese()
	switch {
	case l.Promised.Days == 0 && l.Legal == nil:
		return ""
	case l.Promised.Days == 0:
		return "法定 " + l.Legal.Chinese()
	case l.Legal == nil:
		return promised
	case l.Legal.Unit == l.Promised.Unit:
		return "承诺 " + strconv.Itoa(l.Promised.Days) + "，法定 " + l.Legal.Chinese()
	}
	return promised + "，法定 " + l.Legal.Chinese()
}

// counterHit is one item that the search found.
type counterHit struct {
	Code        item.Code
	Digit       string
	Plain, Name string
	Matched     string // the alias that was meant, when neither name says it
	Window      string
	Limit       string // 当场办结, 10 个工作日
}

// hitsMost is how many hits are shown: as many as there are digits to pick one.
const hitsMost = 9

// counterSearch is the first question: which item.
type counterSearch struct {
	Query string
	Hits  []counterHit
	All   []counterWindow // every item by its window, for whoever does not know the name
	// Drafts are what was put aside or interrupted.
	Drafts []draftRow
	Keep   bool // something was typed about the applicant: choosing keeps it
}

type counterWindow struct {
	Name  string
	Items []counterHit
}

func searchItems(c *item.Catalogue, query string) counterSearch {
	s := counterSearch{Query: strings.TrimSpace(query)}
	if s.Query != "" {
		for i, h := range c.Search(s.Query, hitsMost) {
			if h.Which == item.ByAll {
				break // signs alone name nothing: Enter is not to take the first of all
			}
			hit := showHit(h.Version)
			hit.Digit = strconv.Itoa(i + 1)
			if h.Which == item.ByAlias {
				hit.Matched = h.Text
			}
			s.Hits = append(s.Hits, hit)
		}
	}
	for _, v := range c.All() {
		if n := len(s.All); n == 0 || s.All[n-1].Name != v.Window {
			s.All = append(s.All, counterWindow{Name: v.Window})
		}
		last := &s.All[len(s.All)-1]
		last.Items = append(last.Items, showHit(v))
	}
	return s
}

func showHit(v item.Version) counterHit {
	h := counterHit{Code: v.Code, Plain: v.Plain, Name: v.Name, Window: v.Window, Limit: v.Limits.Promised.Chinese()}
	if v.Limits.Promised.Days == 0 {
		h.Limit = "当场办结"
	}
	return h
}
