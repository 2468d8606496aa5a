package ident

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMaskNumbers(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "请带户口簿原件", "请带户口簿原件"},
		{"citizen number", "身份证11010519491231002X。", "身份证110105********002X。"},
		{"small x", "id=11010519491231002x,", "id=110105********002x,"},
		{"full width", "１１０１０５１９４９１２３１００２Ｘ", "１１０１０５********００２Ｘ"},
		{"in groups", "110105 19491231 002X", "110105 ******** 002X"},
		{"wrong check digit", "110105194912310021", "110105194912310021"},
		{"mobile", "打13912345127找他", "打139****5127找他"},
		{"mobile in groups", "139-1234-5127", "139-****-5127"},
		{"mobile, full width", "１３９１２３４５１２７", "１３９****５１２７"},
		{"+86", "+8613912345127", "+86139****5127"},
		{"+86 in groups", "+86 139 1234 5127", "+86 139 **** 5127"},
		{"two mobiles", "13912345127 13812345128", "139****5127 138****5128"},
		{"both", "11010519491231002X 13912345127", "110105********002X 139****5127"},
		{"X then a mobile", "11010519491231002X13912345127", "110105********002X139****5127"},
		{"number, then number", "3 11010519491231002X", "3 110105********002X"},
		{"hidden in a longer run", "2026110105194912310021", "2026110105194912310021"},
		{"valid in a longer run", "99440524188001010014", "99440524********0014"},
		{"landline", "0912-8332102", "0912-8332102"},
		{"date and amount", "2026-03-10 1500.00", "2026-03-10 1500.00"},
		{"case number", "610881101-2026-000421-7", "610881101-2026-000421-7"},
		{"12 digits", "139123451270", "139123451270"},
		{"odd groups", "18 2026-03-101", "18 2026-03-101"},
		{"over a line", "1391234\n5127", "1391234\n5127"},
		{"bank card", "6217 0042 2000 1234 567", "6217 0042 2000 1234 567"},
		{"broken bytes", "\xff13912345127\xfe", "\xff139****5127\xfe"},
		{"already masked", "139****5127 110105********002X", "139****5127 110105********002X"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := MaskNumbers(c.in); got != c.want {
				t.Fatalf("%q became %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestNoNumberSurvivesInFreeText(t *testing.T) {
	words := rapid.SampledFrom([]string{"", "身份证", "（", "年内", "编号7：", "x", "，电话 ", "\n", "\xff"})
	rapid.Check(t, func(t *rapid.T) {
		before, between, after := words.Draw(t, "before"), words.Draw(t, "between"), words.Draw(t, "after")
		citizen := anyCitizen(t)
		phone := rapid.StringMatching(`1[3-9][0-9]{9}`).Draw(t, "phone")
		got := MaskNumbers(before + citizen + between + " | " + phone + after)
		if strings.Contains(got, citizen) || strings.Contains(got, phone) {
			t.Fatalf("still in %q", got)
		}
		want := before + CitizenNumber(citizen).Masked() + between + " | " + Phone(phone).Masked() + after
		if got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}

func FuzzMaskNumbers(f *testing.F) {
	f.Add("110105 19491231 002X 139-1234-5127")
	f.Add("１３９１２３４５１２７\xff")
	f.Fuzz(func(t *testing.T, s string) {
		got := MaskNumbers(s)
		// Nothing but digits may change, each into one star.
		in, out := []rune(s), []rune(got)
		if len(in) != len(out) {
			t.Fatalf("%q became %q", s, got)
		}
		for i := range in {
			if p := plain(in[i]); in[i] != out[i] && (out[i] != '*' || p < '0' || p > '9') {
				t.Fatalf("%q became %q", s, got)
			}
		}
	})
}
