// Package guide answers the first two questions of somebody who comes with a wish: what is it called here (Finder), and
// what does it take (Sheet). Both are pure: the finder is built from the catalogue and a table of everyday words, the
// sheet from a definition, a day and the official calendar.
//
// What it takes can be taken home as a file (Printed): the same words, drawn by print and kept while they are the same.
//
// Rows M38 (search by everyday words), M12 (the guide as a page and as PDF), M43 (plain words). §三7, §五(四).
package guide
