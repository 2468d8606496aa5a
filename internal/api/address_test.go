package api

import (
	"slices"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"bianmin/internal/problem"
)

func TestAPathMatchesAPattern(t *testing.T) {
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"/a/{b}", "/a/1", true}, {"/a/{b}", "/a/", false}, {"/a/{b}", "/a", false}, {"/a/{b}/c", "/a/1/c", true}, {"/a/{b}/c", "/a/1/d", false},
		{"/a", "/a", true}, {"/a", "/A", false}, {"/a/{b}", "/a/1/2", false},
	} {
		if got := matches(c.pattern, c.path); got != c.want {
			t.Errorf("%s, %s: %v", c.pattern, c.path, got)
		}
	}
}

func TestAnAddressKnowsItsMethods(t *testing.T) {
	doc := &huma.OpenAPI{Paths: map[string]*huma.PathItem{"/a": {Get: &huma.Operation{}, Post: &huma.Operation{}}, "/a/{b}": {Delete: &huma.Operation{}},
		"/a/c": {Get: &huma.Operation{}}}}
	for path, want := range map[string][]string{"/a": {"GET", "POST"}, "/a/x": {"DELETE"}, "/a/c": {"DELETE", "GET"}, "/b": nil} {
		if got := methodsOf(doc, path); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
}

func TestTheClockGoesOneWay(t *testing.T) {
	now := time.Date(2026, 3, 10, 2, 20, 0, 0, time.UTC)
	text := func(s string) *string { return &s }
	for _, c := range []struct {
		advance, to *string
		want        time.Time
		wrong       string
	}{
		{text("26h"), nil, now.Add(26 * time.Hour), ""},
		{text("0s"), nil, now, ""},
		{text("87840h"), nil, now.Add(aheadMost), ""},
		{nil, text("2026-03-12T09:00:00+08:00"), time.Date(2026, 3, 12, 1, 0, 0, 0, time.UTC), ""},
		{nil, text("2026-03-10T10:20:00+08:00"), now, ""},
		{text("87840h1s"), nil, now, "advance clock_backwards"},
		{text("-1ns"), nil, now, "advance clock_backwards"},
		{nil, text("2026-03-10T10:19:59+08:00"), now, "to clock_backwards"},
		{nil, text("2036-03-20T00:00:00Z"), now, "to clock_backwards"},
		{nil, text("tomorrow"), now, "to not_a_time"},
		{text("tomorrow"), nil, now, "advance not_a_duration"},
		{text("1h"), text("2026-03-12T09:00:00+08:00"), now, "advance one_of"},
		{nil, nil, now, "advance one_of"},
	} {
		got, err := target(now, c.advance, c.to)
		wrong := ""
		if p, is := err.(*problem.Problem); is {
			wrong = p.Fields[0].Path + " " + p.Fields[0].Code
		}
		if !got.Equal(c.want) || wrong != c.wrong {
			t.Errorf("%v: %v, want %v %s", got, err, c.want, c.wrong)
		}
	}
}
