package witness

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Witness is one of them.
type Witness struct {
	Name string
	key  string // as it was given: NAME+HASH+KEY
	url  string
	*verifier
}

// Parse reads NAME+HASH+KEY@URL.
func Parse(text string) (Witness, error) {
	key, address, ok := strings.Cut(text, "@")
	v, err := newVerifier(key)
	if err != nil || !ok {
		return Witness{}, fmt.Errorf("%w: want NAME+HASH+KEY@URL", errKey)
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return Witness{}, fmt.Errorf("the address of the witness %s is none", v.name)
	}
	return Witness{v.name, key, strings.TrimSuffix(address, "/"), v}, nil
}

// What a witness answers beside its signature.
var (
	// ErrAhead says that the witness has cosigned a longer log than there is: a backup was put back.
	ErrAhead = errors.New("the witness has seen a longer log")
	// ErrFork says that the log does not go on from what the witness cosigned: an entry was rewritten.
	ErrFork = errors.New("the log does not go on from what the witness has seen")
	// ErrAnswer is any other answer.
	ErrAnswer = errors.New("the witness does not sign")
	// errBehind asks for a proof from another size.
	errBehind = errors.New("the witness is at another size")
)

// longestAnswer bounds what is read of an answer.
const longestAnswer = 16 << 10

// add asks the witness to cosign a head that goes on from the one of size old. It gives the witness's line; with
// errBehind, the size that the witness is at.
func (w Witness) add(ctx context.Context, client *http.Client, old int64, proof []tlog.Hash, checkpoint string) (line string, at int64, err error) {
	body := fmt.Appendf(nil, "old %d\n", old)
	for _, h := range proof {
		body = fmt.Appendf(body, "%s\n", base64.StdEncoding.EncodeToString(h[:]))
	}
	body = fmt.Appendf(body, "\n%s", checkpoint)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url+"/add-checkpoint", bytes.NewReader(body))
	if err != nil {
		return "", 0, err
	}
	answer, err := client.Do(request)
	if err != nil {
		return "", 0, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, longestAnswer))
	if err != nil {
		return "", 0, err
	}
	switch {
	case answer.StatusCode == http.StatusOK:
		line, err = w.lineOf(checkpoint, string(text))
		return line, 0, err
	case answer.StatusCode == http.StatusConflict && answer.Header.Get("Content-Type") == "text/x.tlog.size":
		at, err := strconv.ParseInt(strings.TrimSuffix(string(text), "\n"), 10, 64)
		if err != nil || at < 0 {
			return "", 0, fmt.Errorf("%w: 409 without a size", ErrAnswer)
		}
		return "", at, errBehind
	case answer.StatusCode == http.StatusConflict, answer.StatusCode == http.StatusUnprocessableEntity:
		return "", 0, fmt.Errorf("%w: %d", ErrFork, answer.StatusCode)
	}
	return "", 0, fmt.Errorf("%w: %d", ErrAnswer, answer.StatusCode)
}

// lineOf takes the witness's own line out of its answer, once it is found right.
func (w Witness) lineOf(checkpoint, answer string) (string, error) {
	s, err := w.line(checkpoint + answer)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrAnswer, err)
	}
	return "— " + s.Name + " " + s.Base64 + "\n", nil
}
