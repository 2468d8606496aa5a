// Package citizen knows who signed in with a telephone: a code by SMS, a session of its own kind. Whoever holds the
// telephone is its citizen: there is nothing to register, so a number cannot be found out by trying, and no name is kept.
//
// A code lives five minutes and is stored as a keyed hash. Everything that slows guessing is counted in the database, so
// that several copies of the program count together. Codes and sessions run by the machine's clock.
//
// Row M55; 等保 三级: five wrong tries pause, thirty minutes idle end a session.
package citizen
