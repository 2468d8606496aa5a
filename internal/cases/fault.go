package cases

import (
	"context"
	"math"

	"bianmin/internal/access"
	"bianmin/internal/cases/internal/query"
)

// FaultRow is one fault in the list of them, with its case.
type FaultRow struct {
	FaultView
	Number   Number `json:"number"`
	ItemName string `json:"item_name"`
	Town     string `json:"town_name"`
}

// FaultPage is one page of them.
type FaultPage struct {
	Faults []FaultRow `json:"faults"`
	Next   *Instant   `json:"next" doc:"give it as before for the next page; null on the last"`
}

// Faults lists faults, the newest first: all of them for those who read the whole city, a town's for its head, and for
// anybody else their own.
func (s *Service) Faults(ctx context.Context, a access.Actor, before Instant, most int) (FaultPage, error) {
	p := query.FaultsParams{Before: int64(before), Most: int32(most) + 1}
	if before == 0 {
		p.Before = math.MaxInt64
	}
	switch {
	case a.SeesAll():
	case a.Role == access.Head:
		p.Town = string(a.Place)
	default:
		p.Account = a.Account
	}
	rows, err := s.store.q(ctx).Faults(ctx, p)
	page := FaultPage{Faults: []FaultRow{}}
	if len(rows) > most {
		rows = rows[:wholeInstants(rows, most)]
		next := Instant(rows[len(rows)-1].At)
		page.Next = &next
	}
	v := s.viewer(a)
	for _, row := range rows {
		c, err := s.store.read(ctx, Number(row.Number), row.Events, row.Doc, s.items())
		if err != nil {
			return FaultPage{}, err
		}
		page.Faults = append(page.Faults, FaultRow{FaultView: c.Faults[row.N-1].view(), Number: c.Number, ItemName: c.Def.Name, Town: v.placeName(c.Town)})
	}
	return page, err
}

// wholeInstants is where a page ends that has room for so many: not between two faults of one instant, since the next
// page begins before the last one's.
func wholeInstants(rows []query.FaultsRow, most int) int {
	for end := most; end > 0; end-- {
		if rows[end-1].At != rows[end].At {
			return end
		}
	}
	return most
}
