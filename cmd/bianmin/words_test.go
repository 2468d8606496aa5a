package main

import (
	"errors"
	"fmt"
	"regexp"
	"testing"
)

func TestWhatStopsACommandIsSaidInChinese(t *testing.T) {
	english := regexp.MustCompile(`[A-Za-z]{2,}`)
	ours := regexp.MustCompile(`--?\w+|bianmin( epoch declare)?|keys\.json`)
	for _, s := range sayings {
		got := said(fmt.Errorf("opening: %w", s.err))
		if got != s.text || english.MatchString(ours.ReplaceAllString(got, "")) {
			t.Errorf("%v: %q", s.err, got)
		}
	}
	if got := said(errors.New("another")); got != "another" {
		t.Errorf("%q", got)
	}
}
