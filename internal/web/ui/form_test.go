package ui

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"bianmin/internal/access"
	"bianmin/internal/problem"
)

func rendered(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMistakesLeadToTheirBoxes(t *testing.T) {
	fields := []problem.Field{{Path: "applicant.id_number", Message: "身份证号少了 1 位"}, {Path: "materials[2].name", Message: "请照清单核对"}}
	page := rendered(t, ErrorSummary(Mistakes(fields))) +
		rendered(t, Field(Input{Name: "applicant.id_number", Label: "身份证号", Hint: "18 位", Error: ErrorAt(fields, "applicant.id_number"), Value: `6127"><script>`}))
	for _, want := range []string{"有 2 处要改", `href="#f-applicant-id-number"`, `href="#f-materials-2-name"`, `id="f-applicant-id-number"`, `aria-invalid="true"`,
		`aria-describedby="f-applicant-id-number-hint f-applicant-id-number-error"`, "&#34;&gt;&lt;script&gt;"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
}

func TestTitleBeginsWithTheMistake(t *testing.T) {
	if got := ErrorTitle("登录", 2); got != "错误：登录，有 2 处要改" {
		t.Error(got)
	}
	if got := ErrorTitle("登录", 0); got != "登录" {
		t.Error(got)
	}
}

func TestShortcutsAreTold(t *testing.T) {
	for code, want := range map[string]string{"KeyQ": "q", "Digit3": "3", "Enter": "Enter", "Space": "Space"} {
		if page := rendered(t, Button(Press{Text: "收到", Code: code})); !strings.Contains(page, `aria-keyshortcuts="`+want+`"`) {
			t.Errorf("%s: %s", code, page)
		}
	}
}

func TestSizesGoRound(t *testing.T) {
	for face, want := range map[Face][]string{Staff: {Large, Normal}, Citizen: {Large, Larger, Normal}} {
		size := Normal
		for _, next := range want {
			if size, _ = (Chrome{Face: face, Size: size}).NextSize(); size != next {
				t.Errorf("%s: %s, want %s", face, size, next)
			}
		}
	}
}

func TestFrameSaysWhoAndWhere(t *testing.T) {
	c := Chrome{Title: "待我办 3 件", Face: Staff, Actor: access.Actor{Account: "desk-610881101", Name: "王文军", Role: access.Desk},
		Place: "高家堡镇便民服务站", Nav: []NavItem{{Href: "/desk", Label: "待办"}}, Current: "/desk", Demo: "演示，时间是 2026年3月10日 10:20"}
	page := rendered(t, Layout(c))
	for _, want := range []string{"<title>待我办 3 件</title>", `<b><span class="nb">高家堡镇</span><wbr><span class="nb">便民服务站</span></b>`, "经办人员", "王文军", `aria-current="page"`, "演示，时间是 2026年3月10日 10:20", `action="/sign-out"`, `class="face-staff" data-size="normal"`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
}

// The policy of the pages lets nothing inline run; what stood in a template would be dead, or a hole.
func TestTemplatesHoldNothingInline(t *testing.T) {
	inline := regexp.MustCompile(`\sstyle=|\son[a-z]+=|<style|<script[^>]*>[^<]|javascript:|hx-on|hx-vals|hx-headers`)
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".templ") {
			return err
		}
		raw, err := fs.ReadFile(os.DirFS(".."), path)
		if found := inline.FindString(string(raw)); found != "" {
			t.Errorf("%s holds %q", path, found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Rules of tone that a machine can keep.
func TestTone(t *testing.T) {
	not := regexp.MustCompile(`请勿|非法|失败|抱歉|必填项|暂无|！`)
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".templ") && !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".js") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		raw, err := fs.ReadFile(os.DirFS(".."), path)
		if found := not.FindString(string(raw)); found != "" {
			t.Errorf("%s says %q", path, found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
