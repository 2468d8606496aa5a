package rating

import (
	"encoding/json"
	"fmt"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/journal"
	"bianmin/internal/place"
)

// The kinds of entry about a rating.
const (
	KindRated      = "rated"
	KindChanged    = "changed"
	KindCalledBack = "called_back"
)

// Way is how the person was recognised who rated.
type Way string

// The ways.
const (
	BySession  Way = "session"
	ByFollowed Way = "follow" // number and last four digits of the telephone
)

// rated is the data of KindRated and KindChanged.
type rated struct {
	Grade    Grade         `json:"grade"`
	Words    string        `json:"words,omitempty"`
	Way      Way           `json:"way"`
	Item     string        `json:"item,omitempty"`
	ClosedAt cases.Instant `json:"closed_at,omitempty"`
}

// calledBack is the data of KindCalledBack.
type calledBack struct {
	By    string `json:"by"`
	Heard string `json:"heard"`
	Done  string `json:"done"`
}

const subjectPrefix = "rating/"

func subjectOf(n cases.Number) string { return subjectPrefix + string(n) }

func numberOf(subject string) cases.Number {
	return cases.Number(strings.TrimPrefix(subject, subjectPrefix))
}

// evolve folds one entry into the rating.
func (r *Rating) evolve(e journal.Entry) error {
	var err error
	switch e.Kind {
	case KindRated, KindChanged:
		var d rated
		if err = json.Unmarshal(e.Data, &d); err != nil {
			break
		}
		r.Grade, r.Words = d.Grade, d.Words
		if e.Kind == KindChanged {
			r.Changed = cases.At(e.At)
			break
		}
		r.Number, r.Town, r.At, r.Item, r.ClosedAt = numberOf(e.Subject), e.Place, cases.At(e.At), d.Item, d.ClosedAt
	case KindCalledBack:
		var d calledBack
		err = json.Unmarshal(e.Data, &d)
		r.Call = &Call{By: cases.Person{Account: e.Actor, Name: d.By, Place: place.Code(e.Place)}, At: cases.At(e.At), Heard: d.Heard, Done: d.Done}
	default:
		err = fmt.Errorf("unknown kind %q", e.Kind)
	}
	if err != nil {
		return fmt.Errorf("%s %d: %w", e.Subject, e.Seq, err)
	}
	r.Events = e.Seq
	return nil
}
