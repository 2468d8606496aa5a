package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// who is somebody who applies.
type who struct {
	kind           cases.ApplicantKind
	name           string
	number         string
	phone, address string
	male           bool
	age            int
	surname        string
}

// applicant draws somebody whom the item is for on a day, living at the place.
func applicant(r *rand.Rand, def *item.Version, at place.Place, town string, on calendar.Date) who {
	d := demandFor(def.Code)
	if def.Serves == item.Organisations || def.Serves == item.Both && chance(r, d.organisations) {
		return organisation(r, def, at, town)
	}
	born := bornWithin(r, d.from, d.to, on)
	w := who{kind: cases.APerson, male: d.sex == man || d.sex == either && chance(r, 50), age: ageOf(born, on), address: address(r, at, town)}
	w.name = personName(r, w.male, born.Year(), at.Name)
	w.surname = surnameOf(w.name)
	area := areaOf(born)
	if d.outsider {
		area = pick(r, neighbours)
	}
	w.number = citizenNumber(r, area, born, w.male)
	// Some old people have no telephone, and nobody else's stands for them.
	if !(w.age >= 75 && chance(r, 25)) && !chance(r, 3) {
		w.phone = mobile(r)
	}
	return w
}

// neighbours are where those who only live here come from: 府谷, 榆林, 横山, 靖边, 准格尔旗, as in numbers before 2000.
var neighbours = words("612723 612701 612724 612725 152723")

// address writes where somebody lives: a village has house numbers, a community has buildings.
func address(r *rand.Rand, at place.Place, town string) string {
	if strings.HasSuffix(at.Name, "社区") {
		return fmt.Sprintf("神木市%s%s%s%d号楼%d单元%d%02d室", town, at.Name, pick(r, estates), 1+r.IntN(18), 1+r.IntN(4), 1+r.IntN(11), 1+r.IntN(4))
	}
	return fmt.Sprintf("神木市%s%s%d号", town, at.Name, 1+r.IntN(260))
}

var estates = words("幸福小区 阳光花园 惠民小区 和谐家园 锦绣园 安居小区 杏花苑 滨河小区")

// organisation draws a company, or for farming a cooperative.
func organisation(r *rand.Rand, def *item.Version, at place.Place, town string) who {
	kind, ending := 1, pick(r, words("商贸有限公司 运输有限公司 建材有限公司 农业科技有限公司 餐饮有限公司 兰炭有限公司"))
	if def.Window == farming {
		kind, ending = 3, pick(r, words("养殖专业合作社 种植专业合作社 农机专业合作社"))
	}
	w := who{kind: cases.AnOrganisation, name: "神木市" + pick(r, brands) + ending, number: creditCode(r, kind), phone: mobile(r)}
	w.address, w.surname = address(r, at, town), surnames.draw(r)
	return w
}

var brands = words("兴旺 鑫源 恒泰 绿源 丰茂 塞上 窟野河 秃尾河 神府 长青 宏远 聚鑫 田园 金穗 瑞丰 麟州 石峁 杏花滩")

// receiver is who comes for the result: mostly the applicant, for the old and the young somebody of the family.
func (w who) receiver(r *rand.Rand) string {
	switch {
	case w.kind == cases.AnOrganisation:
		return w.surname + givenName(r, chance(r, 60), 1985) + "（经办人）"
	case w.age >= 70 && chance(r, 35):
		return w.surname + givenName(r, true, 1975) + "（儿子）"
	case w.age < 18:
		return w.surname + givenName(r, true, 1985) + "（监护人）"
	}
	return w.name
}
