package demo

import (
	"math/rand/v2"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/item"
)

// papers is what the applicant brings: all that is always needed, and of the rest what fits.
func papers(r *rand.Rand, def *item.Version, w who) []cases.Material {
	var list []cases.Material
	bring := func(name string) {
		list = append(list, cases.Material{Name: name, Originals: cases.AsAsked, Copies: cases.AsAsked, Status: cases.MaterialReceived})
	}
	situation := true // the first conditional paper stands for the applicant's situation
	for _, m := range def.Materials {
		switch {
		case m.Need == item.Always:
			bring(m.Name)
		case goesWith[m.Name] != "" && brought(list, goesWith[m.Name]):
			bring(m.Name)
		case ofOrganisations(m.Name) || m.Name == "居民身份证":
			if ofOrganisations(m.Name) == (w.kind == cases.AnOrganisation) {
				bring(m.Name)
			}
		case strings.HasPrefix(m.Name, "监护人"):
			if w.age < 18 {
				bring(m.Name)
			}
		case situation:
			situation = false
			if chance(r, 45) {
				bring(m.Name)
			}
		}
	}
	return list
}

// goesWith: the one paper is of no use without the other.
var goesWith = map[string]string{"受托人身份证": "委托书", "监护关系材料": "监护人身份证"}

func ofOrganisations(name string) bool {
	return name == "营业执照" || strings.HasPrefix(name, "对公账户")
}

func brought(list []cases.Material, name string) bool {
	for _, m := range list {
		if m.Name == name {
			return true
		}
	}
	return false
}

// leaveOut makes the application incomplete: one paper or two that are always needed are not there, or not good enough.
func (p *plan) leaveOut() {
	var always []int
	for i, m := range p.papers {
		if def, _ := p.def.Material(m.Name); def.Need == item.Always && m.Name != "居民身份证" {
			always = append(always, i)
		}
	}
	p.dice.Shuffle(len(always), func(i, j int) { always[i], always[j] = always[j], always[i] })
	for _, i := range always[:min(len(always), 1+p.dice.IntN(2))] {
		lack := cases.Lack{Material: p.papers[i].Name, What: cases.MaterialAbsent}
		if chance(p.dice, 40) {
			lack.What, lack.Note = cases.MaterialDefective, pick(p.dice, defects(lack.Material))
		}
		p.papers[i].Status = lack.What
		p.lacks = append(p.lacks, lack)
	}
	p.spot = p.spot && len(p.lacks) == 0
}

// defects are what can be wrong with a paper of this name.
func defects(name string) []string {
	switch {
	case strings.Contains(name, "照片"), strings.Contains(name, "彩照"):
		return []string{"底色不对，要白底照片", "照片太旧，要近半年的"}
	case strings.HasSuffix(name, "书"), strings.HasSuffix(name, "表"), strings.HasSuffix(name, "单"):
		return []string{"申请人没有签字", "有两栏没有填", "日期没有填"}
	case strings.Contains(name, "银行卡"), strings.Contains(name, "社会保障卡"):
		return []string{"卡号那一面没有复印", "卡没有激活，请先到银行激活"}
	}
	return []string{"复印件不清楚，看不出内容", "少了一页", "没有盖章"}
}
