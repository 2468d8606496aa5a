package item

import (
	"errors"
	"strings"
)

// Code is an item's local code: letters, a hyphen, a number of at least three digits (BM-008).
// The national code is another thing: Definition.BasicCode.
type Code string

// ErrCode is what every text that is no item code is answered with.
var ErrCode = errors.New("事项编码由2到4个大写字母、短横和3到5位数字组成，例如BM-008")

// ParseCode accepts the code as it is written, and nothing like it.
func ParseCode(s string) (Code, error) {
	letters, digits, ok := strings.Cut(s, "-")
	if !ok || len(letters) < 2 || len(letters) > 4 || len(digits) < 3 || len(digits) > 5 {
		return "", ErrCode
	}
	if strings.Trim(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || strings.Trim(digits, "0123456789") != "" {
		return "", ErrCode
	}
	return Code(s), nil
}
