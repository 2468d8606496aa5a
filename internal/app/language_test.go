package app_test

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bianmin/internal/demo"
	"bianmin/internal/proofread"
)

// shownOn are the texts of a page and what is read out of it, and the pages that it leads to.
func shownOn(t *testing.T, page string) (texts, links []string) {
	t.Helper()
	root, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false)) // what stands in noscript, too
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode && !slices.Contains([]string{"script", "style", "kbd", "code"}, n.Parent.Data):
			texts = append(texts, n.Data)
		case n.Type == html.ElementNode:
			for _, a := range n.Attr {
				switch {
				case slices.Contains([]string{"alt", "aria-label", "placeholder", "title"}, a.Key):
					texts = append(texts, a.Val)
				case a.Key == "href" && n.Data == "a" && strings.HasPrefix(a.Val, "/"):
					links = append(links, a.Val)
				}
			}
		}
	}
	return texts, links
}

var (
	anyNumber = regexp.MustCompile(`\d{3,}[-\d]*|\?.*`)
	aPage     = regexp.MustCompile(`^/(api|journal|assets)/`)
)

// TestNoPageLeavesItsLanguage follows each role's links, two of each form, and reads what is shown: a code that was never
// put into words is seen on the page, not in the sources.
func TestNoPageLeavesItsLanguage(t *testing.T) {
	h, err := found(engines[0]) // a house of its own: other tests name people by what would break a page
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(h.app.Close(), h.end.end()); err != nil {
			t.Error(err)
		}
	})
	h.filed(t, oldAge, gaoVillage)
	for who, least := range map[string]int{"": 12, agent: 12, clerk: 12, desk: 10, "head-610881101": 20, "unit-minzheng": 10, "supervisor": 15, "admin": 12} {
		c, todo := h.visitor(t), []string{"/"}
		if who != "" {
			opens(t, c, http.MethodPost, h.server.URL+"/sign-in", url.Values{"account": {who}, "password": {demo.Password}})
			todo = append(todo, "/me", "/cases/610881101-2026-999999-1")
		}
		seen, forms, read := map[string]bool{}, map[string]int{}, 0
		for len(todo) > 0 {
			path := strings.SplitN(todo[0], "#", 2)[0]
			form := anyNumber.ReplaceAllString(path, "")
			todo = todo[1:]
			if seen[path] || forms[form] >= 2 || aPage.MatchString(path) {
				continue
			}
			seen[path], forms[form] = true, forms[form]+1
			_, header, body := opens(t, c, http.MethodGet, h.server.URL+path, nil)
			if !strings.HasPrefix(header.Get("Content-Type"), "text/html") {
				continue
			}
			read++
			texts, links := shownOn(t, body)
			todo = append(todo, links...)
			for _, words := range texts {
				for _, slip := range proofread.OnPage(words) {
					t.Errorf("%s at %s: %q: %s", who, path, strings.TrimSpace(words), slip)
				}
			}
		}
		if read < least {
			t.Errorf("%s: %d pages were read, want %d", who, read, least)
		}
		t.Logf("%s: %d pages", who, read)
	}
}
