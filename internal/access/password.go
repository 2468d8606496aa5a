package access

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"bianmin/internal/problem"
)

// argonLength is how many bytes are stored of a hash.
const argonLength = 32

// argonCost is what hashing a password takes: passes, memory in KiB, threads.
type argonCost struct {
	time, memory uint32
	threads      uint8
}

// cost is that of the passwords that are hashed from now on (RFC 9106 names 64 MiB for memory-poor machines; OWASP's least is
// 19 MiB with two passes, which keeps a sign-in of many people at once within a small machine). Stored ones name their own.
var cost = argonCost{time: 2, memory: 19 * 1024, threads: 1}

// Cheap lets passwords cost next to nothing from now on. It is for tests, which sign in some thousand times and guard nothing.
func Cheap() {
	cost = argonCost{time: 1, memory: 64, threads: 1}
	nobody = HashPassword("nobody")
}

// hashing bounds how many passwords are hashed at once, and so the memory that takes.
var hashing = make(chan struct{}, 2)

// HashPassword makes the stored form, with a fresh salt.
func HashPassword(password string) string {
	salt := make([]byte, 16)
	rand.Read(salt)
	sum := argon(password, salt, cost.time, cost.memory, cost.threads)
	enc := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, cost.memory, cost.time, cost.threads, enc(salt), enc(sum))
}

// checkPassword compares in constant time. A stored form that cannot be read opens for nobody.
func checkPassword(stored, password string) bool {
	var version int
	var memory, time uint32
	var threads uint8
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &time, &threads); err != nil || time < 1 || threads < 1 {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false
	}
	sum, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(sum) != argonLength {
		return false
	}
	return subtle.ConstantTimeCompare(sum, argon(password, salt, time, memory, threads)) == 1
}

func argon(password string, salt []byte, time, memory uint32, threads uint8) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(password), salt, time, memory, threads, argonLength)
}

// CheckNewPassword is the rule of a password that a person chooses: 8 to 200 characters of three kinds at least
// (等保: not to be guessed), and not the account's own name.
func CheckNewPassword(account, password string) *problem.Problem {
	bad := func(code, message string) *problem.Problem {
		return problem.WrongFields([]problem.Field{{Path: "password", Code: code, Message: message}})
	}
	n := utf8.RuneCountInString(password)
	switch {
	case n < 8:
		return bad("too_short", "密码至少 8 位")
	case n > 200:
		return bad("too_long", "密码最多 200 位")
	case strings.Contains(strings.ToLower(password), strings.ToLower(account)):
		return bad("contains_account", "密码里不要有账号")
	case kindsOf(password) < 3:
		return bad("too_simple", "密码要有大写字母、小写字母、数字、符号里的三种")
	}
	return nil
}

func kindsOf(s string) int {
	var lower, upper, digit, other int
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			lower = 1
		case r >= 'A' && r <= 'Z':
			upper = 1
		case r >= '0' && r <= '9':
			digit = 1
		default:
			other = 1
		}
	}
	return lower + upper + digit + other
}
