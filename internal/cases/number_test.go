package cases

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bianmin/internal/place"
)

func TestNumber(t *testing.T) {
	n := NewNumber(gaojiabu, 2026, 421)
	same(t, "number", n, "610881101-2026-000421-"+n[len(n)-1:])
	same(t, "serial", n.Serial(), 421)
	same(t, "serial of none", Number("").Serial(), 0)
	// A serial past a million has a seventh digit, and none in front of it.
	same(t, "the millionth", NewNumber(gaojiabu, 2026, 1_000_000)[:22], "610881101-2026-1000000")
	same(t, "its serial", NewNumber(gaojiabu, 2026, 1_234_567).Serial(), 1_234_567)
}

// TestCheckDigit holds the digit against ISO 7064 MOD 11,10 worked by hand: for 0794 it is 5 (the standard's example).
func TestCheckDigit(t *testing.T) {
	for digits, check := range map[string]int{"0794": 5, "0": 2, "00": 4, "1": 9} {
		same(t, digits, checkDigit(digits), check)
	}
}

func TestParseNumber(t *testing.T) {
	n := NewNumber(gaojiabu, 2026, 421)
	bare := strings.ReplaceAll(string(n), "-", "")
	for _, good := range []string{string(n), bare, " " + bare + " ", "610881101 2026 000421 " + bare[19:]} {
		got, ok := ParseNumber(good)
		if !ok || got != n {
			t.Errorf("%q: %q %v", good, got, ok)
		}
	}
	for name, bad := range map[string]string{
		"nothing": "", "the serial alone": "421", "a digit short": bare[1:], "two digits long": bare + "00", "a letter": "x" + bare[1:],
		"full-width digits": "６" + bare[1:], "an underscore": strings.ReplaceAll(string(n), "-", "_"),
		"a seventh digit that is nothing": padded(n),
	} {
		if got, ok := ParseNumber(bad); ok || got != "" {
			t.Errorf("%s, %q, was read as %q", name, bad, got)
		}
	}
}

// padded writes the number with a nought before its serial, and the check digit that fits.
func padded(n Number) string {
	digits := string(n[:9]) + string(n[10:14]) + "0" + string(n[15:21])
	return digits + string(rune('0'+checkDigit(digits)))
}

// TestEveryWrongDigitIsFound: of all numbers, every digit, every other digit in its place.
func TestEveryWrongDigitIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := anyNumber(t)
		if got, ok := ParseNumber(string(n)); !ok || got != n {
			t.Fatalf("%s was read as %q", n, got)
		}
		digits := []byte(n)
		for i, right := range digits {
			if right == '-' {
				continue
			}
			for wrong := byte('0'); wrong <= '9'; wrong++ {
				digits[i] = wrong
				if _, ok := ParseNumber(string(digits)); ok != (wrong == right) {
					t.Fatalf("%s passes for %s: %v", digits, n, ok)
				}
			}
			digits[i] = right
		}
	})
}

func anyNumber(t *rapid.T) Number {
	town := rapid.SampledFrom(thePlaces().Children(shenmu)).Draw(t, "town").Code
	return NewNumber(town, rapid.IntRange(2019, 2199).Draw(t, "year"), rapid.Int64Range(1, 9_999_999).Draw(t, "serial"))
}

func FuzzParseNumber(f *testing.F) {
	n := NewNumber(gaojiabu, 2026, 421)
	for _, seed := range []string{
		string(n), strings.ReplaceAll(string(n), "-", ""), string(NewNumber(gaojiabu, 2026, 1_234_567)), padded(n), "421", "", "６10881101", "折桂英",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := ParseNumber(s)
		if !ok {
			if n != "" {
				t.Fatalf("%q is refused with %q", s, n)
			}
			return
		}
		// What was read is written in the one way, which says the same again, and holds the same digits in order.
		if again, ok := ParseNumber(string(n)); !ok || again != n {
			t.Fatalf("%q is read as %q and that as %q", s, n, again)
		}
		if strings.NewReplacer("-", "", " ", "").Replace(s) != strings.ReplaceAll(string(n), "-", "") {
			t.Fatalf("%q is read as %q", s, n)
		}
		year := 0
		for _, d := range n[10:14] {
			year = year*10 + int(d-'0')
		}
		if made := NewNumber(place.Code(string(n[:9])+"000"), year, n.Serial()); made != n {
			t.Fatalf("%q is read as %q, which is made as %q", s, n, made)
		}
	})
}
