package work

import (
	"context"
	"net/http"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/alarm"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
)

func TestAlarmsStandAtTheTopForWhoWatches(t *testing.T) {
	h := newHouse(t, func(d *Deps) {
		d.Alarms = func(context.Context) []alarm.Alarm {
			return []alarm.Alarm{{Kind: "witness/town", Text: "见证人没有回音", Since: time.Date(2026, 3, 9, 8, 5, 0, 0, calendar.Shanghai)}}
		}
	})
	for _, who := range []access.Account{theSupervisor, theInspector} {
		h.as(who).opens("/desk").is(http.StatusOK).says("见证人没有回音。 从 2026年3月9日 08:05 起", "最新签名")
	}
	for _, who := range []access.Account{theHead, theDesk, theClerk} {
		h.as(who).opens("/desk").is(http.StatusOK).saysNot("见证人没有回音")
	}
	newHouse(t).as(theSupervisor).opens("/desk").is(http.StatusOK).saysNot("最新签名")
}

func TestMarksOfTheLawInAList(t *testing.T) {
	provisional := &cases.Limit{Provisional: true}
	to := func(a access.Account) *cases.HandingView {
		return &cases.HandingView{To: cases.Person{Account: a.Account}}
	}
	for want, v := range map[string]cases.View{
		"移交给我":   {State: cases.Examining, Handing: to(theDesk)},
		"移交中":    {State: cases.Examining, Handing: to(theClerk)},
		"等批延期":   {State: cases.Examining, Extension: &cases.ExtensionView{State: "asked"}},
		"视为受理":   {State: cases.Examining, Silent: true},
		"暂定":     {State: cases.Examining, Limits: cases.Limits{Promised: provisional}},
		"特别程序超期": {State: cases.Suspended, Overran: true},
		"特别程序":   {State: cases.Suspended},
		"":       {State: cases.Closed, Silent: true, Limits: cases.Limits{Promised: provisional}, Extension: &cases.ExtensionView{State: "granted"}},
	} {
		got := ""
		for _, tag := range tagsOf(theDesk.Actor(), v) {
			got += tag.Words
		}
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestManyWaitingAreNotCountedOut(t *testing.T) {
	for n, want := range map[int]string{1: "1", 99: "99", 100: "99+"} {
		if got := waitingWords(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
