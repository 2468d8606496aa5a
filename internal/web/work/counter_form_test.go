package work

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/item"
)

// catalogue is the demonstration's; itemOf is one of its items.
func catalogue(t testing.TB) *item.Catalogue {
	t.Helper()
	c, err := item.NewCatalogue(item.FirstVersions(item.Demonstration()))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func itemOf(t testing.TB, code item.Code) *item.Version {
	t.Helper()
	v, ok := catalogue(t).Get(code)
	if !ok {
		t.Fatalf("no item %s", code)
	}
	return &v
}

// What is carried from page to page in hidden inputs comes back as it was typed.
func TestFormGoesThroughThePageUnchanged(t *testing.T) {
	all := catalogue(t).All()
	rapid.Check(t, func(t *rapid.T) {
		def := rapid.SampledFrom(all).Draw(t, "item")
		text := rapid.String()
		f := counterForm{
			Key: text.Draw(t, "key"), Item: def.Code, Kind: cases.APerson, Name: text.Draw(t, "name"), IDNumber: text.Draw(t, "number"),
			Phone: text.Draw(t, "phone"), Address: text.Draw(t, "address"), Place: text.Draw(t, "place"), PlaceTyped: text.Draw(t, "typed"),
			Channel: cases.AtCounter, Green: text.Draw(t, "green"), Answers: map[string]string{}, Ticks: make([]tick, len(def.Materials)),
		}
		for _, s := range def.Situations {
			if rapid.Bool().Draw(t, "answered") {
				f.Answers[s.ID] = rapid.SampledFrom(s.Options).Draw(t, "answer").Answer
			}
		}
		for i := range f.Ticks {
			f.Ticks[i] = tick{rapid.SampledFrom([]cases.MaterialStatus{"", "received", "absent", "defective", "not_needed"}).Draw(t, "mark"), text.Draw(t, "note")}
		}
		sent, err := url.ParseQuery(f.values().Encode())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(f, readCounterForm(sent, &def)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestFormDropsWhatTheItemDoesNotOffer(t *testing.T) {
	def := itemOf(t, "BM-008")
	f := readCounterForm(url.Values{"answer.s1": {"邻居来办"}, "answer.s9": {"本人来办"}, "materials[0].status": {"lost"}}, def)
	if len(f.Answers) != 0 || f.Ticks[0].Status != "" {
		t.Errorf("kept %v and %q", f.Answers, f.Ticks[0].Status)
	}
}

func TestFormIsCompletedByRoleAndItem(t *testing.T) {
	clerk := access.Actor{Role: access.Clerk, Place: "610881101000"}
	agent := access.Actor{Role: access.Agent, Place: "610881101200"}
	for _, c := range []struct {
		name  string
		actor access.Actor
		item  item.Code
		typed counterForm
		want  counterForm
	}{
		{"a clerk's comes over the counter", clerk, "BM-008", counterForm{}, counterForm{Channel: cases.AtCounter, Kind: cases.APerson}},
		{"an agent's is of the own room, whatever was sent", agent, "BM-008", counterForm{Place: "610881101201"},
			counterForm{Channel: cases.ByAgent, Kind: cases.APerson, Place: "610881101200"}},
		{"an item for persons", clerk, "BM-008", counterForm{Kind: cases.AnOrganisation}, counterForm{Channel: cases.AtCounter, Kind: cases.APerson}},
		{"an item for organisations", clerk, "BM-072", counterForm{Kind: cases.APerson}, counterForm{Channel: cases.AtCounter, Kind: cases.AnOrganisation}},
		{"an item for both keeps the choice", clerk, "BM-077", counterForm{Kind: cases.AnOrganisation, Channel: cases.ByPhone},
			counterForm{Channel: cases.ByPhone, Kind: cases.AnOrganisation}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.typed.complete(c.actor, itemOf(t, c.item))
			if diff := cmp.Diff(c.want, c.typed); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Whatever is posted, every paper of the item is named once, as the service asks.
func FuzzCounterForm(f *testing.F) {
	f.Add("item=BM-008&materials[0].status=received&answer.s1=%E6%9C%AC%E4%BA%BA%E6%9D%A5%E5%8A%9E")
	f.Add("materials[99].status=absent&materials[-1].note=x&channel=phone")
	def := itemOf(f, "BM-011")
	f.Fuzz(func(t *testing.T, posted string) {
		values, err := url.ParseQuery(posted)
		if err != nil {
			return
		}
		form := readCounterForm(values, def)
		sh, err := newSheet(def, form)
		if err != nil {
			t.Fatal(err)
		}
		list := sh.forFiling(form.Channel).materials()
		for i, m := range def.Materials {
			if len(list) != len(def.Materials) || list[i].Name != m.Name {
				t.Fatalf("%v for %v", list, def.Materials)
			}
		}
	})
}
