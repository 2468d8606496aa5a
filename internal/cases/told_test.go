package cases

import (
	"strings"
	"testing"
)

func (s *story) news() string {
	return viewer{places: thePlaces(), cal: theCalendar(), now: s.now}.news(s.c, s.last())
}

// TestNews: what the applicant's telephone says of each thing that happens away from them, and nothing of the rest.
func TestNews(t *testing.T) {
	const mine = "您办的“领高龄补贴”"
	s := receivedAtCounter(t)
	same(t, "received at the counter", s.news(), "")
	s.does(theClerk, oneNotice)
	same(t, "notified", s.news(), mine+"材料还不齐，要补：居民身份证。请最晚4月9日交到高家堡镇便民服务站窗口，或者交给高家堡村代办员")
	s.on("2026-04-04 09:00").passes("2026-04-04 09:00")
	same(t, "reminded", s.news(), mine+"还没有补齐材料，要补：居民身份证。最晚4月9日，过了这天没有补齐，这件就办结了")
	s.passes("2026-04-10 00:00")
	same(t, "lapsed", s.news(), mine+"到期没有补齐材料，已经办结。材料备齐以后可以重新申请")

	s = toBeDecided(t)
	same(t, "passed on", s.news(), "")
	s.does(minzheng, Suspend{Kind: "appraisal", Basis: "有争议", Evidence: "鉴定委托书", Days: 10})
	same(t, "suspended", s.news(), mine+"要鉴定，预计 10 个工作日，这段时间不算在期限里")
	s.does(minzheng, Resume{Evidence: "鉴定书"})
	same(t, "resumed", s.news(), mine+"鉴定结束了，接着办。最晚3月24日办完")
	s.does(minzheng, s.asks(Extend{Days: 5, Reason: "要向外省核对"}))
	same(t, "extension asked for", s.news(), "")
	s.does(theChief, Approve{})
	same(t, "extended", s.news(), mine+"延期 5 个工作日，原因：要向外省核对。延期以后最晚3月31日办完")
	s.does(minzheng, DecideOn{Approve: true})
	same(t, "decided", s.news(), mine+"有结果了：同意。最晚3月24日送到您手里")
	s.does(theClerk, Deliver{"counter", "折桂英"})
	same(t, "handed over", s.news(), "")
}

// TestResumedNamesNoDayThatWouldMove: where the step does not count, and where the day is past.
func TestResumedNamesNoDayThatWouldMove(t *testing.T) {
	publicity := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}).does(minzheng, Pass{}).does(theDesk, Pass{}, Pass{})
	publicity.does(theAgent, anAppraisal, theReport)
	same(t, "a step that does not count", publicity.news(), "您办的“"+publicity.c.Def.Plain+"”鉴定结束了，接着办")
	late := toBeDecided(t).on("2026-05-06 09:00").does(minzheng, anAppraisal, theReport)
	same(t, "past the promise", late.news(), "您办的“领高龄补贴”鉴定结束了，接着办")
}

// TestNewsHasNoNumbers: nothing of the applicant stands in any news.
func TestNewsHasNoNumbers(t *testing.T) {
	for _, at := range everyState {
		s := at.tell(t)
		for i := range s.events {
			told := (viewer{places: thePlaces(), cal: theCalendar(), now: s.now}).news(s.c, s.events[i])
			if strings.Contains(told, s.c.Applicant.Name) {
				t.Errorf("%s: %s", at.name, told)
			}
		}
	}
}
