package cases

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// ServiceWay is a way of serving a paper, by the names of the procedure codes.
type ServiceWay string

// The ways of service.
const (
	ServedDirectly   ServiceWay = "direct"
	ServedByLeaving  ServiceWay = "left"
	ServedByPost     ServiceWay = "posted"
	ServedElectronic ServiceWay = "electronic"
)

// ServiceWays lists them with their names.
var ServiceWays = []struct {
	Way     ServiceWay
	Chinese string
}{{ServedDirectly, "直接送达"}, {ServedByLeaving, "留置送达"}, {ServedByPost, "邮寄送达"}, {ServedElectronic, "电子送达"}}

// Chinese is the way's name.
func (w ServiceWay) Chinese() string {
	for _, x := range ServiceWays {
		if x.Way == w {
			return x.Chinese
		}
	}
	return string(w)
}

// Serve records one try to serve a paper: how, where, to whom, and whether it was reached. Several tries stand beside each
// other.
type Serve struct {
	Paper    string // which: 准予决定书
	Way      ServiceWay
	Reached  bool
	Why      string // why it was not; with 留置送达 why it was not taken
	Where    string
	Receiver string
	Relation string // 本人, 同住的成年家属 …
	Witness  string // of 留置送达, and of a signature on paper
	Mail     string // number of the letter
	Consent  bool   // of 电子送达: the receiver agreed to it
	Address  string // of 电子送达: to where
	SignedOn string // YYYY-MM-DD: when it was signed on paper
	Strokes  string // the signature that was drawn on the screen, as ParseStrokes reads it
	secret   *Secret
}

// Verb is serve.
func (Serve) Verb() Verb { return VerbServe }

// Check wants what the way of service asks for.
func (v Serve) Check(*item.Version) []problem.Field {
	left, posted, electronic := v.Way == ServedByLeaving, v.Way == ServedByPost, v.Way == ServedElectronic
	wrong := checkWords(words{"paper", "送达哪一份文书", v.Paper, true}, words{"why", "没有送到的原因，或者拒收的理由", v.Why, !v.Reached || left},
		words{"where", "送到哪里", v.Where, !electronic}, words{"receiver", "签收人", v.Receiver, v.Reached && !left}, words{"relation", "签收人和受送达人的关系", v.Relation, false},
		words{"witness", "见证人", v.Witness, left && v.Reached || v.SignedOn != "" && v.Way == ServedDirectly}, words{"mail", "邮件号", v.Mail, posted}, words{"address", "电子送达的地址", v.Address, electronic})
	field := func(path, code, message string) {
		wrong = append(wrong, problem.Field{Path: path, Code: code, Message: message})
	}
	if !slices.ContainsFunc(ServiceWays, func(x struct {
		Way     ServiceWay
		Chinese string
	}) bool {
		return x.Way == v.Way
	}) {
		field("way", "required", "请选怎么送达")
	}
	if electronic && !v.Consent {
		field("consent", "required", "电子送达要受送达人同意")
	}
	if v.SignedOn != "" {
		if _, err := calendar.ParseDate(v.SignedOn); err != nil {
			field("signed_on", "not_date", "哪天在纸上签的，写成 2026-03-10 这样")
		}
	}
	if v.Strokes != "" {
		if _, err := ParseStrokes(v.Strokes); err != nil {
			field("strokes", "unreadable", "签名没有读出来，请重新签，或者签在纸上")
		}
	}
	if v.Way == ServedDirectly && v.Reached && v.Strokes == "" && v.SignedOn == "" {
		field("signed_on", "required", "直接送达要签收：在屏幕上签名，或者签在纸上，再写签的日期和见证人")
	}
	return wrong
}

// sealedSignature is the purpose under which a signature is sealed: it is somebody's own hand.
const sealedSignature = "signature"

func (v Serve) read(_ context.Context, s *Service, _ *Case) (Command, error) {
	if v.Strokes != "" {
		v.secret = &Secret{Sealed: s.box.Seal(sealedSignature, v.Strokes), Masked: "在屏幕上签了名"}
	}
	return v, nil
}

func (v Serve) decide(_ *Case, _ access.Actor, now time.Time) ([]Event, *problem.Problem) {
	e := &Served{Paper: v.Paper, Way: v.Way, Reached: v.Reached, Why: v.Why, Where: v.Where, Receiver: v.Receiver, Relation: v.Relation, Witness: v.Witness,
		Mail: v.Mail, Consent: v.Consent, Address: v.Address, Signature: v.secret}
	if v.SignedOn != "" {
		on, _ := calendar.ParseDate(v.SignedOn) // checked
		if calendar.DateOf(now).Before(on) {
			return nil, problem.WrongFields([]problem.Field{{Path: "signed_on", Code: "out_of_range", Message: "这一天还没有到，请写签名的那一天"}})
		}
		e.SignedOn = &on
	}
	return []Event{e}, nil
}

// Served is one try to serve a paper. The case's version stays: what the desk does with the case is another thing.
type Served struct {
	Meta
	Paper     string         `json:"paper"`
	Way       ServiceWay     `json:"service"`
	Reached   bool           `json:"reached"`
	Why       string         `json:"why,omitempty"`
	Where     string         `json:"where,omitempty"`
	Receiver  string         `json:"receiver,omitempty"`
	Relation  string         `json:"relation,omitempty"`
	Witness   string         `json:"witness,omitempty"`
	Mail      string         `json:"mail,omitempty"`
	Consent   bool           `json:"consent,omitempty"`
	Address   string         `json:"address,omitempty"`
	SignedOn  *calendar.Date `json:"signed_on,omitempty"`
	Signature *Secret        `json:"signature,omitempty"`
}

// Kind is KindServed.
func (e *Served) Kind() Kind { return KindServed }

func (e *Served) apply(*Case) {}

func (e *Served) hide() { e.Signature = hiddenOrNil(e.Signature) }

// Signature gives what was drawn when a paper was served; nothing when it was signed on paper.
func (s *Service) Signature(ctx context.Context, a access.Actor, number Number, seq int64) (Strokes, error) {
	if err := s.store.sees(ctx, a, number); err != nil {
		return nil, err
	}
	entries, err := s.journal.About(ctx, number.subject())
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		if entry.Seq != seq || Kind(entry.Kind) != KindServed {
			continue
		}
		var e Served
		if err := json.Unmarshal(entry.Data, &e); err != nil {
			return nil, fmt.Errorf("reading the service %d of %s: %w", seq, number, err)
		}
		if e.Signature == nil {
			return nil, nil
		}
		drawn, err := s.box.Open(sealedSignature, e.Signature.Sealed)
		if err != nil {
			return nil, err
		}
		return ParseStrokes(drawn)
	}
	return nil, nil
}
