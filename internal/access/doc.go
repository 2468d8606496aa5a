// Package access knows who works here and what each may do where: accounts, sessions, passwords, and one table of
// permissions that routes, buttons and the API ask alike.
//
// Accounts change through the journal like everything else; the journal holds the fingerprint of a password's hash,
// never the hash. Sessions run by the machine's clock, also in the demonstration.
//
// Rows M1 (who sees what), M61; 等保 三级: five wrong tries pause, thirty minutes idle end a session.
package access
