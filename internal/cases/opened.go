package cases

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases/internal/query"
	"bianmin/internal/db"
	"bianmin/internal/journal"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// InChain says whether a case is in somebody's hands now, or may come back to them any moment: who answers for it, to whom it
// was handed, whose step is open, who decides on its extension, and the front that its applicant goes to. For everybody else
// who may see it, opening it is a look at somebody's data that the person is told of (M61).
func (c *Case) InChain(a access.Actor) bool {
	switch {
	case a.Role == access.Citizen, c.Responsible.Account == a.Account, c.handedTo(a), c.mine(a) >= 0:
		return true
	case a.Role == access.Clerk:
		return c.Town == a.Place
	case a.Role == access.Agent:
		return c.Place == a.Place && c.Channel == ByAgent
	}
	return slices.ContainsFunc(c.Actions(a), func(v Verb) bool { return v == VerbApprove || v == VerbRefuse })
}

// openedPrefix begins the journal's subjects of looks at cases: a look is no event of the case, which stays as it was.
const openedPrefix = "opened/"

func (n Number) openedSubject() string { return openedPrefix + string(n) }

// kindOpened is the kind of the entry for a look; who it was stands in the journal's own columns.
const kindOpened = "opened"

// opened is what that entry says.
type opened struct {
	By   string      `json:"by"`
	Role access.Role `json:"role"`
}

// lookers are those who opened a case on its last day on which anybody outside the chain did: a person is noted once a day.
type lookers struct {
	day      calendar.Date
	accounts []string
	events   int64
}

// note gives what is kept after a look, and whether it has to be noted.
func (l lookers) note(account string, day calendar.Date) (lookers, bool) {
	if l.day == day && slices.Contains(l.accounts, account) {
		return l, false
	}
	if l.day != day {
		l.day, l.accounts = day, nil
	}
	l.accounts = append(slices.Clone(l.accounts), account)
	l.events++
	return l, true
}

func (l lookers) row(number Number) query.CaseLook {
	return query.CaseLook{Number: string(number), Day: l.day.String(), Accounts: strings.Join(l.accounts, "\n"), Events: l.events}
}

func lookersOf(r query.CaseLook) (l lookers, err error) {
	l.day, err = calendar.ParseDate(r.Day)
	l.accounts, l.events = strings.Split(r.Accounts, "\n"), r.Events
	return l, err
}

// Open gives a case to whoever opens its page, and notes the look of who has no part in it, once a day.
func (s *Service) Open(ctx context.Context, a access.Actor, number Number) (View, error) {
	c, err := s.load(ctx, a, number)
	if err != nil {
		return View{}, err
	}
	if !c.InChain(a) {
		if err := s.noteOpened(ctx, a, number); err != nil {
			return View{}, fmt.Errorf("noting who opened the case %s: %w", number, err)
		}
	}
	return s.viewer(a).whole(c), nil
}

// Look is Open for what tells as much of a case without being its page: its record, for one.
func (s *Service) Look(ctx context.Context, a access.Actor, number Number) error {
	_, err := s.Open(ctx, a, number)
	return err
}

// LookSeveral is Look for a page that shows several cases together, in one transaction: whoever names a case to such a page sees
// as much as in a list, of whichever case they may see. What is out of sight is passed over.
func (s *Service) LookSeveral(ctx context.Context, a access.Actor, numbers []Number) error {
	var outside []Number
	for _, n := range numbers {
		c, err := s.load(ctx, a, n)
		if err != nil && !errors.Is(err, problem.ErrNotFound) {
			return err
		}
		if err == nil && !c.InChain(a) && !slices.Contains(outside, n) {
			outside = append(outside, n)
		}
	}
	if len(outside) == 0 {
		return nil
	}
	return s.db.Write(ctx, func(ctx context.Context) error {
		for _, n := range outside {
			if err := s.noteOpened(ctx, a, n); err != nil {
				return fmt.Errorf("noting who opened the case %s: %w", n, err)
			}
		}
		return nil
	})
}

func (s *Service) noteOpened(ctx context.Context, a access.Actor, number Number) error {
	now := s.clock.Now()
	seen := func(ctx context.Context) (lookers, error) {
		row, err := s.store.q(ctx).Lookers(ctx, string(number))
		if errors.Is(err, sql.ErrNoRows) {
			return lookers{}, nil
		}
		if err != nil {
			return lookers{}, err
		}
		return lookersOf(row)
	}
	day := calendar.DateOf(now)
	if before, err := seen(ctx); err != nil {
		return err
	} else if _, anew := before.note(a.Account, day); !anew {
		return nil // the most of them: a page that is read again writes nothing
	}
	raw, err := json.Marshal(opened{By: a.Name, Role: a.Role})
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context) error {
		before, err := seen(ctx)
		if err != nil {
			return err
		}
		after, anew := before.note(a.Account, day)
		if !anew {
			return nil
		}
		r := after.row(number)
		n, err := s.store.q(ctx).PutLookers(ctx, query.PutLookersParams{Number: r.Number, Day: r.Day, Accounts: r.Accounts, Events: r.Events, Before: before.events})
		if err != nil {
			return err
		}
		if n == 0 {
			return db.ErrRace
		}
		return s.journal.Append(ctx, journal.Entry{Subject: number.openedSubject(), Seq: after.events, At: now, Kind: kindOpened, Actor: a.Account,
			Place: string(a.Place), Data: raw})
	})
}

// openings are the looks at one of an applicant's own cases, for the applicant.
func (s *Service) openings(ctx context.Context, m Mine, v viewer) ([]Look, error) {
	entries, err := s.journal.About(ctx, m.Number.openedSubject())
	if err != nil {
		return nil, err
	}
	list := make([]Look, len(entries))
	for i, e := range entries {
		var what opened
		if err := json.Unmarshal(e.Data, &what); err != nil {
			return nil, fmt.Errorf("reading the entry of %s: %w", e.Subject, err)
		}
		list[i] = Look{At: stamp(At(e.At)), Number: m.Number, Item: m.Item, By: what.By, PlaceName: v.placeName(place.Code(e.Place)),
			What: "这一件办到哪里、交了什么", Reason: "不经办这一件，作为" + what.Role.Chinese() + "查看"}
	}
	return list, nil
}

// OpenedRoom is the looks' side of the check of the rows.
func (s *Service) OpenedRoom() journal.Room {
	return journal.Room{Prefix: openedPrefix, Tables: []string{"case_looks"}, Page: s.openedPage, Rebuild: rebuildOpened}
}

func (s *Service) openedPage(ctx context.Context, after string) ([]journal.Stored, error) {
	rows, err := s.store.q(ctx).LookersAfter(ctx, query.LookersAfterParams{Number: strings.TrimPrefix(after, openedPrefix), Most: checkRows})
	list := make([]journal.Stored, len(rows))
	for i, r := range rows {
		list[i] = columnsOfLookers(r)
	}
	return list, err
}

func rebuildOpened(entries []journal.Entry) (journal.Stored, error) {
	var l lookers
	for _, e := range entries {
		if e.Kind != kindOpened {
			return journal.Stored{}, fmt.Errorf("%s: there is no look of the kind %s", e.Subject, e.Kind)
		}
		l, _ = l.note(e.Actor, calendar.DateOf(e.At))
	}
	return columnsOfLookers(l.row(Number(strings.TrimPrefix(entries[0].Subject, openedPrefix)))), nil
}

func columnsOfLookers(r query.CaseLook) journal.Stored {
	return journal.Stored{Subject: Number(r.Number).openedSubject(), Columns: []journal.Column{{Name: "day", Value: r.Day}, {Name: "accounts", Value: r.Accounts},
		{Name: "events", Value: strconv.FormatInt(r.Events, 10)}}}
}
