package app_test

import (
	"context"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
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
		v = h.as(t, agent).did(t, v, "suspend", form{"kind": "testing", "basis": said, "expected_days": 3})
		v = h.as(t, agent).did(t, v, "resume", form{"note": said})
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
	found := map[string]bool{} // once a place and a kind is enough
	for where, text := range places {
		for _, number := range confided() {
			for form, written := range map[string]string{"": number, " in full-width forms": wide(number), " in hexadecimal": hex.EncodeToString([]byte(number))} {
				if strings.Contains(text, written) {
					found[where+form+", behind "+around(text, written)] = true
				}
			}
		}
		for _, number := range citizenNumber.FindAllStringSubmatch(text, -1) {
			if _, err := ident.ParseCitizenNumber(number[1], cases.At(h.config.Wall.Now()).Date()); err == nil {
				found[where+", somebody's, behind "+around(text, number[1])] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// citizenNumber finds what looks like one and stands alone.
var citizenNumber = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(\d{17}[\dXx])(?:[^0-9A-Za-z]|$)`)

// around shows where a number stands, without the number.
func around(text, number string) string {
	i := strings.Index(text, number)
	return fmt.Sprintf("%q", ident.MaskNumbers(text[max(0, i-60):i]))
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
