package access

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Proof is by what somebody showed who they are.
type Proof string

// The proofs. A passkey is two in one: the device that has it asks for a finger, a face or a code of its own.
const (
	ByPassword Proof = "password"
	ByCode     Proof = "totp"
	ByPasskey  Proof = "passkey"
	ByRecovery Proof = "recovery"
	ByDemo     Proof = "demo" // the demonstration's front page, which asks for nothing
)

var proofNames = map[Proof]string{ByPassword: "密码", ByCode: "密码和验证码", ByPasskey: "通行密钥", ByRecovery: "密码和恢复码", ByDemo: "演示首页"}

// Chinese is what people read.
func (p Proof) Chinese() string { return proofNames[p] }

// Factors are what an account has besides its password. None of it opens anything to whoever reads it.
type Factors struct {
	Code     *Code     `json:"totp,omitempty"`
	Passkeys []Passkey `json:"passkeys,omitempty"`
	// Recovery are the keyed fingerprints of the recovery codes that are left.
	Recovery []string `json:"recovery,omitempty"`
}

// Code is a generator of one-time codes (RFC 6238) on a person's telephone.
type Code struct {
	Nonce string    `json:"nonce"` // of which the key beside the data makes the secret
	Since time.Time `json:"since"`
	// Step is the last half minute whose code was used: neither it nor an earlier one is taken again.
	Step int64 `json:"step"`
}

// Passkey is one device's (or one keychain's) key to the account.
type Passkey struct {
	ID    string    `json:"id"` // base64url
	Name  string    `json:"name"`
	Key   []byte    `json:"key"`  // public, COSE
	Host  string    `json:"host"` // the name of the site for which it was made
	Flags byte      `json:"flags"`
	Count uint32    `json:"count"`
	Since time.Time `json:"since"`
	Used  time.Time `json:"used,omitzero"`
}

// Has says that there is a second factor. Recovery codes alone are none.
func (f Factors) Has() bool { return f.Code != nil || len(f.Passkeys) > 0 }

// Passkey finds one by its id.
func (f Factors) Passkey(id string) (Passkey, bool) {
	i := slices.IndexFunc(f.Passkeys, func(p Passkey) bool { return p.ID == id })
	if i < 0 {
		return Passkey{}, false
	}
	return f.Passkeys[i], true
}

// The kinds of entry about what an account has besides its password.
const (
	KindCodeSet        = "totp_set"
	KindCodeRemoved    = "totp_removed"
	KindPasskeyAdded   = "passkey_added"
	KindPasskeyRemoved = "passkey_removed"
	KindRecoverySet    = "recovery_set"
	KindFactorsReset   = "factors_reset"
	KindConfirmed      = "confirmed"
)

// used is what a proof leaves behind: it is part of the entry of the sign-in or of the confirmation.
type used struct {
	With     Proof  `json:"with,omitempty"`
	Step     int64  `json:"step,omitempty"`
	Passkey  string `json:"passkey,omitempty"`
	Count    uint32 `json:"count,omitempty"`
	Flags    byte   `json:"flags,omitempty"`
	Recovery string `json:"recovery,omitempty"`
}

// apply takes in that a proof was used at an instant.
func (f *Factors) apply(u used, at time.Time) {
	switch u.With {
	case ByCode:
		if f.Code != nil {
			c := *f.Code
			c.Step = u.Step
			f.Code = &c
		}
	case ByPasskey:
		f.Passkeys = slices.Clone(f.Passkeys)
		for i := range f.Passkeys {
			if p := &f.Passkeys[i]; p.ID == u.Passkey {
				p.Count, p.Flags, p.Used = u.Count, u.Flags, at
			}
		}
	case ByRecovery:
		f.Recovery = without(f.Recovery, u.Recovery)
	}
}

func without(list []string, gone string) []string {
	var left []string
	for _, x := range list {
		if x != gone {
			left = append(left, x)
		}
	}
	return left
}

// evolve applies the entries about factors; known is false when the kind is another's.
func (f *Factors) evolve(kind string, raw json.RawMessage, at time.Time) (known bool, err error) {
	at = at.UTC().Truncate(time.Microsecond)
	switch kind {
	case KindCodeSet:
		var d codeSet
		if err = json.Unmarshal(raw, &d); err == nil {
			f.Code = &Code{Nonce: d.Nonce, Since: at, Step: d.Step}
		}
	case KindCodeRemoved:
		f.Code = nil
	case KindPasskeyAdded:
		var p Passkey
		if err = json.Unmarshal(raw, &p); err == nil {
			p.Since = at
			f.Passkeys = append(slices.Clone(f.Passkeys), p)
		}
	case KindPasskeyRemoved:
		var d passkeyRemoved
		if err = json.Unmarshal(raw, &d); err == nil {
			f.Passkeys = slices.DeleteFunc(slices.Clone(f.Passkeys), func(p Passkey) bool { return p.ID == d.ID })
		}
	case KindRecoverySet:
		var d recoverySet
		if err = json.Unmarshal(raw, &d); err == nil {
			f.Recovery = d.Codes
		}
	case KindFactorsReset:
		*f = Factors{}
	case KindSignedIn, KindConfirmed:
		var u used
		if err = json.Unmarshal(raw, &u); err == nil {
			f.apply(u, at)
		}
	default:
		return false, nil
	}
	if !f.Has() {
		f.Recovery = nil // they stand in for a factor; without one they are a second password
	}
	return true, err
}

type codeSet struct {
	Nonce string `json:"nonce"`
	Step  int64  `json:"step"`
}

type passkeyRemoved struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type recoverySet struct {
	Codes []string `json:"codes"`
}

// stored is how factors stand in their row; nothing for none.
func (f Factors) stored() string {
	if f.Code == nil && len(f.Passkeys) == 0 && len(f.Recovery) == 0 {
		return ""
	}
	raw, err := json.Marshal(f)
	if err != nil {
		panic(fmt.Sprintf("writing the factors: %v", err)) // of strings, bytes and instants: cannot fail
	}
	return string(raw)
}

// Factors are what the account has besides its password.
func (a Account) Factors() Factors {
	f, err := factorsOf(a.factors)
	if err != nil {
		panic(fmt.Sprintf("reading the factors of %s: %v", a.Account, err)) // the store refused a row that cannot be read
	}
	return f
}

// evolveFactors applies an entry to them; known is false when its kind is another's.
func (a *Account) evolveFactors(kind string, raw json.RawMessage, at time.Time) (known bool, err error) {
	f := a.Factors()
	known, err = f.evolve(kind, raw, at)
	a.factors = f.stored()
	return known, err
}

// factorsOf reads a row. One that was tampered with has no factor, which lets nobody in who needs one.
func factorsOf(stored string) (f Factors, err error) {
	if stored == "" {
		return Factors{}, nil
	}
	d := json.NewDecoder(bytes.NewReader([]byte(stored)))
	err = d.Decode(&f)
	return f, err
}
