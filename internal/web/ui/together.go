package ui

import "regexp"

// measured is a number, a space, and the measure word after it.
var measured = regexp.MustCompile(`(\d) (\p{Han})`)

// Together keeps each number with its measure word when a line is full: 2 项, 10 个工作日. The space between them becomes
// one at which no line ends; nothing else changes.
func Together(text string) string {
	return measured.ReplaceAllString(text, "$1\u00a0$2")
}
