package journal

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"bianmin/internal/seal"
)

func TestAHeadOpensWithItsOwnKeyAlone(t *testing.T) {
	own, other, elsewhere := keys(t, "bianmin.test"), keys(t, "bianmin.test"), keys(t, "bianmin.elsewhere")
	root := tlog.RecordHash([]byte("root"))
	head := signed(t, own, 7, root)

	if want := fmt.Sprintf("bianmin.test\n7\n%s\n\n— bianmin.test ", base64.StdEncoding.EncodeToString(root[:])); !strings.HasPrefix(head, want) {
		t.Errorf("the checkpoint %q", head)
	}
	h, err := OpenHead(head, verifier(t, own.Verifier))
	if err != nil || h != (Head{"bianmin.test", 7, root}) {
		t.Errorf("opened: %+v, %v", h, err)
	}
	for what, key := range map[string]string{
		"another key of the same name": other.Verifier,
		"another log's":                elsewhere.Verifier,
	} {
		if _, err := OpenHead(head, verifier(t, key)); err == nil {
			t.Errorf("it opened with %s", what)
		}
	}
	if _, err := OpenHead(head); err == nil {
		t.Error("it opened without a key")
	}
}

func TestAChangedHeadDoesNotOpen(t *testing.T) {
	own := keys(t, "bianmin.test")
	head := signed(t, own, 7, tlog.RecordHash([]byte("root")))
	lines := strings.Split(head, "\n")
	for what, changed := range map[string]string{
		"size":         strings.Replace(head, "\n7\n", "\n8\n", 1),
		"root":         strings.Replace(head, lines[2], base64.StdEncoding.EncodeToString(make([]byte, 32)), 1),
		"origin":       strings.Replace(head, "bianmin.test\n", "bianmin.rest\n", 1),
		"a line more":  strings.Replace(head, "\n\n", "\nmore\n\n", 1),
		"no signature": strings.Join(lines[:3], "\n") + "\n\n",
		"cut":          head[:len(head)-5],
		"nothing":      "",
	} {
		if h, err := OpenHead(changed, verifier(t, own.Verifier)); err == nil {
			t.Errorf("%s changed and it opens: %+v", what, h)
		}
	}
}

// What is signed by the right key can still be no head.
func TestASignedNoteThatIsNoHead(t *testing.T) {
	own := keys(t, "bianmin.test")
	root := base64.StdEncoding.EncodeToString(make([]byte, 32))
	for _, text := range []string{
		"bianmin.test\n", "bianmin.test\n7\n", "elsewhere\n7\n" + root + "\n", "bianmin.test\nseven\n" + root + "\n",
		"bianmin.test\n7\n" + root[:8] + "\n", "bianmin.test\n7\nno base64!\n",
		"bianmin.test\n07\n" + root + "\n", "bianmin.test\n-7\n" + root + "\n", "bianmin.test\n7\n" + root + "\nmore\n",
	} {
		signed, err := note.Sign(&note.Note{Text: text}, signer(t, own))
		if err != nil {
			t.Fatal(err)
		}
		if h, err := OpenHead(string(signed), verifier(t, own.Verifier)); err == nil {
			t.Errorf("%q is a head: %+v", text, h)
		}
	}
}

func FuzzOpenHead(f *testing.F) {
	own := keys(f, "bianmin.test")
	known := verifier(f, own.Verifier)
	f.Add(signed(f, own, 7, tlog.Hash{}))
	f.Add("bianmin.test\n7\n\n— x y\n")
	f.Fuzz(func(t *testing.T, text string) {
		if h, err := OpenHead(text, known); err == nil && h.Origin != "bianmin.test" {
			t.Errorf("a head of %q", h.Origin)
		}
	})
}

func keys(t testing.TB, origin string) *seal.Keys {
	t.Helper()
	k, err := seal.Generate(origin)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func signer(t testing.TB, k *seal.Keys) note.Signer {
	t.Helper()
	s, err := note.NewSigner(k.Signer)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func verifier(t testing.TB, key string) note.Verifier {
	t.Helper()
	v, err := seal.NewVerifier(key)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func signed(t testing.TB, k *seal.Keys, size int64, root tlog.Hash) string {
	t.Helper()
	head, err := signHead([]note.Signer{signer(t, k)}, size, root)
	if err != nil {
		t.Fatal(err)
	}
	return head
}
