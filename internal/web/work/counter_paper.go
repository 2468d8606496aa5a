package work

import (
	"strconv"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/paper"
)

// counterPaper is what the applicant will take home, in the words in which it will be printed.
type counterPaper struct {
	paper.Foretold
	Lines []paperLine
}

// paperFollow is where the applicant can see how the case stands: with a telephone left, without an account.
type paperFollow struct{ Href, Address string }

// paperLine is one thing of a list.
type paperLine struct{ Number, Words string }

// paperFacts are what the preview of a paper is written from.
type paperFacts struct {
	paper.Application
	Lacks []cases.Lack
	Hand  string // where what is missing can be brought
	Where string // where the papers are handed in
	Due   calendar.Date
	Until calendar.Date // the last day of the correction
	Days  int           // and how many days it has
}

// notice is the one-time notice.
func (p paperFacts) notice() counterPaper {
	return foretold(paper.ForetellNotice(p.Application, p.Lacks, p.Days, p.Until, p.Hand))
}

// accepted tells from when and until when.
func (p paperFacts) accepted() counterPaper {
	return foretold(paper.ForetellAcceptance(p.Application, p.Due))
}

// receipt says what was handed in.
func (p paperFacts) receipt() counterPaper {
	return foretold(paper.ForetellReceipt(p.Application, p.Where))
}

func foretold(f paper.Foretold) counterPaper {
	slip := counterPaper{Foretold: f}
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
