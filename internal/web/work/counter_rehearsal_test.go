package work

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
)

var (
	tenTwenty   = time.Date(2026, 3, 10, 10, 20, 0, 0, calendar.Shanghai)
	counterHand = access.Actor{Account: "clerk-610881101", Name: "张晓燕", Role: access.Clerk, Place: "610881101000"}
	villageHand = access.Actor{Account: "agent-610881101200", Name: "高建平", Role: access.Agent, Place: "610881101200"}
)

// The buttons are those that the rules would let through, the surest way to the result first.
func TestWhatIsOffered(t *testing.T) {
	for _, c := range []struct {
		name    string
		actor   access.Actor
		item    item.Code
		channel cases.Channel
		marks   []cases.MaterialStatus
		want    offer
	}{
		{"complete at the counter", counterHand, "BM-008", cases.AtCounter, []cases.MaterialStatus{isHere, isHere, isHere},
			offer{Main: doAccept, Others: []counterDo{doFile}}},
		{"two lacking", counterHand, "BM-008", cases.AtCounter, []cases.MaterialStatus{isHere, isAbsent, isFaulty},
			offer{Main: doNotify, Others: []counterDo{doFile}, Blocked: 2, Lacking: 2}},
		{"only two were marked, the third counts as here", counterHand, "BM-008", cases.AtCounter, []cases.MaterialStatus{isOpen, isAbsent, isAbsent},
			offer{Main: doNotify, Others: []counterDo{doFile}, Blocked: 2, Lacking: 2}},
		{"one that is not needed does not block", counterHand, "BM-008", cases.AtCounter, []cases.MaterialStatus{isHere, isUnneeded, isHere},
			offer{Main: doAccept, Others: []counterDo{doFile}}},
		{"the village cannot accept", villageHand, "BM-008", cases.ByAgent, []cases.MaterialStatus{isHere, isHere, isHere},
			offer{Main: doFile, Others: []counterDo{}, Elsewhere: true}},
		{"done while the person waits", counterHand, "BM-022", cases.AtCounter, []cases.MaterialStatus{isHere},
			offer{Main: doFinish, Others: []counterDo{doAccept, doFile}}},
		{"not without the paper", counterHand, "BM-022", cases.AtCounter, []cases.MaterialStatus{isAbsent},
			offer{Main: doNotify, Others: []counterDo{doFile}, Blocked: 1, Lacking: 1}},
		{"what the village does by itself", villageHand, "BM-065", cases.ByAgent, nil,
			offer{Main: doFinish, Others: []counterDo{doAccept, doFile}}},
		{"and the counter does not do for it", counterHand, "BM-065", cases.AtCounter, nil,
			offer{Main: doFile, Others: []counterDo{}, Elsewhere: true}},
		{"over the telephone it is only registered", counterHand, "BM-008", cases.ByPhone, []cases.MaterialStatus{isHere, isHere, isHere},
			offer{Main: doFile, Others: []counterDo{}, Elsewhere: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			def := itemOf(t, c.item)
			f := marked(def, nil, c.marks...)
			f.Channel = c.channel
			sh := sheetOf(t, def, f).forFiling(c.channel)
			lacks, _ := sh.lacks()
			if diff := cmp.Diff(c.want, rehearse(def, f, sh, c.actor, tenTwenty).offers(lacks)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// At the town itself the station does what the village would: what is the agent's there is the counter's.
func TestOfferAtTheTownItself(t *testing.T) {
	def := itemOf(t, "BM-065")
	f := marked(def, nil)
	f.Place = "610881101000"
	got := rehearse(def, f, sheetOf(t, def, f), counterHand, tenTwenty).offers(nil)
	if diff := cmp.Diff(offer{Main: doFinish, Others: []counterDo{doAccept, doFile}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestFinishIsOnlyForWhatIsDoneOnTheSpot(t *testing.T) {
	def := itemOf(t, "BM-008")
	f := marked(def, nil, isHere, isHere, isHere)
	no := rehearse(def, f, sheetOf(t, def, f), counterHand, tenTwenty).would(doFinish, nil)
	if no == nil || no.Code != "not_on_the_spot" {
		t.Errorf("%+v", no)
	}
}
