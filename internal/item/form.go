package item

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"strings"
)

// FormError is a file that is not written as it should be: the line, where in the item, what.
type FormError struct {
	Line  int
	Where string // as in the file: [3].materials[0].from
	What  string
}

func (e *FormError) Error() string {
	if e.Where == "" {
		return fmt.Sprintf("第%d行：%s", e.Line, e.What)
	}
	return fmt.Sprintf("第%d行，%s：%s", e.Line, e.Where, e.What)
}

// maxDepth: a definition is six levels deep; more is somebody playing.
const maxDepth = 16

// form walks the file token by token beside the Go type it is meant for. The standard decoder
// lets doubled and missing fields, and fields in another case, pass; here each is refused.
type form struct {
	raw    []byte
	tokens *json.Decoder
}

func checkForm(raw []byte, want reflect.Type) error {
	f := form{raw: raw, tokens: json.NewDecoder(bytes.NewReader(raw))}
	f.tokens.UseNumber()
	if err := f.value(want, "", 0); err != nil {
		return err
	}
	if _, err := f.tokens.Token(); !errors.Is(err, io.EOF) {
		return f.fault("", "后面还有多余的内容")
	}
	return nil
}

func (f form) fault(where, what string) error {
	offset := min(f.tokens.InputOffset(), int64(len(f.raw)))
	return &FormError{1 + bytes.Count(f.raw[:offset], []byte("\n")), where, what}
}

func (f form) value(want reflect.Type, where string, depth int) error {
	if depth > maxDepth {
		return f.fault(where, "层数太多")
	}
	token, err := f.tokens.Token()
	if err != nil {
		return f.fault(where, "写法不合JSON格式，或者没有写完")
	}
	if want.Kind() == reflect.Pointer {
		if token == nil {
			return nil
		}
		want = want.Elem()
	}
	switch {
	case isText(want):
		return f.text(token, want, where)
	case want.Kind() == reflect.Slice && token == json.Delim('['):
		return f.list(want.Elem(), where, depth)
	case want.Kind() == reflect.Struct && token == json.Delim('{'):
		return f.object(want, where, depth)
	case want.Kind() == reflect.Int:
		return f.number(token, where)
	case want.Kind() == reflect.Bool:
		if _, ok := token.(bool); ok {
			return nil
		}
	}
	return f.fault(where, "应为"+expected(want))
}

func (f form) list(element reflect.Type, where string, depth int) error {
	for i := 0; f.tokens.More(); i++ {
		if err := f.value(element, fmt.Sprintf("%s[%d]", where, i), depth+1); err != nil {
			return err
		}
	}
	return f.closing(where)
}

func (f form) object(want reflect.Type, where string, depth int) error {
	fields := fieldsOf(want)
	var seen []string
	for f.tokens.More() {
		token, err := f.tokens.Token()
		if err != nil {
			return f.fault(where, "写法不合JSON格式")
		}
		name, _ := token.(string)
		kind, known := fields[name]
		if !known {
			return f.fault(where, fmt.Sprintf("不认识的字段“%s”", name))
		}
		if slices.Contains(seen, name) {
			return f.fault(where, fmt.Sprintf("字段“%s”写了两次", name))
		}
		seen = append(seen, name)
		if err := f.value(kind, strings.TrimPrefix(where+"."+name, "."), depth+1); err != nil {
			return err
		}
	}
	for i := range want.NumField() {
		if name := want.Field(i).Tag.Get("json"); !slices.Contains(seen, name) {
			return f.fault(where, fmt.Sprintf("缺少字段“%s”", name))
		}
	}
	return f.closing(where)
}

func (f form) closing(where string) error {
	if _, err := f.tokens.Token(); err != nil {
		return f.fault(where, "括号没有写完")
	}
	return nil
}

func (f form) number(token json.Token, where string) error {
	number, ok := token.(json.Number)
	if !ok {
		return f.fault(where, "应为整数")
	}
	if n, err := number.Int64(); err != nil || n > math.MaxInt32 || n < math.MinInt32 {
		return f.fault(where, "应为整数")
	}
	return nil
}

// text lets a type that reads itself (an owner, a source) say what is wrong.
func (f form) text(token json.Token, want reflect.Type, where string) error {
	written, ok := token.(string)
	if !ok {
		return f.fault(where, "应为文字")
	}
	if reader, ok := reflect.New(want).Interface().(encoding.TextUnmarshaler); ok {
		if err := reader.UnmarshalText([]byte(written)); err != nil {
			return f.fault(where, err.Error())
		}
	}
	return nil
}

func isText(t reflect.Type) bool {
	return t.Kind() == reflect.String || reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

func expected(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		return "方括号里的列表"
	case reflect.Struct:
		return "花括号里的内容"
	}
	return "true或者false"
}

func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := make(map[string]reflect.Type, t.NumField())
	for i := range t.NumField() {
		fields[t.Field(i).Tag.Get("json")] = t.Field(i).Type
	}
	return fields
}
