package work

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"bianmin/internal/cases"
	"bianmin/internal/file"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// filesPost takes photographs by a plain form.
func (s *Site) filesPost(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	number := cases.Number(r.PathValue("number"))
	gate.Patient(w, r, time.Now)
	r.Body = http.MaxBytesReader(w, r.Body, file.FormMost)
	posted, err := s.Files.Posted(r.Context(), actor, number, func(take func(field, name string, content []byte) error) error {
		return ui.EachPart(r, file.PictureMost, func(p ui.Part) error { return take(p.Field, p.Name, p.Content) })
	})
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	if len(posted.Wrong) > 0 {
		s.showCase(w, r, http.StatusUnprocessableEntity, asked{Files: filesAsked{Material: posted.What.Material, Kept: posted.Kept, Wrong: posted.Wrong}}, nil)
		return
	}
	redirect(w, r, casePath(number)+"?files="+strconv.Itoa(posted.Kept)+"#materials")
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
