package paper

import (
	"fmt"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/print"
)

// notice tells at once everything that is missing (第三十二条第一款第四项), where to get it, and where to bring it.
type notice struct {
	party
	Missing []string `must:"要补正的材料"`
	Days    int      `must:"补正的天数"`
	Until   string   `must:"补正的最后一天"`
	Where   string
	Again   bool
}

func writeNotice(s *source) (written, bool, error) {
	e, said, ok, err := at[cases.Notified](s, cases.KindNotified)
	if err != nil || !ok {
		return written{}, false, err
	}
	limit := calendar.Limit{Days: said.Days, Unit: calendar.CalendarDays}
	until := s.cal.Reckon(limit, calendar.DateOf(e.when), nil, e.when).Due
	n := newNotice(s.party(), &s.def, said.Missing, said.Days, until, HandIn(s.places, s.view.Place))
	n.Again = said.First != nil
	return written{e.Seq, s.station(), n}, true, nil
}

func newNotice(p party, def *item.Version, missing []cases.Lack, days int, until calendar.Date, where string) notice {
	n := notice{party: p, Days: days, Until: dayWords(until), Where: where}
	for _, lack := range missing {
		n.Missing = append(n.Missing, lackWords(def, lack))
	}
	return n
}

// lackWords is one thing that is missing: 居民身份证（不合格）：过期了, or 户口簿（没带），由公安机关出具.
func lackWords(def *item.Version, lack cases.Lack) string {
	line := lack.Material + "（" + lack.What.Chinese() + "）"
	m, _ := def.Material(lack.Material)
	switch {
	case lack.Note != "":
		line += "：" + lack.Note
	case lack.What != cases.MaterialAbsent:
	case m.From.Kind == item.CounterForm:
		line += "，空白表窗口有"
	case m.From.Kind == item.FromIssuer:
		line += "，由" + m.From.Issuer + "出具"
	}
	if lack.Unseen != "" {
		line += "。上次没有告知，因为" + lack.Unseen
	}
	return line
}

// HandIn is where an applicant of this place can bring a paper: the village's room or the town's station.
func HandIn(d *place.Directory, at place.Code) string {
	town, _ := d.Place(at.Town())
	if room, ok := d.Place(at); ok && at.IsRoom() {
		return room.Service + "，或者" + town.Service
	}
	return town.Service
}

// lead and end stand before and after what is missing.
func (n notice) lead() string {
	what := "现一次告知" + n.You + "需要补正的全部材料："
	if n.Again {
		what = "还需要再补正下列材料："
	}
	return n.asked() + "，" + n.by("第三十二条第一款第四项") + what
}

func (n notice) end() string {
	return fmt.Sprintf("请最迟于%s（%d 天内）补正，交到%s。材料补齐的，当天受理；逾期没有补齐的，本件办结，材料备齐后可以重新申请。", n.Until, n.Days, n.Where)
}

func (n notice) body() (print.Size, string, []print.Block) {
	return print.A4, n.Applicant, texts(n.lead(), numbered(n.Missing), n.end())
}
