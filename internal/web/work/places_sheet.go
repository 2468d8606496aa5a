package work

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	workbook "bianmin/internal/sheet"
	"bianmin/internal/web/ui"
)

// placesImportForm takes a workbook as /places.xlsx gives it out.
type placesImportForm struct {
	File   ui.Input
	Errors []ui.Mistake
	Open   bool
}

// placesPreview says what a workbook would change, before it does.
type placesPreview struct {
	Rows  []placeChange
	Count string
	Kept  string // the rows, to be sent again
}

type placeChange struct{ Service, What string }

// The heads of the workbook beside the days of the week.
const (
	headCode, headTelephone, headAddress, headPosition, headExcept = "区划代码", "电话", "地址", "位置（北纬、东经）", "特别的日子"
	extraSuffix                                                    = "延时"
)

// placesRowsMost is how many rows a workbook may have: more than there are places.
const placesRowsMost = 1000

// placesSheet gives the list, as it is filtered, as a workbook that can be filled in and taken back.
func (s *Site) placesSheet(w http.ResponseWriter, r *http.Request) {
	text := func(head string, width float64, get func(place.Place, place.ContactText) string) workbook.Column[place.Place] {
		return workbook.Column[place.Place]{Head: head, Width: width, Value: func(p place.Place) any { return get(p, s.Contacts.Of(p.Code).Text()) }}
	}
	columns := []workbook.Column[place.Place]{
		text(headCode, 16, func(p place.Place, _ place.ContactText) string { return string(p.Code) }),
		text("名称", 30, func(p place.Place, _ place.ContactText) string { return s.placeName(p) }),
		text(headTelephone, 16, func(_ place.Place, t place.ContactText) string { return t.Telephone }),
		text(headAddress, 30, func(_ place.Place, t place.ContactText) string { return t.Address }),
		text(headPosition, 20, func(_ place.Place, t place.ContactText) string { return t.Position }),
	}
	for i, name := range place.Weekdays {
		columns = append(columns, text(name, 24, func(_ place.Place, t place.ContactText) string { return t.Days[i] }))
	}
	for i, name := range place.Weekdays {
		columns = append(columns, text(name+extraSuffix, 14, func(_ place.Place, t place.ContactText) string { return t.Extra[i] }))
	}
	columns = append(columns, text(headExcept, 30, func(_ place.Place, t place.ContactText) string { return t.Except }))
	found := s.placesLike(placeQueryOf(r.URL.Query()))
	s.sendSheet(w, r, "地方", func() error { return workbook.Write(w, "地方", columns, found) })
}

func importPlacesForm(wrong string) *placesImportForm {
	f := &placesImportForm{Open: wrong != "", File: ui.Input{Name: "file", ID: "places-file", Label: "填好的表格", Type: "file", Error: wrong,
		Hint: "先点“存成表格”，在表里改好再传。列可以少，少的列不动；列在、格子空着，就是清空", Extra: map[string]any{"accept": workbook.Extension}}}
	if wrong != "" {
		f.Errors = []ui.Mistake{{ID: "places-file", Message: wrong}}
	}
	return f
}

// placesImport shows what a workbook would change; seen, it is taken in.
func (s *Site) placesImport(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	list, sure, wrong, err := s.placesSent(w, r, actor)
	switch {
	case err != nil:
		s.Refuse(w, r, err)
		return
	case wrong != "":
		s.showPlaces(w, r, http.StatusUnprocessableEntity, placesPage{Import: importPlacesForm(wrong)})
		return
	}
	if sure {
		if err := s.SetContacts(r.Context(), actor, list); err != nil {
			s.Refuse(w, r, err)
			return
		}
		redirect(w, r, fmt.Sprintf("/places?imported=%d", len(list)))
		return
	}
	kept, err := json.Marshal(list)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	preview := &placesPreview{Count: fmt.Sprintf("%d 个地方", len(list)), Kept: string(kept)}
	for _, c := range list {
		p, _ := s.Places.Place(c.Code)
		preview.Rows = append(preview.Rows, placeChange{s.placeName(p), s.Contacts.Of(c.Code).Difference(c)})
	}
	s.showPlaces(w, r, http.StatusOK, placesPage{Preview: preview})
}

// placesSent reads what was sent: a workbook, or the rows of the preview. wrong says in words what is the matter.
func (s *Site) placesSent(w http.ResponseWriter, r *http.Request, actor access.Actor) (list []place.Contact, sure bool, wrong string, err error) {
	r.Body = http.MaxBytesReader(w, r.Body, formMost)
	var tooLarge *http.MaxBytesError
	err = r.ParseMultipartForm(formMost)
	if errors.As(err, &tooLarge) {
		return nil, false, "", &problem.Problem{Kind: problem.Malformed, Code: "body_too_large"}
	}
	if err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return nil, false, "", &problem.Problem{Kind: problem.Malformed, Code: "body_unreadable"}
	}
	if kept := r.PostForm.Get("kept"); kept != "" {
		var again []place.Contact
		if err := json.Unmarshal([]byte(kept), &again); err != nil {
			return nil, false, "", &problem.Problem{Kind: problem.Malformed, Code: "body_unreadable"}
		}
		for _, c := range again { // what was shown was checked, but it came back through a browser
			read, bad := c.Text().Read(c.Code)
			if _, ok := s.Places.Place(c.Code); !ok || len(bad) > 0 {
				return nil, false, "", &problem.Problem{Kind: problem.Malformed, Code: "body_unreadable"}
			}
			list = append(list, read)
		}
		return s.changedOnly(list), true, "", nil
	}
	file, _, none := r.FormFile("file")
	if none != nil {
		return nil, false, "请选一个表格", nil
	}
	defer file.Close()
	rows, err := workbook.Read(file, placesRowsMost, headCode)
	if err != nil {
		return nil, false, err.Error(), nil // worded for whoever uploads
	}
	if list, wrong = s.contactsOf(rows, actor); wrong != "" {
		return nil, false, wrong, nil
	}
	if list = s.changedOnly(list); len(list) == 0 {
		return nil, false, "表里的和现在一样，没有要改的", nil
	}
	return list, false, "", nil
}

// contactsOf reads the rows of a workbook; the first that is wrong is told with its number.
func (s *Site) contactsOf(rows []workbook.Row, actor access.Actor) (list []place.Contact, wrong string) {
	seen := map[place.Code]bool{}
	for _, row := range rows {
		say := func(what string) string { return fmt.Sprintf("第 %d 行：%s", row.Number, what) }
		code, err := place.ParseCode(row.Cells[headCode])
		p, ok := s.Places.Place(code)
		switch {
		case err != nil || !ok:
			return nil, say("没有这个地方，请照 12 位区划代码核对")
		case seen[code]:
			return nil, say(s.placeName(p) + "写了两次")
		case !actor.EditsPlace(code):
			return nil, say(s.placeName(p) + "不归这里管，请把这一行去掉")
		}
		seen[code] = true
		c, bad := textOver(row, s.Contacts.Of(code).Text()).Read(code)
		if len(bad) > 0 {
			return nil, say(bad[0].Message)
		}
		list = append(list, c)
	}
	return list, ""
}

// textOver puts what stands in a row over what is; columns that are not there leave it.
func textOver(row workbook.Row, t place.ContactText) place.ContactText {
	over := func(into *string, head string) {
		if text, there := row.Cells[head]; there {
			*into = strings.TrimSpace(text)
		}
	}
	over(&t.Telephone, headTelephone)
	over(&t.Address, headAddress)
	over(&t.Position, headPosition)
	over(&t.Except, headExcept)
	for i, name := range place.Weekdays {
		over(&t.Days[i], name)
		over(&t.Extra[i], name+extraSuffix)
	}
	return t
}

func (s *Site) changedOnly(list []place.Contact) []place.Contact {
	var changed []place.Contact
	for _, c := range list {
		if s.Contacts.Of(c.Code).Difference(c) != "" {
			changed = append(changed, c)
		}
	}
	return changed
}
