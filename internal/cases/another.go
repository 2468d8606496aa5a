package cases

import (
	"context"
	"slices"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/cases/internal/query"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// Another is why a case was filed although the same matter of the same applicant was under way (M60), and what was.
type Another struct {
	Reason string   `json:"reason"`
	Beside []Number `json:"beside,omitempty"` // those that the filer sees
	// Elsewhere are the towns of those that the filer does not see: of them it is known only that they are there.
	Elsewhere []place.Code `json:"elsewhere,omitempty"`
}

// UnderWay is what is open of one matter of one applicant, as one person sees it.
type UnderWay struct {
	Cases     []View      `json:"cases" doc:"those that you see"`
	Elsewhere []Elsewhere `json:"elsewhere" doc:"where others are, that you do not see"`
}

// Elsewhere is that a case is there, and whom to ask.
type Elsewhere struct {
	Town    place.Code `json:"town"`
	AskName string     `json:"ask_name" doc:"where to ask"`
}

// None says that nothing is under way.
func (u UnderWay) None() bool { return len(u.Cases)+len(u.Elsewhere) == 0 }

// another decides on filing beside what is under way: only for a reason.
func (u UnderWay) another(def *item.Version, reason string) (*Another, *problem.Problem) {
	if u.None() {
		return nil, nil
	}
	if reason == "" {
		return nil, u.refusal(def)
	}
	n := &Another{Reason: reason}
	for _, v := range u.Cases {
		n.Beside = append(n.Beside, v.Number)
	}
	for _, e := range u.Elsewhere {
		n.Elsewhere = append(n.Elsewhere, e.Town)
	}
	return n, nil
}

// refusal names the case where it may be named; else only that there is one, and whom to ask.
func (u UnderWay) refusal(def *item.Version) *problem.Problem {
	facts := problem.Facts{"item": def.Plain}
	if len(u.Cases) > 0 {
		v := u.Cases[0]
		facts["number"], facts["by"], facts["at"], facts["state"] = string(v.Number), v.Responsible.Name, v.FiledAt, v.StateName
	}
	var ask []string
	for _, e := range u.Elsewhere {
		ask = append(ask, e.AskName)
	}
	if ask != nil {
		facts["ask"] = ask
	}
	return problem.Refuse("same_under_way", facts)
}

// besides looks for the same matter of the same applicant, in the transaction that will file: two at once wait for each
// other, and the second finds the first one's case.
func (s *Service) besides(ctx context.Context, a access.Actor, def *item.Version, f Filing) (Filing, error) {
	index := f.Applicant.IDNumber.Index
	if err := s.store.q(ctx).TakeTurn(ctx, index[:slotDigits]); err != nil {
		return f, err
	}
	open, err := s.underWay(ctx, a, index, def.Code)
	if err != nil {
		return f, err
	}
	if a.Role == access.Citizen { // who may not be the applicant at all: where it is under way is not for strangers
		open.Elsewhere = s.ownStation(f.Place.Town(), len(open.Elsewhere) > 0)
	}
	another, no := open.another(def, f.Reason)
	if no != nil {
		return f, no
	}
	f.Another = another
	return f, nil
}

// ownStation is the station to ask where the application goes, instead of those where something is under way.
func (s *Service) ownStation(town place.Code, any bool) []Elsewhere {
	p, known := s.places.Place(town)
	if !any || !known {
		return []Elsewhere{}
	}
	return []Elsewhere{{Town: town, AskName: p.Service}}
}

// slotDigits is how much of a person's index names the slot at which applications wait: 4,096 slots.
const slotDigits = 3

// underWayMost bounds what is listed: one is enough to say so.
const underWayMost = 9

func (s *Service) underWay(ctx context.Context, a access.Actor, index string, code item.Code) (UnderWay, error) {
	u := UnderWay{Cases: []View{}, Elsewhere: []Elsewhere{}}
	rows, err := s.store.q(ctx).UnderWay(ctx, query.UnderWayParams{IDIndex: index, Item: string(code), Most: underWayMost})
	if err != nil {
		return u, err
	}
	slices.SortFunc(rows, func(a, b query.UnderWayRow) int { return strings.Compare(a.Number, b.Number) })
	v := s.viewer(a)
	for _, row := range rows {
		if seesPlace(a, row.Town, row.Place) {
			c, err := s.store.read(ctx, Number(row.Number), row.Events, row.Doc, s.items())
			if err != nil {
				return u, err
			}
			u.Cases = append(u.Cases, v.row(c))
			continue
		}
		at := Elsewhere{Town: place.Code(row.Town), AskName: row.Town}
		if p, known := s.places.Place(at.Town); known {
			at.AskName = p.Service
		}
		if !slices.Contains(u.Elsewhere, at) {
			u.Elsewhere = append(u.Elsewhere, at)
		}
	}
	return u, nil
}

// Claimed is an applicant as somebody at the front names one: by an earlier case, or by the number typed.
type Claimed struct {
	Person   Number
	Kind     ApplicantKind
	IDNumber string
}

// UnderWay tells before anything is received what is open of the same matter.
func (s *Service) UnderWay(ctx context.Context, a access.Actor, who Claimed, code item.Code) (UnderWay, error) {
	if !access.Allows(a.Role, access.FileCase) {
		return UnderWay{}, problem.ErrForbidden
	}
	index, err := s.indexOf(ctx, a, who)
	if err != nil {
		return UnderWay{}, err
	}
	var u UnderWay
	err = s.guessed(ctx, a, who.typed(), func() (found bool, err error) {
		u, err = s.underWay(ctx, a, index, code)
		return len(u.Cases)+len(u.Elsewhere) > 0, err
	})
	return u, err
}

// typed is the number that was typed; nothing when an earlier case was named.
func (c Claimed) typed() string {
	if c.Person != "" {
		return ""
	}
	return strings.TrimSpace(c.IDNumber)
}

// indexOf finds the applicant's index.
func (s *Service) indexOf(ctx context.Context, a access.Actor, who Claimed) (string, error) {
	if who.Person != "" {
		c, err := s.load(ctx, a, who.Person)
		if err != nil {
			return "", err
		}
		return c.Applicant.IDNumber.Index, nil
	}
	secret, err := s.secret(who.Kind, FieldIDNumber, who.IDNumber)
	if err != nil {
		return "", problem.WrongFields([]problem.Field{fieldOf("id_number", err)})
	}
	return secret.Index, nil
}
