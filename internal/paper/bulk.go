package paper

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/print"
	"bianmin/internal/problem"
)

// BulkMost is how many papers are issued, or drawn into one file, at a time.
const BulkMost = 200

// Bulk is what came of issuing the same paper for many cases. Each is a paper of its own, in a transaction of its own.
type Bulk struct {
	Issued  []Issued
	Refused []Refused
}

// Issued is one of them.
type Issued struct {
	Paper
	Again bool // it was there, and says the same
}

// Refused is a case that got none, and why.
type Refused struct {
	Number cases.Number
	Why    *problem.Problem
}

// IssueMany issues one kind of paper for many cases, in their order. A case that the paper is refused for stops no other.
func (s *Service) IssueMany(ctx context.Context, a access.Actor, list []cases.Number, kind Kind) (Bulk, error) {
	var b Bulk
	if _, known := find(kind); !known {
		return b, problem.WrongFields([]problem.Field{{Path: "kind", Code: "not_one_of", Message: "请选哪一种文书"}})
	}
	if p := howMany(len(list), "numbers"); p != nil {
		return b, p
	}
	seen := map[cases.Number]bool{}
	for _, number := range list {
		if seen[number] {
			continue
		}
		seen[number] = true
		p, again, err := s.Issue(ctx, a, number, kind)
		var no *problem.Problem
		switch {
		case err == nil:
			b.Issued = append(b.Issued, Issued{p, again})
		case errors.As(err, &no) && no.Kind != problem.Forbidden && no.Kind != problem.Unavailable:
			b.Refused = append(b.Refused, Refused{number, no})
		default:
			return b, fmt.Errorf("issuing for %s: %w", number, err) // those before stay issued: asked for again, they are copies
		}
	}
	return b, nil
}

func howMany(n int, path string) error {
	switch {
	case n == 0:
		return problem.WrongFields([]problem.Field{{Path: path, Code: "required", Message: "请先勾选办件"}})
	case n > BulkMost:
		return problem.WrongFields([]problem.Field{{Path: path, Code: "too_many", Message: fmt.Sprintf("一次最多 %d 件，现在勾了 %d 件", BulkMost, n)}})
	}
	return nil
}

// File draws many papers into one file, in their order: to be printed at one go. Each page is that of the paper itself. A
// paper whose words are not those that were issued is not given out.
func (s *Service) File(ctx context.Context, a access.Actor, ids []ID) ([]byte, error) {
	if err := howMany(len(ids), "papers"); err != nil {
		return nil, err
	}
	sheets := make([]print.Sheet, len(ids))
	for i, id := range ids {
		if err := s.mayOpen(ctx, a, id, s.Cases.Sees); err != nil {
			return nil, err
		}
		f, err := s.find(ctx, id)
		if err != nil {
			return nil, err
		}
		entry, err := s.entry(ctx, id)
		if err != nil {
			return nil, err
		}
		if entry.Words != digest([]byte(f.row.Doc)) {
			return nil, problem.Refuse("paper_altered", problem.Facts{"number": f.kept.Sheet.Number})
		}
		sheets[i] = f.kept.Sheet
	}
	return s.pdf(sheets...)
}

// Zip gives many papers as they were issued, each a file of its own with its electronic signature: what is drawn into one file
// to be printed (File) shows the marks of the seals, and carries no signature.
func (s *Service) Zip(ctx context.Context, a access.Actor, ids []ID) ([]byte, error) {
	if err := howMany(len(ids), "papers"); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, id := range ids {
		file, err := s.PDF(ctx, a, id)
		if err != nil {
			return nil, err
		}
		into, err := z.CreateHeader(&zip.FileHeader{Name: string(id) + ".pdf", Method: zip.Store, Modified: s.Clock.Now()})
		if err != nil {
			return nil, err
		}
		if _, err := into.Write(file); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// Standing is whether a kind of paper can be issued for a case now.
type Standing struct {
	Last *Paper // the last of the kind
	New  bool   // it would say something new
}

// Stands tells of one kind of paper of a case, for lists to choose from.
func (s *Service) Stands(ctx context.Context, a access.Actor, number cases.Number, kind Kind) (Standing, error) {
	x, known := find(kind)
	if !known {
		return Standing{}, problem.ErrNotFound
	}
	src, err := s.source(ctx, a, number)
	if err != nil {
		return Standing{}, err
	}
	list, err := s.of(ctx, string(number))
	if err != nil {
		return Standing{}, err
	}
	var st Standing
	for _, f := range list {
		if Kind(f.row.Kind) == kind {
			p := paperOf(f.row, f.kept)
			st.Last = &p
		}
	}
	st.New, err = says(x, src, list)
	return st, err
}

// KindsIssued lists the kinds with their names, in the order in which a case comes to them.
func KindsIssued() []Due {
	list := make([]Due, len(kinds))
	for i, x := range kinds {
		list[i] = Due{x.Kind, x.Chinese}
	}
	return list
}
