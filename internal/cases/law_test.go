package cases

import (
	"bianmin/internal/access"
	"bianmin/internal/calendar"
)

// theChief is who approves what the people of 市民政局 ask for.
var theChief = access.Actor{Account: "chief-minzheng", Name: "杨润生", Role: access.Chief, Place: shenmu, Unit: "minzheng"}

// moreTime asks for an extension.
var moreTime = Extend{Days: 5, Reason: "要向外省核对材料"}

// unforeseen is a second notice that says why.
var unforeseen = Notify{Missing: []Lack{{Material: "高龄补贴申请表", What: MaterialDefective, Note: "签名和证件不一致", Unseen: "身份证补来以后才能核对"}}}

// handTo hands the matter to somebody whom the service has found.
func handTo(a access.Actor) Hand {
	return Hand{To: a.Account, Reason: "外出学习", person: &access.Account{Account: a.Account, Name: a.Name, Role: a.Role, Place: a.Place, Unit: a.Unit}}
}

// passes lets time pass: what falls due until then happens, in its order.
func (s *story) passes(when string) *story {
	s.on(when)
	s.fall(theCalendar())
	return s
}

func (s *story) fall(cal *calendar.Calendar) {
	s.t.Helper()
	for range 10 { // more than ever falls due for one case
		e := s.c.fallen(cal, s.now)
		if e == nil {
			return
		}
		s.take([]Event{e})
	}
	s.t.Fatalf("the law does not come to an end: %s", s.happened(0))
}

// happened are the kinds of what happened from the nth event on, in order.
func (s *story) happened(n int) string {
	text := ""
	for _, e := range s.events[n:] {
		text += " " + string(e.Kind())
	}
	if text == "" {
		return "nothing"
	}
	return text[1:]
}
