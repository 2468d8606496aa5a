package ident

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNamesAreKeptWhole(t *testing.T) {
	for _, name := range []string{
		"张三", "王𠮷", "刘𬭸", "买买提·吐尔逊", "阿依•古丽", "卓玛・央金", "A．B", "<script>alert(1)</script>",
		"O'Brien; DROP TABLE", "訾", "张  三", "葛\U000E0100", "神木市锦界镇便民服务站", "\uE000",
		strings.Repeat("长", 100),
	} {
		for _, parse := range []func(string) (string, error){ParsePersonName, ParseOrgName} {
			got, err := parse(" \u3000" + name + "\t ")
			if err != nil || got != name {
				t.Errorf("%q became %q, %v", name, got, err)
			}
		}
	}
}

func TestNamesRefused(t *testing.T) {
	for _, c := range []struct{ in, code string }{
		{"", Empty}, {" \u3000\n", Empty},
		{strings.Repeat("长", 101), TooLong}, {"😀李", BadCharacter}, {"李👍🏽", BadCharacter}, {"☎", BadCharacter},
		{"张\x00三", ControlCharacter}, {"张\n三", ControlCharacter}, {"张\r三", ControlCharacter}, {"张\t三", ControlCharacter},
		{"张\u0085三", ControlCharacter}, {"张\u2028三", ControlCharacter}, {"张\u2029三", ControlCharacter},
		{"张\u202E三", ControlCharacter}, {"张\u2066三", ControlCharacter}, {"张\u200B三", ControlCharacter},
		{"张\u200D三", ControlCharacter}, {"\uFEFF张三", ControlCharacter}, {"张\uFFFD", ControlCharacter},
		{"张\u00AD三", ControlCharacter}, {"张\uFFFE", ControlCharacter}, {"张\x7f", ControlCharacter},
		{"张\xff", BadEncoding}, {"\xed\xa0\x80", BadEncoding},
	} {
		got, err := ParsePersonName(c.in)
		if codeOf(err) != c.code || got != "" {
			t.Errorf("%q: %q, %v; want %s", c.in, got, err, c.code)
		}
	}
	if name, err := ParseOrgName(strings.Repeat("长", 199) + "★"); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if _, err := ParseOrgName(strings.Repeat("长", 201)); codeOf(err) != TooLong {
		t.Error(err)
	}
	if _, err := ParseOrgName(""); err.Error() != "请写单位名称" {
		t.Error(err)
	}
}

func FuzzName(f *testing.F) {
	for _, s := range []string{"张三", "𠮷", "\xff", "a\u202eb", " ", "\uFFFD"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name, err := ParsePersonName(s)
		if err != nil {
			mustNotHold(t, err, s)
			return
		}
		if !strings.Contains(s, name) || name == "" || !utf8.ValidString(name) || strings.ContainsAny(name, "\r\n\x00\u202e\u200b\ufffd") {
			t.Fatalf("%q became %q", s, name)
		}
		if again, err := ParsePersonName(name); err != nil || again != name {
			t.Fatalf("%q does not parse to itself", name)
		}
	})
}
