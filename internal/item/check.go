package item

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// Problem is one fault of a definition: the field's path as in the file, a stable code, and
// words for the person who writes the item.
type Problem = problem.Field

// Longest texts: what still fits the guide's lines and a key of the guide desk.
const (
	maxPlain     = 22
	maxAlias     = 12
	maxAliases   = 10
	maxCondition = 48
	maxQuestions = 4
	maxVisits    = 3

	maxPresentFor = 30
)

// findings gathers problems; every rule is looked at, so that the writer sees all at once.
type findings struct{ problems []Problem }

func (f *findings) add(path, code, format string, args ...any) {
	f.problems = append(f.problems, Problem{Path: path, Code: code, Message: fmt.Sprintf(format, args...)})
}

// require adds a problem where the rule is not kept.
func (f *findings) require(kept bool, path, code, format string, args ...any) {
	if !kept {
		f.add(path, code, format, args...)
	}
}

// text requires words with no blank at either end.
func (f *findings) text(path, s string) {
	f.require(!blank(s), path, "blank", "不能空着，前后也不要有空格")
}

// optional requires of a text that is there what text requires.
func (f *findings) optional(path string, s *string) {
	if s != nil {
		f.text(path, *s)
	}
}

// texts requires words in each line, and no line twice.
func (f *findings) texts(path string, lines []string) {
	for i, s := range lines {
		at := fmt.Sprintf("%s[%d]", path, i)
		f.text(at, s)
		f.require(!slices.Contains(lines[:i], s), at, "twice", "和前面的重复")
	}
}

func blank(s string) bool { return s == "" || strings.TrimSpace(s) != s }

func length(s string) int { return utf8.RuneCountInString(s) }

// Check looks at every rule of structure; none found means that cases can run on it.
func (d Definition) Check(units Units) []Problem {
	f := &findings{}
	d.checkNames(f)
	d.checkKinds(f)
	d.checkGuide(f)
	d.checkLimits(f)
	d.checkFee(f)
	d.checkMaterials(f)
	d.checkSituations(f)
	d.checkSteps(f, units)
	return f.problems
}

func (d Definition) checkNames(f *findings) {
	if _, err := ParseCode(string(d.Code)); err != nil {
		f.add("code", "code", "%s", err)
	}
	if d.BasicCode != nil {
		f.require(isBasicCode(*d.BasicCode), "basic_code", "basic_code", "国家基本编码应为12位数字；还没有的空着")
	}
	f.text("name", d.Name)
	f.text("plain", d.Plain)
	f.require(length(d.Plain) <= maxPlain, "plain", "too_long", "通俗名称不超过%d个字", maxPlain)
	f.texts("aliases", d.Aliases)
	f.require(len(d.Aliases) <= maxAliases, "aliases", "too_many", "别名不超过%d个", maxAliases)
	for i, a := range d.Aliases {
		f.require(length(a) >= 2 && length(a) <= maxAlias, fmt.Sprintf("aliases[%d]", i), "length", "别名写2到%d个字", maxAlias)
	}
	f.require(slices.Contains(place.Windows(), d.Window), "window", "unknown", "窗口不在名单里")
}

func isBasicCode(s string) bool { return len(s) == 12 && strings.Trim(s, "0123456789") == "" }

func (d Definition) checkKinds(f *findings) {
	f.require(d.Type.Known(), "type", "unknown", "事项类型不在名单里")
	f.require(d.Kind.Known(), "kind", "unknown", "办件类型应为即办件或者承诺件")
	f.require(d.Regime.Known(), "regime", "unknown", "适用规则不在名单里")
	f.require(d.Serves.Known(), "serves", "unknown", "服务对象不在名单里")
	f.require((d.Regime == Licence) == (d.Type == Licensing), "regime", "licence", "行政许可事项适用行政许可规则，其他事项不适用")
	f.require(len(d.LifeEvents) > 0, "life_events", "empty", "至少写一个生活场景")
	f.texts("life_events", d.LifeEvents)
	for i, e := range d.LifeEvents {
		f.require(slices.Contains(lifeEvents, e), fmt.Sprintf("life_events[%d]", i), "unknown", "生活场景不在名单里")
	}
	f.require(d.Result.Kind.Known(), "result.kind", "unknown", "结果类型不在名单里")
	f.require(d.Visits >= 0 && d.Visits <= maxVisits, "visits", "range", "到现场的次数应为0到%d", maxVisits)
	d.checkPresence(f)
}

// checkPresence: who says that nobody has to come names no visit, who says otherwise says what for (M11, M12).
func (d Definition) checkPresence(f *findings) {
	f.require(d.Presence.Known(), "presence", "unknown", "到场要求不在名单里")
	f.require((d.Presence == NoVisit) == (d.Visits == 0), "presence", "visits", "不用到场的次数写0，要到场的写1到%d", maxVisits)
	f.require(d.Kind != OnTheSpot || d.Presence != Partly, "presence", "kind", "即办件当场办完，没有网上先交这一步")
	f.require((d.PresentFor == nil) == (d.Presence == NoVisit), "presence_for", "presence", "要到场的写明来做什么，不用到场的空着")
	f.optional("presence_for", d.PresentFor)
	if d.PresentFor != nil {
		f.require(length(*d.PresentFor) <= maxPresentFor, "presence_for", "too_long", "来做什么不超过%d个字", maxPresentFor)
	}
}

// checkGuide: what the guide must say (§五(四)).
func (d Definition) checkGuide(f *findings) {
	f.require(len(d.Basis) > 0, "basis", "empty", "至少写一条依据")
	f.texts("basis", d.Basis)
	f.require(len(d.Conditions) > 0, "conditions", "empty", "至少写一条条件")
	f.texts("conditions", d.Conditions)
	for i, c := range d.Conditions {
		f.require(length(c) <= maxCondition, fmt.Sprintf("conditions[%d]", i), "too_long", "每条条件不超过%d个字", maxCondition)
	}
	f.text("result.name", d.Result.Name)
	f.require(len(d.FAQ) <= maxQuestions, "faq", "too_many", "常见问题不超过%d个", maxQuestions)
	for i, q := range d.FAQ {
		f.text(fmt.Sprintf("faq[%d].q", i), q.Q)
		f.text(fmt.Sprintf("faq[%d].a", i), q.A)
	}
	f.optional("guide_note", d.GuideNote)
	f.require(slices.Contains([]string{"seen", "partly-seen", "typical"}, d.Source), "source", "unknown", "来源应为seen、partly-seen或者typical")
	f.text("source_note", d.SourceNote)
}
