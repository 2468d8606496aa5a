package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed assets/css/*.css assets/*.js assets/*.svg assets/vendor/*.js
var files embed.FS

// asset is one file as it is served: named by its content, so that a browser may keep it for ever.
type asset struct {
	kind         string
	plain, small []byte // small is gzip
	address      string
}

var assets = sync.OnceValue(loadAssets)

// Asset is the address of a file: /assets/<content>/bianmin.css.
func Asset(name string) string {
	a, ok := assets()[name]
	if !ok {
		panic("no asset " + name) // a misspelled name in a template: every test that renders finds it
	}
	return a.address
}

// AssetsPattern is the route under which Assets serves.
const AssetsPattern = "GET /assets/{content}/{name}"

// Assets serves the files. An address with another content than the present one is not found.
func Assets() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := assets()[r.PathValue("name")]
		if !ok || a.address != r.URL.Path {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", a.kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Vary", "Accept-Encoding")
		body := a.plain
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			body = a.small
		}
		h.Set("Content-Length", strconv.Itoa(len(body)))
		w.Write(body)
	})
}

func loadAssets() map[string]*asset {
	list := map[string]*asset{"bianmin.css": {kind: "text/css; charset=utf-8", plain: sheet(staffSheets())},
		"portal.css": {kind: "text/css; charset=utf-8", plain: sheet(portalSheets())}}
	for _, name := range found("assets/*.js", "assets/*.svg", "assets/vendor/*.js") {
		kind := "text/javascript; charset=utf-8"
		if path.Ext(name) == ".svg" {
			kind = "image/svg+xml"
		}
		list[path.Base(name)] = &asset{kind: kind, plain: read(name)}
	}
	for name, a := range list {
		sum := sha256.Sum256(a.plain)
		a.address = fmt.Sprintf("/assets/%s/%s", hex.EncodeToString(sum[:6]), name)
		a.small = squeeze(a.plain)
	}
	return list
}

// remark is a comment of a style sheet; no text in ours holds one.
var remark = regexp.MustCompile(`(?s)/\*.*?\*/\s*`)

// staffSheets are those that the staff's and the agents' pages need: all but what the portal alone has.
func staffSheets() []string {
	return slices.DeleteFunc(found("assets/css/*.css"), func(name string) bool {
		return slices.Contains([]string{"66-portal.css", "68-guide.css"}, path.Base(name))
	})
}

// portalSheets are those that a citizen's page needs: 70 to 89 are the staff's and the agents'.
func portalSheets() []string {
	return slices.DeleteFunc(found("assets/css/*.css"), func(name string) bool { return path.Base(name) >= "70" && path.Base(name) < "90" })
}

// sheet is style sheets as one, in the order of their names, without the remarks.
func sheet(names []string) []byte {
	return remark.ReplaceAll(bytes.Join(slices.Collect(func(yield func([]byte) bool) {
		for _, name := range names {
			if !yield(read(name)) {
				return
			}
		}
	}), []byte("\n")), nil)
}

func found(patterns ...string) []string {
	var names []string
	for _, p := range patterns {
		n, err := fs.Glob(files, p)
		must(err)
		names = append(names, n...)
	}
	return names
}

func read(name string) []byte {
	raw, err := files.ReadFile(name)
	must(err)
	return raw
}

func squeeze(plain []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	must(err)
	_, err = w.Write(plain)
	must(err)
	must(w.Close())
	return b.Bytes()
}

// must ends the program: the files are part of it, so what is wrong with them is a fault of the build.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
