// Package browser lets tests use a page as a person does: look, press keys, click or tap, read.
//
// One headless Chromium serves a test binary; each test gets a window of its own that shares nothing with the others.
// Keys carry their `code` and come at a person's pace (Scan comes at a scanner's), and are counted, so that a test can
// hold a task to its number of keys. Waiting is for what the page shows, never for a time.
//
// A page that complains fails its test: an error in the console, a breach of the content security policy, a request that
// fails or is refused, a dialog. Nothing outside this machine can be reached. A machine without Chromium fails the test
// and says what to install; nothing is skipped.
package browser
