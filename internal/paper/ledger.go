package paper

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/journal"
	"bianmin/internal/place"
	"bianmin/internal/print"
	"bianmin/internal/problem"
	"bianmin/internal/sheet"
)

// Span is what a ledger covers.
type Span struct {
	Place place.Code    // a station's counter or a room
	From  calendar.Date // the first day
	Until calendar.Date // the last
	Who   string        // one account alone; empty: all who worked there
}

// spanDays bounds a ledger: a month.
const spanDays = 31

// linesMost is the most that a ledger holds; a station's busiest month has fewer.
const linesMost = 20000

// Line is one line of a ledger: one thing that was done.
type Line struct {
	N      int          `json:"n" doc:"1…n"`
	At     time.Time    `json:"at" format:"date-time"`
	Number cases.Number `json:"number"`
	Name   string       `json:"name" doc:"the applicant"`
	Item   string       `json:"item"`
	Did    string       `json:"did" doc:"收件, 受理, 出具受理通知书 …"`
	State  string       `json:"state" doc:"how the case stands now"`
	Who    string       `json:"who" doc:"who did it"`
	Note   string       `json:"note" doc:"number of the paper"`
}

// Ledger is 办件日登记簿: all that a counter or a room did, in order.
type Ledger struct {
	Place string        `json:"place" doc:"高家堡镇便民服务站"`
	From  calendar.Date `json:"from" format:"date"`
	Until calendar.Date `json:"until" format:"date"`
	Lines []Line        `json:"lines"`
	Cases int           `json:"cases" doc:"of how many cases"`
	Full  bool          `json:"full" doc:"there was more than one ledger holds"`
	// Issued are the numbered ones, of a single day, the last at the end.
	Issued []Paper `json:"issued" doc:"the numbered ledgers of the day, each replacing the one before; none of several days"`
	// lacking: a character of it cannot be drawn.
	lacking bool
}

// MayRead says whether an actor may read the ledger of a place: one's own, a station those of its rooms, the city all.
func MayRead(a access.Actor, at place.Code) bool {
	if !access.Allows(a.Role, access.ReadLedger) {
		return false
	}
	switch a.Role {
	case access.Supervisor, access.Inspector:
		return true
	}
	return at.Within(a.Place)
}

// Ledger reads what was done at a place, from the journal. Cases that the actor does not see are left out.
func (s *Service) Ledger(ctx context.Context, a access.Actor, span Span) (Ledger, error) {
	at, known := s.Places.Place(span.Place)
	switch {
	case !known || !MayRead(a, span.Place):
		return Ledger{}, problem.ErrNotFound
	case span.Until.Before(span.From) || span.Until.Sub(span.From) >= spanDays:
		return Ledger{}, problem.WrongFields([]problem.Field{{Path: "until", Code: "out_of_range", Message: fmt.Sprintf("从早到晚写，一次最多 %d 天", spanDays)}})
	}
	l := Ledger{Place: at.Service, From: span.From, Until: span.Until, Lines: []Line{}, Issued: []Paper{}}
	entries, err := s.Journal.AtPlace(ctx, string(span.Place), span.From.Start(), span.Until.End(), linesMost+1)
	if err != nil {
		return l, err
	}
	l.Full = len(entries) > linesMost
	names, briefs := map[string]string{}, map[cases.Number]*cases.Brief{}
	for _, e := range entries[:min(len(entries), linesMost)] {
		line, ok := lineOf(e)
		if !ok || span.Who != "" && e.Actor != span.Who {
			continue
		}
		b, read := briefs[line.Number]
		if !read {
			if b, err = s.Cases.Brief(ctx, a, line.Number); err != nil {
				return l, err
			}
			briefs[line.Number] = b
			if b != nil {
				l.Cases++
			}
		}
		if b == nil {
			continue
		}
		line.N, line.Name, line.Item, line.State = len(l.Lines)+1, b.Name, b.Item, b.State
		if line.Who == "" {
			if names[e.Actor] == "" {
				names[e.Actor] = s.named(ctx, e.Actor)
			}
			line.Who = names[e.Actor]
		}
		l.Lines = append(l.Lines, line)
	}
	if span.From == span.Until {
		l.Issued, err = s.IssuedDays(ctx, a, span.Place, span.From)
	}
	return l, err
}

// lineOf reads an entry: of a case, or of a paper. Looking at a number, what the machine did to its records, and the
// ledger itself are no work on a case.
func lineOf(e journal.Entry) (Line, bool) {
	line := Line{At: e.At.In(calendar.Shanghai)}
	if number, is := strings.CutPrefix(e.Subject, "case/"); is {
		kind := cases.Kind(e.Kind)
		if kind == cases.KindRevealed || kind == cases.KindResealed || kind == cases.KindRecounted {
			return line, false
		}
		var m cases.Meta
		if json.Unmarshal(e.Data, &m) != nil {
			return line, false
		}
		line.Number, line.Did, line.Who = cases.Number(number), kind.Chinese(), m.By
		return line, true
	}
	if id, is := strings.CutPrefix(e.Subject, subjectPrefix); is {
		said, err := readIssued(e)
		line.Number, line.Did, line.Note = ID(id).Case(), "出具"+said.Kind.Chinese(), said.Number
		return line, err == nil && line.Number != ""
	}
	return line, false
}

// named is the name of an account; its own mark where it is gone.
func (s *Service) named(ctx context.Context, account string) string {
	if s.Names == nil {
		return account
	}
	return s.Names(ctx, account)
}

func (l Ledger) title() string {
	if l.From == l.Until {
		return "办件日登记簿"
	}
	return "办件登记簿"
}

func (l Ledger) days() string {
	if l.From == l.Until {
		return dayWords(l.From)
	}
	return dayWords(l.From) + "至" + dayWords(l.Until)
}

func (l Ledger) covers() string {
	return fmt.Sprintf("%s，共 %d 件，%d 项", l.days(), l.Cases, len(l.Lines))
}

// body is the ledger on paper. state says how a line's case stands now; a ledger that is issued leaves it out.
func (l Ledger) body(state bool) []print.Block {
	table := &print.Ledger{Parts: []int{5, 10, 27, 11, 25, 15, 11, 11, 22}, Head: []string{"序号", "时间", "办件编号", "申请人", "事项", "办了什么", "现在状态", "经办人", "文号"}}
	for _, x := range l.Lines {
		when := x.At.Format("15:04")
		if l.From != l.Until {
			when = x.At.Format("01-02 15:04")
		}
		table.Lines = append(table.Lines, []string{strconv.Itoa(x.N), when, string(x.Number), x.Name, x.Item, x.Did, x.State, x.Who, x.Note})
	}
	if !state {
		const at = 6
		table.Parts, table.Head = slices.Delete(table.Parts, at, at+1), slices.Delete(table.Head, at, at+1)
		for i, line := range table.Lines {
			table.Lines[i] = slices.Delete(line, at, at+1)
		}
	}
	blocks := []print.Block{{Text: l.covers() + "。"}}
	if len(l.Lines) > 0 {
		blocks = append(blocks, print.Block{Ledger: table})
	}
	if l.lacking {
		blocks = append(blocks, print.Block{Text: geta + "处的字，字库里没有，以系统里写的为准。"})
	}
	return blocks
}

// geta stands for a character that no font has, as printers set it.
const geta = "〓"

// drawable puts geta for such characters: a day would stay without its ledger for one name. A paper that is handed to an
// applicant is refused instead. What only chooses among the forms of a character is left out.
func (s *Service) drawable(l Ledger) (Ledger, error) {
	l.Lines = slices.Clone(l.Lines)
	for i := range l.Lines {
		x := &l.Lines[i]
		for _, text := range []*string{&x.Name, &x.Item, &x.Who, &x.Note} {
			lacks, err := s.Printer.Lacks(*text)
			if err != nil {
				return l, err
			}
			for _, r := range lacks {
				if unicode.Is(unicode.Variation_Selector, r) {
					*text = strings.ReplaceAll(*text, string(r), "")
					continue
				}
				*text, l.lacking = strings.ReplaceAll(*text, string(r), geta), true
			}
		}
	}
	return l, nil
}

// PDFOf draws a ledger to look at, on A4 lying: of several days, or what one person did. It has no number, and says so.
func (s *Service) PDFOf(l Ledger) ([]byte, error) {
	l, err := s.drawable(l)
	if err != nil {
		return nil, err
	}
	body := append(l.body(true), print.Block{Text: "这是查阅用的打印件，没有文号，不作凭证。"})
	return s.pdf(print.Sheet{Edition: print.Edition, Size: print.Wide, Title: []string{l.Place, l.title()}, Body: body, Signer: l.Place, Date: dayWords(calendar.DateOf(s.Clock.Now()))})
}

// WriteSheet writes a ledger as a workbook.
func (l Ledger) WriteSheet(w io.Writer) error {
	columns := []sheet.Column[Line]{
		{Head: "序号", Width: 6, Value: func(x Line) any { return x.N }}, {Head: "时间", Width: 17, Value: func(x Line) any { return x.At }},
		{Head: "办件编号", Width: 26, Value: func(x Line) any { return string(x.Number) }}, {Head: "申请人", Width: 12, Value: func(x Line) any { return x.Name }},
		{Head: "事项", Width: 28, Value: func(x Line) any { return x.Item }}, {Head: "办了什么", Width: 18, Value: func(x Line) any { return x.Did }},
		{Head: "现在状态", Width: 12, Value: func(x Line) any { return x.State }}, {Head: "经办人", Width: 14, Value: func(x Line) any { return x.Who }},
		{Head: "文号", Width: 30, Value: func(x Line) any { return x.Note }}}
	return sheet.Write(w, l.title(), columns, l.Lines)
}

// LedgerPlaces are the places whose ledgers an actor may read, one's own first.
func (s *Service) LedgerPlaces(a access.Actor) []place.Place {
	var list []place.Place
	for _, p := range s.Places.All() {
		if !p.Code.IsCity() && MayRead(a, p.Code) {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(x, y place.Place) int {
		own := func(p place.Place) int {
			if p.Code == a.Place {
				return 0
			}
			return 1
		}
		return cmp.Compare(own(x), own(y))
	})
	return list
}
