package filing

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/filing/internal/query"
	"bianmin/internal/ident"
	"bianmin/internal/item"
	"bianmin/internal/once"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/seal"
)

// Kept is how long a draft is kept after its last answer for whoever signed in (usual).
const Kept = 30 * 24 * time.Hour

// KeptHere is how long one is kept for which nobody signed in: whoever takes up the device next could read it (usual).
const KeptHere = 24 * time.Hour

// draftsMost bounds how many drafts of one person are listed, and may be open in one browser.
const draftsMost = 20

// The purposes under which a draft is sealed and its browser indexed.
const (
	sealedDraft    = "draft"
	indexedBrowser = "draft-browser"
	indexedNetwork = "draft-network"
	sealedUnkept   = "draft-unkept"
)

// Owner is whose drafts are meant: those of a browser, and of a telephone that was proven.
type Owner struct {
	Browser string // what the browser holds; empty when it holds nothing
	Phone   string // keyed index of the telephone of whoever signed in; empty when nobody did
	Network string // from where the request came (NetworkOf); bounds what is kept for people who have not signed in
}

// Draft is an application under way.
type Draft struct {
	ID      string
	Item    item.Code
	Version int64
	Saved   time.Time // by the service's clock
	Answers Answers
	Number  cases.Number // of the case that it became; empty before
	// Unkept: nothing of it is kept here; its browser carries it, and must not be closed.
	Unkept bool

	phone   sql.NullString
	browser string
	later   string // the id under which an unkept one will be kept
}

// Cases begins cases.
type Cases interface {
	FileOnline(ctx context.Context, a access.Actor, key once.Key, app cases.Application, afar cases.Afar, beside func(context.Context, cases.Number) error) (once.Answer, error)
}

// Parts are what the service is put together from.
type Parts struct {
	DB     *db.DB
	Box    *seal.Box
	Cases  Cases
	Items  *item.Catalogue
	Places *place.Directory
	// Wall times how long drafts are kept, Work is the service's time: what is told of them is told by it, also where the two
	// run apart, as in the demonstration.
	Wall, Work clock.Clock
}

// Service keeps drafts and hands them in.
type Service struct{ Parts }

// New puts the room together.
func New(p Parts) *Service { return &Service{p} }

func (s *Service) q(ctx context.Context) *query.Queries { return query.New(s.DB.Q(ctx)) }

// NewBrowser is what a browser gets to hold, to find its drafts again.
func NewBrowser() string { return rand.Text() }

func (s *Service) index(browser string) string { return s.Box.Index(indexedBrowser, browser) }

// ErrTooManyDrafts says that a browser has begun more than anybody means to.
var ErrTooManyDrafts = &problem.Problem{Kind: problem.TooMany, Code: "too_many_drafts"}

// Begin makes an empty draft.
func (s *Service) Begin(ctx context.Context, o Owner, code item.Code) (Draft, error) {
	v, ok := s.Items.Get(code)
	if !ok || o.Browser == "" {
		return Draft{}, problem.ErrNotFound
	}
	if v.InPersonOnly() {
		return Draft{}, inPerson(v)
	}
	now := s.Wall.Now()
	d := Draft{ID: strings.ToLower(rand.Text()), Item: code, Version: 1, Saved: s.told(now), Answers: Answers{}, browser: s.index(o.Browser), phone: nullable(o.Phone)}
	doc, err := s.sealed(d.Answers)
	if err != nil {
		return Draft{}, err
	}
	return d, s.DB.Write(ctx, func(ctx context.Context) error {
		before, err := s.q(ctx).OfBrowser(ctx, query.OfBrowserParams{Browser: d.browser, Limit: draftsMost})
		if err != nil {
			return err
		}
		if len(before) >= draftsMost {
			return ErrTooManyDrafts
		}
		if err := s.room(ctx, o); err != nil {
			return err
		}
		return s.insert(ctx, o, d, doc)
	})
}

func (s *Service) insert(ctx context.Context, o Owner, d Draft, doc string) error {
	return s.q(ctx).Insert(ctx, query.InsertParams{ID: d.ID, Browser: d.browser, Phone: d.phone, Item: string(d.Item), Version: d.Version,
		Saved: s.Wall.Now().UnixMicro(), Doc: doc, Network: s.Box.Index(indexedNetwork, o.Network)})
}

// told is an instant on the wall by the service's clock: as long ago on either.
func (s *Service) told(wall time.Time) time.Time { return s.Work.Now().Add(wall.Sub(s.Wall.Now())) }

func nullable(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }

// Of lists the drafts that are not handed in, the newest first.
func (s *Service) Of(ctx context.Context, o Owner) ([]Draft, error) {
	var rows []query.FilingDraft
	if o.Phone != "" {
		more, err := s.q(ctx).OfPhone(ctx, query.OfPhoneParams{Phone: nullable(o.Phone), Limit: draftsMost})
		if err != nil {
			return nil, err
		}
		rows = more
	}
	if o.Browser != "" {
		more, err := s.q(ctx).OfBrowser(ctx, query.OfBrowserParams{Browser: s.index(o.Browser), Limit: draftsMost})
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	list, seen := []Draft{}, map[string]bool{}
	for _, row := range rows {
		if seen[row.ID] || s.old(row) {
			continue
		}
		seen[row.ID] = true
		d, err := s.read(row)
		if err != nil {
			return nil, err
		}
		if s.owns(o, row) {
			list = append(list, d)
		}
	}
	return list, nil
}

func (s *Service) old(row query.FilingDraft) bool {
	kept := KeptHere
	if row.Phone.Valid {
		kept = Kept
	}
	return s.Wall.Now().Sub(time.UnixMicro(row.Saved)) > kept
}

// owns: who proved the telephone that was proven for it, or the browser while none was. After sign-out the browser alone
// opens nothing of it.
func (s *Service) owns(o Owner, row query.FilingDraft) bool {
	if row.Phone.Valid {
		return row.Phone.String == o.Phone
	}
	return s.begunIn(o, row)
}

func (s *Service) begunIn(o Owner, row query.FilingDraft) bool {
	return o.Browser != "" && row.Browser == s.index(o.Browser)
}

// ErrSignIn says to the browser in which a draft was begun that its owner has to sign in again.
var ErrSignIn = &problem.Problem{Kind: problem.Unauthenticated, Code: "not_signed_in"}

// Get gives a draft to its owner; to others there is none.
func (s *Service) Get(ctx context.Context, o Owner, id string) (Draft, error) {
	row, err := s.q(ctx).Draft(ctx, id)
	switch {
	case errors.Is(err, sql.ErrNoRows) || err == nil && s.old(row):
		return Draft{}, problem.ErrNotFound
	case err == nil && !s.owns(o, row):
		if o.Phone == "" && s.begunIn(o, row) {
			return Draft{}, ErrSignIn
		}
		return Draft{}, problem.ErrNotFound
	}
	if err != nil {
		return Draft{}, err
	}
	return s.read(row)
}

func (s *Service) read(row query.FilingDraft) (Draft, error) {
	d := Draft{ID: row.ID, Item: item.Code(row.Item), Version: row.Version, Saved: s.told(time.UnixMicro(row.Saved)), Number: cases.Number(row.Number.String),
		Answers: Answers{}, phone: row.Phone, browser: row.Browser}
	if row.Doc == "" {
		return d, nil
	}
	plain, err := s.Box.Open(sealedDraft, row.Doc)
	if err != nil {
		return d, fmt.Errorf("opening the draft %s: %w", row.ID, err)
	}
	return d, json.Unmarshal([]byte(plain), &d.Answers)
}

func (s *Service) sealed(a Answers) (string, error) {
	plain, err := json.Marshal(a)
	return s.Box.Seal(sealedDraft, string(plain)), err
}

// Save keeps an answer. Other answers that were given meanwhile, on another device, stay.
func (s *Service) Save(ctx context.Context, o Owner, id, question, said string) (d Draft, err error) {
	if err := tooMuch(said); err != nil {
		return Draft{}, &problem.Problem{Kind: problem.Malformed, Code: "bad_request"}
	}
	err = s.DB.Write(ctx, func(ctx context.Context) error {
		if d, err = s.Get(ctx, o, id); err != nil {
			return err
		}
		if d.Number != "" {
			return nil // handed in meanwhile: nothing of it is open any more
		}
		d.Answers = maps.Clone(d.Answers)
		d.Answers[question] = said
		return s.put(ctx, o, &d)
	})
	return d, err
}

// put writes a draft as it is now; who signed in meanwhile finds it on other devices from now on.
func (s *Service) put(ctx context.Context, o Owner, d *Draft) error {
	doc := ""
	if d.Number == "" {
		var err error
		if doc, err = s.sealed(d.Answers); err != nil {
			return err
		}
	}
	if o.Phone != "" {
		d.phone = nullable(o.Phone)
	}
	now := s.Wall.Now()
	d.Saved = s.told(now)
	n, err := s.q(ctx).Save(ctx, query.SaveParams{ID: d.ID, Version: d.Version, Phone: d.phone, Saved: now.UnixMicro(), Number: nullable(string(d.Number)), Doc: doc})
	if err == nil && n == 0 {
		err = db.ErrRace
	}
	d.Version++
	return err
}

// Claim lets whoever signed in find the draft on other devices.
func (s *Service) Claim(ctx context.Context, o Owner, d Draft) error {
	if o.Phone == "" || d.phone.Valid || d.Number != "" {
		return nil
	}
	return s.DB.Write(ctx, func(ctx context.Context) error {
		now, err := s.Get(ctx, o, d.ID)
		if err != nil || now.Number != "" {
			return err
		}
		return s.put(ctx, o, &now)
	})
}

// Until is when the draft is forgotten, if nothing more is answered.
func (d Draft) Until() time.Time {
	if d.phone.Valid {
		return d.Saved.Add(Kept)
	}
	return d.Saved.Add(KeptHere)
}

// Release takes a draft from the telephone that was proven for it, without that telephone, so that whoever signs out to sign
// in with another finds it in this browser.
func (s *Service) Release(ctx context.Context, o Owner, id string) error {
	if o.Browser == "" {
		return problem.ErrNotFound
	}
	return s.DB.Write(ctx, func(ctx context.Context) error {
		d, err := s.Get(ctx, o, id)
		if err != nil || d.Number != "" {
			return err
		}
		d.Answers = maps.Clone(d.Answers)
		delete(d.Answers, Phone)
		doc, err := s.sealed(d.Answers)
		if err != nil {
			return err
		}
		n, err := s.q(ctx).Release(ctx, query.ReleaseParams{ID: d.ID, Version: d.Version, Browser: s.index(o.Browser), Saved: s.Wall.Now().UnixMicro(), Doc: doc})
		if err == nil && n == 0 {
			err = db.ErrRace
		}
		return err
	})
}

// Drop throws a draft away.
func (s *Service) Drop(ctx context.Context, o Owner, id string) error {
	return s.DB.Write(ctx, func(ctx context.Context) error {
		d, err := s.Get(ctx, o, id)
		if err != nil || d.Number != "" {
			return err
		}
		return s.q(ctx).Drop(ctx, id)
	})
}

// ErrOpen says that a question is not answered yet.
var ErrOpen = errors.New("a question is open")

// HandIn makes the draft a case, once, however often it is asked to. The answers go with it; what is kept of the draft is
// the number.
func (s *Service) HandIn(ctx context.Context, a access.Actor, o Owner, id string) (cases.Number, error) {
	d, err := s.Get(ctx, o, id)
	if err != nil || d.Number != "" {
		return d.Number, err
	}
	v, ok := s.Items.Get(d.Item)
	if !ok {
		return "", problem.ErrNotFound
	}
	questions := Questions(v.Definition, d.Answers, s.Places)
	if _, _, open := Open(questions, d.Answers); open {
		return "", ErrOpen
	}
	key := once.Key{Account: a.Account, Path: "/filing", Key: d.ID, Request: sha256.Sum256([]byte(d.ID))}
	answer, err := s.Cases.FileOnline(ctx, a, key, application(v.Definition, d.Answers), afar(v.Definition, d.Answers), func(ctx context.Context, n cases.Number) error {
		d, err := s.Get(ctx, o, id)
		if err != nil {
			return err
		}
		if d.Number != "" {
			return db.ErrRace // handed in beside this: the next try finds the number
		}
		d.Number = n
		return s.put(ctx, o, &d)
	})
	if err != nil {
		return "", err
	}
	var filed cases.FiledOnline
	err = json.Unmarshal(answer.Body, &filed)
	return filed.Number, err
}

// application is the draft as the counter would type it. No paper is here yet; those that the answers ask for are
// expected.
func application(d item.Definition, a Answers) cases.Application {
	app := cases.Application{Item: string(d.Code), Place: a[Village], Kind: cases.APerson, Name: a[Name], IDNumber: a[IDNumber], Phone: a[Phone]}
	for _, m := range Needed(d, a) {
		app.Materials = append(app.Materials, cases.Material{Name: m.Name, Originals: cases.AsAsked, Copies: cases.AsAsked, Status: cases.MaterialAbsent})
	}
	return app
}

func afar(d item.Definition, a Answers) cases.Afar {
	x := cases.Afar{Bring: a.Bring(d)}
	if a[ForWhom] == Another {
		x.Filer, x.Relation = a[Filer], a[Relation]
	}
	return x
}

// Last4 are the last digits of the telephone of a draft, by which its case is followed.
func (a Answers) Last4() string { return ident.Phone(a[Phone]).Last4() }

// Forget drops the drafts that are older than Kept, and than KeptHere where nobody signed in.
func (s *Service) Forget(ctx context.Context) error {
	now := s.Wall.Now()
	return s.DB.Write(ctx, func(ctx context.Context) error {
		return s.q(ctx).Forget(ctx, query.ForgetParams{Kept: now.Add(-Kept).UnixMicro(), Here: now.Add(-KeptHere).UnixMicro()})
	})
}

// page is how many drafts are sealed anew at once.
const page = 200

// Reseal seals the drafts anew that were sealed with an older key.
func (s *Service) Reseal(ctx context.Context) (done int, err error) {
	for after := ""; ; {
		var rows []query.FilingDraft
		n := 0
		err := s.DB.Write(ctx, func(ctx context.Context) (err error) {
			n = 0
			rows, err = s.q(ctx).After(ctx, query.AfterParams{ID: after, Limit: page})
			for _, r := range rows {
				if r.Doc == "" || !s.Box.Old(r.Doc) {
					continue
				}
				plain, err := s.Box.Open(sealedDraft, r.Doc)
				if err != nil {
					return err
				}
				if err := s.q(ctx).PutDoc(ctx, query.PutDocParams{ID: r.ID, Version: r.Version, Doc: s.Box.Seal(sealedDraft, plain)}); err != nil {
					return err
				}
				n++
			}
			return err
		})
		if err != nil || len(rows) == 0 {
			return done, err
		}
		done += n
		after = rows[len(rows)-1].ID
	}
}

// SealedWith says whether any draft is sealed with the key of this number.
func (s *Service) SealedWith(ctx context.Context, key int) (bool, error) {
	for after := ""; ; {
		rows, err := s.q(ctx).After(ctx, query.AfterParams{ID: after, Limit: page})
		if err != nil || len(rows) == 0 {
			return false, err
		}
		for _, r := range rows {
			if strings.HasPrefix(r.Doc, fmt.Sprintf("%d.", key)) {
				return true, nil
			}
		}
		after = rows[len(rows)-1].ID
	}
}
