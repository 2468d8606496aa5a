package item

import (
	"fmt"
	"slices"
)

const maxPieces = 3 // originals or copies of one material

func (d Definition) checkMaterials(f *findings) {
	names := map[string]bool{}
	for i, m := range d.Materials {
		at := fmt.Sprintf("materials[%d]", i)
		f.require(!names[m.Name], at+".name", "twice", "材料“%s”写了两次", m.Name)
		names[m.Name] = true
		m.check(f, at)
	}
}

func (m Material) check(f *findings, at string) {
	f.text(at+".name", m.Name)
	f.optional(at+".note", m.Note)
	f.optional(at+".when", m.When)
	f.require(isPieces(m.Originals) && isPieces(m.Copies), at, "pieces", "原件和复印件各写0到%d份", maxPieces)
	f.require(m.Originals+m.Copies > 0 || m.Note != nil, at+".note", "pieces_note", "原件和复印件都是0份的，要写明怎么交")
	f.require(m.Need.Known(), at+".need", "unknown", "要写明是都要交，还是有这种情况才交")
	f.require((m.Need == When) == (m.When != nil), at+".when", "when", "有这种情况才交的材料要写明什么时候交，都要交的不写")
	f.require(m.Lack.Known(), at+".lack", "unknown", "要写明能不能先承诺、后补交")
	f.require(m.From.Kind != "", at+".from", "blank", "要写明材料从哪里来")
	f.require(!m.Return || m.Originals > 0, at+".return", "return", "没有原件，不用退还")
	f.require(m.From.Kind != CounterForm || (m.Copies == 0 && !m.Return), at, "counter_form", "窗口的表格填好就交，不要复印件，也不退还")
}

func isPieces(n int) bool { return n >= 0 && n <= maxPieces }

// checkSituations: every question changes something, answers name materials that are there,
// and every material that depends on a situation is led to by one.
func (d Definition) checkSituations(f *findings) {
	reached := map[string]bool{}
	var ids []string
	for i, s := range d.Situations {
		at := fmt.Sprintf("situations[%d]", i)
		f.text(at+".id", s.ID)
		f.require(!slices.Contains(ids, s.ID), at+".id", "twice", "编号和前面的重复")
		ids = append(ids, s.ID)
		f.text(at+".question", s.Question)
		f.require(len(s.Options) >= 2 && len(s.Options) <= 6, at+".options", "options", "每个问题写2到6个答案")
		f.require(s.matters(), at, "no_effect", "这个问题不影响材料，也没有提示，可以去掉")
		for j, o := range s.Options {
			here := fmt.Sprintf("%s.options[%d]", at, j)
			f.require(!slices.ContainsFunc(s.Options[:j], func(b Option) bool { return b.Answer == o.Answer }),
				here+".answer", "twice", "答案和前面的重复")
			d.checkOption(f, here, o, reached)
		}
	}
	for i, m := range d.Materials {
		f.require(m.Need != When || reached[m.Name], fmt.Sprintf("materials[%d]", i), "unreachable",
			"没有一个问题会用到材料“%s”", m.Name)
	}
}

func (d Definition) checkOption(f *findings, at string, o Option, reached map[string]bool) {
	f.text(at+".answer", o.Answer)
	f.optional(at+".note", o.Note)
	f.texts(at+".materials_add", o.MaterialsAdd)
	f.texts(at+".materials_drop", o.MaterialsDrop)
	for i, name := range o.MaterialsAdd {
		reached[name] = true
		m, known := d.Material(name)
		f.require(known && m.Need == When, fmt.Sprintf("%s.materials_add[%d]", at, i), "materials_add",
			"“%s”不是有这种情况才交的材料", name)
	}
	for i, name := range o.MaterialsDrop {
		m, known := d.Material(name)
		f.require(known && m.Need == Always, fmt.Sprintf("%s.materials_drop[%d]", at, i), "materials_drop",
			"“%s”不是都要交的材料", name)
	}
}

func (s Situation) matters() bool {
	return slices.ContainsFunc(s.Options, func(o Option) bool {
		return len(o.MaterialsAdd) > 0 || len(o.MaterialsDrop) > 0 || o.Note != nil
	})
}
