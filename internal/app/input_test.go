package app_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"bianmin/internal/cases"
)

// TestCitizenNumbersAsTheyAreTyped: the areas of Shenmu over the years, what is put right, and what is not.
func TestCitizenNumbersAsTheyAreTyped(t *testing.T) {
	var x string // a number that ends in X
	for n := 0; !strings.HasSuffix(x, "X"); n++ {
		x = newPerson().id
	}
	const old = "61272219541002002"
	good := citizen(old)
	wrong := good[:17] + "5"
	confide(good, x)
	once(t, func(t *testing.T, h *house) {
		file := func(id any) reply {
			f := application(h, oldAge, gaoVillage, newPerson())
			f["applicant"].(form)["id_number"] = id
			f["another"] = "同一个人，写法不同"
			return h.as(t, clerk).post(t, filing, f)
		}
		for what, c := range map[string]struct{ typed, is string }{
			"612722": {good, good}, "610821": {citizen("61082119541002002"), citizen("61082119541002002")}, "610881": {citizen("61088119541002002"), citizen("61088119541002002")},
			"a small x": {strings.ToLower(x), x}, "full width": {wide(x), x}, "a small full-width x": {strings.Replace(wide(x), "Ｘ", "ｘ", 1), x},
			"spaces": {"  " + good[:6] + " " + good[6:14] + "　" + good[14:] + " ", good}, "dashes": {good[:6] + "-" + good[6:14] + "-" + good[14:], good},
			"fifteen digits": {good[:6] + good[8:17], good},
		} {
			confide(c.is)
			v := file(c.typed).want(t, 201).view(t)
			if v.Applicant.IDNumber != masked(c.is) {
				t.Errorf("%s: shown as %s", what, v.Applicant.IDNumber)
			}
			if got := everything(t, h.as(t, clerk), "limit=200&q="+url.QueryEscape(c.is)); len(got) == 0 || got[len(got)-1].Applicant.IDNumber != masked(c.is) {
				t.Errorf("%s: not found by the number put right", what)
			}
			if got := h.as(t, clerk).does(t, v, "reveal", form{"field": "id_number", "reason": "x"}).want(t, 200).view(t); got.Revealed.Value != c.is {
				t.Errorf("%s: kept as another number", what)
			}
		}
		for what, c := range map[string]struct {
			typed any
			code  string
		}{
			"the check digit": {wrong, "check_digit"}, "a digit too many": {good + "0", "too_long"}, "a digit too few": {good[:17], "too_short"},
			"another date": {citizen("61272219541302002"), "bad_date"}, "not yet born": {citizen("61272220991002002"), "bad_date"}, "no province": {citizen("99272219541002002"), "bad_area"},
			"letters": {good[:10] + "ABC" + good[13:], "bad_character"}, "nothing": {"", "empty"}, "blanks": {"   ", "empty"},
			"a number": {612722195410020, "not_string"}, "null": {nil, "not_string"}, "a list": {[]string{good}, "not_string"}, "NUL": {good + "\x00", "bad_character"},
		} {
			t.Run(what, func(t *testing.T) { file(c.typed).at(t, "applicant.id_number:"+c.code) })
		}
	})
}

// TestNamesAreKeptWhole sends names that careless programs break, through everything that keeps or shows them.
func TestNamesAreKeptWhole(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.as(t, clerk)
		for _, name := range []string{"𠮷", "𬭸", "高𬭸𠮷", "阿卜杜热合曼·买买提", "买合木提•伊明", "㛃", "邉\U000e0100", "<script>alert(1)</script>", "O'Neill & \"Söhne\" \\ {{.}}",
			strings.Repeat("长", 100), strings.Repeat("𠮷", 100), "李 小龙", "%", "Ⅷ"} {
			f := application(h, oldAge, gaoVillage, newPerson())
			f["applicant"].(form)["name"] = "  " + name + "　"
			v := c.post(t, filing, f).want(t, 201).view(t)
			got := c.get(t, path(v)).want(t, 200).view(t)
			if v.Applicant.Name != name || got.Applicant.Name != name {
				t.Errorf("%q is kept as %q and shown as %q", name, v.Applicant.Name, got.Applicant.Name)
			}
			part := []rune(name)
			found := everything(t, c, "limit=200&q="+url.QueryEscape(string(part[:min(len(part), 60)])))
			at := slices.IndexFunc(found, func(f cases.View) bool { return f.Number == v.Number })
			if at < 0 || found[at].Applicant.Name != name {
				t.Errorf("%q is not listed by its name", name)
			}
		}
	})
}

func TestNamesThatAreNone(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		file := func(field string, value any) reply {
			f := application(h, oldAge, gaoVillage, newPerson())
			f["applicant"].(form)[field] = value
			return h.as(t, clerk).post(t, filing, f)
		}
		for _, c := range []struct {
			name any
			code string
		}{
			{"", "empty"}, {" 　\t", "empty"}, {strings.Repeat("长", 101), "too_long"}, {strings.Repeat("𠮷", 101), "too_long"}, {"折😀", "bad_character"}, {"折\x00桂英", "control_character"},
			{"折\n桂英", "control_character"}, {"折\u200b桂英", "control_character"}, {"\u202e英桂折", "control_character"}, {"折\x7f", "control_character"},
			{"折\ufffd", "control_character"}, {1, "not_string"}, {nil, "not_string"}, {true, "not_string"}, {form{}, "not_string"},
		} {
			file("name", c.name).at(t, "applicant.name:"+c.code)
		}
		file("address", "高家堡\x00").at(t, "applicant.address:control_character")
		file("address", strings.Repeat("长", 201)).at(t, "applicant.address:too_long")
		file("phone", "1391234").at(t, "applicant.phone:too_short")
		file("phone", 13912345127).at(t, "applicant.phone:not_string")
		file("kind", "robot").at(t, "applicant.kind:not_one_of")
		file("email", "x@y").at(t, "applicant.email:unknown_field")
		// A half of a pair is no character, whatever JSON lets pass.
		raw := string(marshal(t, application(h, oldAge, gaoVillage, newPerson())))
		for _, half := range []string{`\ud800`, `\udfb7`, `折\ud842桂`} {
			at := strings.Index(raw, `"name":"折`)
			h.as(t, clerk).post(t, filing, []byte(raw[:at]+`"name":"`+half+raw[at+len(`"name":"`):])).at(t, "applicant.name:control_character")
		}
		h.as(t, clerk).post(t, filing, []byte(strings.Replace(raw, `"name":"折`, `"name":"\ud842\udfb7`, 1))).want(t, 201)
	})
}

func TestApplicationsThatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.as(t, clerk)
		for what, x := range map[string]struct {
			change func(form)
			want   []string
		}{
			"no item":           {func(f form) { f["item"] = "BM-999" }, []string{"item:unknown_item"}},
			"half an item":      {func(f form) { f["item"] = "高龄老人" }, []string{"item:unknown_item"}},
			"no place":          {func(f form) { f["place"] = "610881101999" }, []string{"place:unknown_place"}},
			"a short place":     {func(f form) { f["place"] = "610881101" }, []string{"place:unknown_place"}},
			"the city":          {func(f form) { f["place"] = city }, []string{"place:unknown_place"}},
			"another town":      {func(f form) { f["place"] = otherTown }, []string{"place:not_yours"}},
			"a number":          {func(f form) { f["place"] = 610881101200 }, []string{"place:not_string"}},
			"no channel":        {func(f form) { f["channel"] = "letter" }, []string{"channel:not_one_of"}},
			"all left out":      {func(f form) { clear(f) }, []string{"item:required", "place:required", "channel:required", "applicant:required"}},
			"an empty person":   {func(f form) { f["applicant"] = form{} }, []string{"applicant.kind:required", "applicant.name:required", "applicant.id_number:required"}},
			"no person":         {func(f form) { f["applicant"] = "折桂英" }, []string{"applicant:not_object"}},
			"fields more":       {func(f form) { f["colour"], f["applicant"].(form)["age"] = "red", 71 }, []string{"colour:unknown_field", "applicant.age:unknown_field"}},
			"another case":      {func(f form) { f["CHANNEL"] = "letter" }, []string{"CHANNEL:unknown_field"}},
			"papers twice":      {papers(form{"name": "居民身份证"}, form{"name": "居民身份证"}), []string{"materials[1].name:twice"}},
			"a strange paper":   {papers(form{"name": "结婚证"}), []string{"materials[0].name:unknown_material"}},
			"fewer than none":   {papers(form{"name": "居民身份证", "copies": -1, "originals": -2}), []string{"materials[0].copies:too_small", "materials[0].originals:too_small"}},
			"far too many":      {papers(form{"name": "居民身份证", "copies": 100}), []string{"materials[0].copies:too_large"}},
			"half a paper":      {papers(form{"name": "居民身份证", "copies": 0.5}), []string{"materials[0].copies:not_integer"}},
			"written numbers":   {papers(form{"name": "居民身份证", "copies": "1"}), []string{"materials[0].copies:not_integer"}},
			"a strange status":  {papers(form{"name": "居民身份证", "status": "lost"}), []string{"materials[0].status:not_one_of"}},
			"papers as a text":  {func(f form) { f["materials"] = "居民身份证" }, []string{"materials:not_array"}},
			"a hundred and one": {papers(slices.Repeat([]form{{"name": "居民身份证"}}, 101)...), []string{"materials:too_many"}},
			"a long green":      {func(f form) { f["green"] = strings.Repeat("急", 21) }, []string{"green:too_long"}},
			"a hidden green":    {func(f form) { f["green"] = "急\x00" }, []string{"green:control_character"}},
		} {
			t.Run(what, func(t *testing.T) {
				f := application(h, oldAge, gaoVillage, newPerson())
				x.change(f)
				c.post(t, filing, f).at(t, x.want...)
			})
		}
		// All that is wrong is said at once.
		f := application(h, oldAge, gaoVillage, newPerson())
		f["item"], f["place"], f["applicant"].(form)["phone"] = "x", "x", "x"
		f["applicant"].(form)["id_number"], f["applicant"].(form)["name"] = "abc", ""
		c.post(t, filing, f).at(t, "item:unknown_item", "place:unknown_place", "applicant.name:empty", "applicant.id_number:bad_character", "applicant.phone:bad_character")
		h.as(t, agent).post(t, filing, application(h, oldAge, gaoVillage, newPerson())).at(t, "channel:not_yours")
	})
}

func papers(list ...form) func(form) { return func(f form) { f["materials"] = list } }

func TestBodiesThatAreTooMuch(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		c := h.as(t, clerk)
		twelve := []byte(`{"item":"` + strings.Repeat("x", 12<<20) + `"}`)
		c.post(t, filing, twelve).want(t, 413, "body_too_large")
		for what, deep := range map[string]string{"brackets": strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000), "braces": strings.Repeat(`{"a":`, 65) + "1" + strings.Repeat("}", 65)} {
			t.Run(what, func(t *testing.T) { c.post(t, filing, []byte(deep)).want(t, 400, "too_deep") })
		}
		for what, raw := range map[string]string{"a list": "[]", "null": "null", "a text": `"x"`, "a number": "1", "true": "true"} {
			t.Run(what, func(t *testing.T) { c.post(t, filing, []byte(raw)).want(t, 422, "invalid") })
		}
		for what, raw := range map[string]string{"version": `{"version":1e400}`, "huge": `{"version":123456789012345678901234567890}`, "as a power": `{"version":1e2}`} {
			t.Run(what, func(t *testing.T) {
				v := h.filed(t, oldAge, gaoVillage)
				if got := c.post(t, path(v, "accept"), []byte(raw)); got.status != 422 && got.status != 409 {
					t.Errorf("%d %s", got.status, got.raw)
				}
			})
		}
		f := string(marshal(t, application(h, oldAge, gaoVillage, newPerson())))
		padded := f[:len(f)-1] + strings.Repeat(" ", 1<<20-len(f)) + "}" // just as large as may be
		c.post(t, filing, []byte(padded)).want(t, 201)
		c.post(t, filing, []byte(padded+" ")).want(t, 413, "body_too_large")
	})
}
