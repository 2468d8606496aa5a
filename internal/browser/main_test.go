package browser

import (
	"embed"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"testing"

	"bianmin/internal/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m, Quit) }

//go:embed testdata
var testdata embed.FS

// policy is as strict as the program's own, so that what a page may not do fails here as there.
const policy = "default-src 'self'; img-src 'self' data:; style-src 'unsafe-inline'"

// site serves a tiny page, and whatever else a test adds.
func site(t *testing.T, more map[string]http.HandlerFunc) string {
	t.Helper()
	files, err := fs.Sub(testdata, "testdata")
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(files))
	for pattern, handler := range more {
		mux.HandleFunc(pattern, handler)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func html(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if _, err := w.Write([]byte(`<!doctype html><link rel="icon" href="data:,"><body>` + body)); err != nil {
			panic(err)
		}
	}
}
