package work

import (
	"context"
	"slices"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/web/ui"
)

// offersFor reads what the forms of this case offer; of people only when the matter can be handed on.
func (s *Site) offersFor(ctx context.Context, a access.Actor, v cases.View) (offers, error) {
	o := offers{Days: s.policyNow().CorrectDays, Me: a.Name, Sides: sidesOf(v, s.Places)}
	if !slices.Contains(v.Actions, cases.VerbHand) {
		return o, nil
	}
	o.People = []ui.Option{{Value: "", Label: "请选"}}
	all, err := s.Access.All(ctx)
	for _, other := range all {
		if other.Account != v.Responsible.Account && canTake(other, v) {
			o.People = append(o.People, ui.Option{Value: other.Account, Label: s.personOption(other)})
		}
	}
	return o, err
}

// canTake says whether a person serves and sees the case: the town's people, the room's agent, those of a unit that has
// a step in it. Whether they may take it the rule says again when it is handed.
func canTake(p access.Account, v cases.View) bool {
	if p.Disabled || !slices.Contains(access.Owners(), p.Role) {
		return false
	}
	switch {
	case p.Role == access.Agent:
		return p.Place == v.Place
	case p.Unit != "":
		return (p.Place.IsCity() || p.Place == v.Town) && v.Whole != nil && slices.ContainsFunc(v.Steps, func(step cases.StepView) bool {
			return step.Owner == string(access.UnitPost(p.Unit, ""))
		})
	}
	return p.Place == v.Town
}

func (s *Site) personOption(p access.Account) string {
	at := s.accountRow(p).Place
	return at + " " + p.Name + "（" + p.Role.Chinese() + "）"
}

// decides names who decides on the extension that this actor may ask for: as cases has it, the chief of a unit of the
// city, else the head of the town.
func (s *Site) decides(a access.Actor, v cases.View) string {
	return cases.ApproverName(s.Places, cases.Approver(a, v.Town), v.Town)
}

func (s *Site) policyNow() cases.Policy {
	if s.Policy == nil {
		return cases.UsualPolicy
	}
	return s.Policy()
}
