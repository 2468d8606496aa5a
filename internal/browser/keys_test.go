package browser

import (
	"testing"
)

// heard is a key as the page heard it; see testdata/page.js.
type heard struct {
	Key, Code        string
	Composing, Shift bool
	Gap              float64
}

func (p *Page) heard() []heard { return Eval[[]heard](p, "heard") }

func TestPressSendsKeyAndCode(t *testing.T) {
	p := New(t)
	p.Open(site(t, nil) + "/page.html")
	for _, tt := range []struct {
		press     string
		key, code string
		shift     bool
	}{
		{"Enter", "Enter", "Enter", false},
		{"Escape", "Escape", "Escape", false},
		{"Space", " ", "Space", false},
		{"Tab", "Tab", "Tab", false},
		{"Shift+Tab", "Tab", "Tab", true},
		{"ArrowDown", "ArrowDown", "ArrowDown", false},
		{"n", "n", "KeyN", false},
		{"N", "N", "KeyN", true},
		{"7", "7", "Digit7", false},
		{"/", "/", "Slash", false},
		{"?", "?", "Slash", true},
		{"+", "+", "Equal", true},
	} {
		p.Press(tt.press)
		all := p.heard()
		got := all[len(all)-1]
		if got.Key != tt.key || got.Code != tt.code || got.Shift != tt.shift {
			t.Errorf("Press(%q): the page heard %+v", tt.press, got)
		}
	}
	if p.Keys() != 12 {
		t.Errorf("%d keys counted, want 12", p.Keys())
	}
}

func TestTypeFillsAndCounts(t *testing.T) {
	p := New(t)
	p.Open(site(t, nil) + "/page.html")
	p.Click("#name")
	p.ResetCounts()
	p.Type("dbqr 神木")
	if got := p.Text("#name"); got != "dbqr 神木" {
		t.Errorf("the field has %q", got)
	}
	if p.Keys() != 7 || p.Clicks() != 0 {
		t.Errorf("%d keys and %d clicks counted, want 7 and 0", p.Keys(), p.Clicks())
	}
	p.Press("Control+a", "Backspace")
	if got := p.Text("#name"); got != "" {
		t.Errorf("after erasing the field has %q", got)
	}
}

func TestFillReplacesAndCountsAsTyped(t *testing.T) {
	p := New(t)
	p.Open(site(t, nil) + "/page.html")
	p.Fill("#name", "王雪梅")
	p.Fill("#name", "买买提·吐尔逊")
	if got := p.Text("#name"); got != "买买提·吐尔逊" {
		t.Errorf("the field has %q", got)
	}
	if p.Keys() != 10 {
		t.Errorf("%d keys counted, want 10", p.Keys())
	}
	p.Fill("#name", "")
	if got := p.Text("#name"); got != "" {
		t.Errorf("emptied, the field has %q", got)
	}
}

func TestAPersonIsSlowerThanAScanner(t *testing.T) {
	p := New(t)
	p.Open(site(t, nil) + "/page.html")
	const scannerGapMillis = 35
	p.Type("abc")
	for _, key := range p.heard()[1:] {
		if key.Gap < scannerGapMillis {
			t.Errorf("typed %s came after %.1f ms, as from a scanner", key.Key, key.Gap)
		}
	}
	p.Scan("610881")
	all := p.heard()
	if last := all[len(all)-1]; last.Key != "Enter" {
		t.Errorf("the scanner ended with %s", last.Key)
	}
	for _, key := range all[4:] {
		if key.Gap >= scannerGapMillis {
			t.Errorf("scanned %s came after %.1f ms, as from a person", key.Key, key.Gap)
		}
	}
	if p.Keys() != 3 {
		t.Errorf("%d keys counted, want 3: a scanner's are not the person's", p.Keys())
	}
}

func TestComposeIsSeenAsComposing(t *testing.T) {
	p := New(t)
	p.Open(site(t, nil) + "/page.html")
	p.Click("#name")
	p.Compose("shenmu", "神木")
	if got := p.Text("#name"); got != "神木" {
		t.Errorf("the field has %q", got)
	}
	all := p.heard()
	if len(all) != 7 {
		t.Errorf("%d keys heard, want 7", len(all))
	}
	for _, key := range all {
		if !key.Composing {
			t.Errorf("%+v was not heard as composing", key)
		}
	}
	if first := all[0]; first.Code != "KeyS" {
		t.Errorf("the first key is %+v", first)
	}
}
