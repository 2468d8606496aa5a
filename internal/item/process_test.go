package item_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"bianmin/internal/item"
)

func TestGroupsRunTogether(t *testing.T) {
	d := byCode(t, "BM-001")
	want := [][]int{{0}, {1}, {2, 3}, {4}, {5}, {6}, {7}, {8}}
	if got := d.Groups(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	if d.CountedDays() != 8+3+2+7 {
		t.Errorf("%d days", d.CountedDays())
	}
	if i, ok := d.StepIndex(item.Decide); !ok || i != 7 {
		t.Errorf("decided at %d", i)
	}
	if _, ok := d.StepIndex(item.Certify); ok {
		t.Error("there is no certificate")
	}
	if d.SpotFinish() || !byCode(t, "BM-015").SpotFinish() {
		t.Error("on the spot")
	}
}

func TestGroupsHoldEveryStepOnceInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := []*string{nil, ptr("a"), ptr("b")}
		d := item.Definition{}
		for _, g := range rapid.SliceOf(rapid.SampledFrom(letters)).Draw(t, "groups") {
			d.Steps = append(d.Steps, item.Step{Group: g})
		}
		next := 0
		for _, group := range d.Groups() {
			for _, i := range group {
				if i != next {
					t.Fatalf("step %d after %d", i, next)
				}
				next++
			}
			if len(group) > 1 && d.Steps[group[0]].Group == nil {
				t.Fatalf("%v run together for no reason", group)
			}
		}
		if next != len(d.Steps) {
			t.Fatalf("%d of %d steps", next, len(d.Steps))
		}
	})
}

func names(list []item.Material) []string {
	var all []string
	for _, m := range list {
		all = append(all, m.Name)
	}
	return all
}

func TestMaterialsFor(t *testing.T) {
	d := byCode(t, "BM-001")
	always := names(d.AlwaysNeeded())
	if len(always) != 5 {
		t.Errorf("always %v", always)
	}
	for _, c := range []struct {
		answers map[string]string
		want    []string
	}{
		{nil, always},
		{map[string]string{"s1": "没有"}, always},
		{map[string]string{"s1": "有", "s2": "都能签"}, append(always, "残疾人证或者疾病诊断证明")},
	} {
		got, err := d.MaterialsFor(c.answers)
		if err != nil || !reflect.DeepEqual(names(got), c.want) {
			t.Errorf("%v: %v, %v", c.answers, names(got), err)
		}
	}
	d.Situations[0].Options[1].MaterialsDrop = []string{"户口簿"}
	got, err := d.MaterialsFor(map[string]string{"s1": "没有"})
	if err != nil || len(got) != 4 {
		t.Errorf("the household book is not dropped: %v, %v", names(got), err)
	}
	for _, wrong := range []map[string]string{{"s9": "有"}, {"s1": "也许"}} {
		if _, err := d.MaterialsFor(wrong); err == nil {
			t.Errorf("%v is taken", wrong)
		}
	}
}

// Whatever is answered, the list never holds a paper that the answers do not call for, and
// keeps the definition's order.
func TestEveryAnswerGivesAListOfTheItem(t *testing.T) {
	all := item.Demonstration()
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.SampledFrom(all).Draw(t, "item")
		answers := map[string]string{}
		for _, s := range d.Situations {
			if rapid.Bool().Draw(t, "answered") {
				answers[s.ID] = rapid.SampledFrom(s.Options).Draw(t, "option").Answer
			}
		}
		list, err := d.MaterialsFor(answers)
		if err != nil {
			t.Fatal(err)
		}
		next := 0
		for _, m := range list {
			for next < len(d.Materials) && d.Materials[next].Name != m.Name {
				next++
			}
			if next == len(d.Materials) {
				t.Fatalf("%s is out of order", m.Name)
			}
		}
	})
}
