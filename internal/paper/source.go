package paper

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/print"
)

// source is what papers are written from.
type source struct {
	view   cases.View
	events []cases.EventView
	def    item.Version
	places *place.Directory
	cal    *calendar.Calendar
	// signature is what was drawn at an event; nil where nothing can be.
	signature func(seq int64) (cases.Strokes, error)
}

// event is one of the case's.
type event struct {
	cases.EventView
	when time.Time
}

func (e event) read(to any) error {
	if err := json.Unmarshal(e.Data, to); err != nil {
		return fmt.Errorf("reading the event %s %d: %w", e.Kind, e.Seq, err)
	}
	return nil
}

// by is who did it, as known then.
func (e event) by() (string, error) {
	var m cases.Meta
	err := e.read(&m)
	return m.By, err
}

func (e event) day() string { return dayWords(calendar.DateOf(e.when)) }

func (e event) moment() string {
	return e.day() + e.clock()
}

func (e event) clock() string { return e.when.In(calendar.Shanghai).Format("15时04分") }

// last finds the last event of these kinds.
func (s *source) last(of ...cases.Kind) (event, bool) {
	for i := len(s.events) - 1; i >= 0; i-- {
		if e := s.events[i]; slices.Contains(of, e.Kind) {
			found, err := eventOf(e)
			return found, err == nil
		}
	}
	return event{}, false
}

func eventOf(e cases.EventView) (event, error) {
	when, err := time.Parse(time.RFC3339, e.At)
	return event{e, when}, err
}

// each goes through the events of a kind, in order.
func (s *source) each(kind cases.Kind, do func(e event) error) error {
	for _, x := range s.events {
		if x.Kind != kind {
			continue
		}
		e, err := eventOf(x)
		if err == nil {
			err = do(e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// where is the sign of the place at which it happened.
func (s *source) where(e event) string {
	if e.Place == nil {
		return s.station().Name // what the law does by itself happens at the station
	}
	p, _ := s.places.Place(place.Code(*e.Place))
	return p.Service
}

func dayWords(d calendar.Date) string {
	return fmt.Sprintf("%d年%d月%d日", d.Year(), int(d.Month()), d.Day())
}

func daysWords(days int, unit calendar.Unit) string {
	return fmt.Sprintf("%d 个%s", days, unit.Chinese())
}

// party is what stands in every paper of a case.
type party struct {
	Applicant string `must:"申请人"`
	You       string
	Item      string `must:"事项"`
	Case      string `must:"办件编号"`
	Licence   bool
}

func (s *source) party() party {
	return party{Applicant: s.view.Applicant.Name, You: youOf(s.view.Applicant.Kind), Item: s.view.Item.Name, Case: string(s.view.Number), Licence: s.def.Regime == item.Licence}
}

func youOf(kind cases.ApplicantKind) string {
	if kind == cases.AnOrganisation {
		return "贵单位"
	}
	return "您"
}

// asked is 您提出的“…”申请（办件编号 …）.
func (p party) asked() string {
	return fmt.Sprintf("%s提出的“%s”申请（办件编号 %s）", p.You, p.Item, p.Case)
}

// by is the article of the licensing law, which is cited for licences alone.
func (p party) by(article string) string {
	if !p.Licence {
		return ""
	}
	return "依据《中华人民共和国行政许可法》" + article + "，"
}

// content is a paper's own struct.
type content interface {
	body() (size print.Size, to string, blocks []print.Block)
}

// missing names the fields that must be said and are not: those that have a name for it (must).
func missing(of any) []string { return missingIn(reflect.ValueOf(of)) }

func missingIn(v reflect.Value) []string {
	var list []string
	for i := range v.NumField() {
		field, value := v.Type().Field(i), v.Field(i)
		if field.Anonymous {
			list = append(list, missingIn(value)...)
			continue
		}
		name, must := field.Tag.Lookup("must")
		if must && (value.IsZero() || value.Kind() == reflect.String && strings.TrimSpace(value.String()) == "") {
			list = append(list, name)
		}
	}
	return list
}

func texts(list ...string) []print.Block {
	var blocks []print.Block
	for _, text := range list {
		if text != "" {
			blocks = append(blocks, print.Block{Text: text})
		}
	}
	return blocks
}
