package api

import (
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/db"
	"bianmin/internal/problem"
	"bianmin/internal/words"
)

// Problem is RFC 9457 problem details.
type Problem struct {
	Type   string          `json:"type" doc:"urn:bianmin:problem:<code>"`
	Title  string          `json:"title"`
	Status int             `json:"status"`
	Code   string          `json:"code" doc:"stable; decide by it"`
	Detail string          `json:"detail" doc:"in Chinese, for the person"`
	Facts  problem.Facts   `json:"facts,omitempty" doc:"what the words are made of"`
	Errors []problem.Field `json:"errors,omitempty" doc:"the wrong fields; no value is echoed"`
	Case   any             `json:"case,omitempty" doc:"with stale_version: the case as it is now"`
}

func (p *Problem) Error() string { return p.Code }

// GetStatus is what huma asks of an error.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is what huma asks of a body.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders is what huma asks of an error: the headers that go with its status.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	switch p.Status {
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", "Bearer")
	case http.StatusTooManyRequests:
		h.Set("Retry-After", retryAfter(p.Facts))
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", "5")
	}
	return h
}

// statuses maps the kinds of problem to HTTP; a malformed request also by its code.
var statuses = map[problem.Kind]int{
	problem.Unauthenticated: http.StatusUnauthorized, problem.Malformed: http.StatusBadRequest, problem.NotFound: http.StatusNotFound,
	problem.Forbidden: http.StatusForbidden, problem.Invalid: http.StatusUnprocessableEntity, problem.Stale: http.StatusConflict,
	problem.Refused: http.StatusConflict, problem.TooMany: http.StatusTooManyRequests, problem.Unavailable: http.StatusServiceUnavailable,
}

var statusOfCode = map[string]int{
	"unsupported_media_type": http.StatusUnsupportedMediaType, "body_too_large": http.StatusRequestEntityTooLarge,
	"piece_too_large": http.StatusRequestEntityTooLarge, "tus_version": http.StatusPreconditionFailed,
	"storage_full":  http.StatusInsufficientStorage,
	"no_such_route": http.StatusNotFound, "method_not_allowed": http.StatusMethodNotAllowed, "internal": http.StatusInternalServerError,
}

func problemOf(p *problem.Problem) *Problem {
	title, detail := words.Problem(p)
	status := statuses[p.Kind]
	if s, ok := statusOfCode[p.Code]; ok {
		status = s
	}
	return &Problem{Type: "urn:bianmin:problem:" + p.Code, Title: title, Status: status, Code: p.Code, Detail: detail,
		Facts: p.Facts, Errors: p.Fields, Case: p.Present}
}

// wrap makes of an error what goes out. What should not happen is logged, and told without its inside.
func (a *API) wrap(err error) *Problem {
	var p *problem.Problem
	if errors.As(err, &p) {
		return problemOf(p)
	}
	var already *Problem
	if errors.As(err, &already) {
		return already
	}
	if p := db.Trouble(err); p != nil {
		a.log.Error("the storage does not answer", "code", p.Code, slog.Any("error", err))
		return problemOf(p)
	}
	a.log.Error("a request could not be answered", slog.Any("error", err))
	return problemOf(&problem.Problem{Code: "internal"})
}

// Refuse writes an error as problem details: the API face's gate.Refuser.
func (a *API) Refuse(w http.ResponseWriter, _ *http.Request, err error) {
	p := a.wrap(err)
	w.Header().Set("Content-Type", "application/problem+json")
	maps.Copy(w.Header(), p.GetHeaders())
	body, err := json.Marshal(p)
	if err != nil {
		a.log.Error("a problem could not be written", "error", err)
	}
	w.WriteHeader(p.Status)
	w.Write(body)
}

func retryAfter(f problem.Facts) string {
	if seconds, ok := f["retry_after"].(int); ok {
		return strconv.Itoa(seconds)
	}
	return "60"
}

// humaProblem makes of huma's own complaint a problem in our words: what it found wrong in the body or the query.
func humaProblem(status int, message string, errs ...error) huma.StatusError {
	if status < 400 || status >= 500 {
		return problemOf(&problem.Problem{Code: "internal"})
	}
	fields := make([]problem.Field, 0, len(errs))
	for _, err := range errs {
		if d, ok := err.(huma.ErrorDetailer); ok {
			fields = append(fields, fieldOf(d.ErrorDetail()))
		}
	}
	if len(fields) == 0 {
		return problemOf(&problem.Problem{Kind: problem.Malformed, Code: "bad_request"})
	}
	return problemOf(problem.WrongFields(fields))
}

// fieldOf reads the code and the words that our own messages (validation.go) carry.
func fieldOf(d *huma.ErrorDetail) problem.Field {
	path := strings.TrimPrefix(d.Location, "body.")
	for _, where := range []string{"query.", "path.", "header."} {
		path = strings.TrimPrefix(path, where)
	}
	if path == "body" {
		path = ""
	}
	code, rest, found := strings.Cut(d.Message, separator)
	switch {
	case d.Message == unknownQuery:
		return problem.Field{Path: path, Code: "unknown_field", Message: "没有这个参数"}
	case !found:
		return problem.Field{Path: path, Code: "invalid", Message: "填得不对，请照接口文档写"}
	}
	message, property, _ := strings.Cut(rest, separator)
	if property != "" && code == codeRequired {
		path = strings.TrimPrefix(path+"."+property, ".")
	}
	return problem.Field{Path: path, Code: code, Message: message}
}
