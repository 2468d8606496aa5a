package file

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/file/internal/query"
	"bianmin/internal/journal"
	"bianmin/internal/problem"
	"bianmin/internal/seal"
)

// Cases is what files belong to.
type Cases interface {
	Get(ctx context.Context, a access.Actor, number cases.Number) (cases.View, error)
	Sees(ctx context.Context, a access.Actor, number cases.Number) error
	Mine(ctx context.Context, a access.Actor, number cases.Number) (cases.Mine, error)
	AddFile(ctx context.Context, a access.Actor, number cases.Number, f cases.Attachment, beside func(ctx context.Context, f cases.Attachment) error) (cases.Attachment, error)
	RemoveFile(ctx context.Context, a access.Actor, number cases.Number, n int, beside func(ctx context.Context) error) error
}

// Scanner looks for malware. It gives its name for what it found, and nothing for what is clean.
type Scanner interface {
	Scan(ctx context.Context, content []byte) (found string, err error)
}

// Parts are what the service is put together from.
type Parts struct {
	DB      *db.DB
	Journal *journal.Journal
	Cases   Cases
	Box     *seal.Box
	Clock   clock.Clock
	// Wall is the machine's clock, by which uploads run out.
	Wall clock.Clock
	// Scanner is nil where none is at hand.
	Scanner Scanner
}

// Service is the room's use cases.
type Service struct {
	Parts
	// desks bounds how many pictures are unfolded at once: each may need 200 MB.
	desks chan struct{}
}

// New puts the room together.
func New(p Parts) *Service { return &Service{Parts: p, desks: make(chan struct{}, 2)} }

func (s *Service) q(ctx context.Context) *query.Queries { return query.New(s.DB.Q(ctx)) }

// Scans says whether a scanner is at hand.
func (s *Service) Scans() bool { return s.Scanner != nil }

const (
	// subjectPrefix begins the journal's subjects of files.
	subjectPrefix = "file/"
	// purpose is what pieces are sealed for; pieceSize how many bytes each holds.
	purpose   = "file"
	pieceSize = 64 << 10
)

// The kinds of entries about a file.
const (
	kindKept   = "kept"
	kindSeen   = cases.FileSeen
	kindErased = "erased"
)

func subject(number cases.Number, n int) string {
	return cases.FileSubject(number, n)
}

// kept is what the journal says of a file; the rest stands in the case's own entry.
type kept struct {
	Type   Kind   `json:"type"`
	Size   int    `json:"size"`
	Digest string `json:"sha256"`
	Thumb  string `json:"thumb,omitempty"`
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// takeIn scans, checks and makes ready what came; only so many at once.
func (s *Service) takeIn(ctx context.Context, name string, content []byte) (Kept, error) {
	if err := begins(name, int64(len(content))); err != nil {
		return Kept{}, err
	}
	if s.Scanner != nil {
		switch found, err := s.Scanner.Scan(ctx, content); {
		case err != nil:
			return Kept{}, fmt.Errorf("%w: %w", &problem.Problem{Kind: problem.Unavailable, Code: "scanner_silent"}, err)
		case found != "":
			return Kept{}, wrong("malware", "查出病毒，没有收。请换一台设备重新拍照或者扫描")
		}
	}
	select {
	case s.desks <- struct{}{}:
		defer func() { <-s.desks }()
	case <-ctx.Done():
		return Kept{}, ctx.Err()
	}
	return TakeIn(name, content)
}

// For says what a file is for: the material, and the file in whose place it comes (0: in nobody's).
type For struct {
	Material string
	Replaces int
}

// Put takes in a file that came in one piece.
func (s *Service) Put(ctx context.Context, a access.Actor, number cases.Number, what For, name string, content []byte) (cases.Attachment, error) {
	v, err := s.Cases.Get(ctx, a, number)
	if err != nil {
		return cases.Attachment{}, err
	}
	if err := mayAttach(a, v); err != nil {
		return cases.Attachment{}, err
	}
	k, err := s.takeIn(ctx, name, content)
	if err != nil {
		return cases.Attachment{}, err
	}
	return s.keep(ctx, a, number, what, k)
}

// mayAttach refuses early what would be refused in the end.
func mayAttach(a access.Actor, v cases.View) error {
	switch {
	case !access.Allows(a.Role, access.AttachFile) && !access.Allows(a.Role, access.SendFile):
		return problem.ErrForbidden
	case !v.MayAttach:
		return problem.Refuse("files_closed", problem.Facts{"state": string(v.State)})
	}
	return nil
}

// keep puts a file to its case: row, pieces, and both entries, in one transaction.
func (s *Service) keep(ctx context.Context, a access.Actor, number cases.Number, what For, k Kept) (cases.Attachment, error) {
	facts := kept{Type: k.Type, Size: len(k.Content), Digest: digest(k.Content)}
	if len(k.Thumb) > 0 {
		facts.Thumb = digest(k.Thumb)
	}
	f := cases.Attachment{Material: what.Material, Replaces: what.Replaces, Type: string(k.Type), Size: facts.Size, Width: k.Width, Height: k.Height, Digest: facts.Digest}
	return s.Cases.AddFile(ctx, a, number, f, func(ctx context.Context, f cases.Attachment) error {
		at := subject(number, f.N)
		if err := s.q(ctx).InsertFile(ctx, query.InsertFileParams{Subject: at, Type: string(facts.Type), Size: int64(facts.Size), Digest: facts.Digest, Thumb: facts.Thumb, Events: 1}); err != nil {
			return err
		}
		for n, piece := range pieces(k) {
			key, body := s.Box.SealBytes(purpose, piece)
			if err := s.q(ctx).InsertPiece(ctx, query.InsertPieceParams{Subject: at, N: int64(n), SealedBy: int64(key), Body: body}); err != nil {
				return err
			}
		}
		return s.note(ctx, a, at, 1, kindKept, facts)
	})
}

// pieces are the small picture (empty of a PDF), and then the content.
func pieces(k Kept) [][]byte {
	list := [][]byte{k.Thumb}
	for rest := k.Content; len(rest) > 0; {
		n := min(len(rest), pieceSize)
		list = append(list, rest[:n])
		rest = rest[n:]
	}
	return list
}

func (s *Service) note(ctx context.Context, a access.Actor, about string, seq int64, kind string, data any) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return err
	}
	return s.Journal.Append(ctx, journal.Entry{Subject: about, Seq: seq, At: s.Clock.Now(), Kind: kind, Actor: a.Account, Place: string(a.Place), Data: raw})
}

// Content is a file to be looked at.
type Content struct {
	Type  Kind
	Bytes []byte
}

// Look gives a file, and notes who looked (M61). Why names what it was opened for: "view" or "download".
func (s *Service) Look(ctx context.Context, a access.Actor, number cases.Number, n int, why string) (c Content, err error) {
	if err := s.may(ctx, a, number); err != nil {
		return Content{}, err
	}
	at := subject(number, n)
	row, err := s.row(ctx, at)
	if err != nil {
		return Content{}, err
	}
	if c, err = s.content(ctx, row); err != nil {
		return Content{}, err
	}
	return c, s.DB.Write(ctx, func(ctx context.Context) error {
		seq, err := s.q(ctx).CountLook(ctx, at)
		if err != nil {
			return err
		}
		return s.note(ctx, a, at, seq, kindSeen, cases.FileLook{By: a.Name, Why: why})
	})
}

func (s *Service) may(ctx context.Context, a access.Actor, number cases.Number) error {
	if err := s.Cases.Sees(ctx, a, number); err != nil {
		return err
	}
	if !access.Allows(a.Role, access.SeeFile) {
		return problem.ErrForbidden
	}
	return nil
}

func (s *Service) row(ctx context.Context, at string) (query.File, error) {
	row, err := s.q(ctx).File(ctx, at)
	if isNone(err) || err == nil && row.Erased {
		return row, problem.ErrNotFound
	}
	return row, err
}

// content opens the pieces and holds them to the digest: what was altered is not shown.
func (s *Service) content(ctx context.Context, row query.File) (Content, error) {
	var b bytes.Buffer
	b.Grow(int(row.Size))
	for n := int64(1); int64(b.Len()) < row.Size; n++ {
		piece, err := s.piece(ctx, row.Subject, n)
		if err != nil || len(piece) == 0 {
			return Content{}, problem.Refuse("file_altered", problem.Facts{})
		}
		b.Write(piece)
	}
	if digest(b.Bytes()) != row.Digest {
		return Content{}, problem.Refuse("file_altered", problem.Facts{})
	}
	return Content{Type: Kind(row.Type), Bytes: b.Bytes()}, nil
}

func (s *Service) piece(ctx context.Context, at string, n int64) ([]byte, error) {
	p, err := s.q(ctx).Piece(ctx, query.PieceParams{Subject: at, N: n})
	if err != nil {
		return nil, err
	}
	return s.Box.OpenBytes(purpose, int(p.SealedBy), p.Body)
}

// Thumb gives the small picture, on which nothing can be read: it is part of the list, and no look.
func (s *Service) Thumb(ctx context.Context, a access.Actor, number cases.Number, n int) ([]byte, error) {
	if err := s.may(ctx, a, number); err != nil {
		return nil, err
	}
	return s.small(ctx, number, n)
}

// OwnThumb gives applicants the small picture of what they sent themselves.
func (s *Service) OwnThumb(ctx context.Context, a access.Actor, number cases.Number, n int) ([]byte, error) {
	m, err := s.Cases.Mine(ctx, a, number)
	if err != nil {
		return nil, err
	}
	for _, of := range m.Photos {
		if slices.ContainsFunc(of.Sent, func(p cases.PhotoView) bool { return p.N == n }) {
			return s.small(ctx, number, n)
		}
	}
	return nil, problem.ErrNotFound
}

func (s *Service) small(ctx context.Context, number cases.Number, n int) ([]byte, error) {
	row, err := s.row(ctx, subject(number, n))
	if err != nil {
		return nil, err
	}
	if row.Thumb == "" {
		return nil, problem.ErrNotFound
	}
	return s.piece(ctx, row.Subject, 0)
}

// Remove takes a file away before the papers were received; its content is gone for good.
func (s *Service) Remove(ctx context.Context, a access.Actor, number cases.Number, n int) error {
	return s.Cases.RemoveFile(ctx, a, number, n, func(ctx context.Context) error {
		at := subject(number, n)
		seq, err := s.q(ctx).EraseFile(ctx, at)
		if err != nil {
			return err
		}
		if err := s.q(ctx).DropPieces(ctx, at); err != nil {
			return err
		}
		return s.note(ctx, a, at, seq, kindErased, struct{}{})
	})
}

// Seen is one look at a file: for the record of a case, and for the person whom it shows.
type Seen struct {
	N       int    `json:"n" doc:"which file of the case"`
	At      string `json:"at"`
	Account string `json:"account"`
	By      string `json:"by"`
	Place   string `json:"place"`
	Why     string `json:"why" enum:"view,download"`
}

// Looks lists who looked at the files of a case, in the order of the files and then of time.
func (s *Service) Looks(ctx context.Context, a access.Actor, number cases.Number) ([]Seen, error) {
	if err := s.Cases.Sees(ctx, a, number); err != nil {
		return nil, err
	}
	prefix := subjectPrefix + string(number)
	rows, err := s.q(ctx).FilesUnder(ctx, query.FilesUnderParams{First: prefix + "-", Last: prefix + "."})
	if err != nil {
		return nil, err
	}
	list := []Seen{}
	for _, row := range rows {
		if row.Events == 1 {
			continue
		}
		entries, err := s.Journal.About(ctx, row.Subject)
		if err != nil {
			return nil, err
		}
		n, _ := strconv.Atoi(strings.TrimPrefix(row.Subject, prefix+"-")) // our own writing
		for _, e := range entries {
			if e.Kind != kindSeen {
				continue
			}
			var what cases.FileLook
			if err := json.Unmarshal(e.Data, &what); err != nil {
				return nil, err
			}
			list = append(list, Seen{N: n, At: stamp(e.At), Account: e.Actor, By: what.By, Place: e.Place, Why: what.Why})
		}
	}
	return list, nil
}
