package cases

import "slices"

// State is where a case is in its life.
type State string

// The states.
const (
	Draft       State = "draft"
	Submitted   State = "submitted" // filed online, not yet at a counter
	Received    State = "received"
	Correcting  State = "correcting"
	Accepted    State = "accepted"
	Examining   State = "examining"
	Suspended   State = "suspended"
	Decided     State = "decided"
	Delivered   State = "delivered"
	Closed      State = "closed"
	NotAccepted State = "not_accepted"
	Withdrawn   State = "withdrawn"
	Void        State = "void"
	Lapsed      State = "lapsed"
)

// StateRow is one line of the table of states.
type StateRow struct {
	State    State
	Chinese  string
	Progress string
	Finish   string
	Open     bool // somebody still has something to do
}

// States is the one table of states: the name that people read, the progress code of the national rating interface
// (evaluate_pro_status: 1 待受理, 2 办理中, 3 已办结) and, for an end, the finish result of the national exchange
// (finish_result: 0 出证办结 … 6 办结).
var States = []StateRow{
	{Draft, "草稿", "1", "", false},
	{Submitted, "已提交", "1", "", true},
	{Received, "收件", "1", "", true},
	{Correcting, "补正", "1", "", true},
	{Accepted, "受理", "2", "", true},
	{Examining, "审查", "2", "", true},
	{Suspended, "特别程序", "2", "", true},
	{Decided, "决定", "2", "", true},
	{Delivered, "送达", "2", "", true},
	{Closed, "办结", "3", "6", false},
	{NotAccepted, "不予受理", "3", "1", false},
	{Withdrawn, "撤回", "3", "1", false},
	{Void, "作废", "3", "2", false},
	{Lapsed, "逾期未补正", "3", "5", false},
}

func (s State) index() int {
	return slices.IndexFunc(States, func(x StateRow) bool { return x.State == s })
}

// Known says whether s is one of the states.
func (s State) Known() bool { return s.index() >= 0 }

// Chinese is the state's name.
func (s State) Chinese() string {
	if i := s.index(); i >= 0 {
		return States[i].Chinese
	}
	return string(s)
}

// Open says that somebody still has something to do.
func (s State) Open() bool {
	i := s.index()
	return i >= 0 && States[i].Open
}
