package paper

import (
	"cmp"
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"
	"slices"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/paper/internal/query"
	"bianmin/internal/problem"
)

// filed is a paper as it is kept.
type filed struct {
	row  query.Paper
	kept kept
}

func (f *filed) id() ID { return ID(f.row.Subject[len(subjectPrefix):]) }

// of reads the papers of a case, in the order of kinds, or the ledgers of a day.
func (s *Service) of(ctx context.Context, what string) ([]filed, error) {
	prefix := subjectPrefix + what
	rows, err := s.q(ctx).PapersUnder(ctx, query.PapersUnderParams{First: prefix + "-", Last: prefix + "."})
	if err != nil {
		return nil, err
	}
	list := make([]filed, len(rows))
	for i, r := range rows {
		list[i].row = r
		if list[i].kept, err = readKept(r); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(list, func(a, b filed) int { // the tenth comes after the second
		return cmp.Or(cmp.Compare(a.row.Kind, b.row.Kind), cmp.Compare(len(a.row.Subject), len(b.row.Subject)), cmp.Compare(a.row.Subject, b.row.Subject))
	})
	return list, nil
}

// latest is the last paper of a kind about an event, and how many there are of the kind.
func latest(list []filed, kind Kind, about int64) (last *filed, n int) {
	for i := range list {
		if Kind(list[i].row.Kind) != kind {
			continue
		}
		if n++; list[i].row.About == about {
			last = &list[i]
		}
	}
	return last, n
}

// Papers are those of a case: what was issued, and what can be issued now and says something new.
type Papers struct {
	Issued []Paper `json:"issued"`
	Due    []Due   `json:"due" doc:"what can be issued now and would say something new"`
}

// Due is a paper that can be issued.
type Due struct {
	Kind     Kind   `json:"kind"`
	KindName string `json:"kind_name"`
}

// Of gives the papers of a case.
func (s *Service) Of(ctx context.Context, a access.Actor, number cases.Number) (Papers, error) {
	if err := s.Cases.Sees(ctx, a, number); err != nil {
		return Papers{}, err
	}
	list, err := s.of(ctx, string(number))
	if err != nil {
		return Papers{}, err
	}
	papers := Papers{Issued: issuedFor(a, list), Due: []Due{}}
	if !access.Allows(a.Role, Permission) {
		return papers, nil
	}
	src, err := s.source(ctx, a, number)
	if err != nil {
		return Papers{}, err
	}
	for _, kind := range kinds {
		news, err := says(kind, src, list)
		if err != nil {
			return Papers{}, err
		}
		if news {
			papers.Due = append(papers.Due, Due{kind.Kind, kind.Chinese})
		}
	}
	return papers, nil
}

// issuedFor are those of the papers that the actor may have.
func issuedFor(a access.Actor, list []filed) []Paper {
	issued := []Paper{}
	for _, f := range list {
		if !Kind(f.row.Kind).mayRead(a) {
			continue
		}
		p := paperOf(f.row, f.kept)
		p.Replaced = replacedBy(f.id(), list)
		issued = append(issued, p)
	}
	return issued
}

// says tells whether a paper can be issued, and would say something that none of those before says.
func says(kind kindOf, src *source, before []filed) (bool, error) {
	w, err := kind.of(src)
	if p := (*problem.Problem)(nil); errors.As(err, &p) {
		return p.Code != "paper_not_due", nil // what lacks something is offered: pressing says what is missing
	}
	if err != nil {
		return false, err
	}
	basis, err := basisOf(w)
	old, _ := latest(before, kind.Kind, w.about)
	return old == nil || old.kept.Basis != basis, err
}

func replacedBy(id ID, list []filed) *ID {
	for _, f := range list {
		if ID(f.row.Replaces) == id {
			by := f.id()
			return &by
		}
	}
	return nil
}

// find reads one paper.
func (s *Service) find(ctx context.Context, id ID) (filed, error) {
	row, err := s.q(ctx).Paper(ctx, id.Subject())
	if errors.Is(err, sql.ErrNoRows) {
		return filed{}, problem.ErrNotFound
	}
	if err != nil {
		return filed{}, err
	}
	k, err := readKept(row)
	return filed{row, k}, err
}

// mayOpen refuses whoever may not see what the paper is of: a case, as sees says, or the ledger of a place.
func (s *Service) mayOpen(ctx context.Context, a access.Actor, id ID, sees func(context.Context, access.Actor, cases.Number) error) error {
	at, _, ledger := id.Day()
	switch {
	case !ledger:
		return sees(ctx, a, id.Case())
	case !MayRead(a, at):
		return problem.ErrNotFound
	}
	return nil
}

// PDF is a paper's file, the same as when it was issued.
func (s *Service) PDF(ctx context.Context, a access.Actor, id ID) ([]byte, error) {
	if err := s.mayOpen(ctx, a, id, s.Cases.Look); err != nil {
		return nil, err
	}
	f, err := s.find(ctx, id)
	if err == nil && !Kind(f.row.Kind).mayRead(a) {
		err = problem.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	file, err := s.drawn(f.kept)
	if err == nil && digest(file) != f.row.File {
		err = problem.Refuse("paper_altered", problem.Facts{"number": f.kept.Sheet.Number})
	}
	return file, err
}

// Genuine is what anybody learns who holds a paper.
type Genuine struct {
	Paper
	For   string `json:"for" doc:"the applicant, masked; empty of a ledger"`
	Item  string `json:"item" doc:"of a ledger the day"`
	Whole bool   `json:"whole" doc:"what is kept gives the file that the journal's entry names"`
	Seal  *Seal  `json:"seal" doc:"the electronic seal that signed it; null when none did"`
}

// Genuine answers whoever holds a paper with its code. A wrong code is answered as a paper that is not there.
func (s *Service) Genuine(ctx context.Context, id ID, code string) (Genuine, error) {
	f, err := s.find(ctx, id)
	if errors.Is(err, problem.ErrNotFound) || err == nil && subtle.ConstantTimeCompare([]byte(f.kept.Code), []byte(codeOf(code))) != 1 {
		return Genuine{}, &problem.Problem{Kind: problem.NotFound, Code: "no_such_paper"}
	}
	if err != nil {
		return Genuine{}, err
	}
	entry, err := s.entry(ctx, id)
	if err != nil {
		return Genuine{}, err
	}
	file, err := s.drawn(f.kept)
	if err != nil {
		return Genuine{}, err
	}
	g := Genuine{Paper: paperOf(f.row, f.kept), For: f.kept.For, Item: f.kept.Item}
	g.Whole = entry.File == digest(file) && entry.Words == digest([]byte(f.row.Doc)) && entry.Number == g.Number
	g.Seal = s.sealed(file)
	of, _, _ := id.cut()
	list, err := s.of(ctx, of)
	g.Replaced = replacedBy(id, list)
	return g, err
}
