package citizen

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"bianmin/internal/citizen/internal/query"
	"bianmin/internal/journal"
)

// The kinds of entry about a citizen.
const (
	KindSignedIn            = "signed_in"
	KindSignedOut           = "signed_out"
	KindSignedOutEverywhere = "signed_out_everywhere"
)

type fromAddress struct {
	Address string `json:"address"`
}

const subjectPrefix = "citizen/"

func subjectOf(account string) string {
	return subjectPrefix + strings.TrimPrefix(account, AccountPrefix)
}

func accountOf(subject string) string {
	return AccountPrefix + strings.TrimPrefix(subject, subjectPrefix)
}

// evolve is the row after one more entry.
func evolve(row query.Citizen, e journal.Entry) query.Citizen {
	if row.Events == 0 {
		row.Account, row.Since = accountOf(e.Subject), e.At.UnixMicro()
	}
	row.Events = e.Seq
	return row
}

// Room is this room's side of the check of the rows.
func (s *Service) Room() journal.Room {
	return journal.Room{Prefix: subjectPrefix, Tables: []string{"citizens"}, Page: s.checkPage, Rebuild: rebuild}
}

const checkRows = 500

func (s *Service) checkPage(ctx context.Context, after string) ([]journal.Stored, error) {
	first := ""
	if after != "" {
		first = accountOf(after)
	}
	list, err := s.q(ctx).CitizensAfter(ctx, query.CitizensAfterParams{Account: first, Most: checkRows})
	rows := make([]journal.Stored, len(list))
	for i, r := range list {
		rows[i] = columnsOf(r)
	}
	return rows, err
}

func rebuild(entries []journal.Entry) (journal.Stored, error) {
	var row query.Citizen
	for _, e := range entries {
		switch e.Kind {
		case KindSignedIn, KindSignedOut, KindSignedOutEverywhere:
		default:
			return journal.Stored{}, fmt.Errorf("%s %d: unknown kind %q", e.Subject, e.Seq, e.Kind)
		}
		row = evolve(row, e)
	}
	return columnsOf(row), nil
}

func columnsOf(r query.Citizen) journal.Stored {
	return journal.Stored{Subject: subjectOf(r.Account), Columns: []journal.Column{
		{Name: "since", Value: strconv.FormatInt(r.Since, 10)}, {Name: "events", Value: strconv.FormatInt(r.Events, 10)}}}
}
