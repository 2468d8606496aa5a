package journey

import (
	"encoding/json"
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/once"
)

// actor is an account of the demonstration.
func (h *house) actor(t *testing.T, account string) access.Actor {
	t.Helper()
	a, err := h.Access.Account(t.Context(), account)
	if err != nil {
		t.Fatal(err)
	}
	return a.Actor()
}

// files brings the guided example to where a journey begins: received at the counter, with everything there.
func (h *house) files(t *testing.T) cases.View { t.Helper(); return h.filesOf(t, "BM-008") }

// filesOf files an application in an item.
func (h *house) filesOf(t *testing.T, code item.Code) cases.View {
	t.Helper()
	return h.filesAt(t, code, "610881101200")
}

func (h *house) filesAt(t *testing.T, code item.Code, at string) cases.View {
	t.Helper()
	def, _ := h.City.Items.Get(code)
	app := cases.Application{Item: string(code), Place: at, Channel: cases.AtCounter, Kind: cases.APerson, Name: villager, IDNumber: number, Phone: phone, Another: "同一个人反复办"}
	for _, m := range def.AlwaysNeeded() {
		app.Materials = append(app.Materials, cases.Material{Name: m.Name, Originals: m.Originals, Copies: m.Copies, Status: cases.MaterialReceived})
	}
	answer, err := h.Cases.File(t.Context(), h.actor(t, "clerk-610881101"), newKey(), app)
	return read(t, answer, err)
}

// does verbs, one after the other.
func (h *house) does(t *testing.T, account string, v cases.View, list ...cases.Command) cases.View {
	t.Helper()
	for _, cmd := range list {
		answer, err := h.Cases.Do(t.Context(), h.actor(t, account), newKey(), v.Number, v.Version, cmd)
		v = read(t, answer, err)
	}
	return v
}

// examined is a case on the town's desk.
func (h *house) examined(t *testing.T) cases.View {
	t.Helper()
	v := h.does(t, "clerk-610881101", h.files(t), cases.Accept{})
	return h.does(t, "agent-610881101200", v, cases.Pass{})
}

// keys are used once each: the tests of a package run one after the other.
var keys strings.Builder

func newKey() once.Key {
	keys.WriteByte('k')
	return once.Key{Account: "journey", Path: "/journey", Key: keys.String()}
}

func read(t *testing.T, answer once.Answer, err error) (v cases.View) {
	t.Helper()
	if err == nil {
		err = json.Unmarshal(answer.Body, &v)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}
