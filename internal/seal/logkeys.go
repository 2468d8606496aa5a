package seal

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// LogKey is a key of the log beside the one of Keys.Signer: an SM2 key, the key before a change, or one that only tells
// older heads.
type LogKey struct {
	Verifier string `json:"verifier"`
	Signer   string `json:"signer,omitempty"` // empty once it signs no more
}

// sm2Name ends the name of an SM2 key: the log's own name stays with the key that C2SP's tools look for.
const sm2Name = "/sm2"

// Origin is the log's name: that of the key which signs it.
func (k *Keys) Origin() string {
	name, _, _ := strings.Cut(k.Verifier, "+")
	return name
}

// Signers are the keys whose lines a head carries, the log's own first.
func (k *Keys) Signers() ([]note.Signer, error) {
	own, err := NewSigner(k.Signer)
	if err != nil {
		return nil, fmt.Errorf("reading the journal's key: %w", err)
	}
	list := []note.Signer{own}
	for _, b := range k.Beside {
		if b.Signer == "" {
			continue
		}
		s, err := NewSigner(b.Signer)
		if err != nil {
			return nil, fmt.Errorf("reading the journal's key beside: %w", err)
		}
		list = append(list, s)
	}
	return list, nil
}

// PublicKeys are the public keys of every key that signs or ever signed, the present one first.
func (k *Keys) PublicKeys() []string {
	list := []string{k.Verifier}
	for _, b := range k.Beside {
		list = append(list, b.Verifier)
	}
	return list
}

// Verifiers are those keys, read, and any others that are given.
func (k *Keys) Verifiers(more ...string) ([]note.Verifier, error) {
	var list []note.Verifier
	for _, text := range append(k.PublicKeys(), more...) {
		v, err := NewVerifier(text)
		if err != nil {
			return nil, fmt.Errorf("reading a public key of the journal: %w", err)
		}
		list = append(list, v)
	}
	return list, nil
}

// RotateLog makes a new key of the same name. The one before goes on signing beside it until RetireLog: whoever knows
// only that one can still read the heads.
func (k *Keys) RotateLog() error { return k.renew(k.Origin()) }

// BeginEpoch makes a new key of a new name, the new name of the log. What signed under the old name signs no more.
func (k *Keys) BeginEpoch(origin string) error {
	withSM2 := false
	for _, b := range k.Beside {
		withSM2 = withSM2 || b.Signer != "" && isSM2(b)
	}
	if err := k.renew(origin); err != nil {
		return err
	}
	for i := range k.Beside {
		k.Beside[i].Signer = ""
	}
	if withSM2 {
		return k.AddSM2()
	}
	return nil
}

func (k *Keys) renew(name string) error {
	signer, verifier, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return fmt.Errorf("making the journal's key: %w", err)
	}
	k.Beside = append(k.Beside, LogKey{Verifier: k.Verifier, Signer: k.Signer})
	k.Signer, k.Verifier = signer, verifier
	return nil
}

// AddSM2 makes an SM2 key whose line stands beside the log's own from now on; one that is there already goes on until
// RetireLog.
func (k *Keys) AddSM2() error {
	key, err := generateSM2(k.Origin() + sm2Name)
	if err == nil {
		k.Beside = append(k.Beside, key)
	}
	return err
}

// RetireLog takes from the earlier keys what they sign with, and says how many it were. Their public keys stay: they
// tell older heads. The newest SM2 key is no earlier one.
func (k *Keys) RetireLog() (retired int) {
	newest := false
	for i := len(k.Beside) - 1; i >= 0; i-- {
		b := &k.Beside[i]
		if b.Signer == "" {
			continue
		}
		if isSM2(*b) && !newest {
			newest = true
			continue
		}
		b.Signer = ""
		retired++
	}
	return retired
}

// Remember keeps a public key that the file had lost, so that the heads it signed can still be told.
func (k *Keys) Remember(verifier string) {
	if !slices.Contains(k.PublicKeys(), verifier) {
		k.Beside = append(k.Beside, LogKey{Verifier: verifier})
	}
}

func isSM2(b LogKey) bool {
	_, body, err := keyBody(b.Verifier)
	return err == nil && strings.HasPrefix(body, sm2Type)
}
