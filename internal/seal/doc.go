// Package seal is the one door to cryptography: sealed columns, keyed search indexes, the journal's salted
// commitments and its signed heads. Callers name what they want done, never an algorithm, so that the national
// suite (SM2, SM3, SM4, row M54) or an approved device can stand behind the same methods later.
//
// Today: AES-256-GCM for sealed columns, HMAC-SHA-256 for search indexes, SHA-256 for commitments (as the C2SP
// log format demands) and Ed25519 for heads.
package seal
