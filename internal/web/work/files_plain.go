package work

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"
	"unicode/utf8"

	"bianmin/internal/cases"
	"bianmin/internal/file"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
)

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
