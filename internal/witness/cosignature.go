package witness

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// The kinds of key of C2SP's signed-note: a plain one, and that of timestamped cosignatures. The same Ed25519 key may be
// written either way.
const (
	plainKey       = 1
	cosignatureKey = 4
)

var errKey = errors.New("this is no public key of a witness")

// verifier checks cosignature/v1 lines of one witness.
type verifier struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

// newVerifier reads NAME+HASH+KEY.
func newVerifier(text string) (*verifier, error) {
	name, rest, _ := strings.Cut(text, "+")
	hash, encoded, _ := strings.Cut(rest, "+")
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || name == "" || strings.ContainsFunc(name, isSpace) || len(raw) != 1+ed25519.PublicKeySize {
		return nil, errKey
	}
	if kind := raw[0]; kind != plainKey && kind != cosignatureKey || hash != fmt.Sprintf("%08x", keyHash(name, raw)) {
		return nil, errKey
	}
	raw[0] = cosignatureKey
	return &verifier{name, keyHash(name, raw), ed25519.PublicKey(raw[1:])}, nil
}

func isSpace(r rune) bool { return r <= ' ' }

func keyHash(name string, key []byte) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n"), key...))
	return binary.BigEndian.Uint32(sum[:])
}

func (v *verifier) Name() string    { return v.name }
func (v *verifier) KeyHash() uint32 { return v.hash }

// stampSize is the length of the instant before the signature.
const stampSize = 8

func (v *verifier) Verify(text, sig []byte) bool {
	if len(sig) != stampSize+ed25519.SignatureSize {
		return false
	}
	message := fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), text)
	return ed25519.Verify(v.key, message, sig[stampSize:])
}

// Cosignature says which witness signed a head, and when.
type Cosignature struct {
	Name string
	At   time.Time
}

// Cosignatures checks the lines of witnesses under a head: each of the keys has to have signed.
func Cosignatures(checkpoint string, keys []string) ([]Cosignature, error) {
	var list []Cosignature
	for _, key := range keys {
		v, err := newVerifier(key)
		if err != nil {
			return nil, err
		}
		line, err := v.line(checkpoint)
		if err != nil {
			return nil, err
		}
		at, err := stamp(line)
		if err != nil {
			return nil, err
		}
		list = append(list, Cosignature{v.name, at})
	}
	return list, nil
}

// line finds the witness's line under a head.
func (v *verifier) line(checkpoint string) (note.Signature, error) {
	n, err := note.Open([]byte(checkpoint), note.VerifierList(v))
	if err != nil {
		return note.Signature{}, fmt.Errorf("the cosignature of %s: %w", v.name, err)
	}
	return n.Sigs[0], nil
}

func stamp(s note.Signature) (time.Time, error) {
	raw, err := base64.StdEncoding.DecodeString(s.Base64)
	if err != nil || len(raw) < 4+stampSize {
		return time.Time{}, fmt.Errorf("the cosignature of %s has no instant", s.Name)
	}
	return time.Unix(int64(binary.BigEndian.Uint64(raw[4:])), 0).UTC(), nil
}
