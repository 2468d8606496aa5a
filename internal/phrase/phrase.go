package phrase

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"bianmin/internal/item"
)

// Blank is what has to be filled in a wording.
const Blank = "＿＿"

// Phrase is one wording: what it is called in a list, and its words.
type Phrase struct {
	Label string `json:"label"`
	Text  string `json:"text"`
}

// anyRegime stands for every regime.
const anyRegime = "*"

//go:embed phrases.tsv
var source string

type line struct {
	what, regime string
	Phrase
}

var lines = sync.OnceValue(func() []line {
	list, err := parse(source)
	if err != nil {
		panic(err) // the table is part of the program: every test that asks it finds it
	}
	return list
})

// parse reads the table: a line a wording, its four parts apart by tabs.
func parse(table string) ([]line, error) {
	var list []line
	n := 0
	for text := range strings.Lines(table) {
		n++
		if text = strings.TrimSpace(text); text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		parts := strings.Split(text, "\t")
		if len(parts) != 4 || slices.Contains(parts, "") {
			return nil, fmt.Errorf("line %d of the wordings does not have four parts", n)
		}
		if parts[1] != anyRegime && !item.Regime(parts[1]).Known() {
			return nil, fmt.Errorf("line %d of the wordings: no regime %s", n, parts[1])
		}
		list = append(list, line{parts[0], parts[1], Phrase{parts[2], parts[3]}})
	}
	return list, nil
}

// For lists the wordings of an answer (approve, refuse, or a verb) under a regime, its own before those of all.
func For(what string, regime item.Regime) []Phrase {
	var own, all []Phrase
	for _, l := range lines() {
		switch {
		case l.what != what:
		case l.regime == string(regime):
			own = append(own, l.Phrase)
		case l.regime == anyRegime:
			all = append(all, l.Phrase)
		}
	}
	return append(own, all...)
}

// Answers lists the answers that have wordings.
func Answers() []string {
	var list []string
	for _, l := range lines() {
		if !slices.Contains(list, l.what) {
			list = append(list, l.what)
		}
	}
	return list
}
