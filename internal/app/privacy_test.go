package app_test

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"bianmin/internal/cases"
	"bianmin/internal/db"
	"bianmin/internal/ident"
)

// TestNumbersAreNowhereInTheClear says a citizen number and a telephone everywhere that a program's client can say
// something, and then looks for them in everything that was stored or logged.
func TestNumbersAreNowhereInTheClear(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := newPerson()
		said := fmt.Sprintf("本人%s，电话%s，也写成%s", p.id, p.phone, wide(p.id))
		c := h.as(t, clerk)
		f := application(h, oldAge, gaoVillage, p)
		f["applicant"].(form)["address"] = "高家堡村三组，电话" + p.phone
		f["green"] = p.id
		v := c.post(t, filing, f).want(t, 201).view(t)
		v = c.did(t, v, "notify", form{"missing": []form{{"material": "居民身份证", "what": "defective", "note": said}}})
		v = c.did(t, v, "correct", form{"materials": []form{{"name": "居民身份证"}}})
		v = c.did(t, v, "notify", form{"missing": []form{{"material": "居民身份证", "what": "defective", "note": said, "unseen": said}}})
		v = c.did(t, v, "correct", form{"materials": []form{{"name": "居民身份证"}}})
		for _, field := range []string{"id_number", "phone"} {
			c.does(t, v, "reveal", form{"field": field, "reason": said}).want(t, 200)
		}
		next := newPerson()
		v = c.did(t, v, "amend", form{"field": "id_number", "value": next.id, "reason": said})
		v = c.did(t, v, "amend", form{"field": "phone", "value": next.phone, "reason": said})
		v = c.did(t, v, "amend", form{"field": "address", "value": said, "reason": said})
		v = c.did(t, v, "amend", form{"field": "name", "value": "折" + p.id, "reason": said})
		v = c.did(t, v, "accept", nil)
		v = h.as(t, agent).did(t, v, "pass", form{"note": said})
		v = h.as(t, desk).did(t, v, "return", form{"reason": said})
		v = h.as(t, agent).did(t, v, "suspend", form{"kind": "testing", "basis": said, "evidence": said, "expected_days": 3})
		v = h.as(t, agent).did(t, v, "resume", form{"evidence": said, "note": said})
		v = h.as(t, agent).did(t, v, "extend", form{"days": 5, "reason": said})
		v = h.as(t, "head-610881101").did(t, v, "refuse-extension", form{"reason": said})
		v = h.as(t, agent).did(t, v, "extend", form{"days": 5, "reason": said})
		v = h.as(t, "head-610881101").did(t, v, "approve-extension", nil)
		v = h.as(t, agent).did(t, v, "hand", form{"to": desk, "reason": said})
		h.as(t, agent).does(t, v, "hand", form{"to": p.phone, "reason": said}).want(t, 422)
		v = h.as(t, agent).did(t, v, "pass", nil)
		v = h.as(t, desk).did(t, v, "pass", nil)
		v = h.as(t, minzheng).did(t, v, "decide", form{"approve": false, "reason": said})
		c.did(t, v, "deliver", form{"way": said, "receiver": said})

		ends := h.filed(t, oldAge, gaoVillage)
		c.did(t, ends, "reject", form{"ground": said, "whose": said, "redress": said})
		ends = h.filed(t, oldAge, gaoVillage)
		c.did(t, ends, "withdraw", form{"reason": said})
		ends = h.filed(t, oldAge, gaoVillage)
		c.did(t, ends, "void", form{"reason": said})
		spot := application(h, onTheSpot, gaojiabu, p)
		spot["finish"] = form{"approve": false, "reason": said, "way": said, "receiver": said}
		c.post(t, filing, spot).want(t, 201)

		c.get(t, filing+"?q="+p.id).want(t, 200)
		c.get(t, filing+"?q="+p.phone).want(t, 200)
		// What is refused must not get into the log either.
		h.nobody().get(t, "/api/v1/follow?number="+p.id+"&phone_last4="+p.phone).want(t, 404)
		wrong := application(h, oldAge, gaoVillage, p)
		wrong["applicant"].(form)["id_number"] = p.id + "0"
		wrong["note"] = said
		c.post(t, filing, wrong).want(t, 422)
		c.get(t, "/api/v1/"+p.id).want(t, 404)
		c.get(t, filing+"/"+p.id).want(t, 404)
		c.get(t, "/"+p.phone)

		found, err := h.confidences(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			t.Errorf("kept in the clear: %s", f)
		}
	})
}

// wide writes a number in full-width forms.
func wide(s string) string {
	return strings.Map(func(r rune) rune { return r - '!' + '！' }, s)
}

// confidences names where a number that was told in confidence stands in the clear: in the log, in the files of SQLite,
// or in any table of the database.
func (h *house) confidences(ctx context.Context) ([]string, error) {
	places := map[string]string{"the log": h.log.String()}
	if h.engine == "sqlite" {
		for _, file := range []string{db.FileIn(h.config.Data), db.FileIn(h.config.Data) + "-wal"} {
			raw, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			places["the file "+file[strings.LastIndex(file, db.File):]] = string(raw)
		}
	}
	dump, err := h.dump(ctx)
	if err != nil {
		return nil, err
	}
	for table, text := range dump {
		places["the table "+table] = text
	}
	secret, odd := sorted(confided())
	found := map[string]string{} // one finding a place is enough
	for where, text := range places {
		for how, written := range map[string]string{"": narrow(text), " in hexadecimal": unhex(text)} {
			figures(written, func(at int, run string) {
				_, err := ident.ParseCitizenNumber(run, cases.At(h.config.Wall.Now()).Date())
				if holds(run, secret) || err == nil && alone(written, at, len(run)) {
					found[where+how] = around(written, at)
				}
			})
		}
		for _, number := range odd {
			if at := strings.Index(text, number); at >= 0 {
				found[where] = around(text, at)
			}
		}
	}
	list := make([]string, 0, len(found))
	for where, behind := range found {
		list = append(list, where+", behind "+behind)
	}
	return list, nil
}

// sorted tells what is made of figures from what has letters in it.
func sorted(numbers []string) (figures map[string]bool, odd []string) {
	figures = map[string]bool{}
	for _, n := range numbers {
		if strings.Trim(n, "0123456789X") == "" {
			figures[n] = true
		} else {
			odd = append(odd, n)
		}
	}
	return figures, odd
}

// shortest is the length of the shortest number that is told in confidence: a mobile telephone's.
const shortest = 11

// figures visits every run of figures that is long enough to hold a number.
func figures(text string, visit func(at int, run string)) {
	from := 0
	for i := 0; i <= len(text); i++ {
		switch {
		case i < len(text) && '0' <= text[i] && text[i] <= '9':
			continue
		case i < len(text) && (text[i] == 'X' || text[i] == 'x') && i > from:
			visit(from, text[from:i+1])
		case i-from >= shortest:
			visit(from, text[from:i])
		}
		from = i + 1
	}
}

// holds says whether a number stands in a run of figures.
func holds(run string, numbers map[string]bool) bool {
	run = strings.ToUpper(run)
	for _, length := range []int{11, 12, 18} { // a mobile, a landline, a citizen
		for i := 0; i+length <= len(run); i++ {
			if numbers[run[i:i+length]] {
				return true
			}
		}
	}
	return false
}

// alone says that nothing but punctuation stands around: by chance a date and a check digit are found in any long run.
func alone(text string, at, length int) bool {
	letter := func(i int) bool {
		return i >= 0 && i < len(text) && (text[i] >= 'a' && text[i] <= 'z' || text[i] >= 'A' && text[i] <= 'Z' || text[i] >= '0' && text[i] <= '9')
	}
	return !letter(at-1) && !letter(at+length)
}

// narrow writes full-width forms as plain ones.
func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		if '！' <= r && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, text)
}

// unhex writes what is figures in hexadecimal as the figures, and drops all else.
func unhex(text string) string {
	var b strings.Builder
	for _, run := range hexFigures.FindAllString(text, -1) {
		for i := 1; i < len(run); i += 2 {
			b.WriteByte(run[i])
		}
		b.WriteByte(' ')
	}
	return b.String()
}

var hexFigures = regexp.MustCompile(`(?:3[0-9]){11,}`)

// around shows where a number stands, without the number.
func around(text string, at int) string {
	return fmt.Sprintf("%q", ident.MaskNumbers(text[max(0, at-60):at]))
}

// dump reads every row of every table, as pg_dump would.
func (h *house) dump(ctx context.Context) (map[string]string, error) {
	ask := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
	if h.engine == "postgres" {
		ask = "SELECT table_name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
	}
	tables, err := h.column(ctx, ask)
	if err != nil || len(tables) < 10 {
		return nil, fmt.Errorf("the tables are %v: %w", tables, err)
	}
	dump := map[string]string{}
	for _, table := range tables {
		rows, err := h.rows(ctx, table)
		if err != nil {
			return nil, err
		}
		dump[table] = strings.Join(rows, "\n")
	}
	return dump, nil
}

// rows gives each row of a table as text.
func (h *house) rows(ctx context.Context, table string) ([]string, error) {
	if h.engine == "postgres" {
		return h.column(ctx, "SELECT t::text FROM "+table+" t")
	}
	columns, err := h.column(ctx, "SELECT name FROM pragma_table_info('"+table+"')")
	if err != nil {
		return nil, err
	}
	for i, c := range columns {
		columns[i] = "CASE typeof(" + c + ") WHEN 'blob' THEN hex(" + c + ") ELSE coalesce(" + c + ", '') END"
	}
	return h.column(ctx, "SELECT "+strings.Join(columns, " || char(9) || ")+" FROM "+table)
}

// column reads the one column that a query gives.
func (h *house) column(ctx context.Context, query string) ([]string, error) {
	rows, err := h.app.DB.Q(ctx).QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", query, err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}
