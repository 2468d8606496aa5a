package guide

import (
	"strings"
	"unicode"

	"bianmin/internal/hanzi"
)

// fold leaves what people mean to type: letters and digits, small and half-width. Blanks and points fall away.
func fold(s string) []rune {
	folded := make([]rune, 0, len(s))
	for _, r := range s {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		if r == 'ü' || r == 'Ü' {
			r = 'v'
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			folded = append(folded, unicode.ToLower(r))
		}
	}
	return folded
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }

// sounds are the readings of a character: full, and as those hear them who speak the way of Shenmu and of much of the
// north (no difference of n and ng, zh and z, n and l …).
type sounds struct{ full, heard []string }

func soundsOf(r rune) sounds {
	full := hanzi.Syllables(r)
	s := sounds{full: full}
	for _, f := range full {
		s.heard = append(s.heard, heard(f))
	}
	return s
}

var unheard = strings.NewReplacer("zh", "z", "ch", "c", "sh", "s", "ang", "an", "eng", "en", "ing", "in")

// heard is a syllable without the differences that are often not made.
func heard(syllable string) string {
	s := unheard.Replace(syllable)
	if strings.HasPrefix(s, "l") {
		return "n" + s[1:]
	}
	if strings.HasPrefix(s, "hu") && len(s) > 2 {
		return "f" + s[2:]
	}
	return s
}

func anySame(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}
