package file

import (
	"context"

	"bianmin/internal/file/internal/query"
)

// resealPieces is how many pieces are sealed anew in one transaction.
const resealPieces = 32

// SealedWith says whether any piece is sealed with the key of this number.
func (s *Service) SealedWith(ctx context.Context, key int) (bool, error) {
	n, err := s.q(ctx).PiecesSealedWith(ctx, int64(key))
	if err != nil || n > 0 {
		return n > 0, err
	}
	n, err = s.q(ctx).UploadPiecesSealedWith(ctx, int64(key))
	return n > 0, err
}

// Reseal seals anew, with the newest key, some of what was sealed with an older one. It gives how many pieces: 0 at the end.
// What they hold stays what it was, so no entry is needed.
func (s *Service) Reseal(ctx context.Context) (done int, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context) error {
		done = 0
		newest := int64(s.Box.Sealing())
		kept, err := s.q(ctx).PiecesSealedBefore(ctx, query.PiecesSealedBeforeParams{Key: newest, Most: resealPieces})
		if err != nil {
			return err
		}
		for _, p := range kept {
			plain, err := s.Box.OpenBytes(purpose, int(p.SealedBy), p.Body)
			if err != nil {
				return err
			}
			key, body := s.Box.SealBytes(purpose, plain)
			if err := s.q(ctx).PutPiece(ctx, query.PutPieceParams{Subject: p.Subject, N: p.N, Was: p.SealedBy, SealedBy: int64(key), Body: body}); err != nil {
				return err
			}
			done++
		}
		coming, err := s.q(ctx).UploadPiecesSealedBefore(ctx, query.UploadPiecesSealedBeforeParams{Key: newest, Most: resealPieces})
		if err != nil {
			return err
		}
		for _, p := range coming {
			plain, err := s.Box.OpenBytes(purpose, int(p.SealedBy), p.Body)
			if err != nil {
				return err
			}
			key, body := s.Box.SealBytes(purpose, plain)
			if err := s.q(ctx).PutUploadPiece(ctx, query.PutUploadPieceParams{Token: p.Token, At: p.At, Was: p.SealedBy, SealedBy: int64(key), Body: body}); err != nil {
				return err
			}
			done++
		}
		return nil
	})
	return done, err
}
