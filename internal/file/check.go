package file

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"

	"bianmin/internal/file/internal/query"
	"bianmin/internal/journal"
)

// Room is this room's side of the check of the rows: what is sealed opens, and has the digests that the entry has.
func (s *Service) Room() journal.Room {
	return journal.Room{Prefix: subjectPrefix, Tables: []string{"files", "file_pieces"}, Page: s.checkPage, Rebuild: rebuild}
}

// checkRows is how many files the check reads at a time; of what they show it holds a piece.
const checkRows = 200

func (s *Service) checkPage(ctx context.Context, after string) ([]journal.Stored, error) {
	rows, err := s.q(ctx).FilesAfter(ctx, query.FilesAfterParams{Subject: after, Most: checkRows})
	if err != nil {
		return nil, err
	}
	list := make([]journal.Stored, len(rows))
	for i, r := range rows {
		content, thumb, err := s.digests(ctx, r.Subject)
		if err != nil {
			return nil, err
		}
		list[i] = columnsOf(r, content, thumb)
	}
	return list, nil
}

// digests are those of what is stored of a file; what does not open has none.
func (s *Service) digests(ctx context.Context, at string) (content, thumb string, err error) {
	numbers, err := s.q(ctx).PieceNumbers(ctx, at)
	if err != nil || len(numbers) == 0 {
		return "", "", err
	}
	whole := sha256.New()
	for i, n := range numbers {
		p, err := s.q(ctx).Piece(ctx, query.PieceParams{Subject: at, N: n})
		if err != nil {
			return "", "", err
		}
		body, err := s.Box.OpenBytes(purpose, int(p.SealedBy), p.Body)
		switch {
		case err != nil, int64(i) != n:
			return "does not open", thumb, nil
		case n == 0 && len(body) > 0:
			thumb = digest(body)
		case n > 0:
			whole.Write(body)
		}
	}
	return hex.EncodeToString(whole.Sum(nil)), thumb, nil
}

func rebuild(entries []journal.Entry) (journal.Stored, error) {
	r := query.File{Subject: entries[0].Subject, Events: int64(len(entries))}
	var k kept
	for i, e := range entries {
		switch {
		case (e.Kind == kindKept) != (i == 0), r.Erased:
			return journal.Stored{}, fmt.Errorf("%s: %s is not what comes %d.", r.Subject, e.Kind, i+1)
		case e.Kind == kindErased:
			r.Erased = true
		case e.Kind == kindKept:
			if err := json.Unmarshal(e.Data, &k); err != nil {
				return journal.Stored{}, fmt.Errorf("reading the entry of %s: %w", r.Subject, err)
			}
		}
	}
	r.Type, r.Size, r.Digest, r.Thumb = string(k.Type), int64(k.Size), k.Digest, k.Thumb
	if r.Erased {
		return columnsOf(r, "", ""), nil
	}
	return columnsOf(r, r.Digest, r.Thumb), nil
}

func columnsOf(r query.File, content, thumb string) journal.Stored {
	n := func(v int64) string { return strconv.FormatInt(v, 10) }
	return journal.Stored{Subject: r.Subject, Columns: []journal.Column{{Name: "type", Value: r.Type}, {Name: "size", Value: n(r.Size)}, {Name: "digest", Value: r.Digest},
		{Name: "thumb", Value: r.Thumb}, {Name: "erased", Value: strconv.FormatBool(r.Erased)}, {Name: "events", Value: n(r.Events)},
		{Name: "file_pieces", Value: content + " " + thumb}}}
}

// CheckTotals finds pieces of no file.
func (s *Service) CheckTotals(ctx context.Context, found func(what string)) error {
	n, err := s.q(ctx).StrayPieces(ctx)
	if err == nil && n > 0 {
		found(fmt.Sprintf("file_pieces：多出 %d 行", n))
	}
	return err
}
