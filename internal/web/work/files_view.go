package work

import (
	"net/http"
	"slices"
	"strconv"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/file"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// filePage is one file, large, with the case's form beside it.
type filePage struct {
	Chrome                   ui.Chrome
	Panel                    *panel
	Title, Taken, Where      string
	Content, Download        string
	PDF                      bool
	Prev, Next               string
	Strip                    []shot
	Now                      int
	Unclear, UnclearBy, Gone string
	Again                    *shotAdd
	Forms                    []caseForm
}

// Beside tells whether anything stands beside the picture: without, there is no empty box.
func (p filePage) Beside() bool {
	return p.Gone != "" || p.Unclear != "" || len(p.Panel.Choices) > 0 || len(p.Forms) > 0 || p.Again != nil
}

var fileKeys = []ui.Key{{Keys: "← →", Does: "上一张、下一张"}, {Keys: "+ −", Does: "放大、缩小"}, {Keys: "R", Does: "转一下"}, {Keys: "D", Does: "下载"},
	{Keys: "1–9", Does: "选意见"}, {Keys: "Enter", Does: "按蓝色的按钮"}, {Keys: "Esc", Does: "回到这一件"}, {Keys: "?", Does: "这张表"}}

// fileView shows a file beside the form.
func (s *Site) fileView(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	number, n, err := fileOf(r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	v, err := s.Cases.Open(r.Context(), actor, number)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	at := slices.IndexFunc(v.Files, func(f cases.FileView) bool { return f.N == n })
	if at < 0 {
		s.Refuse(w, r, problem.ErrNotFound)
		return
	}
	p := s.filePageOf(actor, v, v.Files[at])
	p.Chrome = s.chrome(r, p.Title+"，"+v.Applicant.Name, "/desk")
	p.Chrome.Keys = fileKeys
	s.render(w, r, http.StatusOK, fileView(p))
}

func (s *Site) filePageOf(actor access.Actor, v cases.View, f cases.FileView) filePage {
	p := filePage{Panel: s.panelOf(actor, v, "", asked{}), Title: f.Material, Taken: momentOf(f.At) + " " + f.By.Name, Where: s.whereOf(f.By.Place), Now: f.N,
		Content: filePath(v.Number, f.N) + "/content", PDF: f.Type == string(file.PDF)}
	p.Download = p.Content + "?download"
	p.Panel.More = nil
	for i := range v.Materials { // in the order of the checklist, then of time
		list := shotsOf(actor, v, i, "").List
		for j := range list {
			list[j].Label = v.Materials[i].Name + "，" + list[j].Label
		}
		p.Strip = append(p.Strip, list...)
		if v.Materials[i].Name == f.Material && v.MayAttach && f.Present() {
			p.Again = addOf(actor, v, i, strconv.Itoa(f.N))
		}
	}
	if i := slices.IndexFunc(p.Strip, func(x shot) bool { return x.N == f.N }); i >= 0 {
		if i > 0 {
			p.Prev = p.Strip[i-1].Href
		}
		if i+1 < len(p.Strip) {
			p.Next = p.Strip[i+1].Href
		}
	}
	if f.Unclear != nil {
		p.Unclear, p.UnclearBy = f.Unclear.Reason, f.Unclear.By.Name+" "+momentOf(f.Unclear.At)
	}
	if f.ReplacedBy != nil {
		p.Gone = filePath(v.Number, *f.ReplacedBy)
	}
	if f.Present() && f.Unclear == nil {
		for _, form := range formsOf(v, offers{}, asked{Typed: map[string][]string{"unclear.file": {strconv.Itoa(f.N)}}}) {
			if form.Verb == string(cases.VerbUnclear) {
				p.Forms = append(p.Forms, form)
			}
		}
	}
	return p
}
