package work

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
)

// demonstrates is a house whose clock can be moved, with a journal that says what happened by itself.
func demonstrates(t *testing.T, happened *[]Happened) *house {
	t.Helper()
	var h *house
	h = newHouse(t, func(d *Deps) {
		d.Demonstration = &Demonstration{
			Move: func(ctx context.Context, by access.Actor, to time.Time) error {
				if by.Account == "" {
					t.Error("nobody moved the clock")
				}
				h.clock.Set(to)
				_, err := d.Cases.FallDue(ctx)
				return err
			},
			Mark:  func(context.Context) (int64, error) { return 7, nil },
			Since: func(context.Context, int64, int) ([]Happened, error) { return *happened, nil },
		}
	})
	return h
}

func TestTheDemonstrationsClockIsMovedByAnybody(t *testing.T) {
	var happened []Happened
	h := demonstrates(t, &happened)
	v := h.files("折桂英")
	happened = []Happened{{At: at("2026-03-18 00:00"), Kind: cases.KindSilent, Number: v.Number}}
	b := h.browser()
	b.opens("/demo").is(http.StatusOK).says("拨一拨时间", "拨时间")
	b.opens("/demo/time").is(http.StatusOK).says("演示的时间是 2026年3月10日 10:20", "1 天", "1 周", "30 天")
	moved := b.posts("/demo/time", "days", "30").is(http.StatusSeeOther)
	b.opens(moved.to).is(http.StatusOK).says("2026年3月10日 10:20到 2026年4月9日 10:20", "视为受理", "折桂英，领高龄补贴，高家堡镇", string(v.Number), "用监督的岗位看", "过了承诺的日子，还没有办完的", "超 11 天")
	b.posts("/demo/enter", "account", "supervisor", "next", casePath(v.Number)).goesTo(casePath(v.Number))
	b.opens(moved.to).is(http.StatusOK).says("看这件").saysNot("用监督的岗位看")
	b.posts("/demo/time", "to", "2026-04-20").is(http.StatusSeeOther)
	if now := h.clock.Now(); !now.Equal(at("2026-04-20 09:00")) {
		t.Errorf("it is %v", now)
	}
	for _, to := range []string{"", "明天", "2026-04-19", "2026-04-20", "2126-01-01"} {
		page := b.posts("/demo/time", "to", to).is(http.StatusUnprocessableEntity).says("错误：拨一拨时间")
		if !strings.Contains(page.body, `value="`+to+`"`) {
			t.Errorf("%q is not there any more", to)
		}
	}
	b.posts("/demo/enter", "account", "supervisor", "next", "//elsewhere.example").goesTo("/board")
}

func TestNothingHappenedMeanwhile(t *testing.T) {
	var happened []Happened
	b := demonstrates(t, &happened).browser()
	b.opens(b.posts("/demo/time", "days", "1").to).is(http.StatusOK).says("这段时间没有自己发生的事").saysNot("过了承诺")
}

func TestAClockThatCannotBeMovedIsNotOffered(t *testing.T) {
	b := newHouse(t).browser()
	b.opens("/demo").is(http.StatusOK).saysNot("/demo/time")
	b.opens("/demo/time").is(http.StatusNotFound)
}

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, calendar.Shanghai)
	if err != nil {
		panic(err)
	}
	return t
}
