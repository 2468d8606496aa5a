package item_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"bianmin/internal/item"
)

func one(t testing.TB) string {
	raw, err := json.MarshalIndent([]item.Definition{byCode(t, "BM-001")}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestParseRefusesWhatIsNotWrittenAsItShouldBe(t *testing.T) {
	right := one(t)
	if list, err := item.Parse(strings.NewReader(right)); err != nil || len(list) != 1 {
		t.Fatalf("the right one is refused: %v", err)
	}
	for name, c := range map[string]struct{ from, to, want string }{
		"an unknown field":      {`"plain"`, `"nickname"`, "不认识的字段“nickname”"},
		"a field in capitals":   {`"plain"`, `"Plain"`, "不认识的字段“Plain”"},
		"a field missing":       {`"visits": 1,`, ``, "缺少字段“visits”"},
		"a field twice":         {`"visits": 1,`, `"visits": 1, "visits": 2,`, "写了两次"},
		"a word for a number":   {`"visits": 1`, `"visits": "1"`, "应为整数"},
		"a fraction":            {`"visits": 1`, `"visits": 1.5`, "应为整数"},
		"a number beyond all":   {`"visits": 1`, `"visits": 99999999999`, "应为整数"},
		"nothing for a list":    {`"faq": [`, `"faq": null, "x": [`, "应为方括号里的列表"},
		"a number for a word":   {`"最低生活保障审核确认"`, `7`, "应为文字"},
		"a word for yes or no":  {`"charged": false`, `"charged": "no"`, "应为true或者false"},
		"a list for an object":  {`"result": {`, `"result": [], "x": {`, "应为花括号里的内容"},
		"nobody as owner":       {`"owner": "counter"`, `"owner": "somebody"`, "steps[1].owner"},
		"a unit without a name": {`"owner": "counter"`, `"owner": "unit:"`, "steps[1].owner"},
		"an issuer not named":   {`"from": "issuer:公安机关"`, `"from": "issuer:"`, "from"},
		"not closed":            {"\n]", "\n", "没有写完"},
		"more behind":           {"\n]", "\n] []", "多余"},
		"an item twice":         {right[1:], right[1:len(right)-2] + "," + right[1:], "写了两次"},
	} {
		text := strings.Replace(right, c.from, c.to, 1)
		if name == "not closed" || name == "more behind" {
			text = strings.TrimSuffix(right, c.from) + c.to
		}
		_, err := item.Parse(strings.NewReader(text))
		var form *item.FormError
		if !errors.As(err, &form) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestParseNamesTheLine(t *testing.T) {
	text := one(t)
	before := strings.Count(text[:strings.Index(text, `"fee"`)], "\n") + 1
	_, err := item.Parse(strings.NewReader(strings.Replace(text, `"fee"`, `"fees"`, 1)))
	var form *item.FormError
	if !errors.As(err, &form) || form.Line != before {
		t.Errorf("got %v, want line %d", err, before)
	}
}

func TestOwnersAndSourcesReadAndWriteTheSame(t *testing.T) {
	for _, s := range []string{"agent", "counter", "desk", "unit:minzheng"} {
		if o, err := item.ParseOwner(s); err != nil || o.String() != s {
			t.Errorf("%s became %s, %v", s, o, err)
		}
	}
	for _, s := range []string{"applicant", "counter_form", "issuer:公安机关"} {
		if o, err := item.ParseSource(s); err != nil || o.String() != s {
			t.Errorf("%s became %s, %v", s, o, err)
		}
	}
	for _, s := range []string{"", "unit", "unit:", "unit:民政", "Agent", "agent "} {
		if o, err := item.ParseOwner(s); err == nil {
			t.Errorf("%q became owner %s", s, o)
		}
	}
	for _, s := range []string{"", "issuer", "issuer:", "issuer: ", "village"} {
		if o, err := item.ParseSource(s); err == nil {
			t.Errorf("%q became source %s", s, o)
		}
	}
}

func TestParseCode(t *testing.T) {
	for _, s := range []string{"BM-001", "SM-12345", "ABCD-100"} {
		if c, err := item.ParseCode(s); err != nil || string(c) != s {
			t.Errorf("%s: %v", s, err)
		}
	}
	for _, s := range []string{"", "BM001", "bm-001", "B-001", "BM-01", "BM-001 ", "BM-00x", "BM-001-2", "ＢＭ-001"} {
		if _, err := item.ParseCode(s); err == nil {
			t.Errorf("%q is not refused", s)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(one(f))
	f.Add(`[]`)
	f.Add(`[{"code":"BM-001"}]`)
	units := directory(f)
	f.Fuzz(func(t *testing.T, text string) {
		list, err := item.Parse(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, d := range list {
			d.Check(units) // whatever was read can be checked
			d.Groups()
		}
		raw, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := item.Parse(strings.NewReader(string(raw))); len(list) > 0 && err != nil {
			t.Fatalf("written again it is refused: %v", err)
		}
	})
}
