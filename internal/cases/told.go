package cases

import (
	"context"
	"fmt"
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/ident"
)

// Telling brings a text about something that happened to an applicant's telephone, in the transaction of ctx.
type Telling func(ctx context.Context, to ident.Phone, about Kind, text string) error

// tellApplicant brings what happened to the applicant's telephone, where it is a mobile one.
func (s *Service) tellApplicant(ctx context.Context, c *Case, events []Event) error {
	if s.tell == nil || c.Applicant.Phone == nil {
		return nil
	}
	for _, e := range events {
		news := (viewer{places: s.places, cal: s.cal(), now: s.clock.Now()}).news(c, e)
		if news == "" {
			continue
		}
		phone, err := s.box.Open(FieldPhone, c.Applicant.Phone.Sealed)
		if err != nil {
			return err
		}
		if to := ident.Phone(phone); to.Mobile() {
			if err := s.tell(ctx, to, e.Kind(), news+"（办件编号 "+string(c.Number)+"）"); err != nil {
				return err
			}
		}
	}
	return nil
}

// news is what the applicant is told of an event, in words that stand alone on a telephone's screen: the case is as it was
// after the event. Empty when there is nothing to tell that the applicant did not do, or see at the counter.
func (v viewer) news(c *Case, e Event) string {
	what := "您办的“" + c.Def.Plain + "”"
	switch e := e.(type) {
	case *Answered:
		return "您问的“" + c.Def.Plain + "”这一件，回复：" + e.Text
	case *Notified:
		return what + "材料还不齐，要补：" + c.lacking() + "。请最晚" + c.Notice.until(v.cal).Chinese() + "交到" + v.whereToBring(c)
	case *Reminded:
		return what + "还没有补齐材料，要补：" + c.lacking() + "。最晚" + e.Until.Chinese() + "，过了这天没有补齐，这件就办结了"
	case *LapsedEvent:
		return what + "到期没有补齐材料，已经办结。材料备齐以后可以重新申请"
	case *Extended:
		more := calendar.Limit{Days: e.Days, Unit: c.Def.Limits.Promised.Unit}
		return fmt.Sprintf("%s延期 %s，原因：%s。延期以后最晚%s办完", what, more.Chinese(), e.Reason, c.reckoned(v.cal, c.promised(), v.now).Due.Chinese())
	case *SuspendedEvent:
		return fmt.Sprintf("%s要%s，预计 %d 个工作日，这段时间不算在期限里", what, e.Special.Chinese(), e.Days)
	case *Resumed:
		over := what + c.Specials[len(c.Specials)-1].Kind.Chinese() + "结束了，接着办"
		r := c.reckoned(v.cal, c.promised(), v.now)
		if c.standing() != "" || r.Left < 0 { // no day to hold to: the step does not count, or the day is past
			return over
		}
		return over + "。最晚" + r.Due.Chinese() + "办完"
	case *DecidedEvent:
		if c.State != Decided { // handed over with the decision
			return ""
		}
		return what + "有结果了：" + approvedWords(c) + "。最晚" + v.cal.Reckon(deliveryLimit, c.DecidedAt.Date(), nil, v.now).Due.Chinese() + "送到您手里"
	}
	return ""
}

// lacking names the papers that are still to be brought.
func (c *Case) lacking() string {
	var names []string
	for _, b := range c.toBring() {
		names = append(names, b.Material)
	}
	return strings.Join(names, "、")
}
