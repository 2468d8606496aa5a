package proofread

import (
	"fmt"
	"path"
	"strings"
)

// Pages and Items are where the two halves of the catalogue lie, from the root of the tree.
const (
	Pages = "docs/wording.md"
	Items = "docs/wording-items.md"
)

// parts are the chapters of the catalogue, in the order in which a reader wants them; a file belongs to the first whose
// folder it lies in.
var parts = []struct{ folder, chinese string }{
	{"internal/web/portal/", "群众的网页：首页、指南、网上申请、查进度、我的办件、验文书"},
	{"internal/filing/", "网上申请问的问题"},
	{"internal/guide/", "导办台"},
	{"internal/citizen/", "手机号登录"},
	{"internal/sms/", "短信"},
	{"internal/rating/", "评价和回访"},
	{"internal/words/", "办不了的原因"},
	{"internal/paper/", "文书"},
	{"internal/print/", "打印"},
	{"internal/phrase/", "常用的话"},
	{"internal/web/work/", "工作人员的网页：窗口、经办、办件、账号、日历"},
	{"internal/web/board/", "总览"},
	{"internal/web/ui/", "各页共用的"},
	{"internal/cases/", "办件：状态、步骤、提示"},
	{"internal/item/", "事项"},
	{"internal/place/", "地方、单位、窗口"},
	{"internal/ident/", "证件号、电话、姓名"},
	{"internal/calendar/", "日历和时限"},
	{"internal/access/", "岗位、登录、密码"},
	{"internal/draft/", "暂存"},
	{"internal/file/", "照片和扫描件"},
	{"internal/sheet/", "表格文件"},
	{"internal/demo/", "演示里的人写的话"},
	{"internal/simulate/", "模拟"},
	{"internal/api/", "程序接口"},
	{"", "运行程序的人看的：命令、警报、备份、核对"},
}

func partOf(file string) int {
	for i, p := range parts {
		if strings.HasPrefix(file, p.folder) {
			return i
		}
	}
	return len(parts) - 1
}

// Catalogue writes the texts as documents: the items' own words in one, all others in another. Lines are not named, so
// that code that moves does not change it; a text that a file has twice is listed once.
func Catalogue(all []Text) map[string]string {
	var pages, items strings.Builder
	fmt.Fprint(&pages, "# 文字目录\n\n程序里给人看的每一句话，按网页和文件列出。{} 是显示时填进去的内容。\n",
		"这一份由程序生成（`go generate ./internal/proofread`），要改字，请改所在的文件，再生成一次。事项的文字另见 [wording-items.md](wording-items.md)。\n")
	fmt.Fprint(&items, "# 事项的文字\n\n服务事项和进驻单位的数据里给人看的话，按栏目列出，每句一次。\n",
		"这一份由程序生成（`go generate ./internal/proofread`）。\n")
	for i, p := range parts {
		var chapter strings.Builder
		for _, group := range grouped(all, func(t Text) bool { return partOf(t.File) == i && !ofItems(t) }, func(t Text) string { return t.File }) {
			fmt.Fprintf(&chapter, "\n### %s\n\n", strings.TrimPrefix(group.name, p.folder))
			group.list(&chapter, true)
		}
		if chapter.Len() > 0 {
			fmt.Fprintf(&pages, "\n## %s\n\n`%s`\n%s", p.chinese, strings.TrimSuffix(p.folder, "/")+"/", chapter.String())
		}
	}
	for _, group := range grouped(all, ofItems, func(t Text) string { return path.Base(t.File) + "：" + t.Under }) {
		fmt.Fprintf(&items, "\n## %s\n\n", group.name)
		group.list(&items, false)
	}
	return map[string]string{Pages: pages.String(), Items: items.String()}
}

func ofItems(t Text) bool { return strings.HasSuffix(t.File, ".json") }

type group struct {
	name  string
	texts []Text
}

// grouped keeps the order in which names and texts come.
func grouped(all []Text, wanted func(Text) bool, name func(Text) string) []*group {
	var list []*group
	at := map[string]*group{}
	for _, t := range all {
		if !wanted(t) {
			continue
		}
		n := name(t)
		if at[n] == nil {
			at[n] = &group{name: n}
			list = append(list, at[n])
		}
		at[n].texts = append(at[n].texts, t)
	}
	return list
}

func (g *group) list(to *strings.Builder, under bool) {
	seen := map[string]bool{}
	for _, t := range g.texts {
		line := plain.Replace(strings.Join(strings.Fields(t.Words), " "))
		if under && coded(t.Under) {
			line = "`" + t.Under + "` " + line
		}
		if !seen[line] {
			seen[line] = true
			fmt.Fprintf(to, "- %s\n", line)
		}
	}
}

// coded tells a code of ours, which says where a text is shown, from the name of a Go field, which does not.
func coded(under string) bool {
	return under != "" && (strings.ToLower(under) == under || under == button)
}

// plain keeps a text from being read as markup.
var plain = strings.NewReplacer("*", `\*`, "_", `\_`, "<", `\<`, "`", "'")
