// Package paper issues the papers of a case (文书): what each says, from the case's events; its number in the series of
// who issues it; and what is kept of it.
//
// A paper is a typed struct of what has to stand in it, and is refused while one of these is missing: there are no blanks
// in an official paper. The articles of the licensing law are cited for licences alone.
//
// What is kept of a paper is every word of it, from which the same file is drawn at any time. The journal has its number,
// the digest of the words and the digest of the file under paper/…, so that `bianmin verify` covers the table, and
// whoever holds the paper's code can see whether it is genuine, with the proof. Nothing personal stands in the entry.
//
// The same paper asked for again is a copy of it. When what it says has changed since, it is issued anew, and names the
// one that it replaces.
//
// One paper is not of a case: the ledger of a place's day, read from the journal, which is numbered in the same way.
//
// Row M47. 行政许可法 第三十二条、第三十八条、第四十二条、第四十五条; layout in package print.
package paper
