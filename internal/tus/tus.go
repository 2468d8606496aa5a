// Package tus is the small core of the protocol for uploads that go on where they stopped (tus.io, version 1.0.0, with its
// extensions creation, expiration and termination): what stands in its headers, and nothing of where files are kept. Row
// M62.
package tus

import (
	"encoding/base64"
	"errors"
	"strings"
	"unicode/utf8"
)

// Version is the one that is spoken here, Extensions are those of it.
const (
	Version    = "1.0.0"
	Extensions = "creation,expiration,termination"
)

// PieceType is what a piece of an upload says that it is.
const PieceType = "application/offset+octet-stream"

var errMetadata = errors.New("Upload-Metadata cannot be read")

// metadataMost bounds the header, in bytes.
const metadataMost = 8 << 10

// Metadata reads Upload-Metadata: keys with their values in base64, separated by commas. A value that is no text is
// refused like a broken one.
func Metadata(header string) (map[string]string, error) {
	out := map[string]string{}
	if len(header) > metadataMost {
		return nil, errMetadata
	}
	for _, pair := range strings.Split(header, ",") {
		if pair = strings.TrimSpace(pair); pair == "" {
			continue
		}
		key, coded, _ := strings.Cut(pair, " ")
		value, err := base64.StdEncoding.DecodeString(coded)
		if _, twice := out[key]; err != nil || twice || !utf8.Valid(value) || strings.ContainsRune(string(value), 0) {
			return nil, errMetadata
		}
		out[key] = string(value)
	}
	return out, nil
}
