package cases

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"bianmin/internal/access"
	"bianmin/internal/ident"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// Application is what was typed, before any of it is believed.
type Application struct {
	Item      string // code or exact name
	Place     string
	Channel   Channel
	Kind      ApplicantKind
	Name      string
	IDNumber  string
	Phone     string
	Address   string
	Materials []Material
	Green     string
	Finish    *Finish
	// Person is an earlier case of the same applicant, which the actor sees: who applies is then taken from it, and Kind,
	// Name and IDNumber are not looked at. Phone and Address, where typed, are newer.
	Person Number
	// Another says why it is another matter although the same one is under way.
	Another string

	known *Applicant // that case's
}

// parse believes an application, or says which fields are wrong.
func (s *Service) parse(a access.Actor, app Application) (f Filing, def *item.Version, wrong []problem.Field) {
	bad := func(path, code, message string) {
		wrong = append(wrong, problem.Field{Path: path, Code: code, Message: message})
	}
	if found, ok := s.items().Find(app.Item); ok {
		def = &found
	} else {
		bad("item", "unknown_item", "没有这个事项，请从查到的里面选")
	}
	code, err := place.ParseCode(app.Place)
	if _, known := s.places.Place(code); err != nil || !known || code.IsCity() {
		bad("place", "unknown_place", "没有这个村（社区）或者镇（街道）")
	} else if !mayFileAt(a, code) {
		bad("place", "not_yours", "这里的件不归这个岗位收")
	}
	if a.Role == access.Agent && app.Channel == AtCounter {
		bad("channel", "not_yours", "代办员收的件，渠道是代办")
	}
	f = Filing{Place: code, Channel: app.Channel, Materials: app.Materials, Green: Said(app.Green)}
	f.Person, f.Reason = app.Person, Said(strings.TrimSpace(app.Another))
	wrong = append(wrong, checkWords(words{"another", "为什么是另一件", f.Reason, false})...)
	applicant, more := s.parseApplicant(app)
	f.Applicant, wrong = applicant, append(wrong, more...)
	wrong = append(wrong, checkWords(words{"green", "绿色通道的情形", f.Green, false})...)
	if utf8.RuneCountInString(f.Green) > 20 {
		bad("green", "too_long", "绿色通道的情形最多 20 个字")
	}
	if def != nil {
		wrong = append(wrong, f.check(def)...)
		if app.Finish != nil {
			wrong = append(wrong, checkFinish(*app.Finish)...)
		}
	}
	return f, def, wrong
}

func checkFinish(f Finish) []problem.Field {
	return checkWords(words{"finish.reason", "不同意的理由", f.Reason, !f.Approve}, words{"finish.way", "怎么送达", f.Way, false},
		words{"finish.receiver", "谁领的", f.Receiver, false})
}

// mayFileAt: an agent files for the own room, a counter for the own town and its rooms, a citizen wherever the applicant
// lives.
func mayFileAt(a access.Actor, code place.Code) bool {
	return code == a.Place || a.Role == access.Clerk && code.Town() == a.Place || a.Role == access.Citizen
}

func (s *Service) parseApplicant(app Application) (who Applicant, wrong []problem.Field) {
	who = Applicant{Kind: app.Kind}
	note := func(field string, err error) {
		if err != nil {
			wrong = append(wrong, fieldOf("applicant."+field, err))
		}
	}
	var err error
	if app.known != nil {
		who, app.Kind = *app.known, app.known.Kind
	} else {
		who.Name, err = s.parseField(app.Kind, FieldName, app.Name)
		note(FieldName, err)
		id, err := s.secret(app.Kind, FieldIDNumber, app.IDNumber)
		note(FieldIDNumber, err)
		if err == nil {
			who.IDNumber = *id
		}
	}
	if app.Phone != "" {
		who.Phone, err = s.secret(app.Kind, FieldPhone, app.Phone)
		note(FieldPhone, err)
	}
	if app.known == nil || app.Address != "" {
		who.Address, err = s.parseField(app.Kind, FieldAddress, app.Address)
		note(FieldAddress, err)
	}
	return who, wrong
}

// parseField reads a field that is stored in the clear.
func (s *Service) parseField(kind ApplicantKind, field, typed string) (string, error) {
	switch {
	case field == FieldAddress && typed == "":
		return "", nil
	case field == FieldAddress:
		return said(ident.ParseAddress(typed))
	case kind == AnOrganisation:
		return said(ident.ParseOrgName(typed))
	}
	return said(ident.ParsePersonName(typed))
}

// said keeps numbers that stand where they do not belong from being stored in the clear.
func said(text string, err error) (string, error) { return Said(text), err }

// secret reads a field that is sealed.
func (s *Service) secret(kind ApplicantKind, field, typed string) (*Secret, error) {
	var plain, masked string
	switch {
	case field == FieldPhone:
		phone, err := ident.ParsePhone(typed)
		if err != nil {
			return nil, err
		}
		plain, masked = string(phone), phone.Masked()
	case kind == AnOrganisation:
		code, err := ident.ParseCreditCode(typed)
		if err != nil {
			return nil, err
		}
		plain, masked = string(code), code.Masked()
	default:
		number, err := ident.ParseCitizenNumber(typed, At(s.clock.Now()).Date())
		if err != nil {
			return nil, err
		}
		plain, masked = string(number), number.Masked()
	}
	return &Secret{Sealed: s.box.Seal(field, plain), Masked: masked, Index: s.box.Index(field, plain)}, nil
}

// readable is a command of which a part must be read, and perhaps sealed, before the rule can decide on it.
type readable interface {
	Command
	read(ctx context.Context, s *Service, c *Case) (Command, error)
}

// read reads a correction by the rule of its field.
func (m Amend) read(_ context.Context, s *Service, c *Case) (Command, error) {
	var err error
	switch m.Field {
	case FieldName, FieldAddress:
		m.Text, err = s.parseField(c.Applicant.Kind, m.Field, m.Typed)
	case FieldIDNumber, FieldPhone:
		m.Secret, err = s.secret(c.Applicant.Kind, m.Field, m.Typed)
	}
	if err != nil {
		return nil, problem.WrongFields([]problem.Field{fieldOf("value", err)})
	}
	return m, nil
}

func fieldOf(path string, err error) problem.Field {
	var p *ident.Problem
	if errors.As(err, &p) {
		return problem.Field{Path: path, Code: p.Code, Message: p.Message}
	}
	return problem.Field{Path: path, Code: "invalid", Message: "填得不对，请核对"}
}
