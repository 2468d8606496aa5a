package cases

import (
	"encoding/json"
	"fmt"

	"bianmin/internal/place"
)

// Kind names an event.
type Kind string

// The kinds of event.
const (
	KindSubmitted Kind = "submitted"
	KindReceived  Kind = "received"
	KindTakenIn   Kind = "taken_in" // received after it was submitted
	KindNotified  Kind = "notified"
	KindCorrected Kind = "corrected"
	KindAccepted  Kind = "accepted"
	KindRejected  Kind = "rejected"
	KindTaken     Kind = "taken"
	KindPassed    Kind = "passed"
	KindReturned  Kind = "returned"
	KindSuspended Kind = "suspended"
	KindResumed   Kind = "resumed"
	KindDecided   Kind = "decided"
	KindDelivered Kind = "delivered"
	KindWithdrawn Kind = "withdrawn"
	KindVoided    Kind = "voided"
	KindAmended   Kind = "amended"
	KindRevealed  Kind = "revealed"

	KindSilent           Kind = "accepted_by_silence"
	KindReminded         Kind = "reminded"
	KindLapsed           Kind = "lapsed"
	KindOverran          Kind = "special_overran"
	KindExtensionAsked   Kind = "extension_asked"
	KindExtended         Kind = "extended"
	KindExtensionRefused Kind = "extension_refused"
	KindHanded           Kind = "handed"
	KindRecounted        Kind = "recounted"
	KindResealed         Kind = "resealed"

	KindAsked       Kind = "asked"
	KindAnswered    Kind = "answered"
	KindConveyed    Kind = "conveyed"
	KindArrived     Kind = "arrived"
	KindMoveEnded   Kind = "move_ended"
	KindEntrusted   Kind = "entrusted"
	KindServed      Kind = "served"
	KindFileAdded   Kind = "file_added"
	KindFileRemoved Kind = "file_removed"
	KindFileUnclear Kind = "file_unclear"
	KindGaveBack    Kind = "gave_back"
)

// Kinds lists them with what people read in a timeline, and makes an empty one to decode into.
var Kinds = []struct {
	Kind    Kind
	Chinese string
	empty   func() Event
}{
	{KindSubmitted, "提交", func() Event { return &Filed{kind: KindSubmitted} }},
	{KindReceived, "收件", func() Event { return &Filed{kind: KindReceived} }},
	{KindTakenIn, "收件", func() Event { return &Taking{} }},
	{KindNotified, "一次性告知", func() Event { return &Notified{} }},
	{KindCorrected, "补正", func() Event { return &Corrected{} }},
	{KindAccepted, "受理", func() Event { return &AcceptedEvent{} }},
	{KindRejected, "不予受理", func() Event { return &Rejected{} }},
	{KindTaken, "接手", func() Event { return &Taken{} }},
	{KindPassed, "通过", func() Event { return &Passed{} }},
	{KindReturned, "退回", func() Event { return &Returned{} }},
	{KindSuspended, "进入特别程序", func() Event { return &SuspendedEvent{} }},
	{KindResumed, "特别程序结束", func() Event { return &Resumed{} }},
	{KindDecided, "决定", func() Event { return &DecidedEvent{} }},
	{KindDelivered, "送达", func() Event { return &DeliveredEvent{} }},
	{KindWithdrawn, "撤回", func() Event { return &WithdrawnEvent{} }},
	{KindVoided, "作废", func() Event { return &Voided{} }},
	{KindAmended, "更正", func() Event { return &Amended{} }},
	{KindRevealed, "查看完整号码", func() Event { return &Revealed{} }},
	{KindSilent, "视为受理", func() Event { return &AcceptedBySilence{} }},
	{KindReminded, "提醒补正", func() Event { return &Reminded{} }},
	{KindLapsed, "逾期未补正", func() Event { return &LapsedEvent{} }},
	{KindOverran, "特别程序超过告知的时间", func() Event { return &Overran{} }},
	{KindExtensionAsked, "申请延期", func() Event { return &ExtensionAsked{} }},
	{KindExtended, "同意延期", func() Event { return &Extended{} }},
	{KindExtensionRefused, "不同意延期", func() Event { return &ExtensionRefused{} }},
	{KindHanded, "移交", func() Event { return &Handed{} }},
	{KindRecounted, "日历变动，期限重算", func() Event { return &Recounted{} }},
	{KindResealed, "号码换密钥，重新加密", func() Event { return &Resealed{} }},
	{KindAsked, "申请人问", func() Event { return &Asked{} }},
	{KindAnswered, "回复", func() Event { return &Answered{} }},
	{KindConveyed, "材料交接", func() Event { return &Conveyed{} }},
	{KindArrived, "收到材料", func() Event { return &Arrived{} }},
	{KindMoveEnded, "了结交接", func() Event { return &MoveEnded{} }},
	{KindEntrusted, "授权委托", func() Event { return &Entrusted{} }},
	{KindServed, "文书送达", func() Event { return &Served{} }},
	{KindFileAdded, "添了材料的图片", func() Event { return &FileAdded{} }},
	{KindFileRemoved, "删了材料的图片", func() Event { return &FileRemoved{} }},
	{KindFileUnclear, "图片不清楚", func() Event { return &MarkedUnclear{} }},
	{KindGaveBack, "归还原件", func() Event { return &GaveBack{} }},
}

// Chinese is the kind's name.
func (k Kind) Chinese() string {
	for _, x := range Kinds {
		if x.Kind == k {
			return x.Chinese
		}
	}
	return string(k)
}

// Event is something that happened to a case. Its JSON is what the journal keeps.
type Event interface {
	Kind() Kind
	meta() *Meta
	apply(c *Case)
}

// Meta is who and when; but for the name it stands in the journal's own columns.
type Meta struct {
	By      string     `json:"by"` // name, as known then
	Account string     `json:"-"`
	Place   place.Code `json:"-"`
	At      Instant    `json:"-"`
}

func (m *Meta) meta() *Meta { return m }

func (m Meta) person() Person { return Person{Account: m.Account, Name: m.By, Place: m.Place} }

// empties makes an event of each kind.
var empties = func() map[Kind]func() Event {
	of := make(map[Kind]func() Event, len(Kinds))
	for _, x := range Kinds {
		of[x.Kind] = x.empty
	}
	return of
}()

// decode reads an event as the journal kept it.
func decode(kind Kind, data json.RawMessage, m Meta) (Event, error) {
	empty, known := empties[kind]
	if !known {
		return nil, fmt.Errorf("unknown kind of event %q", kind)
	}
	e := empty()
	if err := json.Unmarshal(data, e); err != nil {
		return nil, fmt.Errorf("reading the event %s: %w", kind, err)
	}
	name := e.meta().By
	*e.meta() = m
	e.meta().By = name
	return e, nil
}

// Evolve folds one event into the case.
func (c *Case) Evolve(e Event) {
	m := e.meta()
	c.Events++
	e.apply(c)
	switch e.Kind() {
	case KindRevealed, KindResealed:
		return // looking changes nothing, nor does another seal
	case KindConveyed, KindArrived, KindMoveEnded, KindEntrusted, KindServed:
		return // papers moved, the case did not
	case KindReminded, KindOverran, KindRecounted, KindAsked, KindAnswered, KindFileAdded, KindFileRemoved:
		return // nothing that a person could have meant to change: what they saw still holds
	}
	c.Version = c.Events
	c.Last = LastDone{By: m.person(), At: m.At, Kind: e.Kind()}
	c.wind(m.At)
}
