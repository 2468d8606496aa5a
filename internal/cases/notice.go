package cases

// Notice is the one-time notice that was given (行政许可法 第三十二条): the last one, when there was more than one.
type Notice struct {
	At       Instant `json:"at"`
	By       Person  `json:"by"`
	Missing  []Lack  `json:"missing"`
	Days     int     `json:"days"`   // calendar days that the applicant has
	Remind   int     `json:"remind"` // calendar days before the end at which the reminder goes out; 0 is never
	Reminded bool    `json:"reminded,omitempty"`
	// First is who gave the first notice, when this is a later one.
	First *Person `json:"first,omitempty"`
}

// first is who gave the first notice.
func (n *Notice) first() Person {
	if n.First != nil {
		return *n.First
	}
	return n.By
}

// Lack is one thing that a notice asks for.
type Lack struct {
	Material string         `json:"material"`
	What     MaterialStatus `json:"what"`
	Note     string         `json:"note,omitempty"`
	// Unseen says why it could not have been seen when the first notice was given; needed in a later notice.
	Unseen string `json:"unseen,omitempty"`
}

// FaultKind names a fault.
type FaultKind string

// FaultSecondNotice: what a second notice asks for was not in the first.
const FaultSecondNotice FaultKind = "second_notice"

// Chinese is the fault in words.
func (k FaultKind) Chinese() string {
	if k == FaultSecondNotice {
		return "没有一次告知全"
	}
	return string(k)
}

// Fault is what stands on somebody's record, to be looked into (责任追究, §六(一)).
type Fault struct {
	Kind  FaultKind `json:"kind"`
	At    Instant   `json:"at"`
	Who   Person    `json:"who"`
	About []string  `json:"about"` // the papers
}
