package portal

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/file"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// Photos takes what applicants photograph.
type Photos interface {
	Posted(ctx context.Context, a access.Actor, number cases.Number, each func(take func(field, name string, content []byte) error) error) (file.Posted, error)
	OwnThumb(ctx context.Context, a access.Actor, number cases.Number, n int) ([]byte, error)
	Remove(ctx context.Context, a access.Actor, number cases.Number, n int) error
}

// photosPage is where an applicant sends photographs of the papers: a paper, its photographs and a form each.
type photosPage struct {
	Chrome ui.Chrome
	Item   string
	Back   string
	Href   string
	Said   string
	Errors []ui.Mistake
	Papers []photoPaper
}

type photoPaper struct {
	ID, Name string
	Sent     []photoSent
	Replaces string // the one that could not be read, in whose place the next comes
	Why      string
	Mistake  string
	Button   string
}

func (p photoPaper) box() ui.FileInput {
	f := ui.FileInput{ID: p.ID + "-f", Name: "file", Words: "选照片，或者现在拍", Accept: "image/*,application/pdf", Multiple: p.Replaces == ""}
	if p.Mistake != "" {
		f.Error = p.ID + "-e"
	}
	return f
}

type photoSent struct{ Words, Src, Remove string }

func photosPath(n cases.Number) string { return myCasePath(n) + "/photos" }

func (s *Site) registerPhotos(g *gate.Gate) {
	add := func(pattern string, h http.HandlerFunc) {
		g.Handle(gate.Route{Pattern: pattern, Permission: access.SendFile, Face: gate.My, OfCase: true}, h)
	}
	add("GET /my/cases/{number}/photos", s.photos)
	add("POST /my/cases/{number}/photos", s.photosPost)
	add("GET /my/cases/{number}/photos/{file}", s.photo)
	add("POST /my/cases/{number}/photos/{file}/remove", s.photoRemove)
}

func (s *Site) photos(w http.ResponseWriter, r *http.Request) {
	s.showPhotos(w, r, http.StatusOK, file.Posted{})
}

// photosPost takes photographs by a plain form.
func (s *Site) photosPost(w http.ResponseWriter, r *http.Request) {
	number := cases.Number(r.PathValue("number"))
	gate.Patient(w, r, time.Now)
	r.Body = http.MaxBytesReader(w, r.Body, file.FormMost)
	posted, err := s.Photos.Posted(r.Context(), me(r), number, func(take func(field, name string, content []byte) error) error {
		return ui.EachPart(r, file.PictureMost, func(p ui.Part) error { return take(p.Field, p.Name, p.Content) })
	})
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	if len(posted.Wrong) > 0 {
		s.showPhotos(w, r, http.StatusUnprocessableEntity, posted)
		return
	}
	redirect(w, r, photosPath(number)+"?kept="+strconv.Itoa(posted.Kept))
}

func (s *Site) showPhotos(w http.ResponseWriter, r *http.Request, status int, back file.Posted) {
	m, err := s.Mine.Mine(r.Context(), me(r), cases.Number(r.PathValue("number")))
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	p := photosPage{Item: m.Item, Back: myCasePath(m.Number), Href: photosPath(m.Number), Said: keptWords(r, back)}
	for i, of := range m.Photos {
		row := photoPaper{ID: "m-" + strconv.Itoa(i+1), Name: of.Material, Button: "交上去"}
		for j, x := range of.Sent {
			sent := photoSent{Words: "第 " + strconv.Itoa(j+1) + " 张"}
			if x.Type == string(file.JPEG) {
				sent.Src = p.Href + "/" + strconv.Itoa(x.N)
			} else {
				sent.Words += "（PDF）"
			}
			if x.Removable {
				sent.Remove = p.Href + "/" + strconv.Itoa(x.N) + "/remove"
			}
			if x.Unclear != nil && row.Replaces == "" {
				row.Replaces, row.Why, row.Button = strconv.Itoa(x.N), sent.Words+"看不清："+*x.Unclear, "换上新的"
			}
			row.Sent = append(row.Sent, sent)
		}
		if len(back.Wrong) > 0 && back.What.Material == of.Material {
			for _, f := range back.Wrong {
				row.Mistake += f.Message + "。"
			}
			p.Errors = append(p.Errors, ui.Mistake{ID: row.ID, Message: of.Material + "：" + row.Mistake})
		}
		p.Papers = append(p.Papers, row)
	}
	if len(back.Wrong) > 0 && len(p.Errors) == 0 {
		for _, f := range back.Wrong {
			p.Errors = append(p.Errors, ui.Mistake{ID: "main", Message: f.Message})
		}
	}
	p.Chrome = s.myChrome(r, ui.ErrorTitle("拍照交材料", len(p.Errors)), myPath)
	s.render(w, r, status, photosPaper(p))
}

// keptWords says what was just taken.
func keptWords(r *http.Request, back file.Posted) string {
	n := back.Kept
	if r.Method == http.MethodGet {
		n, _ = strconv.Atoi(r.URL.Query().Get("kept")) // none is 0
	}
	if n < 1 {
		return ""
	}
	return "收到 " + strconv.Itoa(n) + " 张。"
}

// photo is the small picture of what the applicant sent.
func (s *Site) photo(w http.ResponseWriter, r *http.Request) {
	number, n, err := photoOf(r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	small, err := s.Photos.OwnThumb(r.Context(), me(r), number, n)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	head := ui.NoStore(w).Header()
	head.Set("Content-Type", string(file.JPEG))
	head.Set("Content-Length", strconv.Itoa(len(small)))
	if _, err := w.Write(small); err != nil {
		return // a browser that has gone away is nobody's fault
	}
}

func (s *Site) photoRemove(w http.ResponseWriter, r *http.Request) {
	number, n, err := photoOf(r)
	if err == nil {
		err = s.Photos.Remove(r.Context(), me(r), number, n)
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	redirect(w, r, photosPath(number))
}

// photoOf reads which photograph an address names.
func photoOf(r *http.Request) (cases.Number, int, error) {
	n, err := strconv.Atoi(r.PathValue("file"))
	if err != nil || n < 1 || strconv.Itoa(n) != r.PathValue("file") {
		return "", 0, problem.ErrNotFound
	}
	return cases.Number(r.PathValue("number")), n, nil
}
