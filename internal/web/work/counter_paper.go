package work

import (
	"strconv"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/print"
)

// counterPaper is what the applicant will take home, in the words in which it will be printed.
type counterPaper struct {
	From   []string // the sign in pieces that stay whole: 神木市高家堡镇, 高家堡村便民服务室
	Title  string
	To     string
	Rows   []print.Row
	Lead   string
	Lines  []paperLine
	Tail   []string
	Person string // 首问责任人
	Date   calendar.Date
}

// paperFollow is where the applicant can see how the case stands: with a telephone left, without an account.
type paperFollow struct{ Href, Address string }

// paperLine is one thing of a list.
type paperLine struct{ Number, Words string }

// paperFacts are what the preview of a paper is written from.
type paperFacts struct {
	paper.Application
	Lacks     []cases.Lack
	Sign      []string // 神木市, 高家堡镇便民服务站
	Hand      string   // where what is missing can be brought
	Where     string   // where the papers are handed in
	Person    string
	Date, Due calendar.Date
	Until     calendar.Date // the last day of the correction
	Days      int           // and how many days it has
}

// notice is the one-time notice.
func (p paperFacts) notice() counterPaper {
	return p.shown(paper.ForetellNotice(p.Application, p.Lacks, p.Days, p.Until, p.Hand))
}

// accepted tells from when and until when.
func (p paperFacts) accepted() counterPaper {
	return p.shown(paper.ForetellAcceptance(p.Application, p.Date, p.Due))
}

// receipt says what was handed in.
func (p paperFacts) receipt() counterPaper {
	return p.shown(paper.ForetellReceipt(p.Application, p.Where, p.Person))
}

func (p paperFacts) shown(f paper.Foretold) counterPaper {
	slip := counterPaper{From: p.Sign, Title: f.Title, To: f.To, Rows: f.Rows, Lead: f.Lead, Tail: f.Texts, Person: p.Person, Date: p.Date}
	for i, line := range f.List {
		slip.Lines = append(slip.Lines, paperLine{Number: strconv.Itoa(i+1) + ".", Words: line})
	}
	return slip
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
