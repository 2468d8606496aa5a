package cases

import (
	"slices"
	"testing"

	"bianmin/internal/access"
)

// cards is 残疾人证新办、换领、补办: a certificate is made after a yes.
const cards = "BM-011"

func cardToBeDecided(t teller) *story {
	s := filed(t, cards, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{})
	return s.does(theUnit("pingdingyiyuan"), Pass{}).does(theAgent, Pass{})
}

// TestApproval: after a yes the certificate is made, then handed over, and with that the case is closed.
func TestApproval(t *testing.T) {
	federation := theUnit("canlian")
	s := cardToBeDecided(t).on("2026-04-20 15:00").does(federation, DecideOn{Approve: true}).is(Decided, federation, "制证")
	same(t, "decided", s.c.DecidedAt, At(s.now))
	same(t, "approved", *s.c.Approved, true)
	same(t, "redress", s.last().(*DecidedEvent).Redress, "")
	s.refuses(federation, DecideOn{Approve: false, Reason: "改了主意"}, "wrong_state")
	s.refuses(theClerk, Deliver{"counter", "折桂英"}, "not_your_step") // it is not made yet
	s.does(federation, Pass{Note: "证号已登记"}).is(Decided, federation, "送达、领证")
	s.does(theColleague, Deliver{"counter", "折桂英"}).is(Closed, theColleague)
	same(t, "closed", s.c.ClosedAt, At(s.now))
	for i, run := range s.c.Steps {
		same(t, s.c.Def.Steps[i].Name, run.Done != 0, true)
	}
}

// TestRefusal: a no gives its reason and the ways of redress (行政许可法 第三十八条). What only a yes leads to is
// skipped, and the no is delivered like a yes.
func TestRefusal(t *testing.T) {
	federation := theUnit("canlian")
	s := cardToBeDecided(t).does(federation, DecideOn{Approve: false, Reason: "达不到评残标准"})
	s.is(Decided, federation, "送达、领证")
	e := s.last().(*DecidedEvent)
	same(t, "approved", *s.c.Approved, false)
	same(t, "reason", e.Reason, "达不到评残标准")
	same(t, "redress", e.Redress, "不服的，可以自收到决定书之日起 60 日内向神木市人民政府申请行政复议，或者 6 个月内向人民法院起诉。")
	same(t, "the certificate", s.c.Steps[5], StepRun{Skipped: true})
	s.does(theClerk, Deliver{"agent", "折桂英"}).is(Closed, theClerk)

	for code, skipped := range map[string][]string{ // work and publicity after the decision
		"BM-009": {"公示"}, "BM-005": {"先行发放救助款物", "补齐手续"}, "BM-015": nil, "BM-073": {"上门收件"},
	} {
		s := filed(t, code, theClerk, AtCounter, gaojiabuRoom)
		walk(s, false)
		var got []string
		for i, run := range s.c.Steps {
			if run.Skipped {
				got = append(got, s.c.Def.Steps[i].Name)
			}
		}
		if !slices.Equal(got, skipped) {
			t.Errorf("%s: skipped %v, want %v", code, got, skipped)
		}
		same(t, code, s.c.State, Closed)
	}
}

// TestWorkAfterTheDecision: it is the step's owner who passes it; the state stays decided until the delivery.
func TestWorkAfterTheDecision(t *testing.T) {
	s := filed(t, "BM-005", theAgent, ByAgent, gaojiabuRoom).does(theClerk, Accept{}).does(theDesk, DecideOn{Approve: true})
	s.is(Decided, theDesk, "先行发放救助款物").does(theDesk, Pass{}).is(Decided, theDesk, "补齐手续")
	s.refuses(theDesk, anAppraisal, "wrong_state")
	s.refuses(theDesk, Return{Reason: "x"}, "wrong_state")
	s.does(theDesk, Pass{}).does(theClerk, Deliver{"counter", "折桂英"}).is(Closed, theClerk)
}

// TestDeliveredWhileWorkRemains: an item may hand over beside other work; the case is closed with the last of it.
func TestDeliveredWhileWorkRemains(t *testing.T) {
	def, _ := theItems().Get("BM-005")
	def.Steps = slices.Clone(def.Steps)
	beside := "b"
	for i := len(def.Steps) - 2; i < len(def.Steps); i++ { // 补齐手续 and 送达救助决定
		def.Steps[i].Group = &beside
	}
	if wrong := def.Check(thePlaces()); len(wrong) > 0 {
		t.Fatalf("no item could be like that: %v", wrong)
	}
	begin := func() *story {
		s := filed(t, "BM-005", theClerk, AtCounter, gaojiabuRoom)
		s.c.Def = &def
		return s.does(theClerk, Accept{}).does(theDesk, DecideOn{Approve: true}, Pass{}).is(Decided, theDesk, "补齐手续", "送达救助决定")
	}
	s := begin().does(theClerk, Deliver{"counter", "折桂英"}).is(Delivered, theClerk, "补齐手续")
	same(t, "closed", s.c.ClosedAt, 0)
	same(t, "what the desk can do", s.verbsOf(theDesk), "pass take reveal")
	same(t, "what the counter can do", s.verbsOf(theClerk), "hand reveal")
	s.on("2026-03-16 09:00").does(theDesk, Pass{}).is(Closed, theDesk)
	same(t, "closed", s.c.ClosedAt, At(s.now))

	begin().does(theDesk, Pass{}).is(Decided, theDesk, "送达救助决定").does(theClerk, Deliver{"counter", "折桂英"}).is(Closed, theClerk)
}

// TestDecidedAtOnce: 即办件 is received, accepted, decided and handed over at the counter in one request.
func TestDecidedAtOnce(t *testing.T) {
	for _, x := range []struct {
		name, item string
		who        access.Actor
		at         string
	}{
		{"at the counter", "BM-015", theClerk, string(gaojiabuRoom)},
		{"by the agent, what the village does alone", "BM-065", theAgent, string(gaojiabuRoom)},
		{"the same, filed at the town itself", "BM-065", theClerk, string(gaojiabu)},
	} {
		t.Run(x.name, func(t *testing.T) {
			channel := AtCounter
			if x.who.Role == access.Agent {
				channel = ByAgent
			}
			s := filed(t, x.item, x.who, channel, sure(parsedCode(x.at)))
			events, no := finishOnTheSpot(s.c, Finish{Approve: true}, x.who, s.now)
			if no != nil {
				t.Fatal(no.Code, no.Facts)
			}
			s.events = append(s.events, events...)
			s.is(Closed, x.who)
			var kinds []Kind
			for _, e := range s.events {
				kinds = append(kinds, e.Kind())
			}
			if want := []Kind{KindReceived, KindAccepted, KindDecided, KindDelivered}; !slices.Equal(kinds, want) {
				t.Errorf("%v, want %v", kinds, want)
			}
			d := s.last().(*DeliveredEvent)
			same(t, "way", d.Way, "counter")
			same(t, "receiver", d.Receiver, "折桂英")
		})
	}
}

func TestDecidedAtOnceIsRefused(t *testing.T) {
	refused := func(s *story, a access.Actor, f Finish, code string) *story {
		t.Helper()
		_, no := finishOnTheSpot(s.c, f, a, s.now)
		if no == nil || no.Code != code {
			t.Errorf("%v, want %s", no, code)
		}
		return s
	}
	s := refused(receivedAtCounter(t), theClerk, Finish{Approve: true}, "not_on_the_spot")
	s.is(Received, theClerk, "受理")
	refused(filed(t, "BM-015", theClerk, AtCounter, gaojiabuRoom, paper("户口簿", MaterialReceived)), theClerk, Finish{Approve: true}, "materials_missing")
	refused(filed(t, "BM-015", theAgent, ByAgent, gaojiabuRoom), theAgent, Finish{Approve: true}, "not_your_step")
	refused(filed(t, "BM-015", theClerk, AtCounter, gaojiabuRoom), theClerk, Finish{Approve: false}, "invalid") // a no without a reason
}

func TestWays(t *testing.T) {
	same(t, "a usual way", WayChinese("courier"), "邮寄")
	same(t, "one written out", WayChinese("托邻居带回"), "托邻居带回")
}
