// Package demo is the demonstration: Shenmu on the morning of 2026-03-10, with an account for every role and 300 cases
// from the nine weeks before it.
//
// Nothing here writes a case by itself. A plan (plan.go) says who comes when with what, and how it will end; then every
// case is lived through (life.go) by the accounts that own its steps, over cases.Service like everything else, all cases
// together in the order of time (seed.go). Some are told to the step (scenes.go), so that every state and every desk of
// 高家堡镇 has something to show, and some have errands beside their steps (errand.go): papers change hands, an applicant
// asks. All is drawn from fixed seeds: two runs give the same events.
//
// The people are invented. Their numbers pass the check digits, as the rules ask; that somebody has one of them by
// chance cannot be excluded, so nothing here is for any other use.
//
// Issue 2, "What a new user does" and "Accounts of the demo"; rows M1, M14, M15, M17 to try.
package demo
