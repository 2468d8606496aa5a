package proofread

import (
	"slices"
	"testing"
	"testing/fstest"
)

// gather reads one file of a made-up tree.
func gather(t *testing.T, name, source string) []Text {
	t.Helper()
	texts, err := Gather(fstest.MapFS{name: {Data: []byte(source)}})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func words(texts []Text) []string {
	list := make([]string, len(texts))
	for i, x := range texts {
		list[i] = x.Words
	}
	return list
}

func TestTextsAreFoundWhereTheyAreWritten(t *testing.T) {
	for name, c := range map[string]struct {
		file, source string
		want         []string
	}{
		"literals, sums and formats": {"internal/x/a.go", "package x\n\nvar a = \"还缺：\" + list + \"。\" + f(\"两样\")\nvar b = fmt.Sprintf(\"%s 第 %02d 张，%[1]d%%\", n)\n",
			[]string{"两样", "还缺：{}。{}", "{} 第 {} 张，{}%"}},
		"no tags, patterns, comments, imports, plain English": {"internal/x/a.go",
			"package x\n\nimport \"中\"\n\n// 注释\ntype a struct { B string `doc:\"说明\"` }\nvar c = regexp.MustCompile(`[一二]`)\nvar d = \"plain\"\n", nil},
		"a button and a code": {"internal/x/a.go", "package x\n\nvar a = ui.Press{Text: \"交上去\"}\nvar b = map[string]say{\"not_found\": plain(\"没有找到\")}\n", []string{"交上去", "没有找到"}},
		"a script":            {"internal/web/ui/assets/a.js", "// 注释\nsay('没连上，' + \"接着传\", `第 ${n} 张`); /* 不看 */ x = 'it\\'s 好'", []string{"没连上，", "接着传", "第 {} 张", "it\\'s 好"}},
		"a library":           {"internal/web/ui/assets/a.min.js", "say('没连上')", nil},
		"a page":              {"internal/api/docs.html", "<h1>接口文档</h1><p>{{.X}} 先用 <code>GET</code> 登录</p>", []string{"接口文档", "先用", "登录"}},
		"data":                {"internal/item/data/items.json", `[{"name":"低保","from":"issuer:公安机关","list":["甲",{"name":"低保"}],"days":3,"source_note":"凭记忆"}]`, []string{"低保", "公安机关", "甲"}},
		"a table":             {"internal/phrase/phrases.tsv", "# 说明\napprove\t*\t同意办理\n", []string{"同意办理"}},
		"tests":               {"internal/x/a_test.go", "package x\n\nvar a = \"中\"\n", nil},
		"generated":           {"internal/x/a_templ.go", "package x\n\nvar a = \"中\"\n", nil},
		"names of people":     {"internal/demo/names.go", "package demo\n\nvar a = \"折桂英\"\n", nil},
	} {
		if got := words(gather(t, c.file, c.source)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTextsOfATemplate(t *testing.T) {
	got := gather(t, "internal/web/x.templ", `package x

templ page(p shown) {
	<p>还有 <b>{ p.Left }</b> 份，<a href="/x">看一看</a>。</p>
	<div><b>怎么办</b><span>带什么</span></div>
	<input placeholder="比如：老人补贴" value="{}" name="q" aria-label="Search"/>
	if p.More {
		@note("要紧的", "补")
	} else {
		<p>Nothing here</p>
	}
	for _, x := range list("一", "二") {
		<p>{ "写在" + x }</p>
	}
	@ui.Button(ui.Press{Text: "打印"})
}
`)
	want := []Text{
		{"internal/web/x.templ", 4, "", "还有 {} 份，看一看。"}, {"internal/web/x.templ", 5, "", "怎么办"}, {"internal/web/x.templ", 5, "", "带什么"},
		{"internal/web/x.templ", 6, "placeholder", "比如：老人补贴"}, {"internal/web/x.templ", 6, "aria-label", "Search"},
		{"internal/web/x.templ", 8, "", "要紧的"}, {"internal/web/x.templ", 8, "", "补"}, {"internal/web/x.templ", 10, "", "Nothing here"},
		{"internal/web/x.templ", 12, "", "一"}, {"internal/web/x.templ", 12, "", "二"}, {"internal/web/x.templ", 13, "", "写在{}"},
		{"internal/web/x.templ", 15, button, "打印"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestBrokenSourcesAreRefused(t *testing.T) {
	for name, source := range map[string]string{"internal/x/a.go": "package", "internal/x/a.templ": "package x\n\ntempl p() {\n<p>", "internal/item/data/a.json": `{"a":`} {
		if _, err := Gather(fstest.MapFS{name: {Data: []byte(source)}}); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}
