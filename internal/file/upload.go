package file

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"path"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/file/internal/query"
	"bianmin/internal/problem"
)

// PieceMost bounds one piece of an upload, in bytes; Lasts is how long an upload can be gone on with; onTheWay bounds how
// many one owner may have under way.
const (
	PieceMost = pieceSize
	Lasts     = 24 * time.Hour
	onTheWay  = 300
)

// Giver is whose an upload is: an account's, or (for citizens) whatever the caller holds somebody by. Only an actor puts
// files to a case.
type Giver struct {
	Owner string
	Actor access.Actor
}

// Staff is an account as a giver.
func Staff(a access.Actor) Giver { return Giver{Owner: "account/" + a.Account, Actor: a} }

// Beginning is what is told of an upload before anything of it comes. It belongs to a case, or lies in a basket.
type Beginning struct {
	Case     cases.Number
	Basket   string
	Material string
	Replaces int
	Name     string // of the file: only its ending is kept, names tell of people
	Size     int64
}

// UploadState is how far an upload is.
type UploadState string

// The states.
const (
	Sending UploadState = "sending"
	Ready   UploadState = "ready" // whole, checked, and waiting in its basket
	Done    UploadState = "done"  // at its case
	Refused UploadState = "refused"
)

// Upload is one on its way.
type Upload struct {
	Token    string         `json:"token"`
	Case     cases.Number   `json:"case"`
	Material string         `json:"material"`
	Size     int64          `json:"size"`
	Offset   int64          `json:"offset"`
	State    UploadState    `json:"state"`
	Expires  time.Time      `json:"expires"`
	File     int            `json:"file" doc:"the file of the case that it became; 0 before"`
	Refusal  *problem.Field `json:"refusal,omitempty"`
}

// outcome is what became of an upload.
type outcome struct {
	File    int            `json:"file,omitempty"`
	Refusal *problem.Field `json:"refusal,omitempty"`
	Kept    *readyFile     `json:"kept,omitempty"`
}

// readyFile is a checked file in a basket.
type readyFile struct {
	Type   Kind `json:"type"`
	Width  int  `json:"width"`
	Height int  `json:"height"`
}

func uploadOf(r query.Upload) (Upload, outcome, error) {
	u := Upload{Token: r.Token, Case: cases.Number(r.Number), Material: r.Material, Size: r.Size, Offset: r.Got, State: UploadState(r.State), Expires: time.UnixMicro(r.Expires)}
	var o outcome
	err := json.Unmarshal([]byte(r.Doc), &o)
	u.File, u.Refusal = o.File, o.Refusal
	return u, o, err
}

func isNone(err error) bool { return errors.Is(err, sql.ErrNoRows) }

func stamp(t time.Time) string { return t.In(calendar.Shanghai).Format(time.RFC3339) }

// Begin opens an upload. What can be refused at once is.
func (s *Service) Begin(ctx context.Context, g Giver, b Beginning) (Upload, error) {
	if b.Case == "" && (b.Basket == "" || len(b.Basket) > 200) {
		return Upload{}, wrong("no_basket", "没有写明这张照片是哪一件的")
	}
	if len(b.Material) > 600 || b.Material == "" {
		return Upload{}, problem.WrongFields([]problem.Field{{Path: "material", Code: "required", Message: "请选这是哪一份材料"}})
	}
	if err := begins(b.Name, b.Size); err != nil {
		return Upload{}, err
	}
	if b.Case != "" {
		v, err := s.Cases.Get(ctx, g.Actor, b.Case)
		if err != nil {
			return Upload{}, err
		}
		if err := mayAttach(g.Actor, v); err != nil {
			return Upload{}, err
		}
	}
	now := s.Wall.Now()
	row := query.Upload{Token: rand.Text(), Owner: g.Owner, Number: string(b.Case), Basket: b.Basket, Material: b.Material, Replaces: int64(b.Replaces),
		Ending: strings.ToLower(path.Ext(b.Name)), Size: b.Size, State: string(Sending), Doc: "{}", Made: now.UnixMicro(), Expires: now.Add(Lasts).UnixMicro()}
	err := s.DB.Write(ctx, func(ctx context.Context) error {
		switch n, err := s.q(ctx).CountUploads(ctx, g.Owner); {
		case err != nil:
			return err
		case n >= onTheWay:
			return problem.Refuse("uploads_full", problem.Facts{})
		}
		return s.q(ctx).InsertUpload(ctx, query.InsertUploadParams(row))
	})
	if err != nil {
		return Upload{}, err
	}
	u, _, err := uploadOf(row)
	return u, err
}

var errGone = &problem.Problem{Kind: problem.NotFound, Code: "upload_gone"}

// mine reads an upload of the giver's own.
func (s *Service) mine(ctx context.Context, g Giver, token string) (query.Upload, error) {
	row, err := s.q(ctx).Upload(ctx, token)
	if isNone(err) || err == nil && (row.Owner != g.Owner || row.Expires < s.Wall.Now().UnixMicro()) {
		return row, errGone
	}
	return row, err
}

// Upload says how far an upload is.
func (s *Service) Upload(ctx context.Context, g Giver, token string) (Upload, error) {
	row, err := s.mine(ctx, g, token)
	if err != nil {
		return Upload{}, err
	}
	u, _, err := uploadOf(row)
	return u, err
}

// Append takes the next piece. A piece that came before is refused with where to go on, so that nothing is there twice.
// With the last piece the file is checked and kept: that goes on when the sender is gone, and asking again with an empty
// piece tries once more what could not be done.
func (s *Service) Append(ctx context.Context, g Giver, token string, offset int64, piece []byte) (Upload, error) {
	row, err := s.mine(ctx, g, token)
	if err != nil {
		return Upload{}, err
	}
	u, _, err := uploadOf(row)
	switch {
	case err != nil:
		return u, err
	case u.State == Refused:
		return u, refusal(*u.Refusal)
	case offset != u.Offset:
		return u, elsewhere(u.Offset)
	case u.State != Sending:
		return u, nil // an empty piece at the end of what is whole already
	case len(piece) > PieceMost:
		return u, &problem.Problem{Kind: problem.Malformed, Code: "piece_too_large"}
	case offset+int64(len(piece)) > u.Size:
		return u, elsewhere(u.Offset)
	}
	if len(piece) > 0 {
		if err := s.advance(ctx, token, offset, piece); err != nil {
			return u, err
		}
	}
	if u.Offset += int64(len(piece)); u.Offset < u.Size {
		return u, nil
	}
	return s.finish(context.WithoutCancel(ctx), g, row)
}

func elsewhere(offset int64) error {
	return problem.Refuse("upload_elsewhere", problem.Facts{"offset": offset})
}

func refusal(f problem.Field) error { return problem.WrongFields([]problem.Field{f}) }

func (s *Service) advance(ctx context.Context, token string, offset int64, piece []byte) error {
	return s.DB.Write(ctx, func(ctx context.Context) error {
		n, err := s.q(ctx).Advance(ctx, query.AdvanceParams{Token: token, At: offset, More: int64(len(piece))})
		if err != nil {
			return err
		}
		if n == 0 {
			now, err := s.q(ctx).Upload(ctx, token)
			if isNone(err) {
				return errGone
			}
			return errors.Join(err, elsewhere(now.Got))
		}
		key, body := s.Box.SealBytes(purpose, piece)
		return s.q(ctx).InsertUploadPiece(ctx, query.InsertUploadPieceParams{Token: token, At: offset, SealedBy: int64(key), Body: body})
	})
}

// finish checks what came and keeps it: at its case, or in its basket.
func (s *Service) finish(ctx context.Context, g Giver, row query.Upload) (Upload, error) {
	content, err := s.uploaded(ctx, row.Token, row.Size)
	if err != nil {
		return Upload{}, err
	}
	k, err := s.takeIn(ctx, "x"+row.Ending, content)
	if p := (*problem.Problem)(nil); errors.As(err, &p) && p.Kind == problem.Invalid {
		return s.end(ctx, g, row, Refused, outcome{Refusal: &p.Fields[0]}, nil)
	}
	if err != nil {
		return Upload{}, err
	}
	if row.Number != "" {
		return s.finishAtCase(ctx, g, row, k)
	}
	o := outcome{Kept: &readyFile{Type: k.Type, Width: k.Width, Height: k.Height}}
	return s.end(ctx, g, row, Ready, o, func(ctx context.Context) error { return s.putReady(ctx, row.Token, k) })
}

func (s *Service) finishAtCase(ctx context.Context, g Giver, row query.Upload, k Kept) (u Upload, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context) error {
		f, err := s.keep(ctx, g.Actor, cases.Number(row.Number), For{Material: row.Material, Replaces: int(row.Replaces)}, k)
		if err != nil {
			return err
		}
		u, err = s.close(ctx, row, Done, outcome{File: f.N}, nil)
		return err
	})
	p := (*problem.Problem)(nil)
	switch {
	case errors.Is(err, errEnded):
		return s.Upload(ctx, g, row.Token)
	case errors.As(err, &p) && p.Kind == problem.Invalid:
		return s.end(ctx, g, row, Refused, outcome{Refusal: &p.Fields[0]}, nil)
	}
	return u, err
}

// errEnded says that the same upload was brought to its end, or sent to its case, meanwhile.
var errEnded = errors.New("the upload came to an end meanwhile")

// end closes an upload, unless that was done meanwhile. When its draft became a case meanwhile, it goes there.
func (s *Service) end(ctx context.Context, g Giver, row query.Upload, state UploadState, o outcome, put func(ctx context.Context) error) (Upload, error) {
	u, err := s.close(ctx, row, state, o, put)
	if errors.Is(err, errEnded) {
		now, err := s.mine(ctx, g, row.Token)
		if err == nil && UploadState(now.State) == Sending {
			return s.finish(ctx, g, now)
		}
		if err != nil {
			return Upload{}, err
		}
		if u, _, err = uploadOf(now); err == nil && u.State == Refused {
			err = refusal(*u.Refusal)
		}
		return u, err
	}
	if err == nil && state == Refused {
		err = refusal(*o.Refusal)
	}
	return u, err
}

// close writes the end of an upload: what came in pieces is dropped, and what is kept instead is put.
func (s *Service) close(ctx context.Context, row query.Upload, state UploadState, o outcome, put func(ctx context.Context) error) (Upload, error) {
	doc, err := json.Marshal(o)
	if err != nil {
		return Upload{}, err
	}
	err = s.DB.Write(ctx, func(ctx context.Context) error {
		n, err := s.q(ctx).EndUpload(ctx, query.EndUploadParams{Token: row.Token, Was: row.State, Number: row.Number, State: string(state), Doc: string(doc)})
		if err == nil && n == 0 {
			err = errEnded
		}
		if err == nil {
			err = s.q(ctx).DropUploadPieces(ctx, row.Token)
		}
		if err == nil && put != nil {
			err = put(ctx)
		}
		return err
	})
	if err != nil {
		return Upload{}, err
	}
	row.State, row.Doc, row.Got = string(state), string(doc), row.Size
	u, _, err := uploadOf(row)
	return u, err
}

// uploaded puts the pieces of an upload together.
func (s *Service) uploaded(ctx context.Context, token string, size int64) ([]byte, error) {
	at, err := s.q(ctx).UploadPieces(ctx, token)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow(int(size))
	for _, offset := range at {
		piece, err := s.uploadPiece(ctx, token, offset)
		if err != nil {
			return nil, err
		}
		b.Write(piece)
	}
	return b.Bytes(), nil
}

func (s *Service) uploadPiece(ctx context.Context, token string, at int64) ([]byte, error) {
	p, err := s.q(ctx).UploadPiece(ctx, query.UploadPieceParams{Token: token, At: at})
	if err != nil {
		return nil, err
	}
	return s.Box.OpenBytes(purpose, int(p.SealedBy), p.Body)
}

// putReady keeps a checked file in the place of the pieces that came: -1 is the small picture, then the content.
func (s *Service) putReady(ctx context.Context, token string, k Kept) error {
	at := int64(0)
	for i, piece := range pieces(k) {
		key, body := s.Box.SealBytes(purpose, piece)
		p := query.InsertUploadPieceParams{Token: token, At: at, SealedBy: int64(key), Body: body}
		if i == 0 {
			p.At = -1
		} else {
			at += int64(len(piece))
		}
		if err := s.q(ctx).InsertUploadPiece(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// Drop ends an upload that is not wanted, or that was seen to be refused.
func (s *Service) Drop(ctx context.Context, g Giver, token string) error {
	row, err := s.mine(ctx, g, token)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context) error {
		n, err := s.q(ctx).DropUpload(ctx, query.DropUploadParams{Token: row.Token, Owner: g.Owner})
		if err == nil && n == 0 {
			err = errGone
		}
		if err != nil {
			return err
		}
		return s.q(ctx).DropUploadPieces(ctx, token)
	})
}

// Forget drops uploads that have run out.
func (s *Service) Forget(ctx context.Context) error {
	return s.DB.Write(ctx, func(ctx context.Context) error {
		return errors.Join(s.q(ctx).DropExpired(ctx, s.Wall.Now().UnixMicro()), s.q(ctx).DropOrphans(ctx))
	})
}
