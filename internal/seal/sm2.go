package seal

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/emmansun/gmsm/sm2"
	"golang.org/x/mod/sumdb/note"
)

// sm2Type begins the encoding of an SM2 key, as C2SP's signed-note asks of kinds of signature that it has given no byte:
// 0xff and a longer name. After it stand 65 bytes of the public point, or 32 of the secret number. The signature is SM2
// with SM3 over the note's text, user identity 1234567812345678, in DER (GB/T 32918, GB/T 35276).
const sm2Type = "\xffbianmin/sm2-with-sm3:"

const secretPrefix = "PRIVATE+KEY+"

var errKey = errors.New("this is no key of a log")

// NewSigner reads a secret key, Ed25519 or SM2.
func NewSigner(text string) (note.Signer, error) {
	name, body, err := keyBody(strings.TrimPrefix(text, secretPrefix))
	if err != nil || !strings.HasPrefix(text, secretPrefix) {
		return nil, errKey
	}
	secret, isSM2 := strings.CutPrefix(body, sm2Type)
	if !isSM2 {
		return note.NewSigner(text)
	}
	private, err := sm2.NewPrivateKey([]byte(secret))
	if err != nil {
		return nil, errKey
	}
	s, err := newSM2Signer(name, private)
	if err != nil || text != secretPrefix+keyText(name, s.hash, body) {
		return nil, errKey
	}
	return s, nil
}

// NewVerifier reads a public key, Ed25519 or SM2.
func NewVerifier(text string) (note.Verifier, error) {
	name, body, err := keyBody(text)
	if err != nil {
		return nil, err
	}
	point, isSM2 := strings.CutPrefix(body, sm2Type)
	if !isSM2 {
		return note.NewVerifier(text)
	}
	public, err := sm2.NewPublicKey([]byte(point))
	if err != nil {
		return nil, errKey
	}
	v := &sm2Verifier{name, body, keyHash(name, body), public}
	if text != keyText(name, v.hash, body) {
		return nil, errKey
	}
	return v, nil
}

// keyBody cuts name+hash+base64.
func keyBody(text string) (name, body string, err error) {
	name, rest, _ := strings.Cut(text, "+")
	_, encoded, _ := strings.Cut(rest, "+")
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || name == "" || len(raw) == 0 {
		return "", "", errKey
	}
	return name, string(raw), nil
}

func keyText(name string, hash uint32, body string) string {
	return fmt.Sprintf("%s+%08x+%s", name, hash, base64.StdEncoding.EncodeToString([]byte(body)))
}

func keyHash(name, body string) uint32 {
	sum := sha256.Sum256([]byte(name + "\n" + body))
	return binary.BigEndian.Uint32(sum[:])
}

// generateSM2 makes a key whose line stands beside the log's own.
func generateSM2(name string) (LogKey, error) {
	number := random(32)
	private, err := sm2.NewPrivateKey(number)
	if err != nil { // one number in four thousand million is none of the curve's
		return generateSM2(name)
	}
	s, err := newSM2Signer(name, private)
	if err != nil {
		return LogKey{}, err
	}
	return LogKey{Verifier: keyText(name, s.hash, s.body), Signer: secretPrefix + keyText(name, s.hash, sm2Type+string(number))}, nil
}

type sm2Verifier struct {
	name, body string
	hash       uint32
	public     *ecdsa.PublicKey
}

func (v *sm2Verifier) Name() string    { return v.name }
func (v *sm2Verifier) KeyHash() uint32 { return v.hash }
func (v *sm2Verifier) Verify(text, sig []byte) bool {
	return sm2.VerifyASN1WithSM2(v.public, nil, text, sig)
}

type sm2Signer struct {
	sm2Verifier
	private *sm2.PrivateKey
}

func newSM2Signer(name string, private *sm2.PrivateKey) (*sm2Signer, error) {
	point, err := sm2.PublicKeyToECDH(&private.PublicKey)
	if err != nil {
		return nil, err
	}
	body := sm2Type + string(point.Bytes())
	return &sm2Signer{sm2Verifier{name, body, keyHash(name, body), &private.PublicKey}, private}, nil
}

func (s *sm2Signer) Sign(text []byte) ([]byte, error) {
	return sm2.SignASN1(rand.Reader, s.private, text, sm2.NewSM2SignerOption(true, nil))
}
