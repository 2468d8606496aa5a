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
	"sync/atomic"
	"time"
)

// Box seals and opens column values and makes their search indexes. Safe for concurrent use, also while it takes up
// another set of keys.
type Box struct {
	ring  atomic.Pointer[ring]
	index []byte
}

// ring is the sealing keys at one time: by number, from 1 on, nil where one was dropped.
type ring struct {
	aeads []cipher.AEAD
	seals int // the number of the one that seals
}

// ErrOpen says that a sealed value was made with another key, or was altered.
var ErrOpen = errors.New("the sealed value does not open with the keys at hand")

// Box opens the sealing side of the keys. The newest key seals.
func (k *Keys) Box() (*Box, error) {
	b := &Box{index: k.Index}
	return b, b.Take(k, k.From)
}

// Take makes the keys those of the box, as they are to be used at this instant: a key that is not yet to seal only
// opens. The key of the indexes never changes: every index would have to be made anew.
func (b *Box) Take(k *Keys, now time.Time) error {
	if !hmac.Equal(k.Index, b.index) {
		return errors.New("the key of the search indexes is another one")
	}
	r := &ring{seals: k.Seals(now)}
	for i, key := range k.Sealing {
		if key == nil {
			r.aeads = append(r.aeads, nil)
			continue
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return fmt.Errorf("sealing key %d: %w", i+1, err)
		}
		aead, err := cipher.NewGCM(block)
		if err != nil {
			return err
		}
		r.aeads = append(r.aeads, aead)
	}
	b.ring.Store(r)
	return nil
}

// Seal encrypts value for one purpose (the field's name); a value sealed for one purpose does not open for another.
// The text begins with the number of the key that made it.
func (b *Box) Seal(purpose, value string) string {
	r := b.ring.Load()
	aead := r.aeads[r.seals-1]
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(value)+aead.Overhead())
	rand.Read(nonce)
	sealed := aead.Seal(nonce, nonce, []byte(value), []byte(purpose))
	return strconv.Itoa(r.seals) + "." + base64.RawStdEncoding.EncodeToString(sealed)
}

// Open reverses Seal, with whichever key made the value.
func (b *Box) Open(purpose, sealed string) (string, error) {
	r := b.ring.Load()
	n, body := madeBy(sealed)
	if n < 1 || n > len(r.aeads) || r.aeads[n-1] == nil {
		return "", ErrOpen
	}
	raw, err := base64.RawStdEncoding.DecodeString(body)
	aead := r.aeads[n-1]
	if err != nil || len(raw) < aead.NonceSize() {
		return "", ErrOpen
	}
	plain, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], []byte(purpose))
	if err != nil {
		return "", ErrOpen
	}
	return string(plain), nil
}

// SealBytes is Seal for what is large and has no place in a text: the number of the key goes beside it.
func (b *Box) SealBytes(purpose string, value []byte) (key int, sealed []byte) {
	r := b.ring.Load()
	aead := r.aeads[r.seals-1]
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(value)+aead.Overhead())
	rand.Read(nonce)
	return r.seals, aead.Seal(nonce, nonce, value, []byte(purpose))
}

// OpenBytes reverses SealBytes.
func (b *Box) OpenBytes(purpose string, key int, sealed []byte) ([]byte, error) {
	r := b.ring.Load()
	if key < 1 || key > len(r.aeads) || r.aeads[key-1] == nil || len(sealed) < r.aeads[key-1].NonceSize() {
		return nil, ErrOpen
	}
	aead := r.aeads[key-1]
	plain, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], []byte(purpose))
	if err != nil {
		return nil, ErrOpen
	}
	return plain, nil
}

// Sealing is the number of the key that seals now.
func (b *Box) Sealing() int { return b.ring.Load().seals }

// Old says that the value was sealed with another key than the one that seals now.
func (b *Box) Old(sealed string) bool {
	n, _ := madeBy(sealed)
	return n != b.ring.Load().seals
}

// madeBy gives the number of the key that made a sealed value; 0 when it is none.
func madeBy(sealed string) (n int, body string) {
	number, body, ok := strings.Cut(sealed, ".")
	n, err := strconv.Atoi(number)
	if !ok || err != nil {
		return 0, ""
	}
	return n, body
}

// Index is the keyed fingerprint by which an exact value is found without being stored: 32 hexadecimal digits.
func (b *Box) Index(purpose, value string) string {
	h := hmac.New(sha256.New, b.index)
	h.Write([]byte(purpose + "\x00" + value))
	return hex.EncodeToString(h.Sum(nil)[:16])
}
