package journal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// signHead writes the C2SP checkpoint of a tree and signs it. The first signer's name is the log's origin.
func signHead(signers []note.Signer, size int64, root tlog.Hash) (string, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n", signers[0].Name(), size, base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, signers...)
	return string(signed), err
}

// Head is an opened checkpoint.
type Head struct {
	Origin string
	Size   int64
	Root   tlog.Hash
}

var errNoHead = errors.New("this is no head of a log")

// OpenHead reads a checkpoint that one of the keys has signed in the log's own name. A wrong line of any key that is
// known spoils it; lines of keys that are not known say nothing.
func OpenHead(checkpoint string, known ...note.Verifier) (Head, error) {
	n, err := note.Open([]byte(checkpoint), note.VerifierList(known...))
	if err != nil {
		return Head{}, fmt.Errorf("the head's signature: %w", err)
	}
	h, err := readHead(n.Text)
	if err != nil {
		return Head{}, err
	}
	if !slices.ContainsFunc(n.Sigs, func(s note.Signature) bool { return s.Name == h.Origin }) {
		return Head{}, fmt.Errorf("%w: the log %s did not sign it", errNoHead, h.Origin)
	}
	return h, nil
}

// readHead reads the three lines; what C2SP allows beyond them, we never write.
func readHead(text string) (Head, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] == "" || lines[3] != "" {
		return Head{}, errNoHead
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	root, err2 := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || err2 != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] || len(root) != tlog.HashSize {
		return Head{}, fmt.Errorf("%w: its size or root cannot be read", errNoHead)
	}
	return Head{Origin: lines[0], Size: size, Root: tlog.Hash(root)}, nil
}

// strangers are the lines of a checkpoint that no known key vouches for.
func strangers(checkpoint string, known ...note.Verifier) int {
	n, err := note.Open([]byte(checkpoint), note.VerifierList(known...))
	if err != nil {
		return 0
	}
	return len(n.UnverifiedSigs)
}
