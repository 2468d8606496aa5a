package access

import (
	"context"
	"encoding/json"
	"strconv"

	"bianmin/internal/brake"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/journal"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/seal"
)

// Service is the room's use cases.
type Service struct {
	store   store
	db      *db.DB
	journal *journal.Journal
	places  *place.Directory
	box     *seal.Box
	work    clock.Clock // the service's time: in the demonstration its own
	wall    clock.Clock // the machine's time: sessions and tries run by it
	tries   *brake.Brake
	queue   queue

	required func(context.Context) (bool, error) // see RequireFactors
}

// New puts the room together. work stamps the journal, wall times sessions and tries.
func New(d *db.DB, j *journal.Journal, places *place.Directory, box *seal.Box, work, wall clock.Clock) *Service {
	return &Service{store: store{d}, db: d, journal: j, places: places, box: box, work: work, wall: wall, tries: brake.New(d, "sign-in", triesPause)}
}

// Add makes an account. stored is a hash from HashPassword, or empty: then nobody can sign in until a password is set
// by its link.
func (s *Service) Add(ctx context.Context, by string, a Account, stored string) error {
	if p := a.check(s.places); p != nil {
		return p
	}
	return s.db.Write(ctx, func(ctx context.Context) error {
		if _, taken, err := s.store.account(ctx, a.Account); err != nil {
			return err
		} else if taken {
			return problem.WrongFields([]problem.Field{{Path: "account", Code: "taken", Message: "这个账号已经有了"}})
		}
		a.password = stored
		return s.change(ctx, by, &a, KindAdded,
			added{Name: a.Name, Role: a.Role, Place: a.Place, Unit: a.Unit, Password: fingerprint(stored)})
	})
}

// Account gives one account; problem.ErrNotFound when there is none.
func (s *Service) Account(ctx context.Context, account string) (Account, error) {
	a, ok, err := s.store.account(ctx, account)
	if err == nil && !ok {
		return Account{}, problem.ErrNotFound
	}
	return a, err
}

// FirstAsked is who answers at a station for what comes in from afar (首问负责): its head, or without one somebody at its
// counter; problem.ErrNotFound when there is neither.
func (s *Service) FirstAsked(ctx context.Context, town place.Code) (Account, error) {
	return s.store.firstAsked(ctx, town)
}

// Accounts gives up to most accounts in order, after one.
func (s *Service) Accounts(ctx context.Context, after string, most int) ([]Account, error) {
	return s.store.accounts(ctx, after, most)
}

// Disable shuts an account and ends its sessions at once.
func (s *Service) Disable(ctx context.Context, by, account string) error {
	return s.alter(ctx, by, account, KindDisabled, func(ctx context.Context, a *Account) error {
		if a.Disabled {
			return problem.Refuse("already_disabled", nil)
		}
		if p := s.lastAdmin(ctx, *a); p != nil {
			return p
		}
		a.Disabled = true
		return nil
	})
}

// Enable opens a disabled account again.
func (s *Service) Enable(ctx context.Context, by, account string) error {
	return s.alter(ctx, by, account, KindEnabled, func(ctx context.Context, a *Account) error {
		if !a.Disabled {
			return problem.Refuse("not_disabled", nil)
		}
		a.Disabled = false
		return nil
	})
}

// Reset takes the password away and ends the sessions; LinkToken then opens the way to a new one.
func (s *Service) Reset(ctx context.Context, by, account string) error {
	return s.alter(ctx, by, account, KindReset, func(ctx context.Context, a *Account) error {
		a.password = ""
		return nil
	})
}

// alter changes an account that is there and ends its sessions.
func (s *Service) alter(ctx context.Context, by, account, kind string, change func(context.Context, *Account) error) error {
	return s.db.Write(ctx, func(ctx context.Context) error {
		a, err := s.Account(ctx, account)
		if err != nil {
			return err
		}
		if p := change(ctx, &a); p != nil {
			return p
		}
		if err := s.store.q(ctx).EndSessions(ctx, account); err != nil {
			return err
		}
		return s.change(ctx, by, &a, kind, struct{}{})
	})
}

// LinkDays is how many days a link that sets a password opens: so long it may lie in a drawer or a chat.
const LinkDays = 7

// LinkToken is the secret of the one-time link that sets a password. It holds for LinkDays as long as nothing else happens
// to the account, and nothing of it is stored.
func (s *Service) LinkToken(ctx context.Context, account string) (string, error) {
	a, err := s.Account(ctx, account)
	if err != nil {
		return "", err
	}
	return s.linkToken(a, strconv.FormatInt(s.wall.Now().AddDate(0, 0, LinkDays).Unix(), 10)), nil
}

func (s *Service) linkToken(a Account, until string) string {
	raw, _ := json.Marshal([]any{a.Account, a.events, until}) // of strings and a number: cannot fail
	return a.Account + "." + until + "." + s.box.Index("set-password", string(raw))
}

// SetPassword sets the password of the account whose one-time link this is.
func (s *Service) SetPassword(ctx context.Context, token, password string) (Actor, error) {
	a, err := s.LinkOpens(ctx, token)
	if err != nil {
		return Actor{}, err
	}
	if p := CheckNewPassword(a.Account, password); p != nil {
		return Actor{}, p
	}
	stored := HashPassword(password)
	err = s.db.Write(ctx, func(ctx context.Context) error {
		a, err := s.LinkOpens(ctx, token)
		if err != nil {
			return err
		}
		a.password = stored
		return s.change(ctx, a.Account, &a, KindPasswordSet, passwordSet{Password: fingerprint(stored)})
	})
	return a.Actor(), err
}

// LinkOpens gives the account whose one-time link this is; problem.ErrNotFound when it is spent, too old or wrong.
func (s *Service) LinkOpens(ctx context.Context, token string) (Account, error) {
	rest, _, _ := cutLast(token, '.')
	name, until, _ := cutLast(rest, '.')
	a, ok, err := s.store.account(ctx, name)
	if err != nil {
		return Account{}, err
	}
	if !ok || a.Disabled || a.password != "" || !sameToken(token, s.linkToken(a, until)) {
		return Account{}, problem.ErrNotFound
	}
	if last, err := strconv.ParseInt(until, 10, 64); err != nil || s.wall.Now().Unix() > last {
		return Account{}, problem.ErrNotFound
	}
	return a, nil
}

// looked is the data of KindLooked.
type looked struct {
	At   string `json:"at"`   // which page: messages
	Rows int    `json:"rows"` // how many people's data it showed
}

// Looked puts on record that somebody looked at other people's data that stand in no case.
func (s *Service) Looked(ctx context.Context, who Actor, at string, rows int) error {
	return s.db.Write(ctx, func(ctx context.Context) error {
		a, err := s.Account(ctx, who.Account)
		if err != nil {
			return err
		}
		return s.change(ctx, who.Account, &a, KindLooked, looked{At: at, Rows: rows})
	})
}

// change stores the account with one more entry about it.
func (s *Service) change(ctx context.Context, by string, a *Account, kind string, data any) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return err
	}
	at := s.work.Now()
	if _, err := a.evolveFactors(kind, raw, at); err != nil {
		return err
	}
	a.events++
	if err := s.store.put(ctx, *a); err != nil {
		return err
	}
	return s.journal.Append(ctx, journal.Entry{
		Subject: subjectOf(a.Account), Seq: a.events, At: at, Kind: kind, Actor: by, Place: string(a.Place), Data: raw,
	})
}

// accountsPage is how many accounts are read at a time.
const accountsPage = 500

// AtPost lists the accounts at the actor's post, the own one among them: those of one role at one place and of one unit.
func (s *Service) AtPost(ctx context.Context, a Actor) ([]Account, error) {
	var list []Account
	for after := ""; ; {
		page, err := s.store.accounts(ctx, after, accountsPage)
		if err != nil {
			return nil, err
		}
		for _, other := range page {
			if other.Role == a.Role && other.Place == a.Place && other.Unit == a.Unit {
				list = append(list, other)
			}
		}
		if len(page) < accountsPage {
			return list, nil
		}
		after = page[len(page)-1].Account
	}
}
