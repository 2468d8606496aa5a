package ui

import (
	"fmt"
	"strings"
)

// The ruler's own units, which the sheet scales.
const (
	rulerWidth  = 240
	wideWidth   = 720
	rulerHeight = 20
	teethMost   = 60 // beyond it one tooth stands for several days
)

// drawing is a ruler in numbers: three bars, the gaps between the teeth, and the post of the promise.
type drawing struct {
	width, used, over, promised int
	gaps                        string
	post                        int
	label                       string
}

func (t Teeth) draw() drawing {
	width := rulerWidth
	if t.Wide {
		width = wideWidth
	}
	whole := max(t.Legal, t.Promised, t.Used, 1) // what is past the end is seen, too
	at := func(day int) int { return min(day, whole) * width / whole }
	d := drawing{width: width, used: at(min(t.Used, t.Promised)), over: at(t.Used), promised: at(t.Promised), label: t.label()}
	d.post = min(max(d.promised-2, 0), width-4)
	var gaps strings.Builder
	step := t.daysATooth(whole)
	for day := step; day < whole; day += step {
		fmt.Fprintf(&gaps, "M%d 0v%d", at(day)-1, rulerHeight)
	}
	d.gaps = gaps.String()
	return d
}

func (t Teeth) daysATooth(whole int) int {
	most := teethMost
	if !t.Wide {
		most /= 2
	}
	for _, step := range []int{1, 5, 10, 30} {
		if whole/step <= most {
			return step
		}
	}
	return 100
}

func (t Teeth) label() string {
	s := fmt.Sprintf("已用 %d 天，承诺 %d", t.Used, t.Promised)
	if t.Legal > 0 {
		s += fmt.Sprintf("，法定 %d", t.Legal)
	}
	return s
}
