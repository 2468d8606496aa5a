// Package proofread gathers every Chinese text that a person can meet, and reads it for slips: characters outside the
// 通用规范汉字表, Latin words left over, words of a tone that a counter does not take, wrong terms, loose punctuation.
//
// It serves row M43 (plain words), and M12 as far as the guides' texts are in the program. The texts stay where they are
// used, in templates, Go sources, scripts and data; what is gathered of them is docs/wording.md, a page by page catalogue
// for whoever reads Chinese and no code (docs/decisions/0080). Nothing of this is in the program that runs.
package proofread

//go:generate go run ./gen
