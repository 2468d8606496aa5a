package work

import (
	"fmt"
	"slices"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/place"
)

// lawNote is one thing that the law's clock has done to the case, or waits to do.
type lawNote struct {
	Kind        string // of ui.Note
	Title, Text string
	Asks        bool // somebody's answer is waited for
}

// handingShown is a matter on its way to a named person.
type handingShown struct {
	Mine          bool
	Words, Reason string
}

// handingOf tells to whom the matter was handed; mine when it waits for this account.
func handingOf(v cases.View, account string, places *place.Directory) *handingShown {
	h := v.Handing
	if h == nil {
		return nil
	}
	return &handingShown{
		Mine:   h.To.Account == account,
		Words:  fmt.Sprintf("%s %s移交给%s，还没有接手", dateWords(h.At), h.By.Name, personWords(h.To, places)),
		Reason: "理由：" + h.Reason,
	}
}

// personWords is a person with the post's place: 高家堡镇 王文军.
func personWords(p cases.Person, places *place.Directory) string {
	at, ok := places.Place(p.Place)
	if !ok || strings.Contains(p.Name, at.Name) {
		return p.Name
	}
	return at.Name + " " + p.Name
}

// lawOf is what there is to know beyond the dates: silent acceptance, the day by which something must be said, the
// extension, the special procedures.
func lawOf(v cases.View) []lawNote {
	var list []lawNote
	add := func(n *lawNote) {
		if n != nil {
			list = append(list, *n)
		}
	}
	add(acceptByNote(v))
	add(silentNote(v))
	add(extensionNote(v))
	for _, m := range v.Moves {
		n := moveNote(m)
		add(&n)
	}
	if v.Whole == nil {
		return list
	}
	for _, q := range v.Questions {
		add(questionNote(q, mayAnswer(v)))
	}
	if v.Special != nil {
		add(specialNote(*v.Special, true))
	}
	for _, s := range v.Specials {
		add(specialNote(s, false))
	}
	return list
}

// questionNote is what the applicant asked. One that waits stands where it is answered.
func questionNote(q cases.QuestionView, mine bool) *lawNote {
	if q.Answer != nil {
		return &lawNote{Title: "申请人问过：" + q.Text, Text: momentOf(*q.AnsweredAt) + " 回复：" + *q.Answer}
	}
	return &lawNote{Kind: "amber", Title: "申请人问（" + momentOf(q.At) + "）：", Text: q.Text, Asks: mine}
}

func mayAnswer(v cases.View) bool { return slices.Contains(v.Actions, cases.VerbAnswer) }

func acceptByNote(v cases.View) *lawNote {
	if v.AcceptBy == nil && v.State == cases.Submitted {
		return &lawNote{Kind: "hold", Title: "材料还没有交来。", Text: "收到材料请按“收件”；从那天起 5 个工作日里受理，或者一次告知。"}
	}
	if v.AcceptBy == nil {
		return nil
	}
	return &lawNote{Title: "最晚 " + presumed(*v.AcceptBy, v.AcceptByProvisional) + "受理，或者一次告知。", Text: "过了这一天都没有，就视为受理，期限从收到材料那天算。"}
}

func silentNote(v cases.View) *lawNote {
	if !v.Silent {
		return nil
	}
	from := ""
	if p := v.Limits.Promised; p != nil && p.From != nil {
		from = "，期限从 " + dateWords(*p.From) + "起算"
	}
	return &lawNote{Kind: "amber", Title: "视为受理。", Text: "5 个工作日里没有受理，也没有告知缺什么" + from + "。"}
}

func extensionNote(v cases.View) *lawNote {
	x := v.Extension
	if x == nil {
		return nil
	}
	days, asked := extensionDays(x.Days, v), fmt.Sprintf("%s %s申请。理由：%s。", dateWords(x.At), x.By.Name, strings.TrimRight(x.Reason, "。"))
	switch {
	case x.State == "granted":
		return &lawNote{Title: "延期 " + days + "。", Text: asked + decidedBy(x) + "同意，承诺期限和法定期限一起往后。"}
	case x.State == "refused":
		return &lawNote{Title: "不同意延期 " + days + "。", Text: asked + decidedBy(x) + "不同意：" + textOf(x.Why)}
	}
	if x.Lapsed {
		return &lawNote{Asks: true, Kind: "amber", Title: "申请延期 " + days + "，期限以内没有批。", Text: asked + "期限已经过了，" + x.ForName + "只能不同意。"}
	}
	return &lawNote{Asks: true, Kind: "amber", Title: "申请延期 " + days + "，等" + x.ForName + "批。", Text: asked}
}

func decidedBy(x *cases.ExtensionView) string {
	if x.Head == nil || x.DoneAt == nil {
		return ""
	}
	return dateWords(*x.DoneAt) + " " + x.Head.Name
}

// specialNote tells of a special procedure: by what paper it began and ended, and whether it took longer than told.
func specialNote(s cases.SpecialView, now bool) *lawNote {
	n := &lawNote{Kind: "hold", Title: s.KindName + "，暂停计时。", Text: fmt.Sprintf("%s起，预计到 %s（%d 个工作日）。", dateWords(s.Since), presumed(s.ExpectedEnd, s.Provisional), s.Days)}
	if s.Overran {
		n.Kind, n.Title = "amber", s.KindName+"，比告诉申请人的时间长。"
	}
	if !now && s.Until != nil {
		n.Title, n.Text = s.KindName+"，结束了。", fmt.Sprintf("%s到 %s，暂停了计时。", dateWords(s.Since), dateWords(*s.Until))
		if s.Overran {
			n.Title = s.KindName + "，结束了，比告诉申请人的时间长。"
		} else {
			n.Kind = ""
		}
	}
	n.Text += sentences("依据："+s.Basis, labelled("开始的凭据：", s.Evidence), labelled("结束的凭据：", textOf(s.EndEvidence)), labelled("结果：", textOf(s.Result))) + "。"
	return n
}

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// faultsOf are the faults that this case has left on somebody's record.
func faultsOf(v cases.View) []lawNote {
	var list []lawNote
	if v.Whole == nil {
		return nil
	}
	for _, f := range v.Faults {
		list = append(list, lawNote{Kind: "red", Title: f.KindName + "。", Text: fmt.Sprintf("%s 记在%s名下：%s。", dateWords(f.At), f.Who.Name, strings.Join(f.About, "、"))})
	}
	return list
}
