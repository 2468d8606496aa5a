package app_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"bianmin/internal/cases"
)

func events(t *testing.T, c *client, v cases.View) []cases.EventView {
	t.Helper()
	var list struct {
		Events []cases.EventView `json:"events"`
	}
	c.get(t, path(v, "events")).want(t, 200).into(t, &list)
	return list.Events
}

func TestEventsTellTheWholeStory(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		kinds := documented(t, h)
		c, p := h.as(t, clerk), newPerson()
		v := c.post(t, filing, application(h, oldAge, gaoVillage, p)).want(t, 201).view(t)
		other := newPerson()
		v = c.did(t, v, "amend", form{"field": "id_number", "value": other.id, "reason": "抄错一位"})
		v = c.did(t, v, "amend", form{"field": "phone", "value": other.phone, "reason": "换了号"})
		v = c.did(t, v, "accept", nil)
		c.does(t, v, "reveal", form{"field": "phone", "reason": "打电话"}).want(t, 200)
		h.as(t, agent).did(t, v, "pass", form{"note": "入户核实过了"})

		answer := c.get(t, path(v, "events")).want(t, 200)
		list := events(t, c, v)
		for i, raw := range answer.object(t)["events"].([]any) {
			shape{"seq": is(float64(i + 1)), "entry": orNull(whole), "at": instant, "kind": oneOf(kinds...), "kind_name": text, "actor": text,
				"on_behalf": null, "place": place, "data": func(v any) string {
					if _, ok := v.(form); !ok {
						return " is no object"
					}
					return ""
				}}.fits(t, "an event", raw.(form))
		}
		var told []string
		for _, e := range list {
			told = append(told, string(e.Kind)+" "+e.Actor)
		}
		want := []string{"received " + clerk, "amended " + clerk, "amended " + clerk, "accepted " + clerk, "revealed " + clerk, "passed " + agent}
		if !slices.Equal(told, want) {
			t.Errorf("%v, want %v", told, want)
		}
		// The old value is kept, and neither it nor anything that is only for storage is shown.
		var amended struct {
			Old map[string]string `json:"old_sealed"`
			New map[string]string `json:"new_sealed"`
		}
		if err := json.Unmarshal(list[1].Data, &amended); err != nil || len(amended.Old) != 1 || amended.Old["masked"] != masked(p.id) || amended.New["masked"] != masked(other.id) {
			t.Errorf("%s (%v)", list[1].Data, err)
		}
		box := h.box(t)
		for _, hidden := range []string{p.id, p.phone, other.id, other.phone, box.Index("id_number", p.id), box.Index("phone", p.phone),
			box.Index("id_number", other.id), `"sealed"`, `"index"`} {
			if strings.Contains(string(answer.raw), hidden) {
				t.Errorf("%s stands in the events", hidden)
			}
		}
	})
}

func masked(id string) string { return id[:6] + "********" + id[14:] }

// documented lists the kinds of event that the description names.
func documented(t *testing.T, h *house) []string {
	t.Helper()
	var doc struct {
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct{ Enum []string }
			}
		}
	}
	h.nobody().get(t, "/api/openapi.json").want(t, 200).into(t, &doc)
	kinds := doc.Components.Schemas["EventView"].Properties["kind"].Enum
	if len(kinds) == 0 {
		t.Fatal("the description names no kinds of event")
	}
	return kinds
}

func TestAnEventHasItsNumberInTheJournalWithinASecond(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.as(t, clerk)
		v := h.filed(t, oldAge, gaoVillage)
		h.eventually(t, time.Second, "the event has a number", func() bool {
			list := events(t, c, v)
			return len(list) == 1 && list[0].Entry != nil && *list[0].Entry > 0
		})
	})
}

// eventually asks again and again until it is so. A busy machine gets more time than was promised, so that only a
// promise that is broken for good fails.
func (h *house) eventually(t *testing.T, promised time.Duration, what string, so func() bool) {
	t.Helper()
	for until := time.Now().Add(10 * promised); !so(); {
		if time.Now().After(until) {
			t.Fatalf("%s: not within %v", what, 10*promised)
		}
	}
}
