package app_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"bianmin/internal/cases"
	"bianmin/internal/item"
)

// The places of the tests: a town with two of its villages, and another town with one of its.
const (
	gaojiabu    = "610881101000"
	gaoVillage  = "610881101200"
	otherTown   = "610881102000"
	clerk       = "clerk-610881101"
	otherClerk  = "clerk-610881102"
	desk        = "desk-610881101"
	agent       = "agent-610881101200"
	minzheng    = "unit-minzheng"
	gongan      = "unit-gongan"
	oldAge      = "BM-008" // 村里收材料, 受理, 村里核实, 复审, 审批 (市民政局), 送达
	firstCard   = "BM-034" // 受理, 审批 (市公安局), 制证, 送达
	onTheSpot   = "BM-023" // 即办件: 受理, 决定, 送达, all at the counter
	city        = "610881000000"
	filing      = "/api/v1/cases"
	someReason  = "本人要求"
	marker      = "暗号"
	strangeName = "𠮷𬭸"
)

// person is an applicant with numbers of her own.
type person struct{ name, id, phone string }

var people atomic.Int64

// newPerson is somebody whom no other test knows. Her numbers are among those that must not be kept in the clear.
func newPerson() person {
	n := int(people.Add(1))
	area := []string{"612722", "610821", "610881"}[n%3]
	p := person{
		name:  "折" + string(rune('一'+n%5000)) + string(rune('丁'+n/7%3000)),
		id:    citizen(fmt.Sprintf("%s19%02d%02d%02d%03d", area, 40+n%50, 1+n%12, 1+n%28, n%1000)),
		phone: fmt.Sprintf("139%08d", 70010000+n*7),
	}
	confide(p.id, p.phone)
	return p
}

// citizen completes seventeen digits by their check digit (GB 11643).
func citizen(digits string) string {
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(digits[i]-'0') * w
	}
	return digits + string("10X98765432"[sum%11])
}

// secrets are all numbers and telephones that the tests ever told the program.
var secrets struct {
	sync.Mutex
	list []string
}

func confide(numbers ...string) {
	secrets.Lock()
	defer secrets.Unlock()
	secrets.list = append(secrets.list, numbers...)
}

func confided() []string {
	secrets.Lock()
	defer secrets.Unlock()
	return slices.Clone(secrets.list)
}

func (p person) applicant() form {
	return form{"kind": "person", "name": p.name, "id_number": p.id, "phone": p.phone}
}

// application is one for an item at the counter of a place, with every paper that is always needed.
func application(h *house, code, at string, p person) form {
	def, _ := h.app.City.Items.Get(item.Code(code))
	papers := []form{}
	for _, m := range def.Materials {
		if m.Need == item.Always {
			papers = append(papers, form{"name": m.Name})
		}
	}
	return form{"item": code, "place": at, "channel": "counter", "applicant": p.applicant(), "materials": papers}
}

// filed files an application for somebody new at the counter of its town.
func (h *house) filed(t *testing.T, code, at string, changes ...func(form)) cases.View {
	t.Helper()
	f := application(h, code, at, newPerson())
	for _, change := range changes {
		change(f)
	}
	return h.as(t, "clerk-"+at[:9]).post(t, filing, f).want(t, 201).view(t)
}

// path is the address of a case, or of a verb to it.
func path(v cases.View, verb ...string) string {
	p := filing + "/" + string(v.Number)
	for _, x := range verb {
		p += "/" + x
	}
	return p
}

// does sends a verb at the version of the view.
func (c *client) does(t *testing.T, v cases.View, verb string, body form, with ...option) reply {
	t.Helper()
	sent := form{"version": v.Version}
	for name, value := range body {
		sent[name] = value
	}
	return c.post(t, path(v, verb), sent, with...)
}

// did is a verb that must succeed.
func (c *client) did(t *testing.T, v cases.View, verb string, body form) cases.View {
	t.Helper()
	return c.does(t, v, verb, body).want(t, 200).view(t)
}

// toDecide files an application that waits for the city's decision.
func (h *house) toDecide(t *testing.T) cases.View {
	t.Helper()
	v := h.filed(t, firstCard, gaojiabu)
	return h.as(t, clerk).did(t, v, "accept", nil)
}
