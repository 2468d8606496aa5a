package demo

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"

	"bianmin/internal/access"
	"bianmin/internal/journal"
	"bianmin/internal/place"
	"bianmin/internal/reference"
)

// Password opens every account of the demonstration.
const Password = "bianmin-demo-2026"

// Accounts lists the demonstration's accounts: one for every role at every place, and one for every unit.
func Accounts(city reference.City) []access.Account {
	centre := city.Places.Root()
	staff := newStaff()
	for _, role := range []access.Role{access.Supervisor, access.Inspector, access.Admin} {
		staff.hire(string(role), role, centre.Code, "")
	}
	for _, u := range city.Places.Units() {
		if u.Tier == place.CityTier {
			staff.hire(unitAccount(u.Code, ""), access.Unit, centre.Code, u.Code)
			staff.hire(chiefAccount(u.Code), access.Chief, centre.Code, u.Code)
		}
	}
	for _, town := range city.Places.Children(centre.Code) {
		staff.hire(clerkAccount(town.Code), access.Clerk, town.Code, "")
		staff.hire(deskAccount(town.Code), access.Desk, town.Code, "")
		staff.hire(headAccount(town.Code), access.Head, town.Code, "")
		for _, u := range city.Places.Units() {
			if u.Tier == place.TownTier {
				staff.hire(unitAccount(u.Code, town.Code), access.Unit, town.Code, u.Code)
			}
		}
		for _, room := range city.Places.Children(town.Code) {
			staff.hire(agentAccount(room.Code), access.Agent, room.Code, "")
		}
	}
	return staff.list
}

// AddAccounts adds them, with one hash for all: 720 of them would take the first start a minute.
func AddAccounts(ctx context.Context, a *access.Service, city reference.City) error {
	stored := access.HashPassword(Password)
	for _, account := range Accounts(city) {
		if err := a.Add(ctx, journal.System, account, stored); err != nil {
			return fmt.Errorf("adding %s: %w", account.Account, err)
		}
	}
	return nil
}

func agentAccount(room place.Code) string { return "agent-" + string(room) }
func clerkAccount(town place.Code) string { return "clerk-" + town.Short() }
func deskAccount(town place.Code) string  { return "desk-" + town.Short() }
func headAccount(town place.Code) string  { return "head-" + town.Short() }

// unitAccount is a unit's: town is empty for a unit of the city.
func unitAccount(unit string, town place.Code) string {
	if town == "" {
		return "unit-" + unit
	}
	return "unit-" + unit + "-" + town.Short()
}

// chiefAccount is that of the chief of a unit of the city; what a town's unit asks for, the town's head decides on.
func chiefAccount(unit string) string { return "chief-" + unit }

// staff gives each post a person. A name is drawn by the account's name, so that it stays whoever is hired beside; no
// two people of one town have the same.
type staff struct {
	list  []access.Account
	taken map[place.Code]map[string]bool
}

func newStaff() *staff { return &staff{taken: map[place.Code]map[string]bool{}} }

func (s *staff) hire(account string, role access.Role, at place.Code, unit string) {
	town := at.Town()
	if s.taken[town] == nil {
		s.taken[town] = map[string]bool{}
	}
	h := fnv.New64a()
	h.Write([]byte(account))
	r := rand.New(rand.NewPCG(seed, h.Sum64()))
	name := ""
	for name == "" || s.taken[town][name] {
		name = personName(r, r.IntN(2) == 0, 1968+r.IntN(30), "")
	}
	s.taken[town][name] = true
	s.list = append(s.list, access.Account{Account: account, Name: name, Role: role, Place: at, Unit: unit})
}
