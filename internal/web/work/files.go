package work

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/file"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/tus"
	"bianmin/internal/web/ui"
)

// registerFiles declares the pages of photographs and scans.
func (s *Site) registerFiles(g *gate.Gate) {
	add := func(route gate.Route, h http.HandlerFunc) {
		s.needs[route.Pattern] = route.Permission
		g.Handle(route, h)
	}
	add(gate.Route{Pattern: "POST /cases/{number}/uploads", Permission: access.AttachFile, OfCase: true}, s.uploadBegin)
	add(gate.Route{Pattern: "POST /uploads", Permission: access.AttachFile}, s.uploadBegin)
	add(gate.Route{Pattern: "GET /uploads", Permission: access.AttachFile}, s.uploadsList)
	add(gate.Route{Pattern: "HEAD /uploads/{token}", Permission: access.AttachFile}, s.uploadOffset)
	add(gate.Route{Pattern: "PATCH /uploads/{token}", Permission: access.AttachFile, Raw: tus.PieceType, RawMost: file.PieceMost}, s.uploadPiece)
	add(gate.Route{Pattern: "DELETE /uploads/{token}", Permission: access.AttachFile}, s.uploadDrop)
	add(gate.Route{Pattern: "GET /uploads/{token}/thumb", Permission: access.AttachFile}, s.uploadThumb)
	add(gate.Route{Pattern: "POST /cases/{number}/files", Permission: access.AttachFile, OfCase: true}, s.filesPost)
	add(gate.Route{Pattern: "GET /cases/{number}/files/{file}", Permission: access.SeeFile, OfCase: true}, s.fileView)
	add(gate.Route{Pattern: "GET /cases/{number}/files/{file}/content", Permission: access.SeeFile, OfCase: true}, s.fileContent)
	add(gate.Route{Pattern: "GET /cases/{number}/files/{file}/thumb", Permission: access.SeeFile, OfCase: true}, s.fileThumb)
	add(gate.Route{Pattern: "POST /cases/{number}/files/{file}/remove", Permission: access.AttachFile, OfCase: true}, s.fileRemove)
	add(gate.Route{Pattern: "GET /cases/{number}/looks", Permission: access.ReadCases, OfCase: true}, s.looks)
}

// shot is one file under its material.
type shot struct {
	N            int
	Label        string // 第 2 张
	Href, Thumb  string // no Thumb of a PDF; no Href for whoever may not look
	Note, Reason string // 不清楚, and why
	Remove       string // where it is taken away; empty when it cannot be
	Again        *shotAdd
}

// shotAdd is the box that takes photographs: a camera on a phone, and files. Uploads is where its script sends them in
// pieces, Action where the plain form goes.
type shotAdd struct {
	Action, Uploads, Basket string
	Material                string
	Replaces                string // the number of the file in whose place it comes; empty for a new one
	ID                      string
	Account                 string
	Camera                  bool
	Mistake                 string
}

// shots are the files of one material.
type shots struct {
	List []shot
	Old  []shot // those in whose place another came
	Add  *shotAdd
}

func filePath(number cases.Number, n int) string {
	return casePath(number) + "/files/" + strconv.Itoa(n)
}

// shotsOf are the files of the i-th material of a case. mistake is what was wrong with one that came by the plain form.
func shotsOf(a access.Actor, v cases.View, i int, mistake string) shots {
	if v.Whole == nil {
		return shots{}
	}
	var out shots
	sees := access.Allows(a.Role, access.SeeFile)
	for _, f := range v.Files {
		if f.Material != v.Materials[i].Name {
			continue
		}
		s := shot{N: f.N, Label: fmt.Sprintf("第 %d 张", len(out.List)+1)}
		if f.Type == string(file.PDF) {
			s.Label = fmt.Sprintf("第 %d 份，PDF", len(out.List)+1)
		}
		if sees {
			s.Href = filePath(v.Number, f.N)
			if f.Type != string(file.PDF) {
				s.Thumb = s.Href + "/thumb"
			}
		}
		if !f.Present() {
			s.Label = fmt.Sprintf("换下的，%s", momentOf(f.At))
			out.Old = append(out.Old, s)
			continue
		}
		if f.Unclear != nil {
			s.Note, s.Reason = "不清楚", f.Unclear.Reason+"（"+f.Unclear.By.Name+"）"
			if v.MayAttach {
				s.Again = addOf(a, v, i, strconv.Itoa(f.N))
			}
		}
		if v.MayRemove {
			s.Remove = filePath(v.Number, f.N) + "/remove"
		}
		out.List = append(out.List, s)
	}
	if v.MayAttach && v.Materials[i].Status != cases.MaterialNotNeeded {
		out.Add = addOf(a, v, i, "")
		out.Add.Mistake = mistake
	}
	return out
}

func addOf(a access.Actor, v cases.View, i int, replaces string) *shotAdd {
	return &shotAdd{Action: casePath(v.Number) + "/files", Uploads: casePath(v.Number) + "/uploads", Material: v.Materials[i].Name, Replaces: replaces,
		ID: fmt.Sprintf("shots-%d-%s", i, replaces), Account: a.Account, Camera: a.Role == access.Agent}
}

// counterShots is the box of a paper on the counter's form: its photographs wait in the form's basket.
func counterShots(r counterRow) shotAdd {
	return shotAdd{Uploads: "/uploads", Basket: "form", Material: r.Name, ID: fmt.Sprintf("shots-%d", r.Index), Camera: true}
}

// lookAt is the first file that is still to be looked at; empty when there is none.
func lookAt(a access.Actor, v cases.View) string {
	if v.Whole == nil || !access.Allows(a.Role, access.SeeFile) {
		return ""
	}
	if i := slices.IndexFunc(v.Files, cases.FileView.Present); i >= 0 {
		return filePath(v.Number, v.Files[i].N)
	}
	return ""
}

// formFilesMost bounds what one plain form brings, in bytes and in files.
const (
	formFilesMost = 120 << 20
	formFiles     = 30
)

// filesPost takes photographs by a plain form, one after the other: what is good is kept even when another is not.
func (s *Site) filesPost(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	number := cases.Number(r.PathValue("number"))
	gate.Patient(w, r, time.Now)
	r.Body = http.MaxBytesReader(w, r.Body, formFilesMost)
	parts, err := r.MultipartReader()
	if err != nil {
		s.Refuse(w, r, &problem.Problem{Kind: problem.Malformed, Code: "body_unreadable"})
		return
	}
	var what file.For
	var wrong []problem.Field
	kept, seen := 0, 0
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			s.Refuse(w, r, unreadable(err))
			return
		}
		content, err := io.ReadAll(io.LimitReader(part, file.PictureMost+1))
		if err != nil {
			s.Refuse(w, r, unreadable(err))
			return
		}
		_, params, _ := mime.ParseMediaType(part.Header.Get("Content-Disposition")) // FileName drops what it takes for folders
		switch name := params["filename"]; {
		case part.FormName() == "material" && utf8.Valid(content):
			what.Material = string(content)
		case part.FormName() == "replaces":
			what.Replaces, _ = strconv.Atoi(string(content)) // none is 0
		case part.FormName() != "file" || name == "" && len(content) == 0:
		default:
			if seen++; seen > formFiles {
				wrong = append(wrong, problem.Field{Path: "file", Code: "too_many", Message: fmt.Sprintf("一次最多 %d 张，前面的收下了，剩下的请再交一次", formFiles)})
				break
			}
			_, err := s.Files.Put(r.Context(), actor, number, what, name, content)
			var p *problem.Problem
			switch {
			case errors.As(err, &p) && p.Kind == problem.Invalid:
				for _, f := range p.Fields {
					f.Message = fmt.Sprintf("第 %d 个文件：%s", seen, f.Message)
					wrong = append(wrong, f)
				}
			case err != nil:
				s.Refuse(w, r, err)
				return
			default:
				kept++
			}
		}
		if len(wrong) > 0 && seen > formFiles {
			break
		}
	}
	if seen == 0 {
		wrong = append(wrong, problem.Field{Path: "file", Code: "required", Message: "请先选照片或者 PDF，再按“交上去”"})
	}
	if len(wrong) > 0 {
		s.showCase(w, r, http.StatusUnprocessableEntity, asked{Files: filesAsked{Material: what.Material, Kept: kept, Wrong: wrong}}, nil)
		return
	}
	redirect(w, r, casePath(number)+"?files="+strconv.Itoa(kept)+"#materials")
}

func unreadable(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return &problem.Problem{Kind: problem.Malformed, Code: "body_too_large"}
	}
	return &problem.Problem{Kind: problem.Malformed, Code: "body_unreadable"}
}

// filesAsked is a plain form of files that came back.
type filesAsked struct {
	Material string
	Kept     int
	Wrong    []problem.Field
}

// at is what was wrong with the files of a material.
func (f filesAsked) at(material string) (words string) {
	if f.Material != material {
		return ""
	}
	if f.Kept > 0 {
		words = fmt.Sprintf("收下了 %d 个。", f.Kept)
	}
	for _, w := range f.Wrong {
		words += withStop(w.Message)
	}
	return words
}

// fileOf reads which file an address names.
func fileOf(r *http.Request) (cases.Number, int, error) {
	n, err := strconv.Atoi(r.PathValue("file"))
	if err != nil || n < 1 || strconv.Itoa(n) != r.PathValue("file") {
		return "", 0, problem.ErrNotFound
	}
	return cases.Number(r.PathValue("number")), n, nil
}

// writeFile writes what belongs to one person and is kept in no browser.
func writeFile(w http.ResponseWriter, c file.Content, download string) {
	h := ui.NoStore(w).Header()
	h.Set("Content-Type", string(c.Type))
	h.Set("Content-Length", strconv.Itoa(len(c.Bytes)))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	if c.Type == file.PDF && download == "" {
		// A page of ours shows it beside the form. The browser's own viewer does not work in a sandbox; the type is fixed
		// (nosniff), so that nothing in the file runs as ours.
		h.Set("Content-Security-Policy", "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'")
		h.Set("X-Frame-Options", "SAMEORIGIN")
	}
	if download != "" {
		h.Set("Content-Disposition", `attachment; filename="`+download+`"`)
	}
	w.Write(c.Bytes)
}

// fileContent is the picture itself. Each look is on record, the downloading too.
func (s *Site) fileContent(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	number, n, err := fileOf(r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	why, name := "view", ""
	if r.URL.Query().Has("download") {
		why, name = "download", fmt.Sprintf("%s-%d", number, n)
	}
	c, err := s.Files.Look(r.Context(), actor, number, n, why)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	if name != "" {
		name += map[file.Kind]string{file.JPEG: ".jpg", file.PDF: ".pdf"}[c.Type]
	}
	writeFile(w, c, name)
}

func (s *Site) fileThumb(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	number, n, err := fileOf(r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	b, err := s.Files.Thumb(r.Context(), actor, number, n)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	writeFile(w, file.Content{Type: file.JPEG, Bytes: b}, "")
}

func (s *Site) fileRemove(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	number, n, err := fileOf(r)
	if err == nil {
		err = s.Files.Remove(r.Context(), actor, number, n)
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	redirect(w, r, casePath(number)+"#materials")
}

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

func (s *Site) whereOf(code place.Code) string {
	if p, ok := s.Places.Place(code); ok {
		return p.Name
	}
	return ""
}

// unclearForm says of a file that it cannot be read.
func unclearForm(v cases.View, a asked) caseForm {
	do := string(cases.VerbUnclear)
	in := ui.Input{Name: "file", Label: "哪一张", Type: "select"}
	count := map[string]int{}
	if v.Whole != nil {
		for _, f := range v.Files {
			if f.Present() {
				count[f.Material]++
				in.Options = append(in.Options, ui.Option{Value: strconv.Itoa(f.N), Label: fmt.Sprintf("%s，第 %d 张", f.Material, count[f.Material])})
			}
		}
	}
	return caseForm{Title: "标为不清楚", Lead: "写明哪里看不清。窗口或者代办员会看到，重新拍一张。", Button: "标为不清楚",
		Fields: []ui.Input{a.input(do, in), a.input(do, ui.Input{Name: "reason", Label: "哪里不清楚", Max: 200})}}
}

// giveBackForm hands originals back to their owner.
func giveBackForm(v cases.View, a asked) caseForm {
	do := string(cases.VerbGiveBack)
	f := caseForm{Title: "归还原件", Lead: "勾上还给本人的，请本人在收条上签名。", Button: "还给本人",
		Fields: []ui.Input{a.input(do, ui.Input{Name: "receiver", Label: "谁签收的", Value: v.Applicant.Name, Max: 200})}}
	for i, m := range v.Held {
		name := do + "." + heldField(i)
		f.Papers = append(f.Papers, paperAsk{Name: m.Name, Status: countsWords(m.Originals, 0), Brought: name, Checked: a.Do != do || a.Typed.Get(name) != ""})
	}
	f.Papers = append(f.Papers, paperAsk{Name: "收条上签了名", Brought: do + ".signed", Checked: a.Do == do && a.Typed.Get(do+".signed") != ""})
	return f
}

func heldField(i int) string { return "held[" + strconv.Itoa(i) + "]" }

// looksPage is who looked at the files of a case.
type looksPage struct {
	Chrome ui.Chrome
	Back   string
	Rows   []lookRow
}

type lookRow struct{ At, Who, What, Why string }

func (s *Site) looks(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	number := cases.Number(r.PathValue("number"))
	v, err := s.Cases.Get(r.Context(), actor, number)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	list, err := s.Files.Looks(r.Context(), actor, number)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	p := looksPage{Back: casePath(number) + "#materials"}
	slices.SortStableFunc(list, func(a, b file.Seen) int { return -compareText(a.At, b.At) })
	for _, l := range list {
		row := lookRow{At: momentOf(l.At), Who: l.By, Why: map[string]string{"view": "看了", "download": "下载了"}[l.Why]}
		if where := s.whereOf(place.Code(l.Place)); where != "" {
			row.Who += "（" + where + "）"
		}
		for _, f := range v.Files {
			if f.N == l.N {
				row.What = f.Material
			}
		}
		p.Rows = append(p.Rows, row)
	}
	p.Chrome = s.chrome(r, "谁看过图片", "/desk")
	s.render(w, r, http.StatusOK, looksView(p))
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// claim puts what was photographed on the form to the case that came of it. Pressed again after a failure, the form gives
// the same case, and each photograph is there once.
func (w counterWork) claim(ctx context.Context, number cases.Number) error {
	if w.site.Files == nil {
		return nil
	}
	_, err := w.site.Files.Claim(ctx, file.Staff(w.actor), w.form.Key, number)
	return err
}
