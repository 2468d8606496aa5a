package ui

import (
	"fmt"
	"strconv"

	"github.com/a-h/templ"
)

func num(n int) string { return strconv.Itoa(n) }

// viewBox leaves room above and below for the post.
func (d drawing) viewBox() string { return fmt.Sprintf("0 -6 %d 32", d.width) }

// attributes are those that not every box has.
func (f Input) attributes() templ.Attributes {
	a := templ.Attributes{}
	for k, v := range f.Extra {
		a[k] = v
	}
	if by := f.describedBy(); by != "" {
		a["aria-describedby"] = by
	}
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	if f.InputMode != "" {
		a["inputmode"] = f.InputMode
	}
	if f.Max > 0 {
		a["maxlength"] = num(f.Max)
	}
	if f.Placeholder != "" {
		a["placeholder"] = f.Placeholder
	}
	if f.Focus {
		a["autofocus"] = true
	}
	return a
}

func (f FileInput) attributes() templ.Attributes {
	a := templ.Attributes{"aria-invalid": strconv.FormatBool(f.Error != "")} // an empty box is not yet wrong
	if f.Error != "" {
		a["aria-describedby"] = f.Error
	}
	return a
}

func (p Press) attributes() templ.Attributes {
	a := templ.Attributes{}
	for k, v := range p.Extra {
		a[k] = v
	}
	for name, value := range map[string]string{"name": p.Name, "form": p.Form, "formaction": p.To, "data-key": p.Code, "aria-keyshortcuts": p.shortcuts()} {
		if value != "" {
			a[name] = value
		}
	}
	if p.Name != "" {
		a["value"] = p.Value
	}
	if p.Off {
		a["aria-disabled"] = "true"
	}
	return a
}
