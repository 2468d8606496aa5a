package api

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/problem"
)

func TestAKindHasItsStatus(t *testing.T) {
	for _, c := range []struct {
		kind   problem.Kind
		code   string
		status int
		header string
	}{
		{problem.Unauthenticated, "not_signed_in", 401, "WWW-Authenticate: Bearer"}, {problem.Malformed, "not_json", 400, ""},
		{problem.Malformed, "unsupported_media_type", 415, ""}, {problem.Malformed, "body_too_large", 413, ""}, {problem.NotFound, "not_found", 404, ""},
		{problem.Forbidden, "forbidden", 403, ""}, {problem.Invalid, "invalid", 422, ""}, {problem.Stale, "stale_version", 409, ""},
		{problem.Refused, "wrong", 409, ""}, {problem.TooMany, "too_many_tries", 429, "Retry-After: 60"}, {problem.Unavailable, "unavailable", 503, "Retry-After: 5"},
	} {
		p := problemOf(&problem.Problem{Kind: c.kind, Code: c.code})
		if p.Status != c.status || p.GetStatus() != c.status || p.Type != "urn:bianmin:problem:"+c.code {
			t.Errorf("%s: %d %s", c.code, p.Status, p.Type)
		}
		name, value, _ := strings.Cut(c.header, ": ")
		if got := p.GetHeaders(); name == "" && len(got) > 0 || name != "" && got.Get(name) != value {
			t.Errorf("%s: %v", c.code, got)
		}
	}
	if got := problemOf(&problem.Problem{Kind: problem.TooMany, Code: "too_many_tries", Facts: problem.Facts{"retry_after": 7}}).GetHeaders().Get("Retry-After"); got != "7" {
		t.Errorf("Retry-After: %s", got)
	}
}

// TestAFaultIsLoggedAndNotTold: what should not happen is told without its inside.
func TestAFaultIsLoggedAndNotTold(t *testing.T) {
	var log strings.Builder
	a := New(Parts{Log: slog.New(slog.NewTextHandler(&log, nil))})
	w := httptest.NewRecorder()
	a.Refuse(w, httptest.NewRequest("GET", "/", nil), fmt.Errorf("reading: %w", errors.New("the disk is on fire")))
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "disk") || !strings.Contains(w.Body.String(), `"code":"internal"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "the disk is on fire") {
		t.Errorf("the log says %q", log.String())
	}
	w = httptest.NewRecorder()
	a.Refuse(w, httptest.NewRequest("GET", "/", nil), fmt.Errorf("looking: %w", problem.ErrNotFound))
	if w.Code != http.StatusNotFound || w.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestAFieldIsNamedAsInTheRequest(t *testing.T) {
	for _, c := range []struct {
		location, message string
		want              problem.Field
	}{
		{"body", "required\x1f要写\x1fitem", problem.Field{Path: "item", Code: "required", Message: "要写"}},
		{"body.applicant", "required\x1f要写\x1fname", problem.Field{Path: "applicant.name", Code: "required", Message: "要写"}},
		{"body.materials[2].copies", "not_integer\x1f要写整数", problem.Field{Path: "materials[2].copies", Code: "not_integer", Message: "要写整数"}},
		{"query.limit", "too_small\x1f不能小于 1", problem.Field{Path: "limit", Code: "too_small", Message: "不能小于 1"}},
		{"query.green", unknownQuery, problem.Field{Path: "green", Code: "unknown_field", Message: "没有这个参数"}},
		{"body", "invalid character 'x'", problem.Field{Path: "", Code: "invalid", Message: "填得不对，请照接口文档写"}},
	} {
		if got := fieldOf(&huma.ErrorDetail{Location: c.location, Message: c.message, Value: "secret"}); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.location, got, c.want)
		}
	}
}

func TestHumasComplaintsBecomeOurs(t *testing.T) {
	fields := humaProblem(422, "validation failed", &huma.ErrorDetail{Location: "body.x", Message: "unknown_field\x1f没有这个字段"})
	if fields.GetStatus() != 422 || len(fields.(*Problem).Errors) != 1 {
		t.Errorf("%+v", fields)
	}
	for status, want := range map[int]string{400: "bad_request", 408: "bad_request", 500: "internal", 304: "internal"} {
		if got := humaProblem(status, "in English").(*Problem); got.Code != want || strings.Contains(got.Detail, "English") {
			t.Errorf("%d: %+v", status, got)
		}
	}
}
