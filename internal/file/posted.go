package file

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/problem"
)

// FormMost bounds what one plain form brings, in bytes; formFiles in files.
const (
	FormMost  = 120 << 20
	formFiles = 30
)

// Posted is what became of the files of a plain form.
type Posted struct {
	What  For // the last that was named
	Kept  int
	Wrong []problem.Field

	seen int
}

// Posted takes in the files of a plain form, one after the other: what is good is kept even when another is not. each hands
// over the fields as they come.
func (s *Service) Posted(ctx context.Context, a access.Actor, number cases.Number, each func(take func(field, name string, content []byte) error) error) (Posted, error) {
	var p Posted
	err := each(func(field, name string, content []byte) error { return p.take(ctx, s, a, number, field, name, content) })
	return p, p.end(err)
}

// errEnough ends a form that brings more than one may.
var errEnough = errors.New("enough")

// take takes one field: material and replaces come before their files.
func (p *Posted) take(ctx context.Context, s *Service, a access.Actor, number cases.Number, field, name string, content []byte) error {
	switch {
	case field == "material" && utf8.Valid(content):
		p.What.Material = string(content)
		return nil
	case field == "replaces":
		p.What.Replaces, _ = strconv.Atoi(string(content)) // none is 0
		return nil
	case field != "file" || name == "" && len(content) == 0:
		return nil
	}
	if p.seen++; p.seen > formFiles {
		p.Wrong = append(p.Wrong, problem.Field{Path: "file", Code: "too_many", Message: fmt.Sprintf("一次最多 %d 张，前面的收下了，剩下的请再交一次", formFiles)})
		return errEnough
	}
	_, err := s.Put(ctx, a, number, p.What, name, content)
	var wrong *problem.Problem
	switch {
	case errors.As(err, &wrong) && wrong.Kind == problem.Invalid:
		for _, f := range wrong.Fields {
			f.Message = fmt.Sprintf("第 %d 个文件：%s", p.seen, f.Message)
			p.Wrong = append(p.Wrong, f)
		}
	case err != nil:
		return err
	default:
		p.Kept++
	}
	return nil
}

// end says what the whole form lacked; err is what ended the reading.
func (p *Posted) end(err error) error {
	if errors.Is(err, errEnough) {
		err = nil
	}
	if err == nil && p.seen == 0 {
		p.Wrong = append(p.Wrong, problem.Field{Path: "file", Code: "required", Message: "请先选照片或者 PDF，再按“交上去”"})
	}
	return err
}
