package ui

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bianmin/internal/problem"
)

// Input is one question of a form: label above, hint under it, the error between hint and box.
type Input struct {
	Name  string // of the form value
	ID    string // of the box; empty: FieldID(Name)
	Label string
	Hint  string
	Error string
	Value string
	// Type is text (when empty), password, search, number, textarea or select.
	Type         string
	InputMode    string // numeric, tel …
	Autocomplete string // off when empty
	Options      []Option
	Rows         int // of a textarea
	Max          int // characters; 0 is no bound
	Focus        bool
	Small        bool // a short box: a number, a code
	Hidden       bool // the label is for screen readers alone
	Placeholder  string
	Extra        templ.Attributes // more attributes (hx-get …)
}

func (f Input) id() string {
	if f.ID != "" {
		return f.ID
	}
	return FieldID(f.Name)
}

func (f Input) describedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.id()+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.id()+"-error")
	}
	return strings.Join(ids, " ")
}

func (f Input) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Input) autocomplete() string {
	if f.Autocomplete == "" {
		return "off"
	}
	return f.Autocomplete
}

// Option is one answer of a select or of radio buttons.
type Option struct {
	Value, Label string
	On           bool
	Hint         string
}

// Mistake is one line of the error summary: where it is, and what to do.
type Mistake struct{ ID, Message string }

// Mistakes makes the summary of wrong fields. A field's box has the id FieldID of its path.
func Mistakes(fields []problem.Field) []Mistake {
	list := make([]Mistake, len(fields))
	for i, f := range fields {
		list[i] = Mistake{ID: FieldID(f.Path), Message: f.Message}
	}
	return list
}

// FieldID is the element id of a field by its path: materials[2].name is f-materials-2-name.
func FieldID(path string) string {
	return "f-" + strings.NewReplacer(".", "-", "[", "-", "]", "", "_", "-").Replace(path)
}

// ErrorAt gives the message of one field, empty when it is not wrong.
func ErrorAt(fields []problem.Field, path string) string {
	for _, f := range fields {
		if f.Path == path {
			return f.Message
		}
	}
	return ""
}

// ErrorTitle begins the title of a page that comes back with mistakes: a screen reader says it first.
func ErrorTitle(title string, mistakes int) string {
	if mistakes == 0 {
		return title
	}
	return "错误：" + title + "，有 " + strconv.Itoa(mistakes) + " 处要改"
}

// ButtonKind is how loud a button is. One blue button a screen.
type ButtonKind string

// The kinds.
const (
	Primary ButtonKind = ""
	Plain   ButtonKind = "plain"
	Grey    ButtonKind = "grey"
	Tiny    ButtonKind = "grey tiny"
)

// FileInput is a question that is answered by a file.
type FileInput struct {
	ID, Name string
	Words    string // what its button says
	Accept   string
	Multiple bool
	Error    string // the id of what is wrong with it; empty when nothing is
}

// Press is a button: verb and thing in two to six characters.
type Press struct {
	Text  string
	Kind  ButtonKind
	Key   string // printed on it: Enter, 空格, Q
	Code  string // event.code that presses it (KeyQ, Enter, Space), for the script
	Name  string
	Value string
	Form  string // id of the form, when the button stands outside
	To    string // formaction
	Plain bool   // type=button: the script's alone
	Off   bool   // shown, but not to be pressed: Text says why
	Extra templ.Attributes
}

func (p Press) shortcuts() string { return Shortcut(p.Code) }

// Shortcut is aria-keyshortcuts of an event.code.
func Shortcut(code string) string {
	switch {
	case strings.HasPrefix(code, "Key"):
		return strings.ToLower(strings.TrimPrefix(code, "Key"))
	case strings.HasPrefix(code, "Digit"):
		return strings.TrimPrefix(code, "Digit")
	}
	return code
}

func (p Press) kind() string {
	if p.Plain {
		return "button"
	}
	return "submit"
}
