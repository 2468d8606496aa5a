package once

import (
	"context"
	"fmt"

	"bianmin/internal/once/internal/query"
)

// Reseal gives every kept answer that is no plain JSON to reseal, and keeps what it changed. It gives how many.
func (k *Keeper) Reseal(ctx context.Context, reseal func(answer []byte) (again []byte, changed bool, err error)) (done int, err error) {
	err = k.db.Write(ctx, func(ctx context.Context) error {
		done = 0
		q := query.New(k.db.Q(ctx))
		rows, err := q.SealedAnswers(ctx)
		if err != nil {
			return err
		}
		for _, r := range rows {
			again, changed, err := reseal([]byte(r.Answer))
			if err != nil {
				return err
			}
			if !changed {
				continue
			}
			if err := q.PutAnswer(ctx, query.PutAnswerParams{Account: r.Account, Path: r.Path, Key: r.Key, Answer: string(again)}); err != nil {
				return err
			}
			done++
		}
		return nil
	})
	return done, err
}

// SealedWith says whether any kept answer is sealed with the key of this number.
func (k *Keeper) SealedWith(ctx context.Context, key int) (bool, error) {
	n, err := query.New(k.db.Q(ctx)).CountAnswersLike(ctx, fmt.Sprintf("%d.%%", key))
	return n > 0, err
}
