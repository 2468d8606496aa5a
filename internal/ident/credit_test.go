package ident

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseCreditCode(t *testing.T) {
	for _, c := range []struct{ name, in, want, code string }{
		{"company", "91330102MA28NBU477", "91330102MA28NBU477", ""},
		{"public institution", "12441500196720244T", "12441500196720244T", ""},
		{"small letters and spaces", " 91330102 ma28nbu47-7", "91330102MA28NBU477", ""},
		{"full width", "９１３３０１０２ＭＡ２８ＮＢＵ４７７", "91330102MA28NBU477", ""},
		{"empty", "", "", Empty},
		{"17", "91330102MA28NBU47", "", TooShort},
		{"19", "91330102MA28NBU4770", "", TooLong},
		{"letter O for zero", "9133O102MA28NBU477", "", BadCharacter},
		{"sign", "91330102MA28NBU47*", "", BadCharacter},
		{"letter in the area", "9133A102MA28NBU477", "", BadArea},
		{"outer check", "91330102MA28NBU478", "", CheckDigit},
		{"inner check", innerWrong(), "", CheckDigit},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseCreditCode(c.in)
			if string(got) != c.want || codeOf(err) != c.code {
				t.Fatalf("got %q, %v; want %q, %s", got, err, c.want, c.code)
			}
		})
	}
	if got := CreditCode("91330102MA28NBU477").Masked(); got != "913301********U477" {
		t.Error(got)
	}
}

// innerWrong has a right outer check over a wrong inner one.
func innerWrong() string {
	first := "91330102MA28NBU48"
	return first + string(creditCheck(first+"0"))
}

func anyCredit(t *rapid.T) string {
	letters := rapid.StringOfN(rapid.SampledFrom([]rune(creditAlphabet)), 8, 8, -1)
	body := rapid.SampledFrom([]string{"91", "92", "93", "12", "11", "54", "N2"}).Draw(t, "kind") +
		rapid.StringMatching(`[0-9]{6}`).Draw(t, "area")
	inner := letters.Draw(t, "inner")
	body += inner + string(organisationCheck(inner))
	return body + string(creditCheck(body+"0"))
}

func TestAnyWrongCreditCharacterIsRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCredit(t)
		if _, err := ParseCreditCode(c); err != nil {
			t.Fatalf("%s: %v", c, err)
		}
		i := rapid.IntRange(0, 17).Draw(t, "place")
		wrong := rapid.SampledFrom([]byte(creditAlphabet)).Draw(t, "wrong")
		if c[i] == wrong {
			return
		}
		if _, err := ParseCreditCode(c[:i] + string(wrong) + c[i+1:]); err == nil {
			t.Fatalf("one wrong character of %s got through", c)
		}
	})
}

func TestAnySwapInACreditCodeIsRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCredit(t)
		i := rapid.IntRange(0, 16).Draw(t, "place")
		if c[i] == c[i+1] {
			return
		}
		if _, err := ParseCreditCode(c[:i] + string(c[i+1]) + string(c[i]) + c[i+2:]); err == nil {
			t.Fatalf("a swap in %s got through", c)
		}
	})
}

func FuzzCreditCode(f *testing.F) {
	for _, s := range []string{"91330102MA28NBU477", "12441500196720244t", "９１", "\xff\xfe", "O"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseCreditCode(s)
		if err != nil {
			mustNotHold(t, err, s)
			return
		}
		if again, err := ParseCreditCode(strings.ToLower(string(c))); err != nil || again != c {
			t.Fatalf("%q does not parse to itself: %v", c, err)
		}
	})
}
