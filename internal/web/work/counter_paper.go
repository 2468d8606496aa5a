package work

import (
	"fmt"
	"strconv"
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/paper"
	"bianmin/internal/place"
)

// counterPaper is what the applicant takes home, shown as it will be printed.
type counterPaper struct {
	From   []string // the sign in pieces that stay whole: 神木市高家堡镇, 高家堡村便民服务室
	Title  string
	Number string
	To     string
	Lead   string
	Lines  []paperLine
	Due    calendar.Date // 最晚 … 办好, on its own line so that a date never breaks
	Tail   []string
	Person string // 首问责任人
	Date   calendar.Date
	Stamp  string // what stands where the seal will be
}

// paperFollow is where the applicant can see how the case stands: with a telephone left, without an account.
type paperFollow struct{ Href, Address string }

// paperLine is one paper on a paper.
type paperLine struct{ Number, Name, Words string }

// paperFacts are what papers are written from: before filing by the form, after it by the case.
type paperFacts struct {
	Def       *item.Version
	Applicant string
	Kind      cases.ApplicantKind
	Materials []cases.Material
	Lacks     []cases.Lack
	Sign      []string // 神木市, 高家堡镇便民服务站
	Hand      string   // where what is missing can be brought
	Person    string
	Date, Due calendar.Date
	Until     calendar.Date // the last day of the correction
	Days      int           // and how many days it has
	Number    string        // empty before filing
}

// begin is what all papers have alike.
func (p paperFacts) begin(title string) counterPaper {
	paper := counterPaper{From: p.Sign, Title: title, To: p.Applicant, Person: p.Person, Date: p.Date, Stamp: "盖章处"}
	if p.Number != "" {
		paper.Number = "办件编号 " + p.Number
	}
	return paper
}

// notice is the one-time notice, in the words in which it prints.
func (p paperFacts) notice() counterPaper {
	slip := p.begin("补正告知书")
	text := paper.Foretell(p.Def, p.Kind, cases.Number(p.Number), p.Lacks, p.Days, p.Until, p.Hand)
	slip.Lead, slip.Tail = text.Lead, []string{text.End}
	for _, line := range text.Missing {
		slip.add("", line)
	}
	return slip
}

// accepted tells from when and until when.
func (p paperFacts) accepted() counterPaper {
	paper := p.begin("受理通知书")
	paper.Lead = fmt.Sprintf("您申请的%s，材料收齐，已经受理。收下这些：", p.Def.Name)
	if !p.received(&paper) {
		paper.Lead = fmt.Sprintf("您申请的%s，已经受理。", p.Def.Name)
	}
	paper.Due, paper.Tail = p.Due, []string{sentence(p.Def.Fee.Text)}
	return paper
}

// receipt says what was handed in, when nothing is decided on it yet.
func (p paperFacts) receipt() counterPaper {
	paper := p.begin("接收回执")
	paper.Lead = fmt.Sprintf("您申请的%s，收到这些材料：", p.Def.Name)
	if !p.received(&paper) {
		paper.Lead = fmt.Sprintf("您申请的%s，已经登记，材料还没有交。", p.Def.Name)
	}
	paper.Tail = []string{"材料核对以后告诉您受理不受理，" + withinWords(p.Def.Limits.Promised) + "。"}
	return paper
}

// finished is for what was done while the applicant waited.
func (p paperFacts) finished() counterPaper {
	paper := p.begin("办结通知")
	paper.Lead = fmt.Sprintf("您办的%s，当场办好了。收下这些：", p.Def.Name)
	if !p.received(&paper) {
		paper.Lead = fmt.Sprintf("您办的%s，当场办好了。", p.Def.Name)
	}
	paper.Tail = []string{"结果：" + p.Def.Result.Name + "。"}
	return paper
}

// received lists what was handed in; false when nothing was.
func (p paperFacts) received(paper *counterPaper) bool {
	for _, m := range p.Materials {
		if m.Status != cases.MaterialReceived {
			continue
		}
		def, _ := p.Def.Material(m.Name)
		paper.add(m.Name, askWords(def))
	}
	return len(paper.Lines) > 0
}

func (c *counterPaper) add(name, words string) {
	c.Lines = append(c.Lines, paperLine{Number: strconv.Itoa(len(c.Lines)+1) + ".", Name: name, Words: words})
}

func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, "。") {
		return s
	}
	return s + "。"
}

// withinWords is 受理后 10 个工作日内办好, or 当场办结.
func withinWords(l calendar.Limit) string {
	if l.Days == 0 {
		return "当场办结"
	}
	return "受理后 " + l.Chinese() + "内办好"
}

// signOf is who a paper comes from, in pieces between which a line may break: 神木市 高家堡镇便民服务站.
func signOf(d *place.Directory, at place.Code) []string {
	p, ok := d.Place(at)
	if !ok {
		return nil
	}
	if town, ok := d.Place(at.Town()); ok && at.IsRoom() {
		return []string{d.Root().Name + town.Name, p.Service}
	}
	return []string{d.Root().Name, p.Service}
}
