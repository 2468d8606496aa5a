package ident

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"bianmin/internal/calendar"
	"pgregory.net/rapid"
)

var today = calendar.NewDate(2026, 3, 10)

func codeOf(err error) string {
	var p *Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}

// numbered completes 17 digits.
func numbered(first17 string) string { return first17 + string(citizenCheck(first17)) }

func TestParseCitizenNumber(t *testing.T) {
	for _, c := range []struct{ name, in, want, code string }{
		{"with X", "11010519491231002X", "11010519491231002X", ""},
		{"born 1880", "440524188001010014", "440524188001010014", ""},
		{"Shenmu before 2000", numbered("61272219800101002"), numbered("61272219800101002"), ""},
		{"Shenmu as a county", numbered("61082119991231001"), numbered("61082119991231001"), ""},
		{"Shenmu as a city", numbered("61088120200229001"), numbered("61088120200229001"), ""},
		{"permit Hong Kong", numbered("81000019800101001"), numbered("81000019800101001"), ""},
		{"permit Macao", numbered("82000019800101001"), numbered("82000019800101001"), ""},
		{"permit Taiwan", numbered("83000019800101001"), numbered("83000019800101001"), ""},
		{"small x", "11010519491231002x", "11010519491231002X", ""},
		{"full width", "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", ""},
		{"full-width small x", "11010519491231002ｘ", "11010519491231002X", ""},
		{"spaces", " 110105 19491231\t002X\u3000", "11010519491231002X", ""},
		{"dashes", "110105-19491231—002X", "11010519491231002X", ""},
		{"15 digits", "110105491231002", "11010519491231002X", ""},
		{"born today", numbered("61088120260310001"), numbered("61088120260310001"), ""},
		{"born tomorrow", numbered("61088120260311001"), "", BadDate},
		{"empty", " - ", "", Empty},
		{"17 digits", "11010519491231002", "", TooShort},
		{"19 digits", "1101051949123100212", "", TooLong},
		{"letter", "1101051949123100AX", "", BadCharacter},
		{"X inside", "110105194X12310021", "", BadCharacter},
		{"zero-width", "110105\u200b19491231002X", "", BadCharacter},
		{"Han digit", "11010519491231002十", "", BadCharacter},
		{"no such province", numbered("16010519491231002"), "", BadArea},
		{"no such province 90", numbered("90010519491231002"), "", BadArea},
		{"30 February", numbered("11010519490230002"), "", BadDate},
		{"29 February of a common year", numbered("11010520230229002"), "", BadDate},
		{"month 13", numbered("11010519491331002"), "", BadDate},
		{"year 1049", numbered("11010510490101002"), "", BadDate},
		{"15 digits, bad date", "110105491331002", "", BadDate},
		{"check digit", "110105194912310021", "", CheckDigit},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseCitizenNumber(c.in, today)
			if string(got) != c.want || codeOf(err) != c.code {
				t.Fatalf("got %q, %v (%s); want %q, %s", string(got), err, codeOf(err), c.want, c.code)
			}
		})
	}
}

func TestCitizenNumberWords(t *testing.T) {
	for in, want := range map[string]string{
		"1101051949123100":      "身份证号少了 2 位",
		"11010519491231002X1":   "身份证号只能是数字，末位可以是 X",
		"110105194912310021234": "身份证号多了 3 位",
		"110105194912310021":    "身份证号末位不对，请照证件核对",
		"110105194913310021":    "出生日期不对，请照证件核对",
		"":                      "请写身份证号",
	} {
		if _, err := ParseCitizenNumber(in, today); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
}

func TestCitizenNumberTells(t *testing.T) {
	n, err := ParseCitizenNumber("11010519491231002X", today)
	if err != nil {
		t.Fatal(err)
	}
	if n.Birth() != calendar.NewDate(1949, 12, 31) || n.Male() || n.Area() != "110105" {
		t.Errorf("birth %v, male %v, area %s", n.Birth(), n.Male(), n.Area())
	}
	if n.Masked() != "110105********002X" {
		t.Error(n.Masked())
	}
	man, _ := ParseCitizenNumber("440524188001010014", today)
	if !man.Male() {
		t.Error("an odd 17th digit is a man's")
	}
	var none CitizenNumber
	if !none.Birth().IsZero() || none.Male() || none.Age(today) != 0 || none.Masked() != "" || none.Area() != "" {
		t.Error("the empty number tells something")
	}
}

func TestAge(t *testing.T) {
	leap := CitizenNumber(numbered("61088120080229001"))
	plain := CitizenNumber(numbered("61088119560310001"))
	for _, c := range []struct {
		n    CitizenNumber
		on   calendar.Date
		want int
	}{
		{plain, calendar.NewDate(2026, 3, 9), 69},
		{plain, calendar.NewDate(2026, 3, 10), 70},
		{plain, calendar.NewDate(1956, 3, 10), 0},
		{plain, calendar.NewDate(1950, 1, 1), 0},
		{leap, calendar.NewDate(2026, 2, 28), 17},
		{leap, calendar.NewDate(2026, 3, 1), 18},
		{leap, calendar.NewDate(2028, 2, 28), 19},
		{leap, calendar.NewDate(2028, 2, 29), 20},
	} {
		if got := c.n.Age(c.on); got != c.want {
			t.Errorf("born %s, on %s: %d, want %d", c.n.Birth(), c.on, got, c.want)
		}
	}
}

func TestNumbersStayOutOfLogs(t *testing.T) {
	var b strings.Builder
	log := slog.New(slog.NewTextHandler(&b, nil))
	log.Info("seen", "who", CitizenNumber("11010519491231002X"), "phone", Phone("13912345127"))
	fmt.Fprintf(&b, "%#v %#v", CitizenNumber("11010519491231002X"), Phone("13912345127"))
	if strings.Contains(b.String(), "19491231") || strings.Contains(b.String(), "2345") {
		t.Fatal(b.String())
	}
}

// anyCitizen draws the number of somebody born between 1900 and today.
func anyCitizen(t *rapid.T) string {
	area := rapid.SampledFrom([]string{"612722", "610821", "610881", "110105", "659001", "830000"}).Draw(t, "area")
	birth := calendar.NewDate(1900, 1, 1).AddDays(rapid.IntRange(0, 46000).Draw(t, "born"))
	return numbered(fmt.Sprintf("%s%s%03d", area, strings.ReplaceAll(birth.String(), "-", ""),
		rapid.IntRange(0, 999).Draw(t, "order")))
}

func TestAnyWrongDigitIsRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := anyCitizen(t)
		if _, err := ParseCitizenNumber(n, today); err != nil {
			t.Fatal(err)
		}
		i := rapid.IntRange(0, 17).Draw(t, "place")
		wrong := rapid.SampledFrom([]byte("0123456789X")).Draw(t, "wrong")
		if n[i] == wrong {
			return
		}
		if _, err := ParseCitizenNumber(n[:i]+string(wrong)+n[i+1:], today); err == nil {
			t.Fatal("one wrong digit got through")
		}
	})
}

func TestAnySwapOfNeighboursIsRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := anyCitizen(t)
		i := rapid.IntRange(0, 16).Draw(t, "place")
		if n[i] == n[i+1] {
			return
		}
		if _, err := ParseCitizenNumber(n[:i]+string(n[i+1])+string(n[i])+n[i+2:], today); err == nil {
			t.Fatal("two swapped digits got through")
		}
	})
}

func TestOldNumberIsTheSamePerson(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := anyCitizen(t)
		if n[6:8] != "19" {
			return
		}
		got, err := ParseCitizenNumber(n[:6]+n[8:17], today)
		if err != nil || string(got) != n {
			t.Fatalf("%q, %v", string(got), err)
		}
	})
}

func FuzzCitizenNumber(f *testing.F) {
	for _, s := range []string{"11010519491231002x", "１１０１０５491231002", "440524188001010014", "\xff", "X", "110105-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseCitizenNumber(s, today)
		if err != nil {
			mustNotHold(t, err, s)
			return
		}
		again, err := ParseCitizenNumber(string(n), today)
		if err != nil || again != n {
			t.Fatalf("%q does not parse to itself: %v", string(n), err)
		}
		if b := n.Birth(); b.IsZero() || b.After(today) {
			t.Fatalf("born %v", b)
		}
		if MaskNumbers(string(n)) != n.Masked() {
			t.Fatal("free text shows the number")
		}
	})
}

// mustNotHold checks that a refusal is a Problem in words that do not carry the value.
func mustNotHold(t *testing.T, err error, value string) {
	t.Helper()
	if codeOf(err) == "" {
		t.Fatalf("%v is no Problem", err)
	}
	if len(value) > 6 && strings.Contains(err.Error(), value) {
		// The value may itself be made of our words; only digits matter.
		if strings.ContainsAny(value, "0123456789") {
			t.Fatalf("%q holds the value", err)
		}
	}
}
