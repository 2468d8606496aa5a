package paper

import (
	"fmt"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/print"
)

// special tells how long a procedure takes whose time does not count (第四十五条).
type special struct {
	party
	What     string `must:"特别程序的名称"`
	Basis    string `must:"依据"`
	Evidence string `must:"开始的凭据"`
	Since    string `must:"开始的日期"`
	Days     int    `must:"预计的天数"`
	Until    string `must:"预计结束的日期"`
}

func writeSpecial(s *source) (written, bool, error) {
	e, said, ok, err := at[cases.SuspendedEvent](s, cases.KindSuspended)
	if err != nil || !ok {
		return written{}, false, err
	}
	limit := calendar.Limit{Days: said.Days, Unit: calendar.Working}
	p := special{party: s.party(), What: said.Special.Chinese(), Basis: said.Basis, Evidence: said.Evidence, Since: e.day(), Days: said.Days,
		Until: dayWords(s.cal.Reckon(limit, calendar.DateOf(e.when), nil, e.when).Due)}
	return written{e.Seq, s.openAt(e), p}, true, nil
}

func (p special) body() (print.Size, string, []print.Block) {
	return print.A4, p.Applicant, texts(
		fmt.Sprintf("%s，%s自%s起进入%s，预计 %d 个工作日，到%s结束。所需时间不计入办理时限。", p.asked(), p.by("第四十五条"), p.Since, p.What, p.Days, p.Until),
		"依据："+stop(p.Basis), "凭据："+stop(p.Evidence))
}

// extension tells by how long the limit was prolonged, by whom and why (第四十二条).
type extension struct {
	party
	Days   string `must:"延长的天数"`
	Head   string `must:"批准人"`
	On     string `must:"批准的日期"`
	Reason string `must:"延期的理由"`
	Due    string // the day it is to be done by now; none while the clock stands
}

func writeExtension(s *source) (written, bool, error) {
	e, said, ok, err := at[cases.Extended](s, cases.KindExtended)
	if err != nil || !ok || s.view.Extension == nil {
		return written{}, false, err
	}
	from := s.station()
	_, asked, _, err := at[cases.ExtensionAsked](s, cases.KindExtensionAsked)
	if code, ofUnit := strings.CutPrefix(string(asked.For), string(access.ChiefPost(""))); ofUnit {
		from = s.unit(code)
	}
	x := extension{party: s.party(), Days: daysWords(said.Days, s.def.Limits.Promised.Unit), Head: s.view.Extension.ForName, On: e.day(), Reason: said.Reason}
	if p := s.view.Limits.Promised; p != nil && p.Due != nil && s.view.State != cases.Suspended {
		due, wrong := calendar.ParseDate(*p.Due)
		if wrong != nil {
			return written{}, false, wrong
		}
		x.Due = dayWords(due)
	}
	return written{e.Seq, from, x}, true, err
}

func (x extension) body() (print.Size, string, []print.Block) {
	until := ""
	if x.Due != "" {
		until = "，最晚" + x.Due + "办结"
	}
	return print.A4, x.Applicant, texts(
		fmt.Sprintf("%s，不能在规定的时限内办结。%s经%s于%s批准，延长 %s%s。", x.asked(), x.by("第四十二条"), x.Head, x.On, x.Days, until), "理由："+stop(x.Reason))
}

// stop ends a sentence that somebody wrote.
func stop(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, "。") {
		return s
	}
	return s + "。"
}
