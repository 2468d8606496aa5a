package proofread

import (
	"regexp"
	"strings"
)

var (
	// notWords are what pages show as it is: addresses, digests, accounts, what somebody types into a search box.
	notWords = regexp.MustCompile(`https?://\S+|\b[a-z0-9.-]+(:\d+)?/[a-z/]+|\b[0-9a-f]{8,}\b|\b(agent|clerk|desk|head|unit|chief)-[a-z0-9]+|\b(supervisor|inspector|admin)\b`)
	unfilled = regexp.MustCompile(`%!|<nil>|\{\}|（）|“”|《》|，，|。。`)
)

// OnPage reads a text as it was shown: a code that came through where a word belongs, and what was never filled in.
func OnPage(words string) []string {
	found := latin(notWords.ReplaceAllString(words, " "))
	for _, w := range unfilled.FindAllString(words, -1) {
		found = append(found, strings.TrimSpace(w)+" was not filled in")
	}
	return found
}
