package paper

import (
	"context"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/print"
	"bianmin/internal/problem"
)

// Seal is the electronic seal that signed a paper.
type Seal struct {
	Name   string `json:"name"`
	Number string `json:"number"`
}

// seal signs a paper with its issuer's electronic seal, where there is one. What the applicant signs, it does not.
func (s *Service) seal(k *kept, w spoken, now time.Time) error {
	if _, own := w.words.(interface{ ownHand() }); own || s.Seals == nil || s.Seals() == nil {
		return nil
	}
	by, has := s.Seals().PlaceSeal(w.from.Series)
	if !has {
		return nil
	}
	at := w.wording.SealAt
	if at == "" {
		at = SealPlaces[0].Code
	}
	k.Sheet.Seal = &print.Seal{Name: by.Name, Number: by.Number, At: at, When: now.In(calendar.Shanghai).Format("20060102150405")}
	file, err := s.pdf(k.Sheet)
	if err != nil {
		return err
	}
	_, signed, err := print.ToSign(file)
	if err != nil {
		return err
	}
	k.Signature, err = by.Sign(signed)
	return err
}

// drawn is a paper's file, with the signature of its seal.
func (s *Service) drawn(k kept) ([]byte, error) {
	file, err := s.pdf(k.Sheet)
	if err != nil || len(k.Signature) == 0 {
		return file, err
	}
	ready, _, err := print.ToSign(file)
	if err != nil {
		return nil, err
	}
	return print.Signed(ready, k.Signature)
}

// sealed says which seal signed a file; nothing when none of ours did, or the file was altered.
func (s *Service) sealed(file []byte) *Seal {
	if s.Seals == nil || s.Seals() == nil {
		return nil
	}
	signature, signed, err := print.Signature(file)
	if err != nil {
		return nil
	}
	by, err := s.Seals().Sealed(signature, signed)
	if err != nil {
		return nil
	}
	return &Seal{Name: by.Name, Number: by.Number}
}

// GenuineFile answers whoever holds a file: it has to be one of ours to the byte. The code that stands in it comes back, for
// the proof.
func (s *Service) GenuineFile(ctx context.Context, file []byte) (g Genuine, code string, err error) {
	rows, err := s.q(ctx).PaperByFile(ctx, digest(file))
	if err != nil {
		return Genuine{}, "", err
	}
	if len(rows) == 0 {
		return Genuine{}, "", &problem.Problem{Kind: problem.NotFound, Code: "no_such_paper"}
	}
	k, err := readKept(rows[0])
	if err != nil {
		return Genuine{}, "", err
	}
	g, err = s.Genuine(ctx, ID(rows[0].Subject[len(subjectPrefix):]), k.Code)
	return g, k.Code, err
}
