// Package sheet turns a typed table into a workbook (xlsx) and reads one back: Chinese heads, numbers as numbers, days
// and instants as such, the head row frozen and with a filter. It knows no list of ours: each list brings its columns.
//
// What people typed stays text. A cell never becomes a formula: texts are written as strings, in cells marked as text,
// and one that a spreadsheet might take for a formula later (saved as CSV, typed over) begins with an apostrophe, which
// Read takes away again.
//
// Rows M47 (lists as files), M2 (places in and out).
package sheet
