package proofread

import (
	"strings"
	"testing"
)

// TestSlips: each text has just the slip that is named; one without passes.
func TestSlips(t *testing.T) {
	for words, want := range map[string]string{
		"收下了，从今天起算 20 个工作日": "",
		"填寫申请表":           "寫 (U+5BEB) is outside",
		"⺠政局":             "outside the standard table", // a radical that looks like 民
		"二〇二六年":           "",
		"导出 PDF、xlsx":     "",
		"末位是 X 的写 X":      "",
		"Title of a page": `"Title" is not Chinese`, "请先 login": `"login" is not Chinese`,
		"Search":                 `"Search" is not Chinese`,
		"按 Enter 交上去":            "",
		"提交失败":                   "失败: say",
		"身份证号格式非法":               "非法: say",
		"请勿关闭这一页":                "请勿: say",
		"请输入手机号":                 "请输入: say",
		"暂无数据":                   "暂无: say",
		"办好了！":                   "！: say",
		"不服的，可以申诉":               "申诉: say",
		"公示，停表":                  "停表: say",
		"请先登陆":                   "登陆: say",
		"个人账户余额":                 "",
		"按《条例》做出决定":              "做出决定: say",
		"请他签名":                   "他: name",
		"其他地方，替他人办":              "",
		"给你打电话":                  "你: say 您",
		"请仔细的看一遍":                "仔细的看: 地",
		"仔细地看一遍":                 "",
		"写的不清楚":                  "写的不清楚: 得",
		"共3件,2份":                 "half-width",
		"时间：9:00-12:00，14:30 再开": "",
		"看清楚。。再办":                "doubled",
		"等一等...":                 "doubled",
		"请按“交上去":                 "no pairs",
		"（高家堡镇":                  "no pairs",
		"请按\"交上去\"":              "say “ ”",
		"请按「交上去」":                "say “ ”",
		"3 月 16 日办好":             "a space too many",
		"3月16日 星期一办好":            "",
		"材料齐了 当场受理":              "a space too many",
		"材料齐了， 当场受理":             "a space too many",
		"还缺 2 样，补齐当场受理":          "",
		"最晚 {} 办好":               "",
	} {
		slips := Slips(Text{File: "internal/web/portal/home.templ", Words: words})
		got := strings.Join(slips, "; ")
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", words, got, want)
		}
	}
}

func TestSlipsDependOnTheReader(t *testing.T) {
	const command = "请运行 bianmin keys list"
	for file, want := range map[string]int{"cmd/bianmin/keys.go": 0, "internal/web/work/me.go": 2, "internal/item/data/items.json": 2} {
		if got := Slips(Text{File: file, Words: command}); len(got) != want {
			t.Errorf("%s: %q, want %d", file, got, want)
		}
	}
	const long = "把填好的这一份交上去"
	if got := Slips(Text{File: "internal/web/work/me.go", Under: button, Words: long}); len(got) != 1 {
		t.Errorf("a button of %q: %q", long, got)
	}
	if got := Slips(Text{File: "internal/web/work/me.go", Under: "Note.Text", Words: long}); len(got) != 0 {
		t.Errorf("a note of %q: %q", long, got)
	}
}
