package cases

import (
	"time"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// The fields of an applicant that can be amended; the first and the sealed ones can be revealed.
const (
	FieldName     = "name"
	FieldIDNumber = "id_number"
	FieldPhone    = "phone"
	FieldAddress  = "address"
)

// FieldChinese names the fields.
var FieldChinese = map[string]string{FieldName: "姓名", FieldIDNumber: "证件号", FieldPhone: "电话", FieldAddress: "住址"}

// Amend puts right what was mistyped. The service reads Typed, by the rule of the field, into Text or Secret.
type Amend struct {
	Field  string
	Typed  string
	Text   string // for name and address
	Secret *Secret
	Reason string
}

// Verb is amend.
func (Amend) Verb() Verb { return VerbAmend }

// Check wants a field of the four and a reason.
func (m Amend) Check(*item.Version) []problem.Field {
	wrong := checkWords(words{"reason", "更正的原因", m.Reason, true})
	if FieldChinese[m.Field] == "" {
		wrong = append(wrong, problem.Field{Path: "field", Code: "unknown_field", Message: "只能更正姓名、证件号、电话、住址"})
	}
	return wrong
}

func (m Amend) decide(c *Case, _ access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	e := &Amended{Field: m.Field, Reason: m.Reason}
	switch m.Field {
	case FieldName:
		e.OldText, e.NewText = c.Applicant.Name, m.Text
	case FieldAddress:
		e.OldText, e.NewText = c.Applicant.Address, m.Text
	case FieldIDNumber:
		old := c.Applicant.IDNumber // a copy: the case's own will change
		e.OldSecret, e.NewSecret = &old, m.Secret
	case FieldPhone:
		e.OldSecret, e.NewSecret = c.Applicant.Phone, m.Secret
	}
	if e.OldText == e.NewText && sameSecret(e.OldSecret, e.NewSecret) {
		return nil, c.refuse("nothing_changes", problem.Facts{"field": m.Field})
	}
	return []Event{e}, nil
}

func sameSecret(a, b *Secret) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Index == b.Index
}

// Amended is the putting right; the old value is kept.
type Amended struct {
	Meta
	Field     string  `json:"field"`
	Reason    string  `json:"reason"`
	OldText   string  `json:"old,omitempty"`
	NewText   string  `json:"new,omitempty"`
	OldSecret *Secret `json:"old_sealed,omitempty"`
	NewSecret *Secret `json:"new_sealed,omitempty"`
}

// Kind is KindAmended.
func (e *Amended) Kind() Kind { return KindAmended }

func (e *Amended) apply(c *Case) {
	switch e.Field {
	case FieldName:
		c.Applicant.Name = e.NewText
	case FieldAddress:
		c.Applicant.Address = e.NewText
	case FieldIDNumber:
		c.Applicant.IDNumber = *e.NewSecret
	case FieldPhone:
		c.Applicant.Phone = e.NewSecret
	}
}

// Reveal shows a number in full, on record with its reason (M61).
type Reveal struct{ Field, Reason string }

// Verb is reveal.
func (Reveal) Verb() Verb { return VerbReveal }

// Check wants a sealed field and a reason.
func (r Reveal) Check(*item.Version) []problem.Field {
	wrong := checkWords(words{"reason", "查看的原因", r.Reason, true})
	if r.Field != FieldIDNumber && r.Field != FieldPhone {
		wrong = append(wrong, problem.Field{Path: "field", Code: "unknown_field", Message: "只能查看证件号（id_number）或者电话（phone）"})
	}
	return wrong
}

func (r Reveal) decide(c *Case, _ access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	if r.Field == FieldPhone && c.Applicant.Phone == nil {
		return nil, problem.Refuse("nothing_to_reveal", problem.Facts{"field": r.Field})
	}
	return []Event{&Revealed{Field: r.Field, Reason: r.Reason}}, nil
}

// Revealed is the looking at a full number. It changes nothing, so the case's version stays.
type Revealed struct {
	Meta
	Field  string `json:"field"`
	Reason string `json:"reason"`
}

// Kind is KindRevealed.
func (e *Revealed) Kind() Kind { return KindRevealed }

func (e *Revealed) apply(*Case) {}
