package access

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bianmin/internal/place"
)

// The states of an account in a Query.
const (
	StateOpen       = "open"
	StateNoPassword = "no_password"
	StateDisabled   = "disabled"
	StateNoFactor   = "no_factor" // needs a second factor and has none
)

// Query asks for accounts. What is empty asks for nothing.
type Query struct {
	Text  string // in the account, the name or the place
	Role  Role
	Place place.Code // of a town everything in it, of the centre what is there itself
	State string
	Sort  string // account, name, role, place or state
}

// Keeps says whether the query asks for an account.
func (q Query) Keeps(places *place.Directory, a Account) bool {
	text := strings.ToLower(a.Account + " " + a.Name + " " + PlaceWords(places, a.Seat()))
	return strings.Contains(text, strings.ToLower(strings.TrimSpace(q.Text))) && (q.Role == "" || a.Role == q.Role) && InTown(a.Place, q.Place) && a.in(q.State)
}

// InTown: a town has everything in it, the centre what is there itself; no town has all.
func InTown(at, town place.Code) bool {
	return town == "" || at == town || !town.IsCity() && at.Within(town)
}

func (a Account) in(state string) bool {
	switch state {
	case StateOpen:
		return !a.Disabled && a.HasPassword()
	case StateNoPassword:
		return !a.Disabled && !a.HasPassword()
	case StateDisabled:
		return a.Disabled
	case StateNoFactor:
		return !a.Disabled && a.Role.NeedsFactor() && !a.Factors().Has()
	}
	return true
}

// order compares two accounts by the column that the query sorts by, then by their names.
func (q Query) order(a, b Account) int {
	first := 0
	switch q.Sort {
	case "name":
		first = cmp.Compare(a.Name, b.Name)
	case "role":
		first = cmp.Compare(a.Role.order(), b.Role.order())
	case "place":
		first = cmp.Compare(string(a.Place)+a.Unit, string(b.Place)+b.Unit)
	case "state":
		first = cmp.Compare(a.stateOrder(), b.stateOrder())
	}
	return cmp.Or(first, cmp.Compare(a.Account, b.Account))
}

func (a Account) stateOrder() int {
	for i, state := range []string{StateOpen, StateNoPassword, StateDisabled} {
		if a.in(state) {
			return i
		}
	}
	return 0
}

// order is the role's place among Roles.
func (r Role) order() int {
	for i, x := range Roles {
		if x.Role == r {
			return i
		}
	}
	return len(Roles)
}

// All reads every account, by name: there are some hundreds.
func (s *Service) All(ctx context.Context) ([]Account, error) {
	const most = 500
	var all []Account
	for after := ""; ; {
		list, err := s.store.accounts(ctx, after, most)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
		if len(list) < most {
			return all, nil
		}
		after = list[len(list)-1].Account
	}
}

// Find gives the accounts that a query asks for, in its order.
func (s *Service) Find(ctx context.Context, q Query) ([]Account, error) {
	all, err := s.All(ctx)
	found := slices.DeleteFunc(all, func(a Account) bool { return !q.Keeps(s.places, a) })
	slices.SortFunc(found, q.order)
	return found, err
}
