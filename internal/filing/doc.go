// Package filing is an application from home: one question after the other (Questions, pure), kept as a draft between
// two answers and two devices, and at the end a case like any other (cases.Service.FileOnline).
//
// A draft is found again in the browser in which it was begun, and by the telephone of whoever signed in. Its answers are
// sealed as a whole. It is no record, and forgotten after Kept.
//
// Rows M14, M20 (a citizen files online), M43 (one question a screen), M62 a little (save and resume).
package filing
