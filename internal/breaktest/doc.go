// Package breaktest breaks what a real machine breaks, under the real program, and holds it to what it promises then: a
// full disk (507, and on again by itself), a disk that does not keep (nothing more is acknowledged), a PostgreSQL that
// is gone, killed, or whose replies are cut (503, nothing lost, nothing doubled), a polite end under load, a second copy,
// and names that try to break the log.
//
// It holds tests alone. It needs Linux, strace (attached to the running program it makes fsync err) and the right to
// mount a small file system in a name space of its own; where one is missing the test fails and says so.
package breaktest
