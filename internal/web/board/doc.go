// Package board shows heads and the supervisor where things stand: the worst thing in the first sentence, then the places,
// the items and the posts, and month by month. Every figure leads to its cases: the list of the desk, with what narrows it
// in the address, so that a view can be sent. Who sees less than the sender sees of it what is theirs.
//
// Rows M17, M24 and M26 (the ground of both).
package board
