package filing

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"net/netip"
	"strings"
	"time"

	"bianmin/internal/filing/internal/query"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// How many drafts are kept at once for people who have not signed in, each of them for KeptHere (usual). A carrier sends a whole
// town through one network of addresses; a city of this size files some hundred applications a day from home.
const (
	networkMost  = 300
	unsignedMost = 5000
)

// ErrNotKept says that so many drafts are kept for people who have not signed in that no more are: the application goes on
// unkept (Unkept), or kept after a sign-in.
var ErrNotKept = errors.New("no more drafts are kept without a sign-in")

// NetworkOf is the network of an address, by which drafts are bounded: 256 neighbours of IPv4, a site's 2^80 of IPv6 (/48), of
// which one machine may use as many as it likes.
func NetworkOf(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	bits := 48
	if a = a.Unmap(); a.Is4() {
		bits = 24
	}
	p, err := a.WithZone("").Prefix(bits)
	if err != nil {
		return ""
	}
	return p.String()
}

// room says whether one more is kept. Whoever signed in has a telephone to answer for it.
func (s *Service) room(ctx context.Context, o Owner) error {
	if o.Phone != "" {
		return nil
	}
	since := s.Wall.Now().Add(-KeptHere).UnixMicro()
	near, err := s.q(ctx).UnsignedFrom(ctx, query.UnsignedFromParams{Network: s.Box.Index(indexedNetwork, o.Network), Since: since, Most: networkMost})
	if err != nil {
		return err
	}
	all, err := s.q(ctx).Unsigned(ctx, query.UnsignedParams{Since: since, Most: unsignedMost})
	if err == nil && (near >= networkMost || all >= unsignedMost) {
		err = ErrNotKept
	}
	return err
}

// Here is the name of an unkept draft in addresses: a browser carries one at a time.
const Here = "here"

// carried is an unkept draft as its browser carries it. ID is what it will be kept as, once somebody signs in.
type carried struct {
	ID      string    `json:"id"`
	Item    item.Code `json:"item"`
	Saved   time.Time `json:"saved"`
	Answers Answers   `json:"answers"`
}

// Unkept begins a draft of which nothing is kept.
func (s *Service) Unkept(code item.Code) (Draft, error) {
	v, ok := s.Items.Get(code)
	if !ok {
		return Draft{}, problem.ErrNotFound
	}
	if v.InPersonOnly() {
		return Draft{}, inPerson(v)
	}
	return Draft{ID: Here, Item: code, Version: 1, Saved: s.Wall.Now(), Answers: Answers{}, Unkept: true, later: strings.ToLower(rand.Text())}, nil
}

// Answered is an unkept draft with one more answer.
func (s *Service) Answered(d Draft, question, said string) (Draft, error) {
	if err := tooMuch(said); err != nil {
		return Draft{}, &problem.Problem{Kind: problem.Malformed, Code: "bad_request"}
	}
	d.Answers = maps.Clone(d.Answers)
	d.Answers[question], d.Saved = said, s.Wall.Now()
	return d, nil
}

// Carry seals an unkept draft for its browser: whoever reads the browser's store reads nothing of it, nor changes it.
func (s *Service) Carry(d Draft) (string, error) {
	plain, err := json.Marshal(carried{ID: d.later, Item: d.Item, Saved: d.Saved, Answers: d.Answers})
	return s.Box.Seal(sealedUnkept, string(plain)), err
}

// Carried opens what a browser carries; problem.ErrNotFound when it is none of ours, or older than a draft is kept.
func (s *Service) Carried(text string) (Draft, error) {
	var c carried
	plain, err := s.Box.Open(sealedUnkept, text)
	if err != nil || json.Unmarshal([]byte(plain), &c) != nil || s.Wall.Now().Sub(c.Saved) > KeptHere {
		return Draft{}, problem.ErrNotFound
	}
	return Draft{ID: Here, Item: c.Item, Version: 1, Saved: c.Saved, Answers: c.Answers, Unkept: true, later: c.ID}, nil
}

// Keep keeps an unkept draft for whoever signed in, once: asked again it gives the draft as it is by now.
func (s *Service) Keep(ctx context.Context, o Owner, d Draft) (kept Draft, err error) {
	if o.Phone == "" || !d.Unkept {
		return Draft{}, problem.ErrNotFound
	}
	err = s.DB.Write(ctx, func(ctx context.Context) error {
		if _, err := s.q(ctx).Draft(ctx, d.later); !errors.Is(err, sql.ErrNoRows) {
			if err == nil {
				kept, err = s.Get(ctx, o, d.later) // none for another who signed in on this device
			}
			return err
		}
		kept = Draft{ID: d.later, Item: d.Item, Version: 1, Saved: s.told(s.Wall.Now()), Answers: d.Answers, browser: s.index(o.Browser), phone: nullable(o.Phone)}
		doc, err := s.sealed(kept.Answers)
		if err != nil {
			return err
		}
		return s.insert(ctx, o, kept, doc)
	})
	return kept, err
}
