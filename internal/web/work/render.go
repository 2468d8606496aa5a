package work

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"
)

// smallPage is how large a page may be, in bytes, before it is worth squeezing: one packet.
const smallPage = 1400

// render writes a page. It is made whole before the first byte goes out, so that a fault cannot leave half a page; and
// it is squeezed, since a village line carries 8 KB a second.
func (s *Site) render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) {
	var b bytes.Buffer
	if err := page.Render(r.Context(), &b); err != nil {
		s.Log.ErrorContext(r.Context(), "a page could not be written", "path", r.URL.Path, "error", err)
		http.Error(noStore(w), "这一页没有写出来，已经记下了。请退回去再试一次。", http.StatusInternalServerError)
		return
	}
	h := noStore(w).Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Add("Vary", "Accept-Encoding")
	body := b.Bytes()
	if len(body) > smallPage && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = squeezed(body)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a browser that has gone away is nobody's fault
}

// squeezers are kept: a new one takes most of a megabyte.
var squeezers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

func squeezed(page []byte) []byte {
	var b bytes.Buffer
	z := squeezers.Get().(*gzip.Writer)
	defer squeezers.Put(z)
	z.Reset(&b)
	_, _ = z.Write(page) // to memory: cannot fail
	_ = z.Close()
	return b.Bytes()
}

// noStore: what a signed-in person saw is not kept by the browser, so that going back after sign-out shows nothing.
func noStore(w http.ResponseWriter) http.ResponseWriter {
	w.Header().Set("Cache-Control", "no-store")
	return w
}
