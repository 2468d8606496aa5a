package guide

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bianmin/internal/item"
)

// drawn reads a chart back: it is XML, and these words stand in it.
func drawn(t testing.TB, svg string) (words string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return words
		}
		if err != nil {
			t.Fatalf("%v: %s", err, svg)
		}
		if c, ok := token.(xml.CharData); ok {
			words += string(c)
		}
	}
}

// TestTheChartOfEveryItemSaysEveryStep, who does it and how long it takes; nothing of it runs out of the picture.
func TestTheChartOfEveryItemSaysEveryStep(t *testing.T) {
	for _, d := range item.Demonstration() {
		s := Sheet{Plain: d.Plain, Result: d.Result.Name}
		s.steps(d, func(o item.Owner) string { return o.Kind.Chinese() })
		words := drawn(t, s.Flow())
		for _, step := range s.Steps {
			for _, line := range append(wrapped(step.Name, flowRow), step.By) {
				if !strings.Contains(words, line) {
					t.Errorf("%s: the chart does not say %q", d.Code, line)
				}
			}
			if step.Days != nil && !strings.Contains(words, *step.Days) {
				t.Errorf("%s: the chart does not say %q", d.Code, *step.Days)
			}
		}
		for _, b := range s.flow() {
			for _, line := range append(b.lines, b.quiet) {
				if n := len([]rune(line)); n*flowChar > flowWide-2*flowPad && n > flowRow {
					t.Errorf("%s: %q is too long for its box", d.Code, line)
				}
			}
		}
	}
}

// TestNoNameBreaksTheChart, whatever stands in it.
func TestNoNameBreaksTheChart(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		name := rapid.String().Draw(r, "name")
		days := "1 个工作日"
		s := Sheet{Plain: name, Result: name, Steps: []Step{{Name: name, By: name, Days: &days, Beside: rapid.Bool().Draw(r, "beside")}}}
		drawn(t, s.Flow())
	})
}

func TestTheChartInWords(t *testing.T) {
	days := "5 个工作日"
	s := Sheet{Result: "证", Steps: []Step{{Name: "受理", By: "窗口"}, {Name: "核查", By: "经办", Days: &days, Counted: true}, {Name: "公示", By: "村里", Days: &days, Beside: true}}}
	if got := s.FlowWords(); got != "您交材料，然后受理（窗口），然后核查（经办，5 个工作日），同时公示（村里，5 个工作日，不算在期限里），最后您拿到证。" {
		t.Error(got)
	}
}
