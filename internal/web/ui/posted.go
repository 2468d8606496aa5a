package ui

import (
	"errors"
	"io"
	"mime"
	"net/http"

	"bianmin/internal/problem"
)

// Part is one field of a form with files. Name is what the browser called the file; empty of a plain field.
type Part struct {
	Field, Name string
	Content     []byte
}

// EachPart reads a form with files, one part after the other: what was taken before a line breaks stays taken. A part holds at
// most so many bytes and one more, by which whoever takes it sees that it is too large.
func EachPart(r *http.Request, most int64, take func(p Part) error) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return &problem.Problem{Kind: problem.Malformed, Code: "body_unreadable"}
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return unreadable(err)
		}
		content, err := io.ReadAll(io.LimitReader(part, most+1))
		if err != nil {
			return unreadable(err)
		}
		_, params, _ := mime.ParseMediaType(part.Header.Get("Content-Disposition")) // FileName drops what it takes for folders
		if err := take(Part{part.FormName(), params["filename"], content}); err != nil {
			return err
		}
	}
}

func unreadable(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return &problem.Problem{Kind: problem.Malformed, Code: "body_too_large"}
	}
	return &problem.Problem{Kind: problem.Malformed, Code: "body_unreadable"}
}
