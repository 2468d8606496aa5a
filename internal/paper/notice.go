package paper

import (
	"fmt"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/print"
)

// notice tells at once everything that is missing (第三十二条第一款第四项).
type notice struct {
	party
	Missing []string `must:"要补正的材料"`
	Days    int      `must:"补正的天数"`
	Until   string   `must:"补正的最后一天"`
	Again   bool
}

func writeNotice(s *source) (written, bool, error) {
	e, said, ok, err := at[cases.Notified](s, cases.KindNotified)
	if err != nil || !ok {
		return written{}, false, err
	}
	limit := calendar.Limit{Days: said.Days, Unit: calendar.CalendarDays}
	until := s.cal.Reckon(limit, calendar.DateOf(e.when), nil, e.when).Due
	n := notice{party: s.party(), Days: said.Days, Until: dayWords(until), Again: said.First != nil}
	for _, lack := range said.Missing {
		line := lack.Material + "（" + lack.What.Chinese() + "）"
		if lack.Note != "" {
			line += "：" + lack.Note
		}
		if lack.Unseen != "" {
			line += "。上次没有告知，因为" + lack.Unseen
		}
		n.Missing = append(n.Missing, line)
	}
	return written{e.Seq, s.station(), n}, true, nil
}

func (n notice) body() (print.Size, string, []print.Block) {
	what := "现一次告知" + n.You + "需要补正的全部材料："
	if n.Again {
		what = "还需要再补正下列材料："
	}
	return print.A4, n.Applicant, texts(n.asked()+"，"+n.by("第三十二条第一款第四项")+what, numbered(n.Missing),
		fmt.Sprintf("请最迟于%s（%d 天内）补正。材料补齐的，当天受理；逾期没有补齐的，本件办结，材料备齐后可以重新申请。", n.Until, n.Days))
}
