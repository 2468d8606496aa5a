package cases

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"bianmin/internal/access"
	"bianmin/internal/cases/internal/query"
	"bianmin/internal/ident"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// Known is an applicant whom the front has seen before, as the newest of their cases that the actor sees has them.
type Known struct {
	Case      Number        `json:"case" doc:"the newest case of this applicant that you see: name the applicant by it"`
	Applicant ApplicantView `json:"applicant"`
	Place     place.Code    `json:"place"`
	PlaceName string        `json:"place_name"`
	Item      string        `json:"item" doc:"of that case, in plain words"`
	FiledAt   string        `json:"filed_at" doc:"of that case"`
	Cases     int           `json:"cases" doc:"how many you see, 20 at the most"`
	Open      int           `json:"open" doc:"how many of them are under way"`
}

// Found is whom a few letters find.
type Found struct {
	People []Known `json:"people"`
	More   bool    `json:"more" doc:"there are others: type more"`
}

// History is an applicant with everything that the front needs to know before anything is asked twice.
type History struct {
	Known
	Earlier []View `json:"earlier" doc:"their cases that you see, the newest first, 20 at the most"`
	Held    []Held `json:"held" doc:"papers received before that still count"`
}

const (
	peopleMost  = 7   // how many people are shown
	earlierMost = 20  // how many cases of one are read
	namesakes   = 600 // how many rows of one name are read to find different people among them
	lettersMin  = 2   // a single initial letter is a thirtieth of a town
)

// scope is what of the cases somebody at the front sees: a town, or one room of it.
func frontScope(a access.Actor) (town, room string) {
	if a.Role == access.Agent {
		room = string(a.Place)
	}
	return string(a.Place.Town()), room
}

// People finds applicants by what was typed: a whole number or telephone, else the beginning of a name or of its
// initials. Of names the exact ones come first, as the index has them.
func (s *Service) People(ctx context.Context, a access.Actor, typed string) (Found, error) {
	found := Found{People: []Known{}}
	if !access.Allows(a.Role, access.FileCase) {
		return found, problem.ErrForbidden
	}
	typed = strings.TrimSpace(typed)
	err := s.guessed(ctx, a, typed, func() (bool, error) {
		indexes, more, err := s.matching(ctx, a, typed)
		if err != nil {
			return false, err
		}
		found.More = more
		for _, index := range indexes {
			list, err := s.casesOf(ctx, a, index)
			if err != nil {
				return false, err
			}
			if len(list) > 0 {
				found.People = append(found.People, s.viewer(a).known(list))
			}
		}
		return len(found.People) > 0, nil
	})
	return found, err
}

// matching gives the indexes of the people found, each once, and whether there are more.
func (s *Service) matching(ctx context.Context, a access.Actor, typed string) (indexes []string, more bool, err error) {
	town, room := frontScope(a)
	if id, err := ident.ParseCitizenNumber(typed, At(s.clock.Now()).Date()); err == nil {
		return []string{s.box.Index(FieldIDNumber, string(id))}, false, nil
	}
	if code, err := ident.ParseCreditCode(typed); err == nil {
		return []string{s.box.Index(FieldIDNumber, string(code))}, false, nil
	}
	q := s.store.q(ctx)
	var rows []string
	phone, notPhone := ident.ParsePhone(typed)
	initials := strings.ToLower(typed)
	switch {
	case notPhone == nil:
		rows, err = q.PeopleByPhone(ctx, query.PeopleByPhoneParams{PhoneIndex: sql.NullString{String: s.box.Index(FieldPhone, string(phone)), Valid: true}, Town: town, Place: room, Most: namesakes})
	case isLatin(initials) && len(initials) >= lettersMin:
		rows, err = q.PeopleByInitials(ctx, query.PeopleByInitialsParams{Town: town, First: initials, Last: after(initials), Place: room, Most: namesakes})
	case typed != "" && !isLatin(initials) && utf8.ValidString(typed) && !strings.ContainsAny(typed[:1], "0123456789"):
		rows, err = q.PeopleByName(ctx, query.PeopleByNameParams{Town: town, First: typed, Last: after(typed), Place: room, Most: namesakes})
	}
	more = len(rows) == namesakes
	for _, index := range rows {
		if slices.Contains(indexes, index) {
			continue
		}
		if len(indexes) == peopleMost {
			return indexes, true, err
		}
		indexes = append(indexes, index)
	}
	return indexes, more, err
}

// casesOf reads an applicant's cases that the actor sees, the newest first.
func (s *Service) casesOf(ctx context.Context, a access.Actor, index string) ([]*Case, error) {
	town, room := frontScope(a)
	rows, err := s.store.q(ctx).CasesOfPerson(ctx, query.CasesOfPersonParams{IDIndex: index, Town: town, Place: room, Most: earlierMost})
	if err != nil {
		return nil, err
	}
	list := make([]*Case, len(rows))
	for i, row := range rows {
		if list[i], err = s.store.read(ctx, Number(row.Number), row.Events, row.Doc, s.items()); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// known is the applicant of these cases, the newest first.
func (v viewer) known(list []*Case) Known {
	c := seen(list)
	who := c.Applicant
	if c.unseen() {
		who.Phone = nil
	}
	k := Known{Case: c.Number, Applicant: applicantView(who), Place: c.Place, PlaceName: v.placeName(c.Place), Item: c.Def.Plain,
		FiledAt: stamp(c.FiledAt), Cases: len(list)}
	for _, c := range list {
		if c.State.Open() {
			k.Open++
		}
	}
	return k
}

// unseen says that nobody of the office has taken the application in: what it says of its applicant anybody may have written.
func (c *Case) unseen() bool { return c.ReceivedAt == 0 }

// seen is the newest of an applicant's cases that the office has taken in; the newest at all when there is none.
func seen(list []*Case) *Case {
	for _, c := range list {
		if !c.unseen() {
			return c
		}
	}
	return list[0]
}

// History gives an applicant with earlier cases, what is under way, and papers already held. Nothing in it is in full:
// numbers are masked.
func (s *Service) History(ctx context.Context, a access.Actor, who Claimed) (History, error) {
	p := History{Earlier: []View{}, Held: []Held{}}
	if !access.Allows(a.Role, access.FileCase) {
		return p, problem.ErrForbidden
	}
	index, err := s.indexOf(ctx, a, who)
	if err != nil {
		return p, err
	}
	var list []*Case
	err = s.guessed(ctx, a, who.typed(), func() (found bool, err error) {
		list, err = s.casesOf(ctx, a, index)
		return len(list) > 0, err
	})
	if err != nil || len(list) == 0 {
		return p, err
	}
	v := s.viewer(a)
	p.Known, p.Held = v.known(list), heldOf(list, At(s.clock.Now()).Date())
	for _, c := range list {
		p.Earlier = append(p.Earlier, v.row(c))
	}
	return p, nil
}

// recognised takes the applicant from the earlier case that the application names; not the telephone of one that nobody
// has taken in: it would lead a stranger who filed in this name to all that follows.
func (s *Service) recognised(ctx context.Context, a access.Actor, app Application) (Application, error) {
	if app.Person == "" {
		return app, nil
	}
	c, err := s.load(ctx, a, app.Person)
	if errors.Is(err, problem.ErrNotFound) {
		return app, problem.WrongFields([]problem.Field{{Path: "person.case", Code: "not_found", Message: "没有这一件，或者不归这个岗位办，请重新选申请人"}})
	}
	if err != nil {
		return app, err
	}
	who := c.Applicant
	if c.unseen() {
		who.Phone = nil
	}
	app.Kind, app.known = who.Kind, &who
	return app, nil
}

// Born is what the number of a known applicant says by itself, for the page that asks it: sex, and age in whole years.
// ok is false for an organisation. The number itself stays sealed.
func (s *Service) Born(ctx context.Context, a access.Actor, person Number) (male bool, age int, ok bool, err error) {
	c, err := s.load(ctx, a, person)
	if err != nil || c.Applicant.Kind == AnOrganisation {
		return false, 0, false, err
	}
	plain, err := s.open(c, FieldIDNumber)
	if err != nil {
		return false, 0, false, err
	}
	today := At(s.clock.Now()).Date()
	number, err := ident.ParseCitizenNumber(plain, today)
	if err != nil {
		return false, 0, false, err
	}
	return number.Male(), number.Age(today), true, nil
}
