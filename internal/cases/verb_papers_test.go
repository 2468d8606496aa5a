package cases

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bianmin/internal/access"
)

var (
	convey  = Convey{Things: []Thing{{Name: "户口簿", Originals: 1}}, From: "高家堡村便民服务室", Giver: "贺桂兰", To: "高家堡镇便民服务站", Taker: "刘芳"}
	entrust = Entrust{Name: "折小军", Relation: "子女", Matters: Matters[:2], Until: "2026-06-30", secret: &Secret{Sealed: "s", Masked: "612722********0033", Index: "another"}}
	serve   = Serve{Paper: "准予决定书", Way: ServedDirectly, Reached: true, Where: "高家堡村", Receiver: "折桂英", Relation: "本人", SignedOn: "2026-03-10", Witness: "贺桂兰"}
)

// paperVerbs say that papers moved; they are done beside the case, and belong to no step.
var paperVerbs = []Verb{VerbServe, VerbConvey, VerbEntrust}

func withoutPaperVerbs(list []Verb) []Verb {
	return slices.DeleteFunc(slices.Clone(list), func(v Verb) bool { return slices.Contains(paperVerbs, v) })
}

// TestWhoMovesPapers: those who work on cases serve and convey in every state; an authority is taken by those who meet the
// applicant, while the case is open.
func TestWhoMovesPapers(t *testing.T) {
	for _, at := range everyState {
		s := at.tell(t)
		for _, actor := range []access.Actor{theAgent, theClerk, theDesk, theHead, minzheng, theChief, theSupervisor, theInspector, theAdmin} {
			works := slices.Contains([]access.Role{access.Agent, access.Clerk, access.Desk, access.Unit}, actor.Role)
			meets := actor.Role == access.Agent || actor.Role == access.Clerk
			for verb, want := range map[Verb]bool{VerbServe: works, VerbConvey: works, VerbEntrust: meets && s.c.State.Open()} {
				if got := s.c.May(verb, actor) == nil; got != want {
					t.Errorf("%s, %s, %s: %v", at.name, actor.Role, verb, got)
				}
			}
		}
	}
}

// TestMovedPapersLeaveTheCaseAlone: nobody's open form is stale by them.
func TestMovedPapersLeaveTheCaseAlone(t *testing.T) {
	s := receivedAtCounter(t)
	version, last := s.c.Version, s.c.Last
	s.does(theClerk, convey, entrust, serve)
	same(t, "version", s.c.Version, version)
	same(t, "last", s.c.Last, last)
	same(t, "signed on", s.last().(*Served).SignedOn.String(), "2026-03-10")
}

func TestWhatAServiceMustSay(t *testing.T) {
	change := func(f func(v *Serve)) Serve { v := serve; f(&v); return v }
	for want, v := range map[string]Serve{
		"":                                  serve,
		"way:required":                      change(func(v *Serve) { v.Way = "air" }),
		"paper:required":                    change(func(v *Serve) { v.Paper = " " }),
		"receiver:required":                 change(func(v *Serve) { v.Receiver = "" }),
		"witness:required":                  change(func(v *Serve) { v.Witness = "" }),
		"signed_on:required":                change(func(v *Serve) { v.SignedOn, v.Witness = "", "" }),
		"signed_on:not_date":                change(func(v *Serve) { v.SignedOn = "昨天" }),
		"strokes:unreadable":                change(func(v *Serve) { v.Strokes = "[[1,2]]" }),
		"why:required":                      change(func(v *Serve) { v.Reached = false }),
		"why:required witness:required":     {Paper: "x", Way: ServedByLeaving, Reached: true, Where: "x"},
		"mail:required":                     {Paper: "x", Way: ServedByPost, Reached: true, Where: "x", Receiver: "x"},
		"address:required consent:required": {Paper: "x", Way: ServedElectronic, Reached: true, Receiver: "x"},
	} {
		var got []string
		for _, f := range v.Check(nil) {
			got = append(got, f.Path+":"+f.Code)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if _, err := Decide(receivedAtCounter(t).c, change(func(v *Serve) { v.SignedOn = "2999-01-01" }), theClerk, moments("2026-03-10 10:00")); err == nil || err.Fields[0].Path != "signed_on" {
		t.Errorf("signed in another year: %v", err)
	}
}

func TestWhatAnAuthorityMustSay(t *testing.T) {
	c, now := receivedAtCounter(t).c, moments("2026-03-10 10:00")
	for want, f := range map[string]func(v *Entrust){
		"name":      func(v *Entrust) { v.Name = "" },
		"matters":   func(v *Entrust) { v.Matters = nil },
		"until":     func(v *Entrust) { v.Until = "2026-03-09" },
		"id_number": func(v *Entrust) { own := c.Applicant.IDNumber; v.secret = &own },
	} {
		v := entrust
		f(&v)
		if _, no := Decide(c, v, theClerk, now); no == nil || no.Fields[0].Path != want {
			t.Errorf("%s: %v", want, no)
		}
	}
}

func TestWhatAHandOverMustSay(t *testing.T) {
	for want, f := range map[string]func(v *Convey){
		"things":              func(v *Convey) { v.Things = nil },
		"things[0].originals": func(v *Convey) { v.Things = []Thing{{Name: "x"}} },
		"things[0].name":      func(v *Convey) { v.Things = []Thing{{Copies: 1}} },
		"giver":               func(v *Convey) { v.Giver = "" },
		"taker":               func(v *Convey) { v.To, v.Taker = v.From, v.Giver },
	} {
		v := convey
		f(&v)
		if wrong := v.Check(nil); len(wrong) != 1 || wrong[0].Path != want {
			t.Errorf("%s: %v", want, wrong)
		}
	}
}

func TestStrokes(t *testing.T) {
	for _, bad := range []string{"", "[]", "{}", "[[]]", "[[1]]", "[[1,2]]", "[[0,0,1001,0]]", "[[0,0,0,401]]", "[[-1,0,500,0]]", "[[0,0,50,0]]", `["x"]`, "[[0,0,500.5,1]]"} {
		if list, err := ParseStrokes(bad); err == nil {
			t.Errorf("%s is %v", bad, list)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 200).Draw(t, "points")
		stroke := []int{0, 0, 500, 200}
		for range n {
			stroke = append(stroke, rapid.IntRange(0, StrokesWide).Draw(t, "x"), rapid.IntRange(0, StrokesHigh).Draw(t, "y"))
		}
		list, err := ParseStrokes(asJSON(Strokes{stroke}))
		if err != nil || !slices.Equal(list[0], stroke) {
			t.Fatalf("%v %v", list, err)
		}
	})
}

func FuzzStrokes(f *testing.F) {
	f.Add("[[0,0,500,200]]")
	f.Add("[[1]]")
	f.Fuzz(func(t *testing.T, s string) {
		list, err := ParseStrokes(s)
		if err == nil && len(list) == 0 {
			t.Error("no strokes, and no mistake")
		}
	})
}
