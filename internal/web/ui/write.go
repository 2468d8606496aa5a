package ui

import (
	"bytes"
	"github.com/klauspost/compress/gzip"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"
)

// smallPage is how large a page may be, in bytes, before it is worth squeezing: one packet.
const smallPage = 1400

// Write answers with a page. It is made whole before the first byte goes out, so that a fault cannot leave half a page;
// and it is squeezed, since a village line carries 8 KB a second. When the page cannot be made nothing was answered yet.
func Write(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	var b bytes.Buffer
	if err := page.Render(r.Context(), &b); err != nil {
		return err
	}
	h := NoStore(w).Header()
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
	return nil
}

// NotWritten answers in place of a page that could not be made.
func NotWritten(w http.ResponseWriter) {
	http.Error(NoStore(w), "这一页没有写出来，已经记下了。请退回去再试一次。", http.StatusInternalServerError)
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

// WriteSqueezed answers with what is worth squeezing; the head is set by the caller.
func WriteSqueezed(w http.ResponseWriter, r *http.Request, body []byte) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = squeezed(body)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // a browser that has gone away is nobody's fault
}

// NoStore: what a person saw is not kept by the browser, so that going back after sign-out shows nothing.
func NoStore(w http.ResponseWriter) http.ResponseWriter {
	w.Header().Set("Cache-Control", "no-store")
	return w
}

// WriteFile answers with a file to be kept. Its name may be Chinese.
func WriteFile(w http.ResponseWriter, name, kind string, body []byte) {
	h := NoStore(w).Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // a browser that has gone away is nobody's fault
}

// SendFile answers with a file that was written beside, as WriteFile does with one in memory.
func SendFile(w http.ResponseWriter, r *http.Request, name, kind string, file io.ReadSeeker) {
	h := NoStore(w).Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	http.ServeContent(w, r, "", time.Time{}, file)
}
