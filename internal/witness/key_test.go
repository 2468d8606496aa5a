package witness

import (
	"crypto/rand"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

func TestAWitnessIsNamedByKeyAndAddress(t *testing.T) {
	o := newOutside(t, "witness.example/town")
	for _, address := range []string{"http://127.0.0.1:1", "https://witness.example/x/", "https://w.example:8443/a@b"} {
		w := parsed(t, o.Key+"@"+address)
		if w.Name != o.Name || w.url != strings.TrimSuffix(address, "/") || w.KeyHash() != o.Signer.Verifier().KeyHash() {
			t.Errorf("%s: %+v", address, w)
		}
	}
	_, plain, err := note.GenerateKey(rand.Reader, o.Name)
	if err != nil {
		t.Fatal(err)
	}
	parsed(t, plain+"@http://127.0.0.1:1") // the same key in the other spelling
	hash := strings.Split(o.Key, "+")[1]
	for _, wrong := range []string{"", "@", o.Key, o.Key + "@", o.Key + "@x", o.Key + "@ftp://x", o.Key + "@http://", "@http://x", "x@http://x", "x+y+z@http://x",
		"y" + o.Key + "@http://x", strings.Replace(o.Key, hash, "00000000", 1) + "@http://x", o.Key[:len(o.Key)-4] + "@http://x", "a b+00000000+AAAA@http://x"} {
		if w, err := Parse(wrong); err == nil {
			t.Errorf("%q: %+v", wrong, w)
		}
	}
}
