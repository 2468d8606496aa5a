package paper

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"bianmin/internal/journal"
	"bianmin/internal/paper/internal/query"
)

// Room is this room's side of the check of the rows. Of the words the entry has the digest.
func (s *Service) Room() journal.Room {
	return journal.Room{Prefix: subjectPrefix, Tables: []string{"papers", "paper_serials"}, Page: s.checkPage, Rebuild: rebuild}
}

// checkRows is how many papers the check reads at a time.
const checkRows = 500

func (s *Service) checkPage(ctx context.Context, after string) ([]journal.Stored, error) {
	rows, err := s.q(ctx).PapersAfter(ctx, query.PapersAfterParams{Subject: after, Most: checkRows})
	list := make([]journal.Stored, len(rows))
	for i, r := range rows {
		list[i] = columnsOf(r, digest([]byte(r.Doc)))
	}
	return list, err
}

func rebuild(entries []journal.Entry) (journal.Stored, error) {
	if len(entries) != 1 || entries[0].Kind != kindIssued {
		return journal.Stored{}, fmt.Errorf("%s was issued %d times", entries[0].Subject, len(entries))
	}
	e, err := readIssued(entries[0])
	return columnsOf(query.Paper{Subject: entries[0].Subject, Kind: string(e.Kind), Series: e.Series, Year: int64(e.Year), Serial: e.Serial, About: e.About,
		Replaces: string(e.Replaces), At: entries[0].At.UnixMicro(), File: e.File}, e.Words), err
}

func readIssued(entry journal.Entry) (e issued, err error) {
	if err = json.Unmarshal(entry.Data, &e); err != nil {
		err = fmt.Errorf("reading the entry of %s: %w", entry.Subject, err)
	}
	return e, err
}

// entry is what the journal says of a paper.
func (s *Service) entry(ctx context.Context, id ID) (issued, error) {
	entries, err := s.Journal.About(ctx, id.Subject())
	if err != nil {
		return issued{}, err
	}
	if len(entries) == 0 {
		return issued{}, nil // the page then says that it does not agree
	}
	return readIssued(entries[0])
}

func columnsOf(r query.Paper, words string) journal.Stored {
	n := func(v int64) string { return strconv.FormatInt(v, 10) }
	return journal.Stored{Subject: r.Subject, Columns: []journal.Column{{Name: "kind", Value: r.Kind}, {Name: "series", Value: r.Series}, {Name: "year", Value: n(r.Year)},
		{Name: "serial", Value: n(r.Serial)}, {Name: "about", Value: n(r.About)}, {Name: "replaces", Value: r.Replaces}, {Name: "at", Value: n(r.At)},
		{Name: "file", Value: r.File}, {Name: "doc", Value: words}}}
}

// CheckTotals finds numbers that were not drawn in order.
func (s *Service) CheckTotals(ctx context.Context, found func(what string)) error {
	q := s.q(ctx)
	list, err := q.PaperSerials(ctx)
	if err != nil {
		return err
	}
	for _, r := range list {
		if r.Last != r.Highest || r.Last != r.Papers {
			found(fmt.Sprintf("paper_serials：%s %d 年“%s”的文号和文书不一致", r.Series, r.Year, Kind(r.Kind).Chinese()))
		}
	}
	gaps, err := q.WordingGaps(ctx)
	if err != nil {
		return err
	}
	if gaps > 0 {
		found(fmt.Sprintf("paper_wordings：%d 种措辞的版本不连续", gaps))
	}
	without, err := q.PapersWithoutSeries(ctx)
	if err == nil && without > 0 {
		found(fmt.Sprintf("paper_serials：%d 份文书没有文号的序列", without))
	}
	return err
}
