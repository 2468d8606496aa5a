// Package counterwalk holds the tests that use the counter as people do: over HTTP without a script, and in a browser
// with keys and fingers, on real services and a database of their own.
//
// Issue 2, "What a new user does" 2; budgets of the counter: call to receipt in twenty keys, no mouse.
package counterwalk
