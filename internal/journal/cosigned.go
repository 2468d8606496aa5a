package journal

import (
	"context"
	"strings"

	"bianmin/internal/journal/internal/query"
)

// Cosigned is a head with the lines of enough witnesses.
type Cosigned struct {
	Origin string
	Size   int64
	Note   string
	Keys   []string // the witnesses' public keys
}

// Cosigned is the newest head that enough witnesses cosigned; none of size 0.
func (j *Journal) Cosigned(ctx context.Context) (Cosigned, error) {
	rows, err := query.New(j.db.Q(ctx)).Cosigned(ctx)
	if err != nil || len(rows) == 0 {
		return Cosigned{}, err
	}
	r := rows[0]
	return Cosigned{r.Origin, r.Size, r.Note, strings.Fields(r.Keys)}, nil
}

// KeepCosigned keeps it in place of the one before.
func (j *Journal) KeepCosigned(ctx context.Context, c Cosigned) error {
	return j.db.Write(ctx, func(ctx context.Context) error {
		q := query.New(j.db.Q(ctx))
		if err := q.DropOtherCosigned(ctx, c.Origin); err != nil {
			return err
		}
		return q.PutCosigned(ctx, query.PutCosignedParams{Origin: c.Origin, Size: c.Size, Note: c.Note, Keys: strings.Join(c.Keys, "\n")})
	})
}
