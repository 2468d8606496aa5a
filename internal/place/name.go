package place

import "strings"

// committees: how statistics end the name of a village or community, longest first, and the
// ending that people use. The ending tells village from community: number ranges do not
// (eight communities of Shenmu sit at 400 to 407).
var committees = []struct{ official, plain string }{
	{"社区居民委员会", "社区"},
	{"社区居委会", "社区"},
	{"村民委员会", "村"},
	{"居民委员会", "社区"},
	{"村委会", "村"},
	{"居委会", "社区"},
}

// PlainName makes of a source's name the one that people say: 高家堡村委会 → 高家堡村,
// 高家堡镇政通路社区居民委员会 (in 高家堡镇) → 政通路社区.
func PlainName(official, town string) string {
	stem, ending := splitCommittee(official)
	if inner, ok := strings.CutPrefix(stem, town); ok && isTownName(town) && standsAlone(inner) {
		stem = inner
	}
	if strings.HasSuffix(stem, ending) || strings.HasSuffix(stem, "社区") {
		return stem
	}
	return stem + ending
}

func splitCommittee(official string) (stem, ending string) {
	for _, c := range committees {
		if stem, ok := strings.CutSuffix(official, c.official); ok && stem != "" {
			return stem, c.plain
		}
	}
	return official, ""
}

func isTownName(name string) bool {
	return strings.HasSuffix(name, "镇") || strings.HasSuffix(name, "乡") || strings.HasSuffix(name, "街道")
}

// standsAlone keeps 万镇村 in 万镇 whole, and 郭镇街村 in 郭镇: what is left after the town's
// name must still be a name of two characters.
func standsAlone(stem string) bool {
	stem = strings.TrimSuffix(stem, "社区")
	return len([]rune(stem)) >= 2
}
