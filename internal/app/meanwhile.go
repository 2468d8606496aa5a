package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/journal"
	"bianmin/internal/web/work"
)

// meanwhilePage is how many entries are read at once.
const meanwhilePage = 500

// meanwhile lists what happened to cases by itself behind a mark in the journal, in the order of the moments: for the
// page that moves the demonstration's clock.
func (a *App) meanwhile(ctx context.Context, mark int64, most int) ([]work.Happened, error) {
	if err := a.Keeper.Advance(ctx); err != nil { // what was just written has its number then
		return nil, err
	}
	var list []work.Happened
	for {
		entries, err := a.Journal.After(ctx, mark, meanwhilePage)
		if err != nil || len(entries) == 0 {
			return list, err
		}
		for _, e := range entries {
			number, ofCase := strings.CutPrefix(e.Subject, "case/")
			if e.Actor == journal.System && ofCase && len(list) < most {
				list = append(list, work.Happened{At: e.At, Kind: cases.Kind(e.Kind), Number: cases.Number(number)})
			}
		}
		slices.SortStableFunc(list, func(a, b work.Happened) int { return cmp.Compare(a.At.UnixMicro(), b.At.UnixMicro()) })
		mark = entries[len(entries)-1].Number
	}
}
