package paper

import (
	"cmp"
	"context"
	"maps"
	"strings"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/print"
)

// Station is a town's station as far as it words its papers itself.
type Station struct {
	name     string
	reach    string
	versions []Version
}

// Station reads what the station of a town words in the papers that it issues.
func (s *Service) Station(ctx context.Context, town place.Code) (Station, error) {
	from := counter(s.Places, town)
	list, err := s.versions(ctx, from.Series)
	return Station{name: from.Name, reach: s.reachOf(town, from.Name), versions: list}, err
}

// Application is what is known at the counter of an application before it is filed.
type Application struct {
	Def       *item.Version
	Kind      cases.ApplicantKind
	Applicant string
	IDNumber  string // masked; empty when it is not known yet
	Phone     string // as it will be read in the case; empty likewise
	Address   string
	Who       string // who takes it in
	On        calendar.Date
	Materials []cases.Material
	From      Station
}

// Foretold is what a paper will say, word for word. What is known only when it is issued stands there as unnumbered.
type Foretold struct {
	Heading, Title string
	To             string      // whom it is for; empty where it stands among the rows
	Rows           []print.Row // of a table
	Lead           string      // before a list
	List           []string
	Texts          []string // paragraphs
	Signer         string
	Date           calendar.Date
}

// unnumbered stands where the number of a case will, and what else is written when a paper is issued.
const unnumbered = "发出时写"

func (a Application) party() party {
	return party{Applicant: a.Applicant, You: youOf(a.Kind), Item: a.Def.Name, Case: unnumbered, Licence: a.Def.Regime == item.Licence}
}

// ForetellNotice words the one-time notice: what is missing, how many days there are until which, and where to bring it.
func ForetellNotice(a Application, missing []cases.Lack, days int, until calendar.Date, where string) Foretold {
	n := newNotice(a.party(), a.Def, missing, days, until, where)
	return a.besides(Notice, Foretold{To: n.Applicant, Lead: n.lead(), List: n.Missing, Texts: []string{n.end()}}, nil)
}

// ForetellReceipt words the receipt of what is handed in somewhere.
func ForetellReceipt(a Application, where string) Foretold {
	r := receipt{party: a.party(), IDNumber: a.IDNumber, Received: unnumbered, Where: where, Who: a.Who, Papers: receivedOf(a.Materials)}
	if r.IDNumber == "" {
		r.IDNumber = unnumbered
	}
	return a.besides(Receipt, foretold(r), nil)
}

// ForetellAcceptance words the acceptance of today, with the last day by which all is done.
func ForetellAcceptance(a Application, due calendar.Date) Foretold {
	words := newAcceptance(a.party(), a.Def, a.On, due)
	return a.besides(Acceptance, foretold(words), map[string]string{"受理日期": dayWords(a.On), "最晚办结日": dayWords(due)})
}

func foretold(words content) Foretold {
	_, to, blocks := words.body()
	f := Foretold{To: to}
	for _, b := range blocks {
		f.Rows = append(f.Rows, b.Rows...)
		if b.Text != "" {
			f.Texts = append(f.Texts, b.Text)
		}
	}
	return f
}

// besides adds what the station words, as a sheet has it. known are the fields that this kind knows beyond the usual ones.
func (a Application) besides(kind Kind, f Foretold, known map[string]string) Foretold {
	fields := map[string]string{"申请人": a.Applicant, "事项": a.Def.Name, "联系电话": a.Phone, "住址": a.Address, "负责人": a.Who, "收件日期": dayWords(a.On),
		"服务站": a.From.name}
	maps.Copy(fields, known)
	for _, name := range Fields {
		if fields[name] == "" {
			fields[name] = unnumbered
		}
	}
	v, _ := inForce(a.From.versions, kind, a.On)
	w, _ := v.fill(fields)
	f.Heading, f.Title, f.Signer, f.Date = cmp.Or(w.Heading, a.From.name), kind.Chinese(), a.From.name, a.On
	for _, text := range append(strings.Split(w.Paragraph, "\n"), w.Closing, cmp.Or(w.Contact, a.From.reach)) {
		if text != "" {
			f.Texts = append(f.Texts, text)
		}
	}
	return f
}
