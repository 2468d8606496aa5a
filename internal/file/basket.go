package file

import (
	"context"
	"errors"

	"bianmin/internal/cases"
	"bianmin/internal/file/internal/query"
	"bianmin/internal/problem"
)

// PutInBasket takes in a file that came in one piece and lies in a basket until its case is there.
func (s *Service) PutInBasket(ctx context.Context, g Giver, basket, material, name string, content []byte) (Upload, error) {
	k, err := s.takeIn(ctx, name, content)
	if err != nil {
		return Upload{}, err
	}
	u, err := s.Begin(ctx, g, Beginning{Basket: basket, Material: material, Name: name, Size: int64(len(content))})
	if err != nil {
		return Upload{}, err
	}
	row, err := s.mine(ctx, g, u.Token)
	if err != nil {
		return Upload{}, err
	}
	o := outcome{Kept: &readyFile{Type: k.Type, Width: k.Width, Height: k.Height}}
	return s.end(ctx, g, row, Ready, o, func(ctx context.Context) error { return s.putReady(ctx, row.Token, k) })
}

// Basket lists what lies in a basket, in the order in which it was begun.
func (s *Service) Basket(ctx context.Context, g Giver, basket string) ([]Upload, error) {
	rows, err := s.q(ctx).UploadsOf(ctx, query.UploadsOfParams{Owner: g.Owner, Basket: basket})
	if err != nil || basket == "" {
		return nil, err
	}
	return s.uploads(rows)
}

// OnTheWay lists the uploads to cases that have not come to an end.
func (s *Service) OnTheWay(ctx context.Context, g Giver) ([]Upload, error) {
	rows, err := s.q(ctx).UploadsOnTheWay(ctx, g.Owner)
	if err != nil {
		return nil, err
	}
	return s.uploads(rows)
}

func (s *Service) uploads(rows []query.Upload) ([]Upload, error) {
	list, now := []Upload{}, s.Wall.Now().UnixMicro()
	for _, row := range rows {
		u, _, err := uploadOf(row)
		if err != nil {
			return nil, err
		}
		if row.Expires >= now {
			list = append(list, u)
		}
	}
	return list, nil
}

// BasketThumb gives the small picture of a checked file in a basket, to whoever put it there.
func (s *Service) BasketThumb(ctx context.Context, g Giver, token string) ([]byte, error) {
	row, err := s.mine(ctx, g, token)
	if err != nil {
		return nil, err
	}
	if UploadState(row.State) != Ready {
		return nil, problem.ErrNotFound
	}
	thumb, err := s.uploadPiece(ctx, token, -1)
	if err == nil && len(thumb) == 0 {
		err = problem.ErrNotFound
	}
	return thumb, err
}

// Claim puts what lies in a basket to the case that came of the draft: each file once, however often it is asked. Called
// in the transaction that files the case, it is filed with all of them or not at all. A material that the case does not
// know stays behind. What is still on its way goes to the case when it is whole.
func (s *Service) Claim(ctx context.Context, g Giver, basket string, number cases.Number) (claimed int, err error) {
	if basket == "" {
		return 0, nil
	}
	err = s.DB.Write(ctx, func(ctx context.Context) error {
		claimed = 0
		rows, err := s.q(ctx).UploadsOf(ctx, query.UploadsOfParams{Owner: g.Owner, Basket: basket})
		if err != nil {
			return err
		}
		for _, row := range rows {
			if UploadState(row.State) != Ready {
				continue
			}
			ok, err := s.claim(ctx, g, row, number)
			if err != nil {
				return err
			}
			if ok {
				claimed++
			}
		}
		return s.q(ctx).SendToCase(ctx, query.SendToCaseParams{Owner: g.Owner, Basket: basket, Number: string(number)})
	})
	return claimed, err
}

func (s *Service) claim(ctx context.Context, g Giver, row query.Upload, number cases.Number) (bool, error) {
	_, o, err := uploadOf(row)
	if err != nil || o.Kept == nil {
		return false, err
	}
	k := Kept{Type: o.Kept.Type, Width: o.Kept.Width, Height: o.Kept.Height}
	if k.Content, err = s.uploaded(ctx, row.Token, row.Size); err != nil {
		return false, err
	}
	if k.Thumb, err = s.uploadPiece(ctx, row.Token, -1); err != nil {
		return false, err
	}
	f, err := s.keep(ctx, g.Actor, number, For{Material: row.Material}, k)
	if p := (*problem.Problem)(nil); errors.As(err, &p) && p.Kind == problem.Invalid {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = s.close(ctx, row, Done, outcome{File: f.N}, nil)
	return err == nil, err
}
