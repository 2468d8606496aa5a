package paper

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/item"
	"bianmin/internal/journal"
	"bianmin/internal/paper/internal/query"
	"bianmin/internal/place"
	"bianmin/internal/print"
	"bianmin/internal/problem"
	"bianmin/internal/seal"
)

// Cases is what papers are written from.
type Cases interface {
	Get(ctx context.Context, a access.Actor, number cases.Number) (cases.View, error)
	Timeline(ctx context.Context, a access.Actor, number cases.Number) ([]cases.EventView, error)
	Sees(ctx context.Context, a access.Actor, number cases.Number) error
	// Look is Sees for what tells of the case: that somebody without a part in it looked is noted.
	Look(ctx context.Context, a access.Actor, number cases.Number) error
	Brief(ctx context.Context, a access.Actor, number cases.Number) (*cases.Brief, error)
	Signature(ctx context.Context, a access.Actor, number cases.Number, seq int64) (cases.Strokes, error)
}

// Parts are what the service is put together from.
type Parts struct {
	DB       *db.DB
	Journal  *journal.Journal
	Cases    Cases
	Items    *item.Catalogue
	Places   *place.Directory
	Calendar func() *calendar.Calendar
	Clock    clock.Clock
	Printer  *print.Printer
	// Public is where citizens reach the program: the codes on papers lead there. https://bianmin.example
	Public string
	// Seals are the keys in which the electronic seals of places stand; nil where there are none.
	Seals func() *seal.Keys
	// Contacts are how places are reached; nil where that was never told.
	Contacts *place.Book
	// Names gives the name of an account; the account itself when nil.
	Names func(ctx context.Context, account string) string
}

// Service is the room's use cases.
type Service struct{ Parts }

// New puts the room together.
func New(p Parts) *Service { return &Service{p} }

func (s *Service) q(ctx context.Context) *query.Queries { return query.New(s.DB.Q(ctx)) }

// Permission is what issuing asks for: whoever can answer for a case hands over its papers.
const Permission = access.TakeCase

// Issue issues a paper of a case, or gives the one there is when it says the same. again says that it is such a copy.
func (s *Service) Issue(ctx context.Context, a access.Actor, of cases.Number, kind Kind) (p Paper, again bool, err error) {
	x, known := find(kind)
	if !known {
		return Paper{}, false, problem.ErrNotFound
	}
	if err := s.Cases.Sees(ctx, a, of); err != nil {
		return Paper{}, false, err
	}
	if !access.Allows(a.Role, Permission) {
		return Paper{}, false, problem.ErrForbidden
	}
	if err := s.Printer.Ready(); err != nil {
		return Paper{}, false, err
	}
	err = s.DB.Write(ctx, func(ctx context.Context) error {
		p, again, err = s.issue(ctx, a, of, x)
		return err
	})
	return p, again, err
}

func (s *Service) issue(ctx context.Context, a access.Actor, of cases.Number, kind kindOf) (Paper, bool, error) {
	src, err := s.source(ctx, a, of)
	if err != nil {
		return Paper{}, false, err
	}
	w, err := kind.of(src)
	if err != nil {
		return Paper{}, false, err
	}
	basis, err := basisOf(w)
	if err != nil {
		return Paper{}, false, err
	}
	before, err := s.of(ctx, string(of))
	if err != nil {
		return Paper{}, false, err
	}
	old, n := latest(before, kind.Kind, w.about)
	if old != nil && old.kept.Basis == basis {
		return paperOf(old.row, old.kept), true, nil
	}
	said := spoken{written: w, reach: s.reach(src, kind.Kind)}
	if err := s.word(ctx, src, kind, &said); err != nil {
		return Paper{}, false, err
	}
	p, err := s.draw(ctx, a, kind, said, kept{Basis: basis, For: masked(src.view.Applicant), Item: src.view.Item.Name}, newID(string(of), kind.Kind, n+1), old)
	return p, false, err
}

// draw takes the next number, draws the file, and keeps the paper, in the transaction of ctx. k says what the paper is
// about; old is the one that it replaces.
func (s *Service) draw(ctx context.Context, a access.Actor, kind kindOf, w spoken, k kept, id ID, old *filed) (Paper, error) {
	now := s.Clock.Now()
	on := calendar.DateOf(now)
	serial, err := s.q(ctx).NextPaperSerial(ctx, query.NextPaperSerialParams{Series: w.from.Series, Year: int64(on.Year()), Kind: string(kind.Kind)})
	if err != nil {
		return Paper{}, err
	}
	e := issued{Kind: kind.Kind, Number: number(w.from, kind, on.Year(), serial), Series: w.from.Series, Year: on.Year(), Serial: serial, About: w.about, Wording: w.version}
	replaces := ""
	if old != nil {
		e.Replaces, replaces = old.id(), old.kept.Sheet.Number
	}
	k.Code, k.By, k.Wording = rand.Text()[:codeSize], w.from.Name, w.version
	k.Sheet = w.sheet(kind, e.Number, on, replaces)
	k.Sheet.Link = fmt.Sprintf("%s/genuine?paper=%s&code=%s", s.Public, id, k.Code)
	k.Sheet.Beside = []string{"扫码核验这份文书", "文书编号 " + string(id), "验证码 " + shown(k.Code)}
	if err := s.seal(&k, w, now); err != nil {
		return Paper{}, err
	}
	doc, err := json.Marshal(k)
	if err != nil {
		return Paper{}, err
	}
	file, err := s.drawn(k)
	if err != nil {
		return Paper{}, err
	}
	e.Words, e.File = digest(doc), digest(file)
	row := query.Paper{Subject: id.Subject(), Kind: string(e.Kind), Series: e.Series, Year: int64(e.Year), Serial: e.Serial, About: e.About,
		Replaces: string(e.Replaces), At: now.UnixMicro(), File: e.File, Doc: string(doc)}
	if err := s.q(ctx).InsertPaper(ctx, query.InsertPaperParams(row)); err != nil {
		return Paper{}, err
	}
	data, err := json.Marshal(e)
	if err != nil {
		return Paper{}, err
	}
	return paperOf(row, k), s.Journal.Append(ctx, journal.Entry{Subject: row.Subject, Seq: 1, At: now, Kind: kindIssued, Actor: a.Account,
		Place: string(a.Place), Data: data})
}

// pdf draws sheets; a character that no font has is a refusal.
func (s *Service) pdf(sheets ...print.Sheet) ([]byte, error) {
	file, err := s.Printer.PDF(sheets...)
	if no := (*print.NoGlyph)(nil); errors.As(err, &no) {
		return nil, problem.Refuse("paper_no_glyph", problem.Facts{"characters": string(no.Characters)})
	}
	return file, err
}

func (s *Service) source(ctx context.Context, a access.Actor, of cases.Number) (*source, error) {
	view, err := s.Cases.Get(ctx, a, of)
	if err != nil {
		return nil, err
	}
	events, err := s.Cases.Timeline(ctx, a, of)
	if err != nil {
		return nil, err
	}
	def, known := s.Items.At(view.Item.Code, view.Item.Version)
	if !known {
		return nil, fmt.Errorf("case %s: no version %d of the item %s", of, view.Item.Version, view.Item.Code)
	}
	return &source{view: view, events: events, def: def, places: s.Places, cal: s.Calendar(),
		signature: func(seq int64) (cases.Strokes, error) { return s.Cases.Signature(ctx, a, of, seq) }}, nil
}

// masked is the applicant as anybody may read it who holds the paper: the first character.
func masked(a cases.ApplicantView) string {
	name := []rune(a.Name)
	if a.Kind == cases.AnOrganisation || len(name) == 0 {
		return a.Name
	}
	out := string(name[:1])
	for range min(len(name)-1, 2) {
		out += "＊"
	}
	return out
}
