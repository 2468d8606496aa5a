package work

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// everyVerb is a case to which everything could be done, in the middle of its way.
func everyVerb() cases.View {
	return cases.View{Actions: cases.Verbs(), Step: &cases.StepView{Index: 4}, Applicant: cases.ApplicantView{Name: "折桂英"}, Whole: &cases.Whole{Steps: []cases.StepView{
		{Index: 1, Name: "村里收材料", Kind: item.Receive, State: "done"}, {Index: 2, Name: "受理", Kind: item.Accept, State: "done"},
		{Index: 3, Name: "村里核实", Kind: item.Examine, State: "done", OwnerName: "高家堡村代办员"}, {Index: 4, Name: "复审", Kind: item.Examine, State: "open"},
		{Index: 5, Name: "审批", Kind: item.Decide, State: "todo"}, {Index: 6, Name: "送达", Kind: item.Deliver, State: "todo"}}},
		Materials: []cases.Material{{Name: "身份证", Status: cases.MaterialReceived}, {Name: "申请表", Status: cases.MaterialAbsent}, {Name: "银行卡", Status: cases.MaterialDefective}}}
}

// Whatever the rule allows has its place on a page, once.
func TestEveryVerbHasAButton(t *testing.T) {
	v := everyVerb()
	var found []cases.Verb
	for _, c := range choicesOf(v, asked{}, "") {
		if c.Do != doRefuse { // the second answer of one verb
			found = append(found, verbOf(c.Do))
		}
	}
	for _, f := range formsOf(v, offers{}, asked{}) {
		found = append(found, cases.Verb(f.Verb))
	}
	want := cases.Verbs()
	slices.Sort(found)
	slices.Sort(want)
	if !slices.Equal(found, want) {
		t.Errorf("%v, want %v", found, want)
	}
}

// And nothing that it does not allow.
func TestNoButtonWithoutTheAction(t *testing.T) {
	v := everyVerb()
	v.Actions = nil
	if c, f := choicesOf(v, asked{}, ""), formsOf(v, offers{}, asked{}); len(c)+len(f) > 0 {
		t.Errorf("%v %v", c, f)
	}
	v.Actions = []cases.Verb{cases.VerbTake, cases.VerbAmend}
	if c, f := choicesOf(v, asked{}, ""), formsOf(v, offers{}, asked{}); len(c) != 1 || c[0].Do != "take" || len(f) != 1 || f[0].Verb != "amend" {
		t.Errorf("%v %v", c, f)
	}
}

// Every answer is understood as the verb that it stands for, with every field that the form has.
func TestEveryAnswerIsACommand(t *testing.T) {
	v := everyVerb()
	type asking struct {
		do     string
		fields []string
	}
	var all []asking
	for _, c := range choicesOf(v, asked{}, "") {
		a := asking{do: c.Do}
		for _, f := range c.Fields {
			a.fields = append(a.fields, f.Name)
		}
		all = append(all, a)
	}
	for _, f := range formsOf(v, offers{}, asked{}) {
		a := asking{do: f.Verb}
		for _, in := range f.Fields {
			a.fields = append(a.fields, in.Name)
		}
		all = append(all, a)
	}
	for _, a := range all {
		bare, err := command(v, a.do, url.Values{})
		if err != nil || bare.Verb() != verbOf(a.do) {
			t.Errorf("%s became %v (%v)", a.do, bare, err)
		}
		for _, field := range a.fields {
			said, err := command(v, a.do, url.Values{field: {"7"}})
			if err != nil || reflect.DeepEqual(said, bare) {
				t.Errorf("%s: the box %s changes nothing (%v)", a.do, field, err)
			}
		}
	}
	if _, err := command(v, "", url.Values{}); err == nil {
		t.Error("no answer is a command")
	}
	if _, err := command(v, "explode", url.Values{}); err == nil {
		t.Error("an unknown answer is a command")
	}
}

func TestReturnOffersStepsAfterAcceptanceLastFirst(t *testing.T) {
	v := everyVerb()
	v.Step.Index = 5
	v.Steps[3].State, v.Steps[4].State = "done", "open"
	var offered []string
	for _, o := range returnTo(v, "").Options {
		offered = append(offered, o.Value)
	}
	if !slices.Equal(offered, []string{"4", "3"}) {
		t.Errorf("%v", offered)
	}
}

func TestTypedTextStaysWithItsAnswer(t *testing.T) {
	a := asked{Do: doRefuse, Typed: url.Values{"refuse.reason": {"年龄不够"}, "approve.reason": {"好"}}, Fields: []problem.Field{{Path: "reason", Message: "请写不同意的理由"}}}
	for _, c := range choicesOf(everyVerb(), a, "") {
		switch c.Do {
		case doApprove:
			if c.On || c.Fields[0].Value != "好" || c.Fields[0].Error != "" {
				t.Errorf("approve: %+v", c)
			}
		case doRefuse:
			if !c.On || c.Fields[0].Value != "年龄不够" || c.Fields[0].Error != "请写不同意的理由" {
				t.Errorf("refuse: %+v", c)
			}
		}
	}
}

func TestNoticeNamesOnlyWhatLacks(t *testing.T) {
	v := everyVerb()
	posted := url.Values{"notify.materials[0].what": {""}, "notify.materials[1].what": {"absent"}, "notify.materials[2].what": {"defective"}, "notify.materials[2].note": {" 卡没有激活 "}}
	cmd, err := command(v, "notify", posted)
	want := []cases.Lack{{Material: "申请表", What: cases.MaterialAbsent}, {Material: "银行卡", What: cases.MaterialDefective, Note: "卡没有激活"}}
	if n, ok := cmd.(cases.Notify); err != nil || !ok || !slices.Equal(n.Missing, want) {
		t.Errorf("%+v (%v)", cmd, err)
	}
	led := atTheForm(cases.VerbNotify, v, posted, []problem.Field{{Path: "missing[1].note"}, {Path: "missing"}})
	if led[0].Path != "materials[2].note" || led[1].Path != "missing" {
		t.Errorf("%+v", led)
	}
}

func TestCorrectionBringsWhatWasTicked(t *testing.T) {
	v := everyVerb()
	asks := papersToCome(v, asked{})
	if len(asks) != 2 {
		t.Fatalf("%+v", asks)
	}
	cmd, err := command(v, "correct", url.Values{asks[1].Brought: {"received"}})
	if c, ok := cmd.(cases.Correct); err != nil || !ok || len(c.Materials) != 1 || c.Materials[0].Name != "银行卡" || c.Materials[0].Status != cases.MaterialReceived {
		t.Errorf("%+v (%v)", cmd, err)
	}
}

// What is said in passing is stored in the clear, so a number in it is masked.
func TestNumbersInFreeTextAreMasked(t *testing.T) {
	cmd, _ := command(everyVerb(), "pass", url.Values{"pass.note": {"打了 13991234567 核实"}})
	if p := cmd.(cases.Pass); strings.Contains(p.Note, "13991234567") {
		t.Error(p.Note)
	}
}
