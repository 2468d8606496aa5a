package ui

import (
	"bytes"
	"compress/gzip"
	"io"
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
	for name, most := range map[string]int{"bianmin.css": 15 << 10, "staff.js": 5 << 10, "htmx.min.js": 17 << 10} {
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
