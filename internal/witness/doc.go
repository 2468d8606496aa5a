// Package witness has heads of the log cosigned by parties outside the owner's control, by C2SP tlog-witness and
// tlog-cosignature: a witness signs a head only when the log goes on from the last one that it signed. A head of ours
// alone proves nothing against who owns the machine: an old backup put back would pass.
package witness
