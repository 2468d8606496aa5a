package calendar

import "time"

// Stop is a span in which the clock stood still: [From, To). A zero To means that it still stands.
type Stop struct {
	From, To time.Time
	Why      string // 听证, 鉴定 … (行政许可法 第四十五条)
}

// holds reports whether the clock stands at t because of s.
func (s *Stop) holds(t time.Time) bool {
	return !t.Before(s.From) && (s.To.IsZero() || t.Before(s.To))
}

// standing reports whether any stop holds at t.
func standing(stops []Stop, t time.Time) bool {
	for i := range stops {
		if stops[i].holds(t) {
			return true
		}
	}
	return false
}

// stopAtEnd is the first stop that holds at 24:00 of d as far as can be known at the instant at, or nil.
//
// An open stop reaches to 24:00 of today and no further: nobody knows when it ends, so the days after today are
// presumed to run. It must reach that far, or a day would be counted while the clock stands and be taken back
// the next morning. An open stop that begins after at is not known yet.
func stopAtEnd(stops []Stop, d, today Date, at time.Time) *Stop {
	if len(stops) == 0 {
		return nil
	}
	end := time.Unix(d.endUnix(), 0)
	for i := range stops {
		s := &stops[i]
		if s.To.IsZero() && (d.After(today) || s.From.After(at)) {
			continue
		}
		if s.holds(end) {
			return s
		}
	}
	return nil
}
