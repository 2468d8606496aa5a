// Package filing is an application from home: one question after the other (Questions, pure), kept as a draft between
// two answers and two devices, and at the end a case like any other (cases.Service.FileOnline).
//
// A draft belongs to the telephone of whoever signed in; while nobody did, to the browser in which it was begun, for
// KeptHere. Its answers are sealed as a whole. It is no record, and forgotten after Kept.
//
// Rows M14, M20 (a citizen files online), M43 (one question a screen), M62 a little (save and resume).
package filing
