package demo

import "bianmin/internal/item"

// sex is who an item is for.
type sex int

const (
	either sex = iota
	man
	woman
)

// demand is how often people come for an item, and which people.
type demand struct {
	weight        int
	from, to      int // age
	sex           sex
	organisations int  // of a hundred applicants, where the item serves both
	outsider      bool // for those whose household is registered elsewhere
	green         string
}

// The green channel's kinds, as the counter offers them.
const (
	greenElder    = "老年人"
	greenDisabled = "残疾人"
	greenPregnant = "孕产妇"
	greenSoldier  = "军人"
)

// farming is the window whose items people of villages come for.
const farming = "惠农服务窗口"

// elder is the least age for what only old people apply for: all of them were born before 1956.
const elder = 71

// ordinary is the demand for an item that is not listed.
var ordinary = demand{weight: 2, from: 25, to: 66, organisations: 20}

func demandFor(code item.Code) demand {
	if d, listed := demands[code]; listed {
		return d
	}
	return ordinary
}

var demands = map[item.Code]demand{
	"BM-001": {weight: 5, from: 38, to: 74},
	"BM-002": {weight: 2, from: 61, to: 84},
	"BM-003": {weight: 3, from: 30, to: 72},
	"BM-004": {weight: 3, from: 30, to: 72},
	"BM-005": {weight: 1, from: 35, to: 70},
	"BM-006": {weight: 3, from: 35, to: 74},
	"BM-007": {weight: 1, from: 26, to: 50},
	"BM-008": {weight: 10, from: elder, to: 93, green: greenElder},
	"BM-009": {weight: 3, from: 30, to: 72, green: greenDisabled},
	"BM-010": {weight: 3, from: 30, to: 78, green: greenDisabled},
	"BM-011": {weight: 3, from: 25, to: 75, green: greenDisabled},
	"BM-012": {weight: 1, from: 5, to: 15},
	"BM-013": {weight: 3, from: elder, to: 88, green: greenElder},
	"BM-014": {weight: 2, from: 40, to: 75},
	"BM-015": {weight: 6, from: 18, to: 50},
	"BM-016": {weight: 10, from: 22, to: 59},
	"BM-017": {weight: 4, from: 60, to: 60},
	"BM-018": {weight: 2, from: 32, to: 62},
	"BM-019": {weight: 12, from: 62, to: 90},
	"BM-020": {weight: 2, from: 20, to: 62},
	"BM-021": {weight: 4, from: 0, to: 60},
	"BM-022": {weight: 14, from: 18, to: 70},
	"BM-023": {weight: 2, from: 45, to: 76},
	"BM-024": {weight: 2, from: 30, to: 74},
	"BM-025": {weight: 5, from: 7, to: 75},
	"BM-026": {weight: 2, from: 40, to: 74, sex: man, green: greenSoldier},
	"BM-027": {weight: 5, from: 23, to: 36},
	"BM-028": {weight: 1, from: 28, to: 44},
	"BM-029": {weight: 2, from: 35, to: 66},
	"BM-030": {weight: 3, from: 23, to: 58},
	"BM-031": {weight: 2, from: 20, to: 55},
	"BM-033": {weight: 4, from: 25, to: 66},
	"BM-034": {weight: 3, from: 16, to: 17},
	"BM-035": {weight: 4, from: 26, to: 62},
	"BM-036": {weight: 4, from: 18, to: 66},
	"BM-038": {weight: 2, from: 27, to: 52, outsider: true},
	"BM-039": {weight: 2, from: 27, to: 52, outsider: true},
	"BM-040": {weight: 6, from: 22, to: 68},
	"BM-042": {weight: 3, from: 38, to: 68},
	"BM-043": {weight: 6, from: 35, to: 72},
	"BM-044": {weight: 3, from: 28, to: 58},
	"BM-049": {weight: 2, from: 50, to: 74},
	"BM-055": {weight: 4, from: 22, to: 37, sex: woman, green: greenPregnant},
	"BM-056": {weight: 2, from: 60, to: 74},
	"BM-057": {weight: 1, from: 50, to: 66, sex: woman},
	"BM-058": {weight: 1, from: 40, to: 60},
	"BM-059": {weight: 2, from: 22, to: 34, green: greenPregnant},
	"BM-060": {weight: 4, from: 23, to: 38},
	"BM-061": {weight: 1, from: 22, to: 45},
	"BM-063": {weight: 1, from: 22, to: 45},
	"BM-066": {weight: 1, from: 19, to: 40},
	"BM-069": {weight: 4, from: 28, to: 66},
	"BM-070": {weight: 1, from: 28, to: 55, sex: man},
	"BM-072": {weight: 1, organisations: 100},
	"BM-073": {weight: 3, from: elder, to: 92, green: greenElder},
	"BM-074": {weight: 3, from: 22, to: 54},
	"BM-079": {weight: 2, from: 20, to: 48},
	"BM-080": {weight: 2, from: 24, to: 54},
	"BM-081": {weight: 2, from: 42, to: 57},
	"BM-082": {weight: 2, from: 42, to: 57},
	"BM-083": {weight: 2, from: 24, to: 52},
	"BM-084": {weight: 4, from: 20, to: 52},
	"BM-085": {weight: 2, from: 30, to: 66, organisations: 25},
	"BM-087": {weight: 9, from: elder, to: 86, green: greenElder},
	"BM-090": {weight: 2, from: 18, to: 21},
	"BM-092": {weight: 9, from: 25, to: 70, organisations: 15},
	"BM-094": {weight: 6, from: 25, to: 70, organisations: 15},
	"BM-098": {weight: 7, from: 22, to: 66, organisations: 15},
}
