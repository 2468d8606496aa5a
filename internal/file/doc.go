// Package file keeps the photographs and scans of a case's materials (row M62, M19's ground): what is taken in and what is
// refused, how much of a photograph is kept, and who looked at it.
//
// Photographs are decoded, turned upright, made small enough and written anew: nothing of the file that came is kept but
// its pixels, so the place where it was taken is gone, and so is whatever was hidden behind the picture. A PDF is kept
// byte for byte, and refused when it would do anything of its own.
//
// An upload comes in pieces and belongs to whoever began it. It is bound to a case, or lies in a basket: a name that a
// draft made up, under which its pictures wait until the case is there (Claim). Uploads are working state, dropped after
// a day; a file of a case is on record: what is kept of it is sealed, and its digest stands in the journal under the
// case and under file/…, where every look at it is noted, too (M61).
package file
