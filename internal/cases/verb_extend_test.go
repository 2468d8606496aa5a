package cases

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/clock"
)

// asks is a command as the service has read it now.
func (s *story) asks(r readable) Command {
	s.t.Helper()
	service := &Service{places: thePlaces(), cal: theCalendar, clock: clock.Func(func() time.Time { return s.now }), policy: func() Policy { return UsualPolicy }}
	cmd, err := r.read(context.Background(), service, s.c)
	if err != nil {
		s.t.Fatalf("%v", err)
	}
	return cmd
}

// TestExtension: once, both limits move by it together, and the applicant is told the reason (行政许可法 第四十二条).
func TestExtension(t *testing.T) {
	s := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}).on("2026-03-12 09:00")
	s.does(minzheng, s.asks(moreTime)).clocks(minzheng, "2026-03-12 10:00", "20: 03-10 to 04-08, 18 left", "30: 03-10 to 04-22, 28 left", "")
	same(t, "nothing is told before it is granted", strings.Join(s.following().Remarks, ""), "")
	same(t, "asked of", s.view(theDesk).Extension.ForName, "神木市民政局负责人")
	s.on("2026-03-13 09:00").does(theChief, s.asks(Approve{}))
	s.clocks(minzheng, "2026-03-13 10:00", "25: 03-10 to 04-15, 22 left", "35: 03-10 to 04-29, 32 left", "8: 03-10 to 03-20, 5 left")
	same(t, "the record", *s.last().(*Extended), Extended{Meta: *s.last().meta(), Days: 5, Reason: "要向外省核对材料"})
	same(t, "told", strings.Join(s.following().Remarks, ""), "延期 5 个工作日，理由：要向外省核对材料")
	v := s.view(minzheng).Extension
	same(t, "granted", v.State+" by "+v.Head.Name, "granted by "+theChief.Name)
	no := s.refuses(minzheng, moreTime, "extended_before")
	same[any](t, "by", no.Facts["head"], theChief.Name)
	s.refuses(theChief, Approve{}, "no_extension_open")
	same(t, "the list goes by it", s.c.dueFor(theCalendar()), "2026-04-15")
}

// TestExtensionInCalendarDays: in the unit of the limits; a last day on a holiday moves on.
func TestExtensionInCalendarDays(t *testing.T) {
	police := theUnit("gongan")
	s := filed(t, "BM-034", theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{})
	s.c.Extension = &Extension{Days: 5, For: access.ChiefPost("gongan"), By: personOf(police)}
	s.does(access.Actor{Account: "chief-gongan", Role: access.Chief, Place: shenmu, Unit: "gongan"}, Approve{})
	s.clocks(police, "2026-03-10 12:00", "25: 03-10 to 04-07, 28 left", "65: 03-10 to 05-14, 65 left", "") // 04-04 is in 清明
	same(t, "told", strings.Join(s.following().Remarks, ""), "延期 5 个自然日，理由：")
}

// TestExtensionAskedAgain: a refusal has its reason, moves nothing, and does not end the matter.
func TestExtensionAskedAgain(t *testing.T) {
	s := toBeDecided(t).does(minzheng, moreTime)
	no := s.refuses(minzheng, moreTime, "extension_open")
	same[any](t, "by", no.Facts["by"], minzheng.Name)
	s.does(theChief, RefuseExtension{"材料已经齐了"}).clocks(minzheng, "2026-03-10 12:00", "10: 03-10 to 03-24, 10 left", "none", "")
	v := s.view(minzheng).Extension
	same(t, "refused", v.State+" "+*v.Why, "refused 材料已经齐了")
	same(t, "not told", len(s.following().Remarks), 0)
	s.does(minzheng, Extend{Days: 10, Reason: "鉴定机构排期"}).does(theChief, Approve{})
	s.clocks(minzheng, "2026-03-10 12:00", "20: 03-10 to 04-08, 20 left", "none", "")
}

// TestWhoApproves: the chief of the asker's unit, or the head of the town; nobody else, and never the asker.
func TestWhoApproves(t *testing.T) {
	chief := access.Actor{Account: "chief-canlian", Role: access.Chief, Place: shenmu, Unit: "canlian"}
	otherHead := access.Actor{Account: "head-610881102", Role: access.Head, Place: "610881102000"}
	all := []access.Actor{theAgent, theClerk, theDesk, theHead, theChief, chief, otherHead, theSupervisor, theInspector, theAdmin, minzheng}
	for name, x := range map[string]struct {
		s    *story
		who  access.Actor
		post access.Post
	}{
		"an agent":           {receivedAtCounter(t).does(theClerk, Accept{}).does(theAgent, moreTime), theHead, "head:610881101000"},
		"the desk":           {receivedAtCounter(t).does(theClerk, Accept{}).does(theAgent, Pass{}).does(theDesk, moreTime), theHead, "head:610881101000"},
		"a unit of the city": {toBeDecided(t).does(minzheng, moreTime), theChief, "chief:minzheng"},
		"a unit of the town": {filed(t, "BM-044", theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}).does(theUnit("nongjizhan"), moreTime),
			theHead, "head:610881101000"},
	} {
		same(t, name, x.s.c.Extension.For, x.post)
		if !strings.Contains(x.s.posts(), "+"+string(x.post)) {
			t.Errorf("%s: it waits at %s", name, x.s.posts())
		}
		for _, a := range all {
			for _, v := range []Verb{VerbApprove, VerbRefuse} {
				if may := x.s.c.May(v, a) == nil; may != (a == x.who) {
					t.Errorf("%s: %s may %s: %v", name, a.Account, v, may)
				}
			}
		}
		// An account that asked and then became the head does not grant its own.
		x.s.c.Extension.By = personOf(x.who)
		x.s.refuses(x.who, Approve{}, "not_your_approval")
		x.s.refuses(x.who, RefuseExtension{"x"}, "not_your_approval")
	}
}

// TestNothingLeftToExtend: after the law's limit nobody asks for more, nor grants it; where the law sets none, after
// the promised one.
func TestNothingLeftToExtend(t *testing.T) {
	begun := func() *story { return filed(t, dibao, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}) } // 04-08 and 04-22
	s := begun().on("2026-04-22 23:59")
	s.does(minzheng, s.asks(moreTime)).does(theChief, s.asks(Approve{}))
	s = begun().on("2026-04-23 00:00")
	s.refuses(minzheng, s.asks(moreTime), "limit_passed")
	s = begun().on("2026-04-22 23:59")
	s.does(minzheng, s.asks(moreTime)).on("2026-04-23 00:00").refuses(theChief, s.asks(Approve{}), "extension_lapsed")
	s.does(theChief, RefuseExtension{"期限已经过了"})

	s = toBeDecided(t).on("2026-03-24 23:59")
	s.does(minzheng, s.asks(moreTime)).on("2026-03-25 00:00").refuses(theChief, s.asks(Approve{}), "extension_lapsed")
	s = toBeDecided(t).on("2026-03-25 00:00")
	s.refuses(minzheng, s.asks(moreTime), "limit_passed")
}

// TestNoButtonForWhatHasPassed: what is refused for the limit's sake is not offered either; a request that nobody answered in
// time can still be refused. The promised limit counts only where the law sets none.
func TestNoButtonForWhatHasPassed(t *testing.T) {
	offered := func(s *story, a access.Actor) string {
		var list []string
		for _, v := range s.view(a).Actions {
			if v == VerbExtend || v == VerbApprove || v == VerbRefuse {
				list = append(list, string(v))
			}
		}
		return strings.Join(list, " ")
	}
	licence := func() *story { return filed(t, dibao, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}) }
	for _, x := range []struct {
		name         string
		s            *story
		within, over string
	}{
		{"by the law's limit, the promised one being over", licence(), "2026-04-22 23:59", "2026-04-23 00:00"},
		{"by the promised limit where the law has none", toBeDecided(t), "2026-03-24 23:59", "2026-03-25 00:00"},
	} {
		same(t, x.name+": within", offered(x.s.on(x.within), minzheng), "extend")
		same(t, x.name+": over", offered(x.s.on(x.over), minzheng), "")
		x.s.on(x.within).does(minzheng, x.s.asks(moreTime))
		same(t, x.name+": the head within", offered(x.s, theChief), "approve-extension refuse-extension")
		same(t, x.name+": lapsed within", x.s.view(theChief).Extension.Lapsed, false)
		same(t, x.name+": the head over", offered(x.s.on(x.over), theChief), "refuse-extension")
		same(t, x.name+": lapsed over", x.s.view(theChief).Extension.Lapsed, true)
		x.s.does(theChief, RefuseExtension{"期限以内没有批"})
		same(t, x.name+": refused", x.s.view(theChief).Extension.Lapsed, false)
		same(t, x.name+": not again", offered(x.s, minzheng), "")
	}
	// While the clock stands for a special procedure, the limit does not pass.
	s := toBeDecided(t)
	s.does(minzheng, s.asks(moreTime), anAppraisal).on("2026-05-20 09:00")
	same(t, "standing", offered(s, theChief), "approve-extension refuse-extension")
}

// TestExtensionOfAnEndedCase waits for nobody.
func TestExtensionOfAnEndedCase(t *testing.T) {
	for _, s := range []*story{
		toBeDecided(t).does(minzheng, moreTime).does(theClerk, Withdraw{"本人不办了"}),
		toBeDecided(t).does(minzheng, moreTime).does(minzheng, DecideOn{Approve: true}),
	} {
		if strings.Contains(s.posts(), "chief") || slices.Contains(s.c.Actions(theChief), VerbApprove) {
			t.Errorf("%s: it waits at %s", s.c.State, s.posts())
		}
	}
}

func (s *story) following() Following {
	return viewer{places: thePlaces(), cal: theCalendar(), now: s.now}.following(s.c)
}
