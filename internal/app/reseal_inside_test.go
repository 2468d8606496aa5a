package app

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"bianmin/internal/seal"
)

// TestAKeyThatDoesNotFitIsSaidInChinese: which one it is, and nothing of what the program says to itself.
func TestAKeyThatDoesNotFitIsSaidInChinese(t *testing.T) {
	english := regexp.MustCompile(`[A-Za-z]{2,}`)
	for want, no := range map[string]*seal.Misfit{
		"查号码用的密钥不是原来那把": {}, "少了第 2 把加密的密钥": {Sealing: 2, Missing: true}, "第 3 把加密的密钥不是原来那把": {Sealing: 3},
	} {
		got := otherKeys(no)
		if text := got.Error(); !errors.Is(got, ErrOtherKeys) || !strings.HasSuffix(text, "（"+want+"）") || english.MatchString(strings.ReplaceAll(text, "keys.json", "")) {
			t.Errorf("%v: %v", no, got)
		}
	}
	if other := errors.New("another"); otherKeys(other) != other {
		t.Error("what is no misfit is said to be one")
	}
}
