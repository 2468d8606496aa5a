package work

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/paper"
	"bianmin/internal/print"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// wordingPage is where a head or a chief words the papers of their place.
type wordingPage struct {
	Chrome   ui.Chrome
	Tabs     []ui.NavItem
	Errors   []ui.Mistake
	Said     string
	Fields   []ui.Input
	Names    []string // the fields of a case that may be named
	Sample   *wordingSample
	Versions []wordingRow
}

// braced are the names as they are written into a text.
func braced(fields []string) []string {
	list := make([]string, len(fields))
	for i, f := range fields {
		list[i] = "{" + f + "}"
	}
	return list
}

// wordingSample is the paper as it would be.
type wordingSample struct {
	Title  []string
	To     string
	Lines  []string
	Signer []string
}

type wordingRow struct {
	Kind, N, Since, At, By, State string
	Texts                         []wordingText
}

type wordingText struct{ Name, Value string }

func (s *Site) wording(w http.ResponseWriter, r *http.Request) {
	typed := url.Values{"kind": {r.URL.Query().Get("kind")}, "since": {calendar.DateOf(s.Clock.Now()).String()}}
	if typed.Get("kind") == "" {
		typed.Set("kind", string(paper.AllKinds))
	}
	said := ""
	if r.URL.Query().Get("done") != "" {
		said = "新的措辞记下了，已经出的文书不变"
	}
	s.showWording(w, r, http.StatusOK, typed, nil, said, nil)
}

func wordingTyped(posted url.Values) paper.Wording {
	return paper.Wording{Heading: posted.Get("heading"), Paragraph: posted.Get("paragraph"), Closing: posted.Get("closing"), Contact: posted.Get("contact"), SealAt: posted.Get("seal_at")}
}

// wordingPost sets a version, or only shows what a paper would look like by it.
func (s *Site) wordingPost(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	kind, text := paper.Kind(posted.Get("kind")), wordingTyped(posted)
	var sample paper.Sample
	if posted.Get("do") == "set" {
		_, err = s.Papers.Word(r.Context(), actor, kind, posted.Get("since"), text)
	} else {
		number := cases.Number(strings.TrimSpace(posted.Get("case")))
		if number == "" {
			number, err = s.latestCase(r)
			posted.Set("case", string(number))
		}
		if err == nil {
			sample, err = s.Papers.Preview(r.Context(), actor, kind, text, number)
		}
	}
	var p *problem.Problem
	switch {
	case err == nil && posted.Get("do") == "set":
		redirect(w, r, "/papers/wording?done=1")
	case err == nil && posted.Get("do") == "sample":
		sendFile(w, sample.File, "application/pdf", "inline", "sample.pdf")
	case err == nil:
		s.showWording(w, r, http.StatusOK, posted, nil, "", sampleOf(sample.Sheet))
	case errors.As(err, &p) && p.Kind == problem.Invalid:
		s.showWording(w, r, http.StatusUnprocessableEntity, posted, p.Fields, "", nil)
	case errors.As(err, &p) && (p.Kind == problem.Refused || p.Kind == problem.NotFound):
		title, detail := words.Problem(p)
		s.showWording(w, r, http.StatusUnprocessableEntity, posted, []problem.Field{{Path: "case", Message: title + "：" + detail}}, "", nil)
	default:
		s.Refuse(w, r, err)
	}
}

// latestCase is the newest case that the actor sees: a preview is on real data.
func (s *Site) latestCase(r *http.Request) (cases.Number, error) {
	actor, _ := gate.Actor(r.Context())
	page, err := s.Cases.List(r.Context(), actor, cases.Filter{Sort: cases.ByNewest, Limit: 1})
	if err != nil || len(page.Cases) == 0 {
		return "", err
	}
	return page.Cases[0].Number, nil
}

func sampleOf(sheet print.Sheet) *wordingSample {
	out := &wordingSample{Title: append(slices.Clone(sheet.Title), sheet.Number), To: sheet.To}
	for _, b := range sheet.Body {
		if b.Text != "" {
			out.Lines = append(out.Lines, strings.Split(b.Text, "\n")...)
		}
		for _, row := range b.Rows {
			out.Lines = append(out.Lines, row.Name+"："+row.Value)
		}
		if b.Ledger != nil {
			for _, line := range b.Ledger.Lines {
				out.Lines = append(out.Lines, strings.ReplaceAll(strings.Join(line, "　"), "\n", " "))
			}
		}
	}
	for _, text := range []string{sheet.Signer, sheet.Date} {
		if text != "" {
			out.Signer = append(out.Signer, text)
		}
	}
	return out
}

func (s *Site) showWording(w http.ResponseWriter, r *http.Request, status int, typed url.Values, wrong []problem.Field, said string, sample *wordingSample) {
	actor, _ := gate.Actor(r.Context())
	list, err := s.Papers.Wordings(r.Context(), actor)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	p := wordingPage{Chrome: s.chrome(r, ui.ErrorTitle("文书措辞", len(wrong)), "/papers"), Tabs: paperTabs(actor), Errors: ui.Mistakes(wrong), Said: said, Sample: sample,
		Names: braced(paper.Fields)}
	kind := ui.Input{Name: "kind", Label: "哪一种文书", Type: "select", Options: []ui.Option{{Value: string(paper.AllKinds), Label: paper.KindChinese(paper.AllKinds)}}}
	for _, k := range paper.KindsIssued() {
		kind.Options = append(kind.Options, ui.Option{Value: string(k.Kind), Label: k.KindName})
	}
	var seals []ui.Option
	for _, at := range paper.SealPlaces {
		seals = append(seals, ui.Option{Value: at.Code, Label: at.Chinese})
	}
	// What is in force stands in the form to begin with, so that a change of one line keeps the others.
	if !typed.Has("heading") {
		for _, v := range list {
			if v.InForce && string(v.Kind) == typed.Get("kind") {
				for name, text := range map[string]string{"heading": v.Heading, "paragraph": v.Paragraph, "closing": v.Closing, "contact": v.Contact, "seal_at": v.SealAt} {
					typed.Set(name, text)
				}
			}
		}
	}
	for _, in := range []ui.Input{kind,
		{Name: "heading", Label: "抬头", Hint: "不写就是出具单位的名称", Max: 60},
		{Name: "paragraph", Label: "增加的段落", Hint: "接在正文后面，一行一段", Type: "textarea", Rows: 3, Max: 600},
		{Name: "closing", Label: "结尾", Hint: "例如：特此告知。", Max: 100},
		{Name: "contact", Label: "联系方式", Hint: "例如：咨询电话 0912-8400000", Max: 200},
		{Name: "seal_at", Label: "章的文字盖在哪里", Type: "select", Options: seals},
		{Name: "since", Label: "从哪一天起用", Hint: "写成 2026-03-10，今天或者以后", Small: true, Max: 10},
		{Name: "case", Label: "用哪一件来试看", Hint: "办件编号；不写就用最近的一件", Max: 40}} {
		in.Value, in.Error = typed.Get(in.Name), ui.ErrorAt(wrong, in.Name)
		p.Fields = append(p.Fields, in)
	}
	for _, v := range list {
		row := wordingRow{Kind: v.KindName, N: strconv.FormatInt(v.N, 10), Since: v.Since.Chinese(), At: momentOf(v.At), By: s.accountName(r, v.By), State: "停用了"}
		switch {
		case v.InForce:
			row.State = "正在用"
		case v.Since.After(calendar.DateOf(s.Clock.Now())):
			row.State = "还没有开始"
		}
		for _, x := range []wordingText{{"抬头", v.Heading}, {"增加的段落", v.Paragraph}, {"结尾", v.Closing}, {"联系方式", v.Contact}} {
			if x.Value != "" {
				row.Texts = append(row.Texts, x)
			}
		}
		p.Versions = append(p.Versions, row)
	}
	s.render(w, r, status, wordingPaper(p))
}

func (s *Site) accountName(r *http.Request, account string) string {
	if who, err := s.Access.Account(r.Context(), account); err == nil {
		return who.Name
	}
	return account
}
