package portal

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"bianmin/internal/paper"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
	"bianmin/internal/words"
)

// genuinePage says of a paper whether it is genuine, to whoever holds it.
type genuinePage struct {
	Chrome ui.Chrome
	Paper  ui.Input
	Code   ui.Input
	Errors []ui.Mistake
	Shown  *genuineShown
}

// genuineShown is the answer. Of the applicant it says no more than the first character.
type genuineShown struct {
	Mark   ui.Mark
	Status string
	Says   string
	Facts  []genuineFact
	File   string // SHA-256 of the PDF
	Proof  string // where the proof is
	Other  string // the paper that replaces this one
}

type genuineFact struct{ Name, Value string }

// genuine shows the form, or with both answers given what is known of the paper.
func (s *Site) genuine(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	number, code := strings.TrimSpace(v.Get("paper")), strings.TrimSpace(v.Get("code"))
	if !v.Has("code") {
		s.askGenuine(w, r, http.StatusOK, number, code, nil)
		return
	}
	g, err := s.held(r)
	if err != nil {
		p, status := problemOf(err)
		if status == http.StatusServiceUnavailable {
			s.Log.ErrorContext(r.Context(), "a paper could not be checked", "error", err)
		}
		title, detail := words.Problem(p)
		s.askGenuine(w, r, status, number, code, []problem.Field{{Path: "paper", Message: title + "：" + detail}})
		return
	}
	s.render(ui.NoStore(w), r, http.StatusOK, genuinePaper(genuinePage{Chrome: s.chrome(r, "核验文书"), Shown: shownGenuine(g, v)}))
}

// held is the paper that somebody holds whose code is given.
func (s *Site) held(r *http.Request) (paper.Genuine, error) {
	v := r.URL.Query()
	id, ok := paper.ParseID(v.Get("paper"))
	if !ok {
		return paper.Genuine{}, &problem.Problem{Kind: problem.NotFound, Code: "no_such_paper"}
	}
	return s.Genuine(r.Context(), id, v.Get("code"))
}

func (s *Site) askGenuine(w http.ResponseWriter, r *http.Request, status int, number, code string, wrong []problem.Field) {
	s.render(ui.NoStore(w), r, status, genuinePaper(genuinePage{Chrome: s.chrome(r, ui.ErrorTitle("核验文书", len(wrong))), Errors: ui.Mistakes(wrong),
		Paper: ui.Input{Name: "paper", Label: "文书编号", Hint: "在二维码旁边，数字和横线都要写", Value: number, Error: ui.ErrorAt(wrong, "paper"), Max: 60},
		Code:  ui.Input{Name: "code", Label: "验证码", Hint: "在文书编号下面，16 位，横线可以不写", Value: code, Max: 40}}))
}

func shownGenuine(g paper.Genuine, asked url.Values) *genuineShown {
	p := &genuineShown{Mark: ui.Done, Status: "真的，有效", Says: "这份文书是真的", File: g.File,
		Proof: "/genuine/proof?" + url.Values{"paper": {string(g.ID)}, "code": {asked.Get("code")}}.Encode(),
		Facts: []genuineFact{{"文书", g.KindName}, {"文号", g.Number}, {"出具单位", g.Issuer}, {"出具时间", whenWords(g.At)}, {"申请人", g.For}, {"事项", g.Item},
			{"办件编号", string(g.ID.Case())}}}
	if g.Replaced != nil {
		p.Mark, p.Status, p.Says, p.Other = ui.Amber, "真的，已经作废", "这份文书是真的，后来换了新的", string(*g.Replaced)
	}
	if !g.Whole {
		p.Mark, p.Status, p.Says = ui.Amber, "对不上", "存档和签发时的记录对不上，请到窗口核对"
	}
	return p
}

// genuineProof is the proof that the paper's issue stands in the log, as a file.
func (s *Site) genuineProof(w http.ResponseWriter, r *http.Request) {
	g, err := s.held(r)
	if err == nil {
		proof, failed := s.ProvePaper(r.Context(), g.ID)
		if err = failed; err == nil {
			head := ui.NoStore(w).Header()
			head.Set("Content-Type", "application/json")
			head.Set("Content-Disposition", `attachment; filename="`+string(g.ID)+`.proof.json"`)
			if err := json.NewEncoder(w).Encode(proof); err != nil {
				s.Log.ErrorContext(r.Context(), "a proof could not be written", "error", err)
			}
			return
		}
	}
	p, status := problemOf(err)
	title, detail := words.Problem(p)
	s.askGenuine(w, r, status, r.URL.Query().Get("paper"), r.URL.Query().Get("code"), []problem.Field{{Path: "paper", Message: title + "：" + detail}})
}
