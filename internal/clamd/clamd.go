// Package clamd asks a scanner of malware about a file, over the one command of clamd's protocol that sends the content
// itself (INSTREAM: pieces with their length before them, an empty one at the end; clamd(8)). Row M62.
package clamd

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"
)

// Scanner asks one clamd.
type Scanner struct{ network, address string }

// within bounds one question, pieceSize one piece, answerMost the answer: a name and a few words.
const (
	within     = 30 * time.Second
	pieceSize  = 64 << 10
	answerMost = 4 << 10
)

// New reads where clamd listens: tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl.
func New(where string) (*Scanner, error) {
	u, err := url.Parse(where)
	switch {
	case err == nil && u.Scheme == "tcp" && u.Port() != "":
		return &Scanner{"tcp", u.Host}, nil
	case err == nil && u.Scheme == "unix" && u.Path != "":
		return &Scanner{"unix", u.Path}, nil
	}
	return nil, fmt.Errorf("the scanner's address %q is neither tcp://host:port nor unix:///path", where)
}

// Scan gives the name of what was found, and nothing for what is clean. No answer, or one that is neither, is an error: a
// file that nobody looked at must not pass for a clean one.
func (s *Scanner) Scan(ctx context.Context, content []byte) (found string, err error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, s.network, s.address)
	if err != nil {
		return "", fmt.Errorf("reaching the scanner: %w", err)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	sent := send(conn, content)
	// What is too large is answered before all of it is sent, so the answer counts even when the sending broke off.
	answer, err := bufio.NewReaderSize(conn, answerMost).ReadSlice(0)
	if err != nil {
		return "", fmt.Errorf("asking the scanner: %w", errors.Join(sent, err))
	}
	return verdict(string(answer[:len(answer)-1]))
}

func send(conn net.Conn, content []byte) error {
	w := bufio.NewWriterSize(conn, pieceSize+4)
	w.WriteString("zINSTREAM\x00") // errors come out at Flush
	var length [4]byte
	for len(content) > 0 {
		n := min(len(content), pieceSize)
		binary.BigEndian.PutUint32(length[:], uint32(n))
		w.Write(length[:])
		w.Write(content[:n])
		content = content[n:]
	}
	w.Write([]byte{0, 0, 0, 0})
	return w.Flush()
}

// verdict reads "stream: OK", "stream: Eicar-Signature FOUND", or what went wrong.
func verdict(answer string) (found string, err error) {
	said, ok := strings.CutPrefix(answer, "stream: ")
	if ok && said == "OK" {
		return "", nil
	}
	if name, is := strings.CutSuffix(said, " FOUND"); ok && is && name != "" {
		return name, nil
	}
	return "", fmt.Errorf("the scanner answered %q", answer)
}
