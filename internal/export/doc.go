// Package export keeps on record who took which list out of the house as a file: whose list, what narrowed it, how many
// rows, and when. What stands in the file is masked as it is on the page; once it is out, nobody can take it back, so at
// least it is known who has it.
//
// Rows M61 (who looked), M27 (evidence that nobody can alter).
package export
