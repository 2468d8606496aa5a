package seal

import "crypto/sha256"

// SaltSize is the length of the salt of one commitment, in bytes.
const SaltSize = 16

// Salt draws a fresh salt.
func Salt() []byte { return random(SaltSize) }

// Commit is the salted commitment that the public log holds in place of an entry: it tells nothing of the entry to
// who lacks the salt, and binds who has it to exactly these bytes.
func Commit(salt, body []byte) [32]byte {
	h := sha256.New()
	h.Write(salt)
	h.Write(body)
	return [32]byte(h.Sum(nil))
}
