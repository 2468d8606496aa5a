package work

import (
	"fmt"
	"strconv"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// sheet is the checklist of one application: every material of the item, those of them that this citizen is asked for,
// and how each was marked.
type sheet struct {
	def   *item.Version
	asked []bool // by index in def.Materials
	ticks []tick
}

// newSheet applies the answers to the item. The form holds only answers that the item offers.
func newSheet(def *item.Version, f counterForm) (sheet, error) {
	list, err := def.MaterialsFor(f.Answers)
	if err != nil {
		return sheet{}, err
	}
	s := sheet{def: def, asked: make([]bool, len(def.Materials)), ticks: f.Ticks}
	for i, m := range def.Materials {
		for _, a := range list {
			s.asked[i] = s.asked[i] || a.Name == m.Name
		}
	}
	return s, nil
}

// each calls f for every paper that is asked for.
func (s sheet) each(f func(i int, m item.Material, t tick)) {
	for i, m := range s.def.Materials {
		if s.asked[i] {
			f(i, m, s.ticks[i])
		}
	}
}

// tally is how the papers stand.
type tally struct{ All, Received, Lacking, NotNeeded, Open int }

func (s sheet) tally() (t tally) {
	s.each(func(_ int, _ item.Material, k tick) {
		t.All++
		switch k.Status {
		case cases.MaterialReceived:
			t.Received++
		case cases.MaterialAbsent, cases.MaterialDefective:
			t.Lacking++
		case cases.MaterialNotNeeded:
			t.NotNeeded++
		default:
			t.Open++
		}
	})
	return t
}

// restReceived: whoever marks only what is lacking means that the rest is here. The page says so before anything is
// filed, and where received ones are marked too, every paper has to be.
func (t tally) restReceived() bool { return t.Lacking > 0 && t.Received == 0 && t.Open > 0 }

// forFiling is the sheet as it is filed: what was left open is filled in by that rule, and over the telephone no paper
// has come yet.
func (s sheet) forFiling(c cases.Channel) sheet {
	if c == cases.ByPhone {
		s.ticks = make([]tick, len(s.ticks))
		return s
	}
	return s.settled()
}

// settled is the sheet with what was left open filled in.
func (s sheet) settled() sheet {
	if !s.tally().restReceived() {
		return s
	}
	ticks := append([]tick(nil), s.ticks...)
	for i := range ticks {
		if ticks[i].Status == "" {
			ticks[i].Status = cases.MaterialReceived
		}
	}
	s.ticks = ticks
	return s
}

// check finds papers that nobody has marked, and what is not in order without a reason.
func (s sheet) check() []problem.Field {
	var wrong []problem.Field
	s.settled().each(func(i int, m item.Material, t tick) {
		switch {
		case t.Status == "":
			wrong = append(wrong, problem.Field{Path: fieldStatus(i), Code: "required", Message: m.Name + "还没有点"})
		case t.Status == cases.MaterialDefective && strings.TrimSpace(t.Note) == "":
			wrong = append(wrong, problem.Field{Path: fieldNote(i), Code: "required", Message: "请写" + m.Name + "哪里不合格"})
		}
	})
	return wrong
}

// materials are the papers as the application names them: every one of the item, so that what an answer drops counts
// as not needed.
func (s sheet) materials() []cases.Material {
	list := make([]cases.Material, len(s.def.Materials))
	for i, m := range s.def.Materials {
		list[i] = cases.Material{Name: m.Name, Originals: m.Originals, Copies: m.Copies, Status: cases.MaterialNotNeeded}
		switch {
		case !s.asked[i]:
		case s.ticks[i].Status == "":
			list[i].Status = cases.MaterialAbsent
		default:
			list[i].Status = s.ticks[i].Status
		}
	}
	return list
}

// lacks are what the one-time notice asks for: what was marked as lacking, and nothing else. at gives for each the
// index of its material.
func (s sheet) lacks() (list []cases.Lack, at []int) {
	s.each(func(i int, m item.Material, t tick) {
		if t.Status != cases.MaterialAbsent && t.Status != cases.MaterialDefective {
			return
		}
		lack := cases.Lack{Material: m.Name, What: t.Status}
		if t.Status == cases.MaterialDefective {
			lack.Note = strings.TrimSpace(t.Note)
		}
		list, at = append(list, lack), append(at, i)
	})
	return list, at
}

// tallyPart is one count in words: 收到 3.
type tallyPart struct{ Words, Count string }

// parts is the tally as a sentence.
func (t tally) parts() []tallyPart {
	list := []tallyPart{{strconv.Itoa(t.All) + " 份材料：收到 ", strconv.Itoa(t.Received)}, {"，要补 ", strconv.Itoa(t.Lacking)}}
	if t.NotNeeded > 0 {
		list = append(list, tallyPart{"，不需要 ", strconv.Itoa(t.NotNeeded)})
	}
	if t.Open > 0 {
		list = append(list, tallyPart{"，没点 ", strconv.Itoa(t.Open)})
	}
	return list
}

// counterRow is one line of the checklist.
type counterRow struct {
	Index        int    // in the item's materials
	Digit        string // the key that picks it; empty past the ninth
	Name         string
	Ask          string // 原件 1，复印 1
	Return       bool   // the original is looked at and handed back
	When, Remark string
	Held         string // 3月2日“领高龄补贴”收过
	Status       cases.MaterialStatus
	Note         string
	Wrong        string
	StatusName   string // of the radio buttons
	NoteName     string
}

func (s sheet) rows(wrong []problem.Field) []counterRow {
	var rows []counterRow
	s.each(func(i int, m item.Material, t tick) {
		row := counterRow{Index: i, Name: m.Name, Ask: askWords(m), Return: m.Return, Status: t.Status, Note: t.Note,
			StatusName: fieldStatus(i), NoteName: fieldNote(i), Remark: orNothing(m.Note)}
		if len(rows) < 9 {
			row.Digit = strconv.Itoa(len(rows) + 1)
		}
		if m.Need == item.When {
			row.When = orNothing(m.When)
		}
		row.Wrong = wrongAt(wrong, i)
		rows = append(rows, row)
	})
	return rows
}

// wrongAt is what is wrong with one paper, whichever part of it.
func wrongAt(wrong []problem.Field, i int) string {
	for _, f := range wrong {
		if strings.HasPrefix(f.Path, "materials["+strconv.Itoa(i)+"].") {
			return f.Message
		}
	}
	return ""
}

// askWords is what is asked of a paper: 原件 1，复印 1.
func askWords(m item.Material) string {
	var words []string
	if m.Originals > 0 {
		words = append(words, fmt.Sprintf("原件 %d", m.Originals))
	}
	if m.Copies > 0 {
		words = append(words, fmt.Sprintf("复印 %d", m.Copies))
	}
	return strings.Join(words, "，")
}

func orNothing(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
