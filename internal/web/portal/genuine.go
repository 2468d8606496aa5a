package portal

import (
	"encoding/json"
	"io"
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
	File   string // what is wrong with a file that was sent
	Box    ui.FileInput
	Errors []ui.Mistake
	Refuse string // why it is not answered though nothing typed is wrong
	Shown  *genuineShown
}

// genuineShown is the answer. Of the applicant it says no more than the first character.
type genuineShown struct {
	Mark   ui.Mark
	Status string
	Says   string
	Facts  []genuineFact
	File   string       // SHA-256 of the PDF
	Follow string       // where one asks how the case stands; empty of a ledger
	More   string       // what its button says
	Case   *followShown // how it stands; nil when this is not the applicant's paper
	Proof  string       // where the proof is
	Other  string       // the paper that replaces this one
}

type genuineFact struct{ Name, Value string }

// genuine shows the form, or with both answers given what is known of the paper.
func (s *Site) genuine(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	number, code := strings.TrimSpace(v.Get("paper")), strings.TrimSpace(v.Get("code"))
	if !v.Has("code") {
		s.askGenuine(w, r, http.StatusOK, number, code, nil, "")
		return
	}
	var wrong []problem.Field
	if number == "" {
		wrong = append(wrong, problem.Field{Path: "paper", Message: "请写文书编号"})
	}
	if code == "" {
		wrong = append(wrong, problem.Field{Path: "code", Message: "请写验证码"})
	}
	if len(wrong) > 0 {
		s.askGenuine(w, r, http.StatusUnprocessableEntity, number, code, wrong, "")
		return
	}
	g, err := s.held(r)
	if err != nil {
		s.refuseGenuine(w, r, number, code, err)
		return
	}
	s.showGenuine(w, r, g, v.Get("code"))
}

// showGenuine answers. Who holds a paper that was handed to the applicant sees at once how the case stands.
func (s *Site) showGenuine(w http.ResponseWriter, r *http.Request, g paper.Genuine, code string) {
	shown := shownGenuine(g, code)
	if g.Whole && g.Kind.ForApplicant() {
		f, err := s.FollowByPaper(r.Context(), g.ID.Case())
		if err != nil { // that it is genuine can be said all the same, and there is the way by number and telephone
			s.Log.ErrorContext(r.Context(), "a case could not be followed", "error", err)
		} else {
			shown.Case, shown.More = s.shown(f), "看办理经过和期限"
		}
	}
	s.render(ui.NoStore(w), r, http.StatusOK, genuinePaper(genuinePage{Chrome: s.chrome(r, "核验文书"), Shown: shown}))
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

// refuseGenuine says at the number that there is no such paper. Where nothing can be corrected it says above the forms what
// is the matter, lest a paper be thought false.
func (s *Site) refuseGenuine(w http.ResponseWriter, r *http.Request, number, code string, err error) {
	p, status := problemOf(err)
	title, detail := words.Problem(p)
	switch {
	case status != http.StatusServiceUnavailable:
		s.askGenuine(w, r, status, number, code, []problem.Field{{Path: "paper", Message: title + "：" + detail}}, "")
	case p.Kind == problem.Unavailable && p.Code != "not_signed_yet": // what the staff is told of it is not for citizens
		s.Log.ErrorContext(r.Context(), "a paper could not be checked", "error", err)
		s.askGenuine(w, r, status, number, code, nil, "系统现在核验不了。不用改什么，请过一会儿再核验。")
	default:
		s.askGenuine(w, r, status, number, code, nil, title+"。"+detail+"。")
	}
}

func (s *Site) askGenuine(w http.ResponseWriter, r *http.Request, status int, number, code string, wrong []problem.Field, refuse string) {
	heading := ui.ErrorTitle("核验文书", len(wrong))
	if refuse != "" {
		heading = "错误：" + heading
	}
	box := ui.FileInput{ID: "f-file", Name: "file", Words: "选文件", Accept: "application/pdf"}
	if ui.ErrorAt(wrong, "file") != "" {
		box.Error = "f-file-error"
	}
	s.render(ui.NoStore(w), r, status, genuinePaper(genuinePage{Chrome: s.chrome(r, heading), Box: box, Refuse: refuse, Errors: ui.Mistakes(wrong), File: ui.ErrorAt(wrong, "file"),
		Paper: ui.Input{Name: "paper", Label: "文书编号", Hint: "在二维码旁边，数字和横线都要写", Value: number, Error: ui.ErrorAt(wrong, "paper"), Max: 60},
		Code:  ui.Input{Name: "code", Label: "验证码", Hint: "在文书编号下面，16 位，横线可以不写", Value: code, Error: ui.ErrorAt(wrong, "code"), Max: 40}}))
}

func shownGenuine(g paper.Genuine, code string) *genuineShown {
	p := &genuineShown{Mark: ui.Done, Status: "真的，有效", Says: "这份文书是真的", File: g.File,
		Proof: "/genuine/proof?" + url.Values{"paper": {string(g.ID)}, "code": {code}}.Encode(),
		Facts: []genuineFact{{"文书", g.KindName}, {"文号", g.Number}, {"出具单位", g.Issuer}, {"出具时间", whenWords(g.At)}}}
	if number := string(g.ID.Case()); number != "" {
		p.More = "查这件办到哪一步"
		p.Follow = "/follow?" + url.Values{"number": {number}}.Encode()
		p.Facts = append(p.Facts, genuineFact{"申请人", g.For}, genuineFact{"事项", g.Item}, genuineFact{"办件编号", number})
	} else {
		p.Facts = append(p.Facts, genuineFact{"登记的是", g.Item})
	}
	if g.Seal != nil {
		p.Facts = append(p.Facts, genuineFact{"电子签章", g.Seal.Name + "，编号 " + g.Seal.Number + "，签名有效"})
	}
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
	s.refuseGenuine(w, r, r.URL.Query().Get("paper"), r.URL.Query().Get("code"), err)
}

// fileMost bounds a file that is checked, in bytes: no paper of ours is larger.
const fileMost = 4 << 20

// genuineFile checks a file that somebody holds, to the byte.
func (s *Site) genuineFile(w http.ResponseWriter, r *http.Request) {
	wrong := func(message string) {
		s.askGenuine(w, r, http.StatusUnprocessableEntity, "", "", []problem.Field{{Path: "file", Message: message}}, "")
	}
	r.Body = http.MaxBytesReader(w, r.Body, fileMost)
	if err := r.ParseMultipartForm(fileMost); err != nil {
		wrong("文件没有传完，或者超过 4 MB。请选文书的 PDF 文件")
		return
	}
	defer r.MultipartForm.RemoveAll()
	f, _, err := r.FormFile("file")
	if err != nil {
		wrong("请选文书的 PDF 文件")
		return
	}
	defer f.Close()
	file, err := io.ReadAll(f)
	if err != nil {
		wrong("文件没有读出来，请再选一次")
		return
	}
	g, code, err := s.GenuineFile(r.Context(), file)
	if err != nil {
		if _, status := problemOf(err); status == http.StatusNotFound {
			wrong("这个文件不是我们出的，或者被改过。再打印、再扫描的文件也对不上，请用文书编号和验证码核验")
			return
		}
		s.refuseGenuine(w, r, "", "", err)
		return
	}
	s.showGenuine(w, r, g, code)
}
