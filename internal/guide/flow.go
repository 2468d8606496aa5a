package guide

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// The measures of the flow chart, in units that are pixels on a telephone of 390: characters of 18 are what large print wants.
const (
	flowWide = 340
	flowChar = 18
	flowLine = 26
	flowPad  = 12
	flowGap  = 28
	flowRow  = 16 // characters in a line
)

// flowBeside stands between what runs at the same time.
const flowBeside = "同时办"

// flowBox is one box of the chart.
type flowBox struct {
	lines  []string
	quiet  string // the days, or nothing
	first  bool   // where it begins, and where it ends: round
	beside bool   // runs at the same time as the one above
}

func (b flowBox) high() int {
	n := len(b.lines)
	if b.quiet != "" {
		n++
	}
	return n*flowLine + 2*flowPad
}

// wrapped breaks words after so many characters: Chinese breaks anywhere.
func wrapped(words string, row int) (lines []string) {
	for r := []rune(words); len(r) > 0; {
		n := min(row, len(r))
		lines, r = append(lines, string(r[:n])), r[n:]
	}
	return lines
}

func (s Sheet) flow() []flowBox {
	boxes := []flowBox{{lines: []string{"您交材料"}, first: true}}
	for _, step := range s.Steps {
		b := flowBox{lines: append(wrapped(step.Name, flowRow), wrapped(step.By, flowRow)...), beside: step.Beside, quiet: step.Takes()}
		boxes = append(boxes, b)
	}
	return append(boxes, flowBox{lines: wrapped("您拿到："+s.Result, flowRow), first: true})
}

// FlowWords are the chart for who cannot see it: 您交材料，然后 村里收材料（…，1 个工作日），….
func (s Sheet) FlowWords() string {
	var b strings.Builder
	b.WriteString("您交材料")
	for _, step := range s.Steps {
		then := "，然后"
		if step.Beside {
			then = "，同时"
		}
		b.WriteString(then + step.Name + "（" + step.By)
		if takes := step.Takes(); takes != "" {
			b.WriteString("，" + takes)
		}
		b.WriteString("）")
	}
	return b.String() + "，最后您拿到" + s.Result + "。"
}

// Flow draws who does what within how many days, from the item's own steps, as an SVG that needs nothing besides: from top
// to bottom, so that it can be read on a telephone; what runs at the same time stands joined without an arrow (§五(四)).
func (s Sheet) Flow() string {
	var out strings.Builder
	y := 1
	var body strings.Builder
	for i, b := range s.flow() {
		if i > 0 {
			mid, to := flowWide/2, y+flowGap
			if b.beside {
				fmt.Fprintf(&body, `<text x="%d" y="%d" text-anchor="middle" font-size="15" fill="#555">%s</text>`, mid, y+19, flowBeside)
			} else {
				fmt.Fprintf(&body, `<path d="M%d %dV%dm-6 -8 6 8 6 -8" fill="none" stroke="#555" stroke-width="2"/>`, mid, y, to-1)
			}
			y = to
		}
		round, fill := 4, "#fff"
		if b.first {
			round, fill = 20, "#f3f6fa"
		}
		fmt.Fprintf(&body, `<rect x="1" y="%d" width="%d" height="%d" rx="%d" fill="%s" stroke="#555" stroke-width="1.5"/>`, y, flowWide-2, b.high(), round, fill)
		at := y + flowPad + flowChar
		for _, line := range b.lines {
			fmt.Fprintf(&body, `<text x="%d" y="%d" text-anchor="middle" font-size="%d" fill="#1a1a1a">%s</text>`, flowWide/2, at, flowChar, escaped(line))
			at += flowLine
		}
		if b.quiet != "" {
			fmt.Fprintf(&body, `<text x="%d" y="%d" text-anchor="middle" font-size="%d" fill="#555">%s</text>`, flowWide/2, at, flowChar, escaped(b.quiet))
		}
		y += b.high()
	}
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" font-family="sans-serif"><title>%s</title><desc>%s</desc>`,
		flowWide, y+1, flowWide, y+1, escaped(s.Plain+"的流程图"), escaped(s.FlowWords()))
	return out.String() + body.String() + "</svg>"
}

func escaped(words string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(words)) // a strings.Builder takes everything
	return b.String()
}
