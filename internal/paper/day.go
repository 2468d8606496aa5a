package paper

import (
	"context"
	"fmt"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/place"
	"bianmin/internal/print"
	"bianmin/internal/problem"
)

// MayIssue says whether an actor may issue the ledger of a place: who works there, or at the station above.
func MayIssue(a access.Actor, at place.Code) bool {
	return MayRead(a, at) && access.Allows(a.Role, access.KeepLedger)
}

// IssueDay issues the ledger of a place's day (办件日登记簿), or gives the one there is while nothing was done since. What
// is done on the day after it was issued is in the next one, which replaces it. How a case stands by now is no part of it:
// a day that is over keeps its ledger.
func (s *Service) IssueDay(ctx context.Context, a access.Actor, at place.Code, day calendar.Date) (p Paper, again bool, err error) {
	if !MayIssue(a, at) {
		return Paper{}, false, problem.ErrNotFound
	}
	if err := s.Printer.Ready(); err != nil {
		return Paper{}, false, err
	}
	err = s.DB.Write(ctx, func(ctx context.Context) error {
		p, again, err = s.issueDay(ctx, a, at, day)
		return err
	})
	return p, again, err
}

func (s *Service) issueDay(ctx context.Context, a access.Actor, at place.Code, day calendar.Date) (Paper, bool, error) {
	l, err := s.Ledger(ctx, a, Span{Place: at, From: day, Until: day})
	if err != nil {
		return Paper{}, false, err
	}
	wrong := problem.Field{Path: "day", Code: "nothing_done", Message: "这一天没有办过件，没有要登记的"}
	if l.Full {
		wrong.Code, wrong.Message = "too_many", fmt.Sprintf("这一天办了不止 %d 项，一份登记簿装不下", linesMost)
	}
	if len(l.Lines) == 0 || l.Full {
		return Paper{}, false, problem.WrongFields([]problem.Field{wrong})
	}
	if l, err = s.drawable(l); err != nil {
		return Paper{}, false, err
	}
	w := written{from: counter(s.Places, at), words: dayLedger{l.body(false)}}
	basis, err := basisOf(w)
	if err != nil {
		return Paper{}, false, err
	}
	before, err := s.of(ctx, dayOf(at, day))
	if err != nil {
		return Paper{}, false, err
	}
	old, n := latest(before, DayLedger, w.about)
	if old != nil && old.kept.Basis == basis {
		return paperOf(old.row, old.kept), true, nil
	}
	p, err := s.draw(ctx, a, ledgerKind, spoken{written: w}, kept{Basis: basis, Item: l.covers()}, newID(dayOf(at, day), DayLedger, n+1), old)
	return p, false, err
}

// IssuedDays are the numbered ledgers of a place's day, the last at the end.
func (s *Service) IssuedDays(ctx context.Context, a access.Actor, at place.Code, day calendar.Date) ([]Paper, error) {
	if !MayRead(a, at) {
		return nil, problem.ErrNotFound
	}
	list, err := s.of(ctx, dayOf(at, day))
	return issuedFor(a, list), err
}

// dayLedger is what the ledger of a day says.
type dayLedger struct{ Body []print.Block }

func (d dayLedger) body() (print.Size, string, []print.Block) {
	return print.Wide, "", append(d.Body[:len(d.Body):len(d.Body)], print.Block{Text: "登记人签名：　　　　　　　　　　　　复核人签名："})
}
