package demo

import (
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/reference"
)

// shenmu is the city without a database.
func shenmu(t *testing.T) reference.City {
	t.Helper()
	places, err := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if err != nil {
		t.Fatal(err)
	}
	items, err := item.NewCatalogue(item.FirstVersions(item.Demonstration()))
	if err != nil {
		t.Fatal(err)
	}
	return reference.City{Places: places, Items: items, Calendar: calendar.New(calendar.Official())}
}

// theAccounts are those of the issue, by its words.
func theAccounts() map[string]access.Account {
	want := map[string]access.Account{}
	add := func(account string, role access.Role, at place.Code, unit string) {
		want[account] = access.Account{Account: account, Role: role, Place: at, Unit: unit}
	}
	const city = place.Code("610881000000")
	add("supervisor", access.Supervisor, city, "")
	add("inspector", access.Inspector, city, "")
	add("admin", access.Admin, city, "")
	var towns []place.Code
	for _, p := range place.Shenmu() {
		switch {
		case p.Code.IsTown():
			towns = append(towns, p.Code)
			add("clerk-"+string(p.Code[:9]), access.Clerk, p.Code, "")
			add("desk-"+string(p.Code[:9]), access.Desk, p.Code, "")
			add("head-"+string(p.Code[:9]), access.Head, p.Code, "")
		case p.Code.IsRoom():
			add("agent-"+string(p.Code), access.Agent, p.Code, "")
		}
	}
	for _, u := range place.ShenmuUnits() {
		if u.Tier == place.CityTier {
			add("unit-"+u.Code, access.Unit, city, u.Code)
			add("chief-"+u.Code, access.Chief, city, u.Code)
			continue
		}
		for _, town := range towns {
			add("unit-"+u.Code+"-"+string(town[:9]), access.Unit, town, u.Code)
		}
	}
	return want
}

func TestEveryAccountOfTheIssueAndNoOther(t *testing.T) {
	want := theAccounts()
	if len(want) != 364+3*20+2*35+13*20+3 {
		t.Fatalf("the issue has %d accounts", len(want))
	}
	for _, a := range Accounts(shenmu(t)) {
		w, known := want[a.Account]
		delete(want, a.Account)
		w.Name = a.Name
		if !known || w != a {
			t.Errorf("%+v, want %+v", a, w)
		}
	}
	for missing := range want {
		t.Errorf("%s is missing", missing)
	}
}

func TestPeopleOfATownHaveDifferentNamesAndKeepThem(t *testing.T) {
	city := shenmu(t)
	seen := map[string]string{}
	again := Accounts(city)
	for i, a := range Accounts(city) {
		key := string(a.Place.Town()) + a.Name
		if other := seen[key]; other != "" {
			t.Errorf("%s and %s are both %s", other, a.Account, a.Name)
		}
		seen[key] = a.Account
		if again[i] != a {
			t.Errorf("%s is once %s, once %s", a.Account, a.Name, again[i].Name)
		}
		if n := len([]rune(a.Name)); n < 2 || n > 3 || a.Name == "折桂英" || strings.ContainsAny(a.Name, " \t") {
			t.Errorf("%s is called %q", a.Account, a.Name)
		}
	}
}

func TestOnePasswordOpensForAll(t *testing.T) {
	f := founding(t)
	for _, account := range []string{"agent-610881101200", "clerk-610881101", "unit-paichusuo-610881110", "admin"} {
		_, actor, err := f.people.SignIn(t.Context(), account, "bianmin-demo-2026", "127.0.0.1")
		if err != nil || actor.Account != account {
			t.Errorf("%s: %v", account, err)
		}
	}
	list, err := f.people.Accounts(t.Context(), "", 10_000)
	if err != nil || len(list) != len(theAccounts()) {
		t.Errorf("%d accounts are stored, %v", len(list), err)
	}
}
