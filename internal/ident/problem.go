package ident

import "fmt"

// Problem says what is wrong with a number or a name, never what it was.
type Problem struct {
	Code    string // one of the constants below
	Message string // for the person who typed it
}

// Codes of a Problem; they are part of the API and do not change.
const (
	Empty            = "empty"
	TooShort         = "too_short"
	TooLong          = "too_long"
	BadCharacter     = "bad_character"
	BadArea          = "bad_area"
	BadDate          = "bad_date"
	CheckDigit       = "check_digit"
	NotAPhone        = "not_a_phone"
	ControlCharacter = "control_character"
	BadEncoding      = "bad_encoding"
)

func (p *Problem) Error() string { return p.Message }

// wrongLength words a number that has got digits where it should have want; nil if it is right.
func wrongLength(what string, got, want int) *Problem {
	switch {
	case got < want:
		return &Problem{TooShort, fmt.Sprintf("%s少了 %d 位", what, want-got)}
	case got > want:
		return &Problem{TooLong, fmt.Sprintf("%s多了 %d 位", what, got-want)}
	}
	return nil
}
