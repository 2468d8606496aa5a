package work

import (
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/phrase"
	"bianmin/internal/web/ui"
)

// wordedFields are those for which there are standing wordings.
var wordedFields = []string{"reason", "note", "basis", "ground"}

// worded offers the standing wordings over the texts of answers: chosen, a wording is written into the text by the script;
// without one it counts when nothing was written.
func worded(regime item.Regime, form asked, choices []choice) []choice {
	for i, c := range choices {
		choices[i].Fields = wordedFor(regime, form, c.Do, c.Fields)
	}
	return choices
}

// wordedFor puts the choice of a wording before the text of one answer.
func wordedFor(regime item.Regime, form asked, do string, fields []ui.Input) []ui.Input {
	list := phrase.For(do, regime)
	if len(list) == 0 {
		return fields
	}
	var out []ui.Input
	for _, f := range fields {
		for _, name := range wordedFields {
			if f.Name == do+"."+name {
				out = append(out, wordings(do, f.Name, form.typed(do, "phrase", ""), list))
				f.Extra = with(f.Extra, "data-wording", true)
			}
		}
		out = append(out, f)
	}
	return out
}

func (s *Site) regimeOf(v cases.View) item.Regime {
	def, _ := s.Items.At(v.Item.Code, v.Item.Version)
	return def.Regime
}

func wordings(do, into, chosen string, list []phrase.Phrase) ui.Input {
	in := ui.Input{Name: do + ".phrase", Label: "常用的话", Hint: "选一条写进下面，可以改；＿＿ 的地方要填", Type: "select", Value: chosen,
		Options: []ui.Option{{Value: "", Label: "自己写"}}, Extra: map[string]any{"data-into": ui.FieldID(into)}}
	for _, p := range list {
		in.Options = append(in.Options, ui.Option{Value: p.Text, Label: p.Label})
	}
	return in
}

func with(attributes map[string]any, name string, value any) map[string]any {
	more := map[string]any{name: value}
	for k, v := range attributes {
		more[k] = v
	}
	return more
}

// saidOrPhrase is what was written, or else the wording that was chosen.
func saidOrPhrase(written, phrase string) string {
	if strings.TrimSpace(written) == "" {
		return phrase
	}
	return written
}

// wordedForms does the same for the forms of a case's own page.
func (s *Site) wordedForms(v cases.View, form asked, forms []caseForm) []caseForm {
	for i, f := range forms {
		forms[i].Fields = wordedFor(s.regimeOf(v), form, f.Verb, f.Fields)
	}
	return forms
}
