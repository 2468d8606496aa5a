package ident

import "strings"

// CreditCode is an 18-character 统一社会信用代码 (GB 32100), upper case. Only ParseCreditCode makes one.
type CreditCode string

const (
	creditName     = "统一社会信用代码"
	creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY" // no I, O, S, V, Z
	creditLength   = 18
)

// ParseCreditCode reads a code as people type it; spaces, dashes, full-width forms and small letters are put right.
func ParseCreditCode(s string) (CreditCode, error) {
	s = tidy(s)
	if s == "" {
		return "", &Problem{Empty, "请写" + creditName}
	}
	if p := creditCharacters(s); p != nil {
		return "", p
	}
	if p := wrongLength(creditName, len(s), creditLength); p != nil {
		return "", p
	}
	if !digitsOnly(s[2:8]) {
		return "", &Problem{BadArea, creditName + "第 3 到 8 位要是数字，请照证照核对"}
	}
	// The inner check (GB 11714) guards positions 9 to 16, the outer one all 17: either may be the one mistyped.
	if organisationCheck(s[8:16]) != s[16] || creditCheck(s) != s[17] {
		return "", &Problem{CheckDigit, creditName + "对不上，可能写错一位，请照证照核对"}
	}
	return CreditCode(s), nil
}

func creditCharacters(s string) *Problem {
	for _, r := range s {
		if strings.ContainsRune("IOSVZ", r) {
			return &Problem{BadCharacter, creditName + "里没有字母 I、O、S、V、Z，请核对是不是数字"}
		}
		if !strings.ContainsRune(creditAlphabet, r) {
			return &Problem{BadCharacter, creditName + "只能是数字和大写字母"}
		}
	}
	return nil
}

// organisationCheck computes the ninth character of the 组织机构代码 inside from its first eight.
func organisationCheck(s string) byte {
	weights := [...]int{3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		value := int(s[i] - '0')
		if s[i] >= 'A' {
			value = int(s[i]-'A') + 10 // here I, O, S, V and Z have their numbers too
		}
		sum += value * w
	}
	return "0X987654321"[sum%11]
}

// creditCheck computes the 18th character from the first 17: weights 3^i mod 31.
func creditCheck(s string) byte {
	sum, weight := 0, 1
	for i := range creditLength - 1 {
		sum += strings.IndexByte(creditAlphabet, s[i]) * weight
		weight = weight * 3 % 31
	}
	return creditAlphabet[(31-sum%31)%31]
}

// Masked is 913301********U477.
func (c CreditCode) Masked() string { return mask(string(c), 6, 4) }
