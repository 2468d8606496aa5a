package place

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// ParseUnits reads the list of units. Unknown fields, closed lists not kept, a code or a
// short name twice are refused, with the line.
func ParseUnits(r io.Reader) ([]Unit, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading the list of units: %w", err)
	}
	list := json.NewDecoder(bytes.NewReader(raw))
	list.DisallowUnknownFields()
	at := func() int { return lineAt(raw, list.InputOffset()) }
	if open, err := list.Token(); err != nil || open != json.Delim('[') {
		return nil, &LineError{1, "单位名单应写在方括号里"}
	}
	var units []Unit
	codes, shorts := map[string]bool{}, map[string]bool{}
	for list.More() {
		var u Unit
		if err := list.Decode(&u); err != nil {
			return nil, &LineError{faultLine(raw, at(), err), jsonFault(err)}
		}
		if what := u.fault(); what != "" {
			return nil, &LineError{at(), what}
		}
		if codes[u.Code] || shorts[u.Short] {
			return nil, &LineError{at(), fmt.Sprintf("单位%s（%s）重复", u.Code, u.Short)}
		}
		codes[u.Code], shorts[u.Short] = true, true
		units = append(units, u)
	}
	if _, err := list.Token(); err != nil {
		return nil, &LineError{at(), "方括号没有写完"}
	}
	if _, err := list.Token(); !errors.Is(err, io.EOF) {
		return nil, &LineError{at(), "名单后面还有多余的内容"}
	}
	return units, nil
}

// fault says in Chinese what is wrong with one unit, or nothing.
func (u Unit) fault() string {
	switch {
	case !isPinyin(u.Code):
		return fmt.Sprintf("单位代码“%s”应为3到20个小写字母", u.Code)
	case blank(u.Name) || blank(u.Short):
		return fmt.Sprintf("单位%s的名称或简称空着，或者前后有空格", u.Code)
	case tierNames[u.Tier] == "":
		return fmt.Sprintf("单位%s的层级“%s”不在名单里", u.Code, u.Tier)
	case natureNames[u.Nature] == "":
		return fmt.Sprintf("单位%s的性质“%s”不在名单里", u.Code, u.Nature)
	case len(u.Windows) == 0:
		return fmt.Sprintf("单位%s没有写窗口", u.Code)
	case u.Telephone != nil && blank(*u.Telephone):
		return fmt.Sprintf("单位%s的电话空着，或者前后有空格", u.Code)
	}
	for i, w := range u.Windows {
		if !slices.Contains(windows, w) || slices.Contains(u.Windows[:i], w) {
			return fmt.Sprintf("单位%s的窗口“%s”重复，或者不在名单里", u.Code, w)
		}
	}
	return ""
}

func isPinyin(s string) bool {
	return len(s) >= 3 && len(s) <= 20 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

func blank(s string) bool { return s == "" || strings.TrimSpace(s) != s }

func jsonFault(err error) string {
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return "不认识的字段" + field
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fmt.Sprintf("字段%s的内容类型不对", kind.Field)
	}
	return "写法不合JSON格式"
}

func faultLine(raw []byte, fallback int, err error) int {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return lineAt(raw, syntax.Offset)
	}
	return fallback
}

func lineAt(raw []byte, offset int64) int {
	return 1 + bytes.Count(raw[:min(offset, int64(len(raw)))], []byte("\n"))
}
