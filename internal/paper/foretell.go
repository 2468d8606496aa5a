package paper

import (
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/print"
)

// Application is what is known at the counter of an application before it is filed.
type Application struct {
	Def       *item.Version
	Kind      cases.ApplicantKind
	Applicant string
	IDNumber  string // masked; empty when it is not known yet
	Materials []cases.Material
}

// Foretold is what a paper will say, word for word, but for what its place words besides. What is known only when it is
// issued stands there as unnumbered.
type Foretold struct {
	Title string
	To    string      // whom it is for; empty where it stands among the rows
	Rows  []print.Row // of a table
	Lead  string      // before a list
	List  []string
	Texts []string // paragraphs
}

// unnumbered stands where the number of a case will, and what else is written when a paper is issued.
const unnumbered = "发出时写"

func (a Application) party() party {
	return party{Applicant: a.Applicant, You: youOf(a.Kind), Item: a.Def.Name, Case: unnumbered, Licence: a.Def.Regime == item.Licence}
}

// ForetellNotice words the one-time notice: what is missing, how many days there are until which, and where to bring it.
func ForetellNotice(a Application, missing []cases.Lack, days int, until calendar.Date, where string) Foretold {
	n := newNotice(a.party(), a.Def, missing, days, until, where)
	return Foretold{Title: Notice.Chinese(), To: n.Applicant, Lead: n.lead(), List: n.Missing, Texts: []string{n.end()}}
}

// ForetellReceipt words the receipt of what is handed in somewhere to somebody.
func ForetellReceipt(a Application, where, who string) Foretold {
	r := receipt{party: a.party(), IDNumber: a.IDNumber, Received: unnumbered, Where: where, Who: who, Papers: receivedOf(a.Materials)}
	if r.IDNumber == "" {
		r.IDNumber = unnumbered
	}
	return foretold(Receipt, r)
}

// ForetellAcceptance words the acceptance on a day, with the last day by which all is done.
func ForetellAcceptance(a Application, on, due calendar.Date) Foretold {
	return foretold(Acceptance, newAcceptance(a.party(), a.Def, on, due))
}

func foretold(kind Kind, words content) Foretold {
	_, to, blocks := words.body()
	f := Foretold{Title: kind.Chinese(), To: to}
	for _, b := range blocks {
		f.Rows = append(f.Rows, b.Rows...)
		if b.Text != "" {
			f.Texts = append(f.Texts, b.Text)
		}
	}
	return f
}
