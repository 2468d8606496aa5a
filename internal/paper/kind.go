package paper

import (
	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/problem"
)

// Kind is which paper it is, as it stands in its id.
type Kind string

// The papers.
const (
	Receipt    Kind = "01"
	Notice     Kind = "02"
	Acceptance Kind = "03"
	Rejection  Kind = "04"
	Special    Kind = "05"
	Extension  Kind = "06"
	Approval   Kind = "07"
	Refusal    Kind = "08"
	Delivery   Kind = "09"
	Register   Kind = "10"
	Conveyance Kind = "11"
	Mandate    Kind = "12"
	DayLedger  Kind = "13" // of a counter's day, not of a case
)

// kindOf is what is known of a kind: its name, its word in the number, and how it is written.
type kindOf struct {
	Kind    Kind
	Chinese string
	word    string
	write   func(s *source) (written, bool, error)
}

// kinds of a case's papers, in the order in which it comes to them.
var kinds = []kindOf{
	{Receipt, "接收回执", "收", writeReceipt},
	{Notice, "补正告知书", "补", writeNotice},
	{Acceptance, "受理通知书", "受", writeAcceptance},
	{Rejection, "不予受理决定书", "不受", writeRejection},
	{Special, "特殊程序告知书", "特", writeSpecial},
	{Extension, "延期告知书", "延", writeExtension},
	{Approval, "准予决定书", "准", writeApproval},
	{Refusal, "不予决定书", "不准", writeRefusal},
	{Delivery, "送达回执", "送", writeDelivery},
	{Register, "办件登记表", "登", writeRegister},
	{Conveyance, "物料流转凭证", "流", writeConveyance},
	{Mandate, "授权委托书", "委", writeMandate},
}

// ledgerKind is the one paper that is not of a case.
var ledgerKind = kindOf{Kind: DayLedger, Chinese: "办件日登记簿", word: "簿"}

func find(k Kind) (kindOf, bool) {
	if k == DayLedger {
		return ledgerKind, true
	}
	for _, x := range kinds {
		if x.Kind == k {
			return x, true
		}
	}
	return kindOf{}, false
}

// Chinese is the paper's name.
func (k Kind) Chinese() string {
	x, _ := find(k)
	return x.Chinese
}

// ForApplicant says whether papers of this kind are handed to the applicant, and not the office's own.
func (k Kind) ForApplicant() bool { return k != Register && k != Conveyance && k != DayLedger }

// mayRead says whether the actor may have papers of this kind: the applicant all but the office's own register.
func (k Kind) mayRead(a access.Actor) bool { return a.Role != access.Citizen || k != Register }

// written is a paper that is not issued yet: which event it tells of, who issues it, and what it says.
type written struct {
	about int64
	from  issuer
	words content
}

// spoken is a paper with what its issuer words itself, and of which version; nothing when it words nothing.
type spoken struct {
	written
	wording Wording
	version string
	reach   string // how the station is reached, where it was told and the place words nothing itself
}

// of writes a paper of a case: refused when nothing has happened yet that it would tell of, or when something that
// must stand in it is missing.
func (x kindOf) of(s *source) (written, error) {
	w, happened, err := x.write(s)
	if err != nil {
		return written{}, err
	}
	if !happened {
		return written{}, problem.Refuse("paper_not_due", problem.Facts{"paper": x.Chinese, "state": s.view.StateName})
	}
	if lacks := append(missing(w.words), missing(w.from)...); len(lacks) > 0 {
		return written{}, problem.Refuse("paper_field_missing", problem.Facts{"paper": x.Chinese, "missing": lacks})
	}
	return w, nil
}

// at is the last event of some kinds, with what it says read into a T.
func at[T any](s *source, of ...cases.Kind) (e event, said T, ok bool, err error) {
	if e, ok = s.last(of...); ok {
		err = e.read(&said)
	}
	return e, said, ok, err
}
