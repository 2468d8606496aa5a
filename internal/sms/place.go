package sms

import (
	"strconv"
	"strings"
	"time"

	"bianmin/internal/calendar"
)

// placeOf is where a page ended.
func placeOf(at int64, id string) string { return strconv.FormatInt(at, 36) + "." + id }

func parsePlace(s string) (at int64, id string, ok bool) {
	first, id, ok := strings.Cut(s, ".")
	at, err := strconv.ParseInt(first, 36, 64)
	return at, id, ok && err == nil && id != "" && !strings.ContainsFunc(id, func(r rune) bool { return r < '0' || r > 'z' })
}

// stamp writes an instant in microseconds: RFC 3339 in Shanghai.
func stamp(micros int64) string {
	return time.UnixMicro(micros).In(calendar.Shanghai).Format(time.RFC3339)
}
