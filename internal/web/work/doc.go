// Package work is what staff see: signing in, the counter, the desk's list with the case beside it, the case whole,
// the faults, the calendar, the accounts; and in the demonstration its front page and its clock.
//
// A page is a struct with everything it shows, a template that decides nothing, and a handler that reads like the
// screen: decode, ask the service, fill the struct, render. Buttons come from the case's own actions; what a verb
// needs is asked nowhere else. Forms work without a script; htmx and staff.js make them quick.
//
// Rows M1 (who sees what), M14, M15, the ground of M16 and M17. §五(一), §六(一).
package work
