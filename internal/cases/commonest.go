package cases

import (
	"context"

	"bianmin/internal/cases/internal/query"
	"bianmin/internal/item"
)

// commonAmong is how many of the latest cases say what is common now.
const commonAmong = 2000

// CommonItems are the items most asked for lately, the commonest first.
func (s *Service) CommonItems(ctx context.Context, most int) ([]item.Code, error) {
	rows, err := s.store.q(ctx).CommonItems(ctx, query.CommonItemsParams{Latest: commonAmong, Most: int32(most)})
	codes := make([]item.Code, len(rows))
	for i, r := range rows {
		codes[i] = item.Code(r.Item)
	}
	return codes, err
}
