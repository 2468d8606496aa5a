package cases

import (
	"context"
	"errors"
	"slices"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/problem"
)

// Deed is what somebody did to a case.
type Deed struct {
	Case     View   `json:"case"`
	Kind     Kind   `json:"kind"`
	KindName string `json:"kind_name"`
	At       string `json:"at"`
	By       string `json:"by" doc:"account"`
}

// deedsMost is how many cases a day's list holds.
const deedsMost = 200

// Today lists the cases to which one of some accounts did something today, each with the last thing that was done, the
// newest first. What the actor does not see (it has left the post's sight) is left out; looking at a number is no deed.
func (s *Service) Today(ctx context.Context, a access.Actor, accounts []string) ([]Deed, error) {
	since := calendar.DateOf(s.clock.Now()).Start()
	last := map[Number]Deed{}
	at := map[Number]int64{}
	for _, account := range accounts {
		list, err := s.journal.ByActor(ctx, account, since, subjectPrefix, 4*deedsMost)
		if err != nil {
			return nil, err
		}
		for _, d := range list {
			number, moment := Number(strings.TrimPrefix(d.Subject, subjectPrefix)), d.At.UnixMicro()*16+d.Seq%16
			if Kind(d.Kind) == KindRevealed || at[number] >= moment {
				continue
			}
			at[number] = moment
			last[number] = Deed{Kind: Kind(d.Kind), KindName: Kind(d.Kind).Chinese(), At: stamp(At(d.At)), By: account}
		}
	}
	numbers := make([]Number, 0, len(last))
	for n := range last {
		numbers = append(numbers, n)
	}
	slices.SortFunc(numbers, func(x, y Number) int { return int(min(max(at[y]-at[x], -1), 1)) })
	deeds, v := []Deed{}, s.viewer(a)
	for _, n := range numbers[:min(len(numbers), deedsMost)] {
		c, err := s.load(ctx, a, n)
		if errors.Is(err, problem.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		d := last[n]
		d.Case = v.row(c)
		deeds = append(deeds, d)
	}
	return deeds, nil
}
