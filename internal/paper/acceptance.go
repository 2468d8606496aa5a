package paper

import (
	"fmt"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/print"
)

// acceptance is the written proof that the application was accepted (第三十二条第二款).
type acceptance struct {
	party
	Accepted string `must:"受理日期"`
	From     string `must:"时限起算日"`
	Promised string `must:"承诺时限"`
	Due      string `must:"最晚办结日"`
	Legal    string // where a law states one
	Silent   bool   // accepted by the law
}

func writeAcceptance(s *source) (written, bool, error) {
	e, ok := s.last(cases.KindAccepted, cases.KindSilent)
	if !ok {
		return written{}, false, nil
	}
	from := calendar.DateOf(e.when)
	if p := s.view.Limits.Promised; p != nil && p.From != nil {
		day, err := calendar.ParseDate(*p.From)
		if err != nil {
			return written{}, false, err
		}
		from = day
	}
	// As it stood then: no special procedure and no extension yet.
	a := newAcceptance(s.party(), &s.def, from, s.cal.Reckon(s.def.Limits.Promised, from, nil, e.when).Due)
	a.Accepted, a.Silent = e.day(), e.Kind == cases.KindSilent
	return written{e.Seq, s.station(), a}, true, nil
}

// newAcceptance is that of the day from which the limit runs.
func newAcceptance(p party, def *item.Version, from, due calendar.Date) acceptance {
	promised := def.Limits.Promised
	a := acceptance{party: p, Accepted: dayWords(from), From: dayWords(from), Promised: daysWords(promised.Days, promised.Unit), Due: dayWords(due)}
	if promised.Days == 0 {
		a.Promised = "当场"
	}
	if legal := def.Limits.Legal; legal != nil {
		a.Legal = daysWords(legal.Days, legal.Unit)
	}
	return a
}

func (a acceptance) body() (print.Size, string, []print.Block) {
	what := fmt.Sprintf("%s，材料齐全、符合法定形式，%s于%s予以受理。", a.asked(), a.by("第三十二条第一款第五项"), a.Accepted)
	if a.Silent {
		what = fmt.Sprintf("%s，收到材料后五个工作日内没有告知补正，%s自%s起视为受理。", a.asked(), a.by("第三十二条第一款第四项"), a.From)
	}
	limit := fmt.Sprintf("时限从%s起算（当天不算），承诺%s办结，最晚%s。", a.From, inside(a.Promised), a.Due)
	if a.Legal != "" {
		limit += "法定时限是" + a.Legal + "。"
	}
	special := ""
	if a.Licence {
		special = "依法需要听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审的，所需时间不计入时限，另行书面告知。"
	}
	return print.A4, a.Applicant, texts(what, limit, special)
}

// inside is 10 个工作日内; 当场 has no end.
func inside(limit string) string {
	if limit == "当场" {
		return limit
	}
	return " " + limit + "内"
}
