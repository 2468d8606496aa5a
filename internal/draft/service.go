package draft

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"time"

	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/draft/internal/query"
	"bianmin/internal/problem"
	"bianmin/internal/seal"
)

// purpose is what drafts are sealed for.
const purpose = "draft"

// Service keeps the drafts of every account.
type Service struct {
	db    *db.DB
	box   *seal.Box
	clock clock.Clock
}

// New is the drafts of a database.
func New(d *db.DB, box *seal.Box, clk clock.Clock) *Service { return &Service{d, box, clk} }

func (s *Service) q(ctx context.Context) *query.Queries { return query.New(s.db.Q(ctx)) }

// errFiled is for a page that is still open when its application has been filed.
var errFiled = &problem.Problem{Kind: problem.Refused, Code: "draft_filed"}

// Save keeps what a page has typed. Version is the one that the page has read, 0 for a new draft. What another page saved
// meanwhile is not overwritten: the problem's Present is that Draft.
func (s *Service) Save(ctx context.Context, account string, d Draft) (Draft, error) {
	if p := d.check(); p != nil {
		return Draft{}, p
	}
	now := s.clock.Now()
	err := s.db.Write(ctx, func(ctx context.Context) error {
		before, ended, err := s.read(ctx, account, d.ID)
		var none bool
		if none = errors.Is(err, problem.ErrNotFound); err != nil && !none {
			return err
		}
		switch {
		case ended:
			return errFiled
		case none:
			return s.insert(ctx, account, &d, now)
		case !before.yields(d):
			return &problem.Problem{Kind: problem.Stale, Code: "draft_newer", Present: before}
		}
		return s.update(ctx, account, before, &d, now)
	})
	return d, err
}

func (s *Service) insert(ctx context.Context, account string, d *Draft, now time.Time) error {
	list, err := s.q(ctx).Drafts(ctx, query.DraftsParams{Account: account, Most: countMost})
	if err != nil {
		return err
	}
	if len(list) == countMost {
		return problem.Refuse("too_many_drafts", problem.Facts{"most": countMost})
	}
	d.Version, d.Since, d.Saved = 1, now, now
	return s.q(ctx).InsertDraft(ctx, query.InsertDraftParams{Account: account, ID: d.ID, Tab: d.Tab, Aside: d.Aside, Version: d.Version,
		Since: now.UnixMicro(), Saved: now.UnixMicro(), Form: s.box.Seal(purpose, d.Form.Encode())})
}

func (s *Service) update(ctx context.Context, account string, before Draft, d *Draft, now time.Time) error {
	d.Version, d.Since, d.Saved = before.Version+1, before.Since, now
	n, err := s.q(ctx).UpdateDraft(ctx, query.UpdateDraftParams{Account: account, ID: d.ID, Tab: d.Tab, Aside: d.Aside, Version: d.Version,
		Saved: now.UnixMicro(), Form: s.box.Seal(purpose, d.Form.Encode()), ReadVersion: before.Version})
	if err == nil && n == 0 {
		err = db.ErrRace
	}
	return err
}

func (s *Service) read(ctx context.Context, account, id string) (d Draft, ended bool, err error) {
	row, err := s.q(ctx).Draft(ctx, query.DraftParams{Account: account, ID: id})
	if errors.Is(err, sql.ErrNoRows) {
		return Draft{}, false, problem.ErrNotFound
	}
	if err != nil || row.Ended {
		return Draft{}, err == nil, err
	}
	d, err = s.opened(row)
	return d, false, err
}

func (s *Service) opened(row query.Draft) (Draft, error) {
	text, err := s.box.Open(purpose, row.Form)
	if err != nil {
		return Draft{}, fmt.Errorf("opening a draft of %s: %w", row.Account, err)
	}
	form, err := url.ParseQuery(text)
	return Draft{ID: row.ID, Tab: row.Tab, Aside: row.Aside, Version: row.Version, Since: time.UnixMicro(row.Since), Saved: time.UnixMicro(row.Saved), Form: form}, err
}

// Get gives one draft of an account; problem.ErrNotFound when it has none of this id, or has filed it.
func (s *Service) Get(ctx context.Context, account, id string) (Draft, error) {
	d, ended, err := s.read(ctx, account, id)
	if ended {
		err = problem.ErrNotFound
	}
	return d, err
}

// List gives what an account has not filed, the last saved first.
func (s *Service) List(ctx context.Context, account string) ([]Draft, error) {
	rows, err := s.q(ctx).Drafts(ctx, query.DraftsParams{Account: account, Most: countMost})
	if err != nil {
		return nil, err
	}
	list := make([]Draft, len(rows))
	for i, row := range rows {
		if list[i], err = s.opened(row); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Drop forgets a draft at once; one that is not there is dropped already.
func (s *Service) Drop(ctx context.Context, account, id string) error {
	return s.db.Write(ctx, func(ctx context.Context) error {
		return s.q(ctx).DropDraft(ctx, query.DropDraftParams{Account: account, ID: id})
	})
}

// End forgets what was typed, since it is filed, and keeps a page that is still open from saving it again.
func (s *Service) End(ctx context.Context, account, id string) error {
	if id == "" || len(id) > idMost {
		return nil // no page of ours keeps such a one
	}
	now := s.clock.Now().UnixMicro()
	return s.db.Write(ctx, func(ctx context.Context) error {
		row, err := s.q(ctx).Draft(ctx, query.DraftParams{Account: account, ID: id})
		if errors.Is(err, sql.ErrNoRows) {
			return s.q(ctx).InsertDraft(ctx, query.InsertDraftParams{Account: account, ID: id, Ended: true, Version: 1, Since: now, Saved: now})
		}
		if err != nil || row.Ended {
			return err
		}
		n, err := s.q(ctx).UpdateDraft(ctx, query.UpdateDraftParams{Account: account, ID: id, Ended: true, Version: row.Version + 1, Saved: now, ReadVersion: row.Version})
		if err == nil && n == 0 {
			err = db.ErrRace
		}
		return err
	})
}

// Forget drops what is older than KeptFor.
func (s *Service) Forget(ctx context.Context) error {
	now := s.clock.Now()
	return s.db.Write(ctx, func(ctx context.Context) error {
		return s.q(ctx).ForgetDrafts(ctx, query.ForgetDraftsParams{Before: now.Add(-KeptFor).UnixMicro(), EndedBefore: now.Add(-endedFor).UnixMicro()})
	})
}

// Reseal seals anew what was sealed with an older key, and gives how many.
func (s *Service) Reseal(ctx context.Context) (done int, err error) {
	err = s.db.Write(ctx, func(ctx context.Context) error {
		done = 0
		rows, err := s.q(ctx).SealedDrafts(ctx)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if !s.box.Old(r.Form) {
				continue
			}
			plain, err := s.box.Open(purpose, r.Form)
			if err != nil {
				return err
			}
			if err := s.q(ctx).PutDraftForm(ctx, query.PutDraftFormParams{Account: r.Account, ID: r.ID, ReadForm: r.Form, Form: s.box.Seal(purpose, plain)}); err != nil {
				return err
			}
			done++
		}
		return nil
	})
	return done, err
}

// SealedWith says whether any draft is sealed with the key of this number.
func (s *Service) SealedWith(ctx context.Context, key int) (bool, error) {
	n, err := s.q(ctx).CountDraftsLike(ctx, fmt.Sprintf("%d.%%", key))
	return n > 0, err
}
