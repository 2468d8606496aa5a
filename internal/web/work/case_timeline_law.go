package work

import (
	"encoding/json"
	"fmt"
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
)

// lawSaid is what the events say by which the law's clock is kept.
func lawSaid(kind cases.Kind, d eventData, v cases.View) string {
	switch kind {
	case cases.KindSilent:
		return fmt.Sprintf("材料 %s到的，%d 个工作日里没有受理，也没有告知。期限从那天起算", dateWords(d.Papers), d.Days)
	case cases.KindReminded:
		return "补正到 " + dateWords(d.Until) + "为止"
	case cases.KindLapsed:
		return fmt.Sprintf("告知以后 %d 天没有补齐", d.Days)
	case cases.KindOverran:
		return fmt.Sprintf("告诉申请人的是 %d 个工作日", d.Days)
	case cases.KindExtensionAsked, cases.KindExtended:
		return sentences("延 "+extensionDays(d.Days, v), "理由："+d.Reason)
	case cases.KindExtensionRefused:
		return "理由：" + d.Reason
	case cases.KindHanded:
		return sentences("移交给"+d.handedTo().Name, "理由："+d.Reason)
	case cases.KindRecounted:
		return shiftWords(d.Shifts)
	}
	return movedSaid(kind, d)
}

// movedSaid is what the events say by which papers moved.
func movedSaid(kind cases.Kind, d eventData) string {
	switch kind {
	case cases.KindConveyed:
		return sentences(thingWords(d.Things), d.FromPlace+d.Giver+"交给"+d.ToPlace+d.Taker, d.Note)
	case cases.KindArrived:
		return sentences(labelled("收到：", thingWords(d.Came)), labelled("没收到：", thingWords(d.Lacking)), d.Note)
	case cases.KindMoveEnded:
		return sentences("没收到的："+thingWords(d.Lacking), "原因："+d.Reason)
	case cases.KindEntrusted:
		return sentences("委托"+d.Agent+"（"+d.Relation+"）", strings.Join(d.Matters, "、"), "到 "+dateWords(d.Until)+"为止")
	case cases.KindServed:
		reached := "送到了"
		if !d.Reached {
			reached = "没有送到"
		}
		signed := ""
		if d.Signature != nil {
			signed = d.Signature.Masked
		}
		return sentences(d.Paper, d.Service.Chinese()+"，"+reached, labelled("原因：", d.Why), labelled("签收人：", d.Receiver), labelled("见证人：", d.Witness),
			labelled("邮件号：", d.Mail), signed)
	}
	return ""
}

// backTo is the step to which a case was returned; handedTo the person to whom it was handed.
func (d eventData) backTo() (step int) {
	_ = json.Unmarshal(d.To, &step) // written by the case's own event
	return step
}

func (d eventData) handedTo() (p cases.Person) {
	_ = json.Unmarshal(d.To, &p) // written by the case's own event
	return p
}

// extensionDays are counted as the limits are.
func extensionDays(days int, v cases.View) string {
	unit := calendar.Working
	if v.Limits.Promised != nil {
		unit = v.Limits.Promised.Unit
	}
	return calendar.Limit{Days: days, Unit: unit}.Chinese()
}

// shiftWords is 承诺期限从 3月24日到 3月25日、……
func shiftWords(list []cases.Shift) string {
	said := make([]string, len(list))
	for i, s := range list {
		said[i] = fmt.Sprintf("%s从 %s改到 %s，%s", cases.LimitChinese(s.Limit), s.From.Chinese(), s.To.Chinese(), byHowMuch(s.To.Sub(s.From)))
	}
	return strings.Join(said, "；")
}

func byHowMuch(days int) string {
	if days < 0 {
		return fmt.Sprintf("早 %d 天", -days)
	}
	return fmt.Sprintf("晚 %d 天", days)
}

func notedWith(first *cases.Person) string {
	if first == nil {
		return ""
	}
	return "不是第一次告知，记在" + first.Name + "名下"
}

func daysGiven(days int) string {
	if days == 0 {
		return ""
	}
	return fmt.Sprintf("给 %d 天补", days)
}

// thingWords is 户口簿（原件 1）、身份证（复印 2）.
func thingWords(list []cases.Thing) string {
	said := make([]string, len(list))
	for i, x := range list {
		said[i] = x.Name + "（" + countsWords(x.Originals, x.Copies) + "）"
	}
	return strings.Join(said, "、")
}
