package cases

import (
	"context"
	"fmt"
	"strings"

	"bianmin/internal/cases/internal/query"
)

// SealedWith says whether any case's numbers are sealed with the key of this number. It reads the stored documents, which
// hold a sealed value nowhere else.
func (s *Service) SealedWith(ctx context.Context, key int) (bool, error) {
	mark := fmt.Sprintf(`"sealed":"%d.`, key)
	for after := ""; ; {
		rows, err := s.store.q(ctx).SealedAfter(ctx, query.SealedAfterParams{Number: after, Most: resealPage})
		if err != nil || len(rows) == 0 {
			return false, err
		}
		for _, row := range rows {
			if strings.Contains(row.Doc, mark) {
				return true, nil
			}
		}
		after = rows[len(rows)-1].Number
	}
}

// ResealAnswer seals a kept answer anew; false when it is no sealed one, or sealed with the newest key already.
func (s *Service) ResealAnswer(answer []byte) (again []byte, changed bool, err error) {
	if strings.HasPrefix(string(answer), "{") || !s.box.Old(string(answer)) {
		return answer, false, nil
	}
	plain, err := s.box.Open(sealedAnswer, string(answer))
	return []byte(s.box.Seal(sealedAnswer, plain)), true, err
}
