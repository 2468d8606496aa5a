// Package scratch gives test harnesses a temporary folder that does not stay behind when its process is killed.
//
// A test binary that times out, is interrupted or is killed runs no cleanup. So each folder holds a lock that lives and
// dies with its process, and whoever makes the next folder of the same kind first removes those that nobody holds.
package scratch
