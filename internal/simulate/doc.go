// Package simulate lives through years of Shenmu: as many days as asked for before the morning of the demonstration,
// with people who come by the day's, the season's and the town's measure, desks with habits and queues, mistakes,
// corrections and those who never come back.
//
// Nothing is written by itself. Each move of a case (internal/demo tells them) is decided by the rules, by the account
// that may do it, and what the law does by itself happens at its moment; cases.Bulk folds, gathers and writes many
// moves in one transaction. `bianmin verify` finds nothing.
//
// What comes next in a case follows from the seed, the case's index, how it stands and what has happened in it. So
// nothing is kept of a simulation but its arguments: killed at any moment, it reads the open cases, counts off the
// arrivals that were filed, and goes on as if nothing had been.
package simulate
