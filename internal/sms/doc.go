// Package sms brings messages to telephones. Whoever has something to tell puts it in the outbox in its own transaction;
// the leader of the copies drains the outbox beside the requests, through a provider (SMPP 3.4). In the demonstration
// there is none: messages are kept, and shown to the administrator.
//
// Nothing is lost: what was not taken is tried again, ever more slowly, until it helps nobody any more. Nothing is doubled
// where SMPP lets us: the parts of a long text that were taken are not sent again. Where the connection is cut between a
// part and its answer nobody can know, and the part is sent once more.
//
// Rows M55 (codes for signing in), M40 (what else goes by SMS).
package sms
