package place

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"bianmin/internal/problem"
)

// ContactText is how a place is reached as people type it: on the page, in a sheet, or sent by a program.
type ContactText struct {
	Telephone, Address, Position string
	Days, Extra                  [7]string
	Except                       string // a line a day
}

// Text is what Read reads again.
func (c Contact) Text() ContactText {
	t := ContactText{Telephone: c.Telephone, Address: c.Address, Except: ExceptionsText(c.Hours.Except)}
	if c.Position != nil {
		t.Position = c.Position.String()
	}
	for i := range 7 {
		t.Days[i], t.Extra[i] = SpansText(c.Hours.Days[i]), SpansText(c.Hours.Extra[i])
	}
	return t
}

// addressMost is how long an address may be, in characters.
const addressMost = 100

// Read checks what was typed. The fields are telephone, address, position, days[0] to days[6], extra[0] to extra[6] and
// except.
func (t ContactText) Read(code Code) (Contact, []problem.Field) {
	c := Contact{Code: code}
	var wrong []problem.Field
	bad := func(path, code, message string) {
		wrong = append(wrong, problem.Field{Path: path, Code: code, Message: message})
	}
	if t.Telephone = strings.TrimSpace(t.Telephone); t.Telephone != "" {
		var ok bool
		if c.Telephone, ok = ParseTelephone(t.Telephone); !ok {
			bad("telephone", "bad_telephone", "电话要写成 0912-8331234 或者 11 位手机号")
		}
	}
	if c.Address = strings.TrimSpace(t.Address); utf8.RuneCountInString(c.Address) > addressMost {
		bad("address", "too_long", fmt.Sprintf("地址最多 %d 个字", addressMost))
	}
	if t.Position = strings.TrimSpace(t.Position); t.Position != "" {
		var ok bool
		if c.Position, ok = ParsePosition(t.Position); !ok {
			bad("position", "bad_position", "位置要写北纬和东经的度数，例如 38.83512, 110.49901")
		}
	}
	for i := range 7 {
		var err error
		if c.Hours.Days[i], err = ParseSpans(t.Days[i]); err != nil {
			bad(fmt.Sprintf("days[%d]", i), "bad_hours", err.Error())
		}
		if c.Hours.Extra[i], err = ParseSpans(t.Extra[i]); err != nil {
			bad(fmt.Sprintf("extra[%d]", i), "bad_hours", err.Error())
		} else if overlap(c.Hours.Days[i], c.Hours.Extra[i]) {
			bad(fmt.Sprintf("extra[%d]", i), "overlap", "延时服务的时间不要和上班时间重叠")
		}
	}
	var err error
	if c.Hours.Except, err = ParseExceptions(t.Except); err != nil {
		var line *LineError
		if errors.As(err, &line) {
			bad("except", "bad_exception", line.Error())
		}
	}
	return c, wrong
}

func overlap(a, b []Span) bool {
	for _, x := range a {
		for _, y := range b {
			if x.From < y.To && y.From < x.To {
				return true
			}
		}
	}
	return false
}

// Weekdays names them as the pages do, Monday first.
var Weekdays = [7]string{"周一", "周二", "周三", "周四", "周五", "周六", "周日"}

// Difference says in words what changes from one contact to the next; empty when nothing does.
func (c Contact) Difference(to Contact) string {
	before, after := c.Text(), to.Text()
	var said []string
	tell := func(what, was, is string) {
		switch {
		case was == is:
		case was == "":
			said = append(said, what+"填了 "+is)
		case is == "":
			said = append(said, what+"清空了，原来是 "+was)
		default:
			said = append(said, what+" "+was+" 改成 "+is)
		}
	}
	tell("电话", before.Telephone, after.Telephone)
	tell("地址", before.Address, after.Address)
	tell("位置", before.Position, after.Position)
	for i := range 7 {
		tell(Weekdays[i], before.Days[i], after.Days[i])
		tell(Weekdays[i]+"延时", before.Extra[i], after.Extra[i])
	}
	if before.Except != after.Except {
		said = append(said, "特别的日子改了")
	}
	return strings.Join(said, "；")
}
