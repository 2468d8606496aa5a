// Package print draws sheets of words as PDF: official ones on A4 in the layout of GB/T 9704-2012 (type area 156 mm by
// 225 mm, 22 lines of 28 characters, body of 16 pt, title of 22 pt), slips for the counter on A5.
//
// The body is Noto Serif SC where the standard asks for 仿宋: there is none that may be given away. The title is the same
// face with a thicker stroke.
//
// The file is written here, not by a library: each character has a glyph of its own in it, so that copied text is the
// text that was written, also where two characters look alike (民, U+6C11 and U+2EA0). Nothing is compressed and nothing
// tells the time: the same words give the same bytes, whatever Go's compressor will be like in later years.
//
// Row M47. It knows no case and no database.
package print
