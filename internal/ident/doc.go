// Package ident holds the numbers and names of people and organisations, parsed once at the edge:
// citizen numbers (GB 11643), unified social credit codes (GB 32100), telephone numbers and names.
//
// It serves every row that takes an applicant (M16, M49, M55) and M61: a number is shown masked, and MaskNumbers
// keeps numbers out of free text. What comes out of a parser is in one canonical form, so equal means the same.
//
// A refusal is a *Problem: a stable code and a sentence to show. It never holds the value that was refused, so it
// may be logged.
package ident
