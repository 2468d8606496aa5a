package cases

import (
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/place"
)

// TestStates: one row a state, its code in the national interface, and somebody has something to do exactly in those
// between the draft and the end.
func TestStates(t *testing.T) {
	want := []StateRow{
		{Draft, "草稿", "1", "", false}, {Submitted, "已提交", "1", "", true}, {Received, "收件", "1", "", true},
		{Correcting, "补正", "1", "", true}, {Accepted, "受理", "2", "", true}, {Examining, "审查", "2", "", true},
		{Suspended, "特别程序", "2", "", true}, {Decided, "决定", "2", "", true}, {Delivered, "送达", "2", "", true},
		{Closed, "办结", "3", "6", false}, {NotAccepted, "不予受理", "3", "1", false}, {Withdrawn, "撤回", "3", "1", false},
		{Void, "作废", "3", "2", false}, {Lapsed, "逾期未补正", "3", "5", false},
	}
	if len(want) != len(States) {
		t.Fatalf("%d states, want %d", len(States), len(want))
	}
	for i, row := range want {
		same(t, "row", States[i], row)
		same(t, "name", row.State.Chinese(), row.Chinese)
		same(t, "open", row.State.Open(), row.Open)
		same(t, "known", row.State.Known(), true)
	}
	if s := State("lost"); s.Known() || s.Open() || s.Chinese() != "lost" {
		t.Error("a state that is none")
	}
}

func TestNames(t *testing.T) {
	for _, c := range Channels {
		same(t, string(c.Channel), c.Channel.Chinese(), c.Chinese)
	}
	for _, m := range MaterialStatuses {
		same(t, string(m.Status), m.Status.Chinese(), m.Chinese)
	}
	for _, k := range Kinds {
		same(t, string(k.Kind), k.Kind.Chinese(), k.Chinese)
		same(t, "empty", k.empty().Kind(), k.Kind)
	}
	same(t, "a channel that is none", Channel("fax").Chinese(), "fax")
	same(t, "a status that is none", MaterialStatus("lost").Chinese(), "lost")
	same(t, "a kind that is none", Kind("lost").Chinese(), "lost")
}

// What a list asks of each step without making texts is what the posts say, for every item, step and post.
func TestAStepIsForItsPost(t *testing.T) {
	actors := []access.Actor{theAgent, theClerk, theDesk, theHead, theSupervisor, theInspector, theAdmin, theChief, theCitizen,
		{Role: access.Agent, Place: "610881101201"}, {Role: access.Clerk, Place: "610881102000"}, {Role: access.Desk, Place: "610881102000"}}
	for _, u := range thePlaces().Units() {
		actors = append(actors, access.Actor{Role: access.Unit, Place: shenmu, Unit: u.Code}, access.Actor{Role: access.Unit, Place: gaojiabu, Unit: u.Code},
			access.Actor{Role: access.Chief, Place: shenmu, Unit: u.Code})
	}
	yes := 0
	for _, def := range theItems().All() {
		for _, at := range []place.Code{gaojiabuRoom, gaojiabu} {
			c := &Case{Place: at, Town: gaojiabu, Def: &def}
			for i := range def.Steps {
				for _, a := range actors {
					want := a.Post() != "" && c.post(i) == a.Post()
					if got := c.isFor(a, i); got != want {
						t.Errorf("%s, step %d at %s, for %+v: %v", def.Code, i+1, at, a, got)
					}
					if want {
						yes++
					}
				}
			}
		}
	}
	if yes == 0 {
		t.Error("nobody has any step")
	}
}
