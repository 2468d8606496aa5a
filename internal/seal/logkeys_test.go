package seal

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

const text = "bianmin.test\n7\nAAAA\n"

func logKeys(t *testing.T) *Keys {
	t.Helper()
	k, err := Generate("bianmin.test")
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// signed gives the note with a line of each key that signs.
func signed(t *testing.T, k *Keys) []byte {
	t.Helper()
	signers, err := k.Signers()
	if err != nil {
		t.Fatal(err)
	}
	n, err := note.Sign(&note.Note{Text: text}, signers...)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// names opens a note with public keys and gives whose lines hold; none when it does not open.
func names(t *testing.T, n []byte, keys ...string) string {
	t.Helper()
	var list []note.Verifier
	for _, k := range keys {
		v, err := NewVerifier(k)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, v)
	}
	opened, err := note.Open(n, note.VerifierList(list...))
	if err != nil {
		return ""
	}
	var who []string
	for _, s := range opened.Sigs {
		who = append(who, s.Name)
	}
	return strings.Join(who, " ")
}

func TestDuringAChangeOfKeysBothSign(t *testing.T) {
	k := logKeys(t)
	before := k.Verifier
	if err := k.RotateLog(); err != nil {
		t.Fatal(err)
	}
	if k.Verifier == before || k.Origin() != "bianmin.test" {
		t.Errorf("the key is still %s, of %s", k.Verifier, k.Origin())
	}
	both := signed(t, k)
	for _, one := range []string{before, k.Verifier} {
		if names(t, both, one) != "bianmin.test" {
			t.Errorf("%s does not open the head", one)
		}
	}
	if n := k.RetireLog(); n != 1 {
		t.Errorf("%d keys were retired", n)
	}
	after := signed(t, k)
	if names(t, after, before) != "" || names(t, after, k.Verifier) != "bianmin.test" {
		t.Errorf("after the change: %s", after)
	}
	if known := k.PublicKeys(); len(known) != 2 || names(t, both, known...) == "" || known[1] != before {
		t.Errorf("the earlier key is forgotten: %v", known)
	}
	if n := k.RetireLog(); n != 0 {
		t.Errorf("%d more were retired", n)
	}
}

func TestAnSM2LineStandsBeside(t *testing.T) {
	k := logKeys(t)
	if err := k.AddSM2(); err != nil {
		t.Fatal(err)
	}
	own, national := k.Verifier, k.Beside[0].Verifier
	n := signed(t, k)
	if got := names(t, n, own, national); got != "bianmin.test bianmin.test/sm2" {
		t.Errorf("signed by %q", got)
	}
	if names(t, n, own) == "" || names(t, n, national) == "" {
		t.Error("one line alone does not open the note")
	}
	forged := []byte(strings.Replace(string(n), "\n7\n", "\n8\n", 1))
	if names(t, forged, national) != "" {
		t.Error("a changed text opens")
	}
	other := logKeys(t)
	if err := other.AddSM2(); err != nil {
		t.Fatal(err)
	}
	if names(t, n, other.Beside[0].Verifier) != "" {
		t.Error("it opens with another's key")
	}
	if n := k.RetireLog(); n != 0 {
		t.Errorf("%d retired, the SM2 key is no earlier one", n)
	}
	if err := k.AddSM2(); err != nil {
		t.Fatal(err)
	}
	if n := k.RetireLog(); n != 1 || k.Beside[0].Signer != "" || k.Beside[1].Signer == "" {
		t.Errorf("%d retired of two SM2 keys: %v", n, k.Beside)
	}
}

func TestANewEpochHasKeysOfItsOwnName(t *testing.T) {
	k := logKeys(t)
	if err := k.AddSM2(); err != nil {
		t.Fatal(err)
	}
	before := signed(t, k)
	if err := k.BeginEpoch("bianmin.test/2"); err != nil {
		t.Fatal(err)
	}
	if k.Origin() != "bianmin.test/2" {
		t.Errorf("the origin %s", k.Origin())
	}
	if got := names(t, signed(t, k), k.PublicKeys()...); got != "bianmin.test/2 bianmin.test/2/sm2" {
		t.Errorf("signed by %q", got)
	}
	if got := names(t, before, k.PublicKeys()...); got != "bianmin.test bianmin.test/sm2" {
		t.Errorf("the head before is opened by %q", got)
	}
}

func TestKeysOfTheLogSurviveTheFile(t *testing.T) {
	k := logKeys(t)
	if err := k.AddSM2(); err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(k)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "keys.json")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	back, err := Load(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := names(t, signed(t, back), k.PublicKeys()...); got != "bianmin.test bianmin.test/sm2" {
		t.Errorf("signed by %q", got)
	}
}

func TestWhatIsNoKeyIsNotRead(t *testing.T) {
	k := logKeys(t)
	if err := k.AddSM2(); err != nil {
		t.Fatal(err)
	}
	public, secret := k.Beside[0].Verifier, k.Beside[0].Signer
	hash := strings.Split(public, "+")[1]
	for _, wrong := range []string{"", "+", "x", "x+y", "x+y+", "x+00000000+!", "y" + public, public + "A",
		strings.Replace(public, hash, "00000000", 1), public[:len(public)-8]} {
		if _, err := NewVerifier(wrong); err == nil {
			t.Errorf("%q is a public key", wrong)
		}
		if _, err := NewSigner(wrong); err == nil {
			t.Errorf("%q is a secret key", wrong)
		}
	}
	for _, wrong := range []string{secret[:len(secret)-8], strings.Replace(secret, hash, "00000000", 1), strings.TrimPrefix(secret, "PRIVATE+KEY+")} {
		if _, err := NewSigner(wrong); err == nil {
			t.Errorf("%q is a secret key", wrong)
		}
	}
	if _, err := NewVerifier(secret); err == nil {
		t.Error("the secret key is a public one")
	}
	k.Beside[0].Signer = "x"
	if _, err := k.Signers(); err == nil {
		t.Error("the keys sign with a broken one")
	}
	if _, err := k.Verifiers("x"); err == nil {
		t.Error("a broken public key is among the known")
	}
}
