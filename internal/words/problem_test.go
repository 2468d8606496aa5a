package words_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"bianmin/internal/cases"
	"bianmin/internal/problem"
	"bianmin/internal/words"
)

// last is what every refusal of a case knows.
func last(more problem.Facts) problem.Facts {
	f := problem.Facts{"last_kind": "accepted", "last_by": "贾明亮", "last_account": "clerk-610881101", "last_at": "2026-03-10T10:20:00+08:00"}
	for name, value := range more {
		f[name] = value
	}
	return f
}

func TestWordsAreMadeOfTheFacts(t *testing.T) {
	for _, c := range []struct {
		code          string
		facts         problem.Facts
		title, detail string
	}{
		{"stale_version", last(nil), "这件刚才有人办过了", "贾明亮 3月10日 10:20已经办了“受理”。请看过现在的情况再办"},
		{"stale_version", nil, "这件刚才有人办过了", "请刷新再看。请看过现在的情况再办"},
		{"wrong_state", last(problem.Facts{"verb": "decide", "state": "closed"}), "现在是“办结”，不能决定", "贾明亮 3月10日 10:20已经办了“受理”"},
		{"not_your_step", last(problem.Facts{"verb": "decide", "step": "审批", "owner": "unit:minzheng"}), "这一步不归这个岗位办", "现在是“审批”，由有关部门办"},
		{"not_your_step", last(problem.Facts{"verb": "pass", "step": "村里核实", "owner": "agent"}), "这一步不归这个岗位办", "现在是“村里核实”，由代办员办"},
		{"not_your_step", last(problem.Facts{"verb": "pass", "step": "核实", "owner": "somebody"}), "这一步不归这个岗位办", "现在是“核实”，由别人办"},
		{"not_your_step", last(problem.Facts{"verb": "pass"}), "这一步不归这个岗位办", "贾明亮 3月10日 10:20已经办了“受理”"},
		{"materials_missing", last(problem.Facts{"missing": []string{"居民身份证", "申请表"}}), "材料还不齐，不能受理", "还缺：居民身份证、申请表。可以一次告诉申请人"},
		{"same_under_way", problem.Facts{"item": "领高龄补贴", "number": "610881101-2026-000421-7", "by": "贾明亮", "at": "2026-03-10T10:20:00+08:00", "state": "受理"},
			"同一个人的这件事正在办", "3月10日 10:20 贾明亮收的“领高龄补贴”，编号 610881101-2026-000421-7，现在是“受理”。确实是另一件的，写明为什么，再收"},
		{"same_under_way", problem.Facts{"item": "领高龄补贴", "ask": []string{"大保当镇便民服务站"}},
			"同一个人的这件事正在办", "“领高龄补贴”在大保当镇便民服务站有一件正在办，请先问那里。确实是另一件的，写明为什么，再收"},
		{"not_on_the_spot", problem.Facts{"item": "高龄补贴"}, "这个事项不能当场办结", "高龄补贴是承诺件，要一步一步办"},
		{"not_responsible", last(problem.Facts{"responsible": "高海燕"}), "只有负责这件的人才能移交", "现在由高海燕负责，请本人移交，或者请站长移交"},
		{"extension_open", last(problem.Facts{"by": "高海燕"}), "已经申请过延期，还没有批", "高海燕已经申请了，请等批复"},
		{"extended_before", last(problem.Facts{"days": 5, "head": "王占山"}), "只能延期一次", "王占山已经同意延长 5 天，不能再延"},
		{"limit_passed", last(problem.Facts{}), "期限已经过了，不能再申请延期", "延期要在期限以内申请、批准。请尽快办，办结时写明原因"},
		{"extension_lapsed", last(problem.Facts{"by": "高海燕"}), "期限已经过了，不能再同意延期", "高海燕申请以后没有在期限以内批。请选“不同意延期”，写明理由，让经办人尽快办"},
		{"too_many_tries", problem.Facts{"minutes": 30, "retry_after": 1800}, "错的次数太多，先停一停", "请等 30 分钟再试"},
	} {
		title, detail := words.Problem(&problem.Problem{Code: c.code, Facts: c.facts})
		if title != c.title || detail != c.detail {
			t.Errorf("%s: %q, %q; want %q, %q", c.code, title, detail, c.title, c.detail)
		}
	}
	for ask, want := range map[string]string{"大保当镇便民服务站": "请打电话或者到大保当镇便民服务站说", "": "请打电话或者到窗口说"} {
		p := &problem.Problem{Code: "same_under_way", Facts: problem.Facts{"item": "领高龄补贴"}}
		if ask != "" {
			p.Facts["ask"] = []string{ask}
		}
		if title, detail := words.ToApplicant(p); title != "同一个人的这件事正在办，不用再交" || !strings.HasSuffix(detail, want) || strings.Contains(detail, "再收") {
			t.Errorf("to the applicant: %q, %q", title, detail)
		}
	}
	_, detail := words.Problem(&problem.Problem{Code: "already_notified", Facts: problem.Facts{"basis": "一次性告知制", "by": "贾明亮",
		"at": "2026-03-10T02:20:00Z", "missing": []string{"居民身份证"}}})
	for _, said := range []string{"3月10日 10:20", "贾明亮", "居民身份证", "一次性告知制"} {
		if !strings.Contains(detail, said) {
			t.Errorf("%q does not say %s", detail, said)
		}
	}
}

func TestEveryVerbInEveryStateIsRefusedInWords(t *testing.T) {
	for _, verb := range cases.Verbs() {
		for _, s := range cases.States {
			title, _ := words.Problem(&problem.Problem{Code: "wrong_state", Facts: last(problem.Facts{"verb": string(verb), "state": string(s.State)})})
			if !strings.Contains(title, verb.Chinese()) || !strings.Contains(title, s.Chinese) || regexp.MustCompile(`[A-Za-z]`).MatchString(title) {
				t.Errorf("%s, %s: %q", verb, s.State, title)
			}
		}
	}
}

// codes are the ways in which the program's code names a problem.
var codes = regexp.MustCompile(`(?:[Rr]efuse|malformed)\("([a-z0-9_]+)"|problem\.Problem\{(?:Kind: [\w.]+, )?Code: "([a-z0-9_]+)"`)

// notProper are words of a tone that a counter does not take.
var notProper = regexp.MustCompile(`请勿|非法|失败|抱歉|!|！|%!|<nil>`)

// TestEveryCodeOfTheProgramHasWords reads the program for the codes that it uses.
func TestEveryCodeOfTheProgramHasWords(t *testing.T) {
	unknown, _ := words.Problem(&problem.Problem{Code: "no code at all"})
	found := map[string]bool{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, m := range codes.FindAllStringSubmatch(string(raw), -1) {
			found[m[1]+m[2]] = true
		}
		return err
	})
	if err != nil || len(found) < 25 {
		t.Fatalf("%d codes are found in the program (%v)", len(found), err)
	}
	for code := range found {
		title, detail := words.Problem(&problem.Problem{Code: code, Facts: last(problem.Facts{"verb": "take", "state": "closed", "minutes": 1, "days": 5, "most": 5, "offset": 64})})
		if title == unknown {
			t.Errorf("%s has no words", code)
		}
		if bad := notProper.FindString(title + detail); bad != "" || !han(title) || !han(detail) || strings.HasSuffix(title, "。") {
			t.Errorf("%s: %q, %q", code, title, detail)
		}
	}
}

func han(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
