package ident

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParsePhone(t *testing.T) {
	for _, c := range []struct{ name, in, want, code string }{
		{"mobile", "13912345127", "13912345127", ""},
		{"newest range", "19912345127", "19912345127", ""},
		{"+86", "+8613912345127", "13912345127", ""},
		{"+86 in groups", "+86 139-1234-5127", "13912345127", ""},
		{"86", "8613912345127", "13912345127", ""},
		{"0086", "0086 139 1234 5127", "13912345127", ""},
		{"full width", "＋８６１３９１２３４５１２７", "13912345127", ""},
		{"landline of Yulin", "0912-8332102", "09128332102", ""},
		{"brackets", "（0912）8332102", "09128332102", ""},
		{"landline of Beijing", "010 88886666", "01088886666", ""},
		{"landline of Xi'an", "029-88886666", "02988886666", ""},
		{"landline abroad", "+86 912 8332102", "09128332102", ""},
		{"Beijing from abroad", "+86 10 88886666", "01088886666", ""},
		{"empty", "  ", "", Empty},
		{"10 digits", "1391234512", "", TooShort},
		{"12 digits", "139123451278", "", TooLong},
		{"range 12", "12912345127", "", NotAPhone},
		{"no area code", "8332102", "", NotAPhone},
		{"letters", "139abcd5127", "", BadCharacter},
		{"only a country", "+86", "", BadCharacter},
		{"landline short", "0912-833210", "", TooShort},
		{"landline long", "0912-833210222", "", TooLong},
		{"area 00", "00128332102", "", NotAPhone},
		{"a zero", "0", "", TooShort},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParsePhone(c.in)
			if string(got) != c.want || codeOf(err) != c.code {
				t.Fatalf("got %q, %v; want %q, %s", string(got), err, c.want, c.code)
			}
		})
	}
	if _, err := ParsePhone("1391234512"); err.Error() != "手机号少了 1 位" {
		t.Error(err)
	}
	if _, err := ParsePhone("0912-833210"); err.Error() != "电话号码少了 1 位" {
		t.Error(err)
	}
}

func TestPhoneShown(t *testing.T) {
	for _, c := range []struct {
		p             Phone
		masked, last4 string
		mobile        bool
	}{
		{"13912345127", "139****5127", "5127", true},
		{"09128332102", "0912****102", "2102", false},
		{"01088886666", "010*****666", "6666", false},
		{"", "", "", false},
	} {
		if c.p.Masked() != c.masked || c.p.Last4() != c.last4 || c.p.Mobile() != c.mobile {
			t.Errorf("%s, %s, %v; want %s, %s, %v", c.p.Masked(), c.p.Last4(), c.p.Mobile(), c.masked, c.last4, c.mobile)
		}
	}
}

func TestOnePhoneOneForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.StringMatching(`1[3-9][0-9]{9}`).Draw(t, "number")
		front := rapid.SampledFrom([]string{"", "+86", "+86 ", "86-", "0086"}).Draw(t, "front")
		gap := rapid.SampledFrom([]string{"", " ", "-", "\u3000", "–"}).Draw(t, "gap")
		got, err := ParsePhone(front + n[:3] + gap + n[3:7] + gap + n[7:])
		if err != nil || string(got) != n {
			t.Fatalf("%q, %v", string(got), err)
		}
	})
}

func FuzzPhone(f *testing.F) {
	for _, s := range []string{"13912345127", "+86 139-1234-5127", "0912-8332102", "0", "+", "86", "００"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePhone(s)
		if err != nil {
			mustNotHold(t, err, s)
			return
		}
		if again, err := ParsePhone(string(p)); err != nil || again != p {
			t.Fatalf("%q does not parse to itself: %v", string(p), err)
		}
		if p.Masked() == string(p) || len(p.Masked()) != len(p) {
			t.Fatalf("%q is not masked", string(p))
		}
	})
}
