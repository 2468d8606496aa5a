// Package phrase has the standing wordings of official answers: what a desk usually writes when it agrees, refuses, returns,
// suspends or asks for more time, by the rules under which the item lives. A wording is an offer: whoever uses it reads it,
// fills its blanks (＿＿) and may change every word; the cases refuse a text in which a blank is left.
//
// Rows M14 and M17. Pure: no HTTP, no SQL.
package phrase
