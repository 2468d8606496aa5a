package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Box seals and opens column values and makes their search indexes. Safe for concurrent use.
type Box struct {
	aeads []cipher.AEAD
	index []byte
}

// ErrOpen says that a sealed value was made with another key, or was altered.
var ErrOpen = errors.New("the sealed value does not open with the keys at hand")

// Box opens the sealing side of the keys.
func (k *Keys) Box() (*Box, error) {
	b := &Box{index: k.Index}
	for i, key := range k.Sealing {
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, fmt.Errorf("sealing key %d: %w", i+1, err)
		}
		aead, err := cipher.NewGCM(block)
		if err != nil {
			return nil, err
		}
		b.aeads = append(b.aeads, aead)
	}
	return b, nil
}

// Seal encrypts value for one purpose (the field's name); a value sealed for one purpose does not open for another.
// The text begins with the number of the key that made it.
func (b *Box) Seal(purpose, value string) string {
	aead := b.aeads[len(b.aeads)-1]
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(value)+aead.Overhead())
	rand.Read(nonce)
	sealed := aead.Seal(nonce, nonce, []byte(value), []byte(purpose))
	return strconv.Itoa(len(b.aeads)) + "." + base64.RawStdEncoding.EncodeToString(sealed)
}

// Open reverses Seal, with whichever key made the value.
func (b *Box) Open(purpose, sealed string) (string, error) {
	number, body, ok := strings.Cut(sealed, ".")
	n, err := strconv.Atoi(number)
	if !ok || err != nil || n < 1 || n > len(b.aeads) {
		return "", ErrOpen
	}
	raw, err := base64.RawStdEncoding.DecodeString(body)
	aead := b.aeads[n-1]
	if err != nil || len(raw) < aead.NonceSize() {
		return "", ErrOpen
	}
	plain, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], []byte(purpose))
	if err != nil {
		return "", ErrOpen
	}
	return string(plain), nil
}

// Index is the keyed fingerprint by which an exact value is found without being stored: 32 hexadecimal digits.
func (b *Box) Index(purpose, value string) string {
	h := hmac.New(sha256.New, b.index)
	h.Write([]byte(purpose + "\x00" + value))
	return hex.EncodeToString(h.Sum(nil)[:16])
}
