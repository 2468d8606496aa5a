package simulate

import (
	"slices"
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/enginetest"
	"bianmin/internal/hanzi"
	"bianmin/internal/place"
)

// list gives the numbers of all cases that a search finds, in order.
func (h *house) list(a access.Actor, typed string, sort cases.Sort) (numbers, names []string) {
	h.t.Helper()
	f := cases.Filter{Query: typed, Sort: sort, Limit: 7}
	for {
		page, err := h.cases.List(h.t.Context(), a, f)
		if err != nil {
			h.t.Fatalf("%q: %v", typed, err)
		}
		for _, v := range page.Cases {
			numbers, names = append(numbers, string(v.Number)), append(names, v.Applicant.Name)
		}
		if page.Next == nil {
			return numbers, names
		}
		f.After = *page.Next
	}
}

// What is found by the beginning of a name, or of its initials, is what looking at every case finds, in the same order.
func TestNamesAreFoundByTheirBeginning(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		h := found(t, url, keys(t))
		h.mustRun(Arguments{Days: 20, PerDay: 15, Seed: 5}, 2000)
		town := place.Code(h.dump(`SELECT town FROM cases GROUP BY town ORDER BY COUNT(*) DESC, town LIMIT 1`)[0])
		inspector := access.Actor{Account: "inspector", Role: access.Inspector, Place: h.city.Places.Root().Code}
		clerk := access.Actor{Account: "clerk-" + town.Short(), Role: access.Clerk, Place: town}
		for _, a := range []access.Actor{inspector, clerk} {
			for _, sort := range []cases.Sort{cases.ByDue, cases.ByNewest} {
				numbers, names := h.list(a, "", sort)
				begins := func(typed string, of func(string) string) (want []string) {
					for i, name := range names {
						if strings.HasPrefix(of(name), typed) {
							want = append(want, numbers[i])
						}
					}
					return want
				}
				whole := func(name string) string { return name }
				for _, typed := range []string{"王", "张", names[0], names[len(names)-1]} {
					if got, _ := h.list(a, typed, sort); !slices.Equal(got, begins(typed, whole)) || len(got) == 0 {
						t.Errorf("%s, %s: %q finds %d cases, want %d", a.Account, sort, typed, len(got), len(begins(typed, whole)))
					}
				}
				for _, typed := range []string{"w", hanzi.NameInitials(names[1])} {
					if got, _ := h.list(a, typed, sort); !slices.Equal(got, begins(typed, hanzi.NameInitials)) || len(got) == 0 {
						t.Errorf("%s, %s: %q finds %d cases, want %d", a.Account, sort, typed, len(got), len(begins(typed, hanzi.NameInitials)))
					}
				}
			}
		}
		if got, _ := h.list(clerk, "zzzzzz", cases.ByDue); len(got) > 0 {
			t.Errorf("no name has these initials: %v", got)
		}
	})
}

// Of a name that is neither rare nor very common the order is that of the list, too: those whose clock runs first.
func TestAFrequentNameIsFoundInOrder(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		h := found(t, url, keys(t))
		h.mustRun(Arguments{Days: 30, PerDay: 3, Seed: 5}, 2000)
		h.multiply(20, 40)
		inspector := access.Actor{Account: "inspector", Role: access.Inspector, Place: h.city.Places.Root().Code}
		for _, f := range []cases.Filter{{Sort: cases.ByDue}, {Sort: cases.ByDue, Open: true}, {Sort: cases.ByNewest}, {Sort: cases.ByNewest, Open: true}} {
			order, only := "due, number", ""
			if f.Sort == cases.ByNewest {
				order = "filed_at DESC, number DESC"
			}
			if f.Open {
				only = " AND open"
			}
			var want []string
			for _, number := range h.dump("SELECT number FROM cases WHERE name LIKE '欧阳%'" + only + " ORDER BY " + order + " LIMIT 200") {
				want = append(want, number[:strings.LastIndex(number, "-")])
			}
			for _, typed := range []string{"欧阳", "oy"} {
				f.Query, f.Limit = typed, 200
				page, err := h.cases.List(t.Context(), inspector, f)
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, v := range page.Cases {
					got = append(got, string(v.Number))
				}
				if len(want) < 100 || !slices.Equal(got, want) {
					t.Errorf("%+v: %d cases, want %d in order\n%v\n%v", f, len(got), len(want), got, want)
				}
			}
		}
	})
}

// Where very many begin so, they are walked through in the list's order: what is found is the same.
func TestAVeryCommonNameIsFoundToo(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		h := found(t, url, keys(t))
		h.mustRun(Arguments{Days: 5, PerDay: 5, Seed: 5}, 2000)
		h.multiply(8100, 1)
		inspector := access.Actor{Account: "inspector", Role: access.Inspector, Place: h.city.Places.Root().Code}
		for _, typed := range []string{"欧阳", "oy"} {
			page, err := h.cases.List(t.Context(), inspector, cases.Filter{Query: typed, Sort: cases.ByNewest, Limit: 200})
			if err != nil || len(page.Cases) != 200 || page.Next == nil {
				t.Errorf("%s: %d cases, %v", typed, len(page.Cases), err)
			}
		}
	})
}
