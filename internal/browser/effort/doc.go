// Package effort holds tasks to the number of clicks and keys that the design allows for them, and records what was
// measured: in measured.json here, from which the table in docs/look.md is made.
//
// Keys that have to be pressed whatever the page is like, the characters of names, numbers and reasons, are typed through
// the measurement and counted apart. The rest is what the page costs. A measurement over its budget fails its test, and so
// does one that is not what measured.json says: run the test with BIANMIN_MEASURE=1 to write it anew.
package effort
