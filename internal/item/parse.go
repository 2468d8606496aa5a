package item

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
)

// MaxFile is how much of a file of definitions is read: a county's thousand items take 4 MB.
const MaxFile = 32 << 20

// Parse reads a list of definitions. It is strict about the form: no unknown, doubled or
// missing field, no other kind of value. Whether a definition keeps the rules is Check's.
func Parse(r io.Reader) ([]Definition, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("reading definitions: %w", err)
	}
	if len(raw) > MaxFile {
		return nil, &FormError{Line: 1, What: fmt.Sprintf("文件超过%dMB，请分几次导入", MaxFile>>20)}
	}
	if err := checkForm(raw, reflect.TypeFor[[]Definition]()); err != nil {
		return nil, err
	}
	var list []Definition
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("reading definitions of the right form: %w", err)
	}
	seen := map[Code]bool{}
	for _, d := range list {
		if seen[d.Code] {
			return nil, &FormError{Line: lineOf(raw, d.Code), What: fmt.Sprintf("事项%s写了两次", d.Code)}
		}
		seen[d.Code] = true
	}
	return list, nil
}

// lineOf is the line of a code's last mention as an item's own.
func lineOf(raw []byte, code Code) int {
	written, err := json.Marshal(code)
	if err != nil {
		return 1
	}
	at := bytes.LastIndex(raw, written)
	return 1 + bytes.Count(raw[:max(at, 0)], []byte("\n"))
}
