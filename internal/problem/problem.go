// Package problem names what can go wrong in a use case, by kind, with a stable code and the facts, and with no word
// of HTTP in it. Rules return refusals as values; the edges (api, web) map kinds to status codes in one place and word
// them in Chinese.
package problem

import "fmt"

// Kind says what sort of answer the caller gets; the edges map it to a status code.
type Kind int

// The kinds, in the order in which they win when several apply.
const (
	Unauthenticated Kind = iota + 1 // no session, or one that ended
	Malformed                       // the request cannot be read
	NotFound                        // not there, or not to be seen by this person: the two look alike
	Forbidden                       // seen, but this role never may
	Invalid                         // read, but a field is wrong: see Fields
	Stale                           // decided on a version that is no longer the present one
	Refused                         // the rule says no
	TooMany                         // too many tries
	Unavailable                     // storage is full or gone for now
)

// Field is one wrong field: its path as in the request (applicant.id_number, materials[2].name), a stable code, and
// words for the person who typed it. It never holds the value.
type Field struct {
	Path    string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Facts are what the words are made of: who, when, which step, how many.
type Facts map[string]any

// Problem is one outcome that is not the one asked for.
type Problem struct {
	Kind   Kind
	Code   string
	Facts  Facts
	Fields []Field
	// Present is, for Stale, the thing as it is now.
	Present any
}

func (p *Problem) Error() string { return fmt.Sprintf("%s (kind %d)", p.Code, p.Kind) }

// Refuse is the rule's no.
func Refuse(code string, facts Facts) *Problem {
	return &Problem{Kind: Refused, Code: code, Facts: facts}
}

// WrongFields is a request with wrong fields; nil when there are none.
func WrongFields(fields []Field) *Problem {
	if len(fields) == 0 {
		return nil
	}
	return &Problem{Kind: Invalid, Code: "invalid", Fields: fields}
}

// ErrNotFound is the one answer for what is not there and for what may not be seen.
var ErrNotFound = &Problem{Kind: NotFound, Code: "not_found"}

// ErrForbidden is what a role never may.
var ErrForbidden = &Problem{Kind: Forbidden, Code: "forbidden"}
