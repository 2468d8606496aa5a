// Package calendar knows the working days and counts the limits of a case.
//
// It serves row M17 (限时办结). The law behind it:
//
//   - 行政许可法 第四十二条: the limits; 第四十五条: what stops the clock; 第八十二条: limits are working days.
//   - 民法典 第二百零一条: the first day is not counted; 第二百零三条: a last day on a holiday moves to the next
//     working day, and a day ends at 24:00.
//
// The working day is Monday to Friday, less the days off and plus the make-up days of the official calendar.
// For a year whose calendar has not been imported only Monday to Friday is known: every result that leans on
// such a year says so (Provisional).
//
// All is pure: the instant is handed in, a Calendar never changes, and any number of goroutines may share one.
package calendar
