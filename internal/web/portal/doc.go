// Package portal is what citizens see without an account: the home, guides, filing from home, following a case, and their
// own cases.
//
// The pages need no script and weigh at most 20 KB on the line together with the sheet: village networks carry 8 KB a
// second.
//
// The ground of row M29. §六(一): the applicant is told, and need not ask.
package portal
