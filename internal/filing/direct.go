package filing

import (
	"context"
	"slices"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/ident"
	"bianmin/internal/item"
	"bianmin/internal/once"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// Direct is an application in one piece, as a program files it. The telephone is that of whoever signed in.
type Direct struct {
	Item       string
	Place      string // a village, or the town itself
	Filer      string // empty: the applicant
	Relation   string
	Name       string
	IDNumber   string
	Situations map[string]string
	Bring      []string
}

// answers are those that the screens would have taken.
func (x Direct) answers(phone ident.Phone) Answers {
	a := Answers{ForWhom: Myself, Name: x.Name, IDNumber: x.IDNumber, Phone: string(phone), Town: string(place.Code(x.Place).Town()), Village: x.Place, Papers: strings.Join(x.Bring, "\n")}
	if x.Filer != "" || x.Relation != "" {
		a[ForWhom], a[Filer], a[Relation] = Another, x.Filer, x.Relation
	}
	for id, said := range x.Situations {
		a[OwnPrefix+id] = said
	}
	return a
}

// fieldOf is the field of a Direct that answers a question.
func fieldOf(question string) string {
	switch own, is := strings.CutPrefix(question, OwnPrefix); {
	case is:
		return "situations." + own
	case question == Town || question == Village:
		return "place"
	}
	return question
}

// inPerson refuses an item for which the person has to be there from the first, and says how it is done instead.
func inPerson(v item.Version) *problem.Problem {
	return problem.WrongFields([]problem.Field{{Path: "item", Code: "in_person", Message: v.InPersonWords()}})
}

// File hands in an application in one piece, by the same questions as the screens ask.
func (s *Service) File(ctx context.Context, a access.Actor, key once.Key, x Direct, phone ident.Phone) (once.Answer, error) {
	v, ok := s.Items.Find(x.Item)
	if ok && v.InPersonOnly() {
		return once.Answer{}, inPerson(v)
	}
	if !ok || !v.Online() {
		return once.Answer{}, problem.WrongFields([]problem.Field{{Path: "item", Code: "not_online", Message: "没有这个事项，或者不能在网上交"}})
	}
	said, read := x.answers(phone), Answers{}
	var wrong []problem.Field
	for _, q := range Questions(v.Definition, said, s.Places) {
		typed, no := q.Check(said[q.ID], calendar.DateOf(s.Work.Now()))
		if no != nil {
			no.Path = fieldOf(q.ID)
			if !slices.ContainsFunc(wrong, func(f problem.Field) bool { return f.Path == no.Path }) {
				wrong = append(wrong, *no)
			}
		}
		read[q.ID] = typed
	}
	if p := problem.WrongFields(wrong); p != nil {
		return once.Answer{}, p
	}
	return s.Cases.FileOnline(ctx, a, key, application(v.Definition, read), afar(v.Definition, read), func(context.Context, cases.Number) error { return nil })
}
