package ui

import (
	"context"
	"io"
	"regexp"
	"strings"

	"github.com/a-h/templ"
)

// whole is what no line is broken in: a number with its measure word, a masked number, a time, a day, a telephone; but not
// the number of a case, which is as wide as a telephone's screen in large print.
var whole = regexp.MustCompile(`(?:\d{4}年)?\d{1,2}月\d{1,2}日|(?:第[ \x{a0}]?)?\d[\d.,:：*–]*(?:-[\d:]+){0,2}(?:[ \x{a0}]?(?:个工作日|个自然日|个小时|个月|分钟|[个天日份趟句步位次件项元号年月条张页人户周级岁]))?`)

// Words is a text in which a number and its measure word never part at the end of a line (30 个工作日, 1 份).
func Words(text string) templ.Component {
	return pieces(text, whole.FindAllStringIndex(text, -1), "nb")
}

var caseNumber = regexp.MustCompile(`\d{9}-\d{4}-\d{6}-\d[、，。）]?`)

// CaseNumbers is a text for staff in which the number of a case stands on one line, with the mark behind it.
func CaseNumbers(text string) templ.Component {
	return pieces(text, caseNumber.FindAllStringIndex(text, -1), "nb")
}

// post is where a place's name ends and that of what is at work there begins.
var post = regexp.MustCompile(`^(.+?(?:街道|社区|[镇村市]))([^镇村街社].+)$`)

// Post is the name of a place or a post, broken between the two alone: 高家堡镇 | 经办岗.
func Post(name string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		parts := []string{name}
		if m := post.FindStringSubmatch(name); m != nil {
			parts = m[1:]
		}
		for i, part := range parts {
			if i > 0 {
				if _, err := io.WriteString(w, "<wbr>"); err != nil {
					return err
				}
			}
			if _, err := io.WriteString(w, `<span class="nb">`+templ.EscapeString(part)+`</span>`); err != nil {
				return err
			}
		}
		return nil
	})
}

// phraseEnd is behind what a heading may be broken at: a comma, and before what is added in brackets or quoted.
var phraseEnd = regexp.MustCompile(`[（“]?[^，、：（“]*[，、：]?`)

// Phrases is a heading that is broken between its phrases, not within one, as long as a line can hold a phrase.
func Phrases(text string) templ.Component {
	return pieces(text, phraseEnd.FindAllStringIndex(text, -1), "phrase")
}

// pieces writes a text, with these parts of it in a class of their own.
func pieces(text string, at [][]int, class string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		from := 0
		for _, part := range at {
			if part[0] == part[1] {
				continue
			}
			b.WriteString(templ.EscapeString(text[from:part[0]]))
			from = part[1]
			if part[1]-part[0] == len(text) && class == "phrase" {
				b.WriteString(templ.EscapeString(text)) // one phrase
				continue
			}
			b.WriteString(`<span class="` + class + `">` + templ.EscapeString(text[part[0]:part[1]]) + `</span>`)
		}
		b.WriteString(templ.EscapeString(text[from:]))
		_, err := io.WriteString(w, b.String())
		return err
	})
}
