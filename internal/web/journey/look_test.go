//go:build look

package journey

import (
	"os"
	"path/filepath"
	"testing"

	"bianmin/internal/browser"
)

// faces are the sizes at which every page is looked at.
var faces = []struct {
	name    string
	options []browser.Option
	size    string
}{
	{"1440", []browser.Option{browser.Desktop}, "normal"},
	{"390", []browser.Option{browser.Phone}, "normal"},
	{"large", []browser.Option{browser.Desktop}, "large"},
}

// visits are the pages, by the account that sees them.
var visits = []struct{ account, name, path string }{
	{"clerk-610881101", "counter", "/counter"},
	{"clerk-610881101", "counter-item", "/counter?item=BM-008"},
	{"clerk-610881101", "counter-spot", "/counter?item=BM-015"},
	{"agent-610881101200", "agent-counter", "/counter"},
	{"agent-610881101200", "agent-item", "/counter?item=BM-008"},
	{"clerk-610881101", "clerk-desk", "/desk"},
	{"desk-610881101", "desk", "/desk"},
	{"unit-minzheng", "unit", "/desk"},
	{"unit-dangwei-610881102", "unit-empty", "/desk"},
	{"supervisor", "supervisor", "/desk"},
	{"inspector", "inspector-none", "/desk?q=不会有的人"},
	{"desk-610881101", "case", "/cases/610881101-2026-000012-0"},
	{"inspector", "case-inspector", "/cases/610881101-2026-000022-6"},
	{"admin", "accounts", "/accounts"},
	{"clerk-610881101", "not-there", "/cases/610881101-2026-999999-1"},
	{"clerk-610881101", "not-allowed", "/accounts"},
}

// TestLook draws every page at every size into artefacts/, to be leafed through.
func TestLook(t *testing.T) {
	h := open(t)
	out := filepath.Join("..", "..", "..", "artefacts")
	if err := os.MkdirAll(out, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, face := range faces {
		p := browser.New(t, face.options...)
		p.Allow("404")
		p.Allow("403")
		p.Open(h.url + "/")
		if face.size != "normal" {
			p.Click(`form[action="/size"] button`)
		}
		p.Screenshot(filepath.Join(out, "front-"+face.name+".png"))
		for _, v := range visits {
			h.signIn(p, v.account)
			p.Open(h.url + v.path)
			p.Screenshot(filepath.Join(out, v.name+"-"+face.name+".png"))
		}
	}
}
