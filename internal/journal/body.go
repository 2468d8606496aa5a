package journal

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"
)

var errBody = errors.New("the entry's fields cannot be read")

// readBody reverses Entry.body.
func readBody(text string) (Entry, error) {
	var fields [8]string
	rest := text
	for i := range fields {
		var ok bool
		if fields[i], rest, ok = cutNetstring(rest); !ok {
			return Entry{}, errBody
		}
	}
	seq, err := strconv.ParseInt(fields[1], 10, 64)
	at, err2 := strconv.ParseInt(fields[2], 10, 64)
	if err != nil || err2 != nil {
		return Entry{}, errBody
	}
	e := Entry{Subject: fields[0], Seq: seq, At: time.UnixMicro(at).UTC(), Kind: fields[3], Actor: fields[4],
		OnBehalf: fields[5], Place: fields[6], Data: json.RawMessage(fields[7])}
	if string(e.body()) != text { // the same fields in another spelling, or something after them
		return Entry{}, errBody
	}
	return e, nil
}

func cutNetstring(text string) (field, rest string, ok bool) {
	if rest, null := strings.CutPrefix(text, "~,"); null {
		return "", rest, true
	}
	length, rest, ok := strings.Cut(text, ":")
	n, err := strconv.Atoi(length)
	if !ok || err != nil || n < 0 || n >= len(rest) || rest[n] != ',' {
		return "", "", false
	}
	return rest[:n], rest[n+1:], true
}
