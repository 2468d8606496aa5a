package journal

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// signHead writes the C2SP checkpoint of a tree and signs it. The signer's name is the log's origin.
func signHead(signer note.Signer, size int64, root tlog.Hash) (string, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n", signer.Name(), size, base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	return string(signed), err
}

// Head is an opened checkpoint.
type Head struct {
	Origin string
	Size   int64
	Root   tlog.Hash
}

// OpenHead checks a checkpoint's signature and reads it.
func OpenHead(checkpoint, verifierKey string) (Head, error) {
	v, err := note.NewVerifier(verifierKey)
	if err != nil {
		return Head{}, fmt.Errorf("reading the public key: %w", err)
	}
	n, err := note.Open([]byte(checkpoint), note.VerifierList(v))
	if err != nil {
		return Head{}, fmt.Errorf("the head's signature: %w", err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) < 4 || lines[0] != v.Name() {
		return Head{}, fmt.Errorf("the head is not of the log %s", v.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	root, err2 := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || err2 != nil || len(root) != tlog.HashSize {
		return Head{}, fmt.Errorf("the head's size or root cannot be read")
	}
	return Head{Origin: lines[0], Size: size, Root: tlog.Hash(root)}, nil
}
