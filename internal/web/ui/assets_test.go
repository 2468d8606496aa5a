package ui

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func asked(path, encoding string) *httptest.ResponseRecorder {
	mux := http.NewServeMux()
	mux.Handle(AssetsPattern, Assets())
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	return w
}

func TestAssetsAreKeptForEver(t *testing.T) {
	for name := range assets() {
		plain, small := asked(Asset(name), ""), asked(Asset(name), "gzip, br")
		if plain.Code != http.StatusOK || !strings.Contains(plain.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", name, plain.Code, plain.Header())
		}
		z, err := gzip.NewReader(small.Body)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		unpacked, err := io.ReadAll(z)
		if err != nil || !bytes.Equal(unpacked, plain.Body.Bytes()) {
			t.Errorf("%s: squeezed it is another file (%v)", name, err)
		}
	}
}

func TestAnOldAddressIsNotFound(t *testing.T) {
	for _, path := range []string{"/assets/000000000000/bianmin.css", "/assets/x/nothing.css"} {
		if w := asked(path, ""); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// What the pages weigh on a village line: the sheet and our script; htmx comes once and stays.
func TestAssetsAreLight(t *testing.T) {
	for name, most := range map[string]int{"bianmin.css": 16 << 10, "staff.js": 5 << 10, "htmx.min.js": 17 << 10} {
		if n := len(assets()[name].small); n > most {
			t.Errorf("%s takes %d bytes squeezed, at most %d", name, n, most)
		}
	}
}

// The oldest browser is Chromium 86: it drops a rule that it cannot read, so none may stand in the sheet.
func TestSheetKeepsToOldBrowsers(t *testing.T) {
	css := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(sheet(found("assets/css/*.css"))), "")
	for _, newer := range []string{"@layer", ":is(", ":has(", ":where(", "oklch", "color-mix", "light-dark(", "@container", "&", "url("} {
		if strings.Contains(css, newer) {
			t.Errorf("the sheet holds %q", newer)
		}
	}
	if open, shut := strings.Count(css, "{"), strings.Count(css, "}"); open != shut {
		t.Errorf("%d braces open, %d shut", open, shut)
	}
}

// One class, one owner: when two files write a rule for the same class, a page gets the other's colour or room unasked. What
// prints, and what a narrow window changes, may speak of another file's class; 69 finishes what 68 begins.
func TestAClassHasOneOwner(t *testing.T) {
	comment, media := regexp.MustCompile(`(?s)/\*.*?\*/`), regexp.MustCompile(`(?s)@[a-z-]+[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}`)
	alone := regexp.MustCompile(`(?:^|[}])\s*(\.[a-z][a-z0-9-]*)\s*\{`)
	names, err := fs.Glob(files, "assets/css/*.css")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	owner := map[string]string{}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		plain := media.ReplaceAllString(comment.ReplaceAllString(string(text), ""), "")
		for plain != "" {
			m := alone.FindStringSubmatchIndex(plain)
			if m == nil {
				break
			}
			class := plain[m[2]:m[3]]
			if first, had := owner[class]; had && first != name && !(strings.HasSuffix(first, "68-guide.css") && strings.HasSuffix(name, "69-finish.css")) {
				t.Errorf("%s has rules of its own in %s and in %s", class, first, name)
			} else {
				owner[class] = name
			}
			plain = plain[m[1]:]
		}
	}
	if len(owner) < 50 {
		t.Fatalf("only %d classes were read", len(owner))
	}
}
