package proofread

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
)

// ofScript gathers the string literals of a script of ours that have Chinese in them.
func ofScript(name, source string) ([]Text, error) {
	var found []Text
	for i := 0; i < len(source); i++ {
		switch c := source[i]; {
		case strings.HasPrefix(source[i:], "//"):
			i += until(source[i:], "\n")
		case strings.HasPrefix(source[i:], "/*"):
			i += until(source[i:], "*/")
		case c == '\'' || c == '"' || c == '`':
			end := i + 1
			for end < len(source) && source[end] != c {
				if source[end] == '\\' {
					end++
				}
				end++
			}
			if words := scriptHole.ReplaceAllString(source[i+1:min(end, len(source))], Hole); hasHan(words) {
				found = append(found, Text{File: name, Line: strings.Count(source[:i], "\n") + 1, Words: words})
			}
			i = end
		}
	}
	return found, nil
}

var scriptHole = regexp.MustCompile(`\$\{[^}]*\}`)

func until(s, mark string) int {
	if i := strings.Index(s, mark); i >= 0 {
		return i
	}
	return len(s)
}

var tags = regexp.MustCompile(`<[^>]*>|\{\{[^}]*\}\}`)

// ofHTML gathers the lines of a page.
func ofHTML(name, source string) ([]Text, error) {
	var found []Text
	for i, line := range strings.Split(source, "\n") {
		for _, words := range strings.Split(tags.ReplaceAllString(line, "\n"), "\n") {
			if words = html.UnescapeString(strings.TrimSpace(words)); hasHan(words) {
				found = append(found, Text{File: name, Line: i + 1, Words: words})
			}
		}
	}
	return found, nil
}

// forEditors is the field in which an item says how sure its definition is. No page shows it.
const forEditors = "source_note"

// ofJSON gathers the values that have Chinese in them, by the name of their field; each of a name once.
func ofJSON(name, source string) ([]Text, error) {
	var found []Text
	seen := map[Text]bool{}
	decoder := json.NewDecoder(strings.NewReader(source))
	if err := values(decoder, "", func(under, words string) {
		t := Text{File: name, Under: under, Words: strings.TrimPrefix(words, "issuer:")} // who issues a paper, coded
		if hasHan(words) && !seen[t] && under != forEditors {
			seen[t] = true
			found = append(found, t)
		}
	}); err != nil {
		return nil, err
	}
	return found, nil
}

// values reads one value in the order of the document.
func values(d *json.Decoder, under string, each func(under, words string)) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	switch token := token.(type) {
	case string:
		each(under, token)
	case json.Delim:
		for d.More() {
			field := under
			if token == '{' {
				key, err := d.Token()
				if err != nil {
					return err
				}
				field, _ = key.(string)
			}
			if err := values(d, field, each); err != nil {
				return err
			}
		}
		_, err = d.Token()
	}
	return err
}

// ofLines gathers the cells of a table whose lines are split by tabs; # begins a remark.
func ofLines(name, source string) ([]Text, error) {
	var found []Text
	for i, line := range strings.Split(source, "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, cell := range strings.Split(line, "\t") {
			if hasHan(cell) {
				found = append(found, Text{File: name, Line: i + 1, Words: cell})
			}
		}
	}
	return found, nil
}
