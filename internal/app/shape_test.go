package app_test

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"testing"
)

// shape says which fields an object has and what each may be: no others, and none left out.
type shape map[string]kind

// kind says what is wrong with a value; "" when nothing is.
type kind func(v any) string

func (want shape) fits(t *testing.T, what string, got form) {
	t.Helper()
	if wrong := want.wrong(got); wrong != "" {
		t.Errorf("%s%s", what, wrong)
	}
}

func (want shape) wrong(got form) string {
	for name, kind := range want {
		value, there := got[name]
		if !there {
			return "." + name + " is left out"
		}
		if wrong := kind(value); wrong != "" {
			return "." + name + wrong
		}
	}
	for name := range got {
		if want[name] == nil {
			return "." + name + " is in no contract"
		}
	}
	return ""
}

func text(v any) string {
	if s, ok := v.(string); !ok || s == "" {
		return fmt.Sprintf(" is %v, want a text", v)
	}
	return ""
}

func whole(v any) string {
	if n, ok := v.(float64); !ok || n != math.Trunc(n) {
		return fmt.Sprintf(" is %v, want a whole number", v)
	}
	return ""
}

func truth(v any) string {
	if _, ok := v.(bool); !ok {
		return fmt.Sprintf(" is %v, want true or false", v)
	}
	return ""
}

func null(v any) string {
	if v != nil {
		return fmt.Sprintf(" is %v, want null", v)
	}
	return ""
}

func orNull(k kind) kind {
	return func(v any) string {
		if v == nil {
			return ""
		}
		return k(v)
	}
}

// is wants exactly this value.
func is(want any) kind {
	return func(v any) string {
		if v != want {
			return fmt.Sprintf(" is %v, want %v", v, want)
		}
		return ""
	}
}

func oneOf(words ...string) kind {
	return func(v any) string {
		if s, ok := v.(string); !ok || !slices.Contains(words, s) {
			return fmt.Sprintf(" is %v, want one of %v", v, words)
		}
		return ""
	}
}

func like(pattern string) kind {
	form := regexp.MustCompile("^" + pattern + "$")
	return func(v any) string {
		if s, ok := v.(string); !ok || !form.MatchString(s) {
			return fmt.Sprintf(" is %v, want %s", v, pattern)
		}
		return ""
	}
}

func object(s shape) kind {
	return func(v any) string {
		o, ok := v.(form)
		if !ok {
			return fmt.Sprintf(" is %v, want an object", v)
		}
		return s.wrong(o)
	}
}

func listOf(k kind) kind {
	return func(v any) string {
		list, ok := v.([]any)
		if !ok {
			return fmt.Sprintf(" is %v, want a list", v)
		}
		for i, x := range list {
			if wrong := k(x); wrong != "" {
				return fmt.Sprintf("[%d]%s", i, wrong)
			}
		}
		return ""
	}
}

var (
	date    = like(`\d{4}-\d\d-\d\d`)
	instant = like(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00`)
	place   = like(`610881\d{6}`)
)
