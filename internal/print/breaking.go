package print

import (
	"strings"
	"unicode"
)

// What may not begin a line, and what may not end one.
const (
	closing = "，。、；：？）〕》」』”’％,.;:)]}%"
	opening = "（〔《「『“‘([{"
	// closingFair are those of the editions from the first on: a name's point, too, stays with what is before it.
	closingFair = closing + "！…—～】〉·"
)

// fairLines lays a text as breakLines does, with fairer rules: more stays with what is before it, and the last of several lines
// is no single character, with or without its punctuation: the one before it comes down with it.
func fairLines(text string, indent, width float64, measure func(string) float64) []string {
	lines := brokenBy(text, closingFair, indent, width, measure)
	n := len(lines)
	if n < 2 || len(pieces(lines[n-1], closingFair)) != 1 || endsLatin(lines[n-1]) {
		return lines
	}
	before := pieces(lines[n-2], closingFair)
	last := len(before) - 1
	if last < 1 || measure(before[last]+lines[n-1]) > width {
		return lines
	}
	lines[n-2], lines[n-1] = strings.TrimRight(strings.Join(before[:last], ""), " "), before[last]+lines[n-1]
	return lines
}

// breakLines lays a text into lines of a width, the first of which begins later. A run of Latin letters and digits stays
// whole where a line can hold it; what closes stays with what is before it, what opens with what follows.
func breakLines(text string, indent, width float64, measure func(string) float64) []string {
	return brokenBy(text, closing, indent, width, measure)
}

func brokenBy(text, closing string, indent, width float64, measure func(string) float64) []string {
	var lines []string
	line, room := "", width-indent
	for _, piece := range pieces(text, closing) {
		for _, part := range cut(piece, width, measure) {
			if line != "" && measure(line+part) > room {
				lines, line, room = append(lines, strings.TrimRight(line, " ")), "", width
				part = strings.TrimLeft(part, " ")
			}
			line += part
		}
	}
	return append(lines, line)
}

// pieces are what a line may be broken between.
func pieces(text, closing string) []string {
	var list []string
	glued := false // the next character belongs to the last piece
	for _, r := range text {
		last := len(list) - 1
		switch {
		case last >= 0 && (glued || strings.ContainsRune(closing, r) || latin(r) && endsLatin(list[last])):
			list[last] += string(r)
		default:
			list = append(list, string(r))
		}
		glued = strings.ContainsRune(opening, r)
	}
	return list
}

func latin(r rune) bool { return r > ' ' && r < 0x2000 && !unicode.Is(unicode.Han, r) }

func endsLatin(piece string) bool { return latin([]rune(piece)[len([]rune(piece))-1]) }

// cut divides a piece that no line can hold.
func cut(piece string, width float64, measure func(string) float64) []string {
	if measure(piece) <= width {
		return []string{piece}
	}
	var list []string
	part := ""
	for _, r := range piece {
		if part != "" && measure(part+string(r)) > width {
			list, part = append(list, part), ""
		}
		part += string(r)
	}
	return append(list, part)
}
