package work

import (
	"fmt"
	"strconv"
)

func countWords(n int) string { return fmt.Sprintf("%d 件", n) }

func boolWord(b bool) string { return strconv.FormatBool(b) }

// digitOf is the key of the i-th answer; past nine there is none.
func digitOf(i int) string {
	if i > 8 {
		return ""
	}
	return strconv.Itoa(i + 1)
}

// touchWaitWords is what the blue button says until there is an answer where there are no keys.
const touchWaitWords = "先选意见"

// waitWords is what the blue button says until there is an answer.
func waitWords(n int) string {
	if n == 1 {
		return "先按 1 选上"
	}
	return fmt.Sprintf("先选一个意见 1–%d", min(n, 9))
}
