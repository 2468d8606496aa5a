package work

import (
	"net/http"
	"testing"

	"bianmin/internal/calendar"
	"bianmin/internal/ident"
)

func TestFrontOfTheDemonstration(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	page := b.opens("/demo").is(http.StatusOK).says("选一个岗位试试", "高家堡镇窗口", "高家堡村代办员", "高家堡镇经办岗", "市民政局", "高家堡镇站长", "监督", "督查", "系统管理员", "演示，时间是 2026年3月10日 10:20")
	page.says("612722 19541002 0026")
	b.opens("/demo?town=610881110000").is(http.StatusOK).says("大保当镇窗口", "大保当镇站长")
	b.opens("/demo?town=610881110000&room=610881101200").is(http.StatusOK).saysNot("高家堡村代办员")
	b.opens("/demo?town=rubbish&room=999").is(http.StatusOK).says("高家堡镇窗口")
	b.posts("/demo/enter", "account", theDesk.Account).goesTo("/desk")
	b.posts("/demo/enter", "account", "nobody").is(http.StatusNotFound)
}

func TestWithoutTheDemonstrationNothingOfItIsThere(t *testing.T) {
	h := newHouse(t, func(d *Deps) { d.Demo = false })
	b := h.browser()
	b.opens("/").goesTo("/sign-in")
	b.opens("/demo").is(http.StatusNotFound)
	b.posts("/demo/enter", "account", theDesk.Account).is(http.StatusNotFound)
	b.opens("/sign-in").is(http.StatusOK).saysNot("演示")
}

// TestThePublicMeetsItsOwnHome at /, and who is signed in at a post goes on to work.
func TestThePublicMeetsItsOwnHome(t *testing.T) {
	h := newHouse(t, func(d *Deps) {
		d.Home = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("您要办什么事？")) })
	})
	h.browser().opens("/").is(http.StatusOK).says("您要办什么事？")
	h.as(theDesk).opens("/").goesTo("/desk")
	h.as(theDesk).opens("/demo").goesTo("/desk")
}

func TestSampleNumberIsRight(t *testing.T) {
	today := calendar.NewDate(2026, 3, 10)
	n, err := ident.ParseCitizenNumber(sampleNumber(today), today)
	if err != nil || n.Area() != "612722" || n.Birth() != calendar.NewDate(1954, 10, 2) || n.Male() || n.Age(today) < 70 {
		t.Errorf("%#v: %v", n, err)
	}
}
