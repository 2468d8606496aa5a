package citizen

import (
	"strings"
	"time"
)

// How long a code lives, how often one can be asked for, and when sessions end.
const (
	CodeLife = 5 * time.Minute
	// CodePause is the least time between two codes to one telephone; CodesMost how many it gets in CodesWithin.
	CodePause   = time.Minute
	CodesMost   = 5
	CodesWithin = time.Hour
	// AddressMost is how many codes one address asks for in CodesWithin: a station's hall shares one.
	AddressMost = 60
	// TriesMost is how many wrong tries begin the pause of a telephone at the address that they came from; TriesOfAll
	// begin one everywhere: of 30 tries an hour one in 33,000 hits a code.
	TriesMost  = 5
	TriesOfAll = 30
	TriesPause = time.Hour

	SessionIdle  = 30 * time.Minute
	SessionWhole = 12 * time.Hour
	// seenPace is how stale the time of the last request may get.
	seenPace = time.Minute
)

// CodeDigits is how many digits a code has.
const CodeDigits = 6

// askWait is how long a telephone waits for its next code. times are those of its codes within the last CodesWithin, the
// newest first. A code from the future, left by a clock that was put back, counts as one of now.
func askWait(times []time.Time, now time.Time) time.Duration {
	if len(times) == 0 {
		return 0
	}
	wait := CodePause - max(0, now.Sub(times[0]))
	if len(times) >= CodesMost {
		wait = max(wait, CodesWithin-max(0, now.Sub(times[CodesMost-1])))
	}
	return max(0, wait)
}

// addressWait is how long an address waits for its next code, by the time of the oldest of its last AddressMost codes.
func addressWait(count int, oldest, now time.Time) time.Duration {
	if count < AddressMost {
		return 0
	}
	return max(0, min(CodesWithin, oldest.Add(CodesWithin).Sub(now)))
}

// triesWait is how long a telephone is not let try. tries counts this one, of most that are let; last is the time of the last
// that was counted.
func triesWait(tries, most int64, last, now time.Time) time.Duration {
	if tries <= most {
		return 0
	}
	return max(0, min(TriesPause, last.Add(TriesPause).Sub(now)))
}

// over says that a session has ended. A clock that was put back must not prolong one: a session from the future is over.
func over(since, seen, now time.Time) bool {
	return now.Sub(since) >= SessionWhole || now.Sub(seen) >= SessionIdle || seen.Sub(now) > seenPace
}

// digits is a code as it was typed: full width, spaces and dashes are put right; false when it cannot be one.
func digits(typed string) (string, bool) {
	code := strings.Map(func(r rune) rune {
		switch {
		case '０' <= r && r <= '９':
			return r - '０' + '0'
		case r == ' ' || r == '-' || r == '\u3000':
			return -1
		}
		return r
	}, strings.TrimSpace(typed))
	return code, len(code) == CodeDigits && strings.Trim(code, "0123456789") == ""
}
