package sms

import (
	"strings"
	"time"

	"bianmin/internal/ident"
)

// Purpose is what a message is for.
type Purpose string

// The purposes.
const (
	Code     Purpose = "code"     // a code for signing in
	Answer   Purpose = "answer"   // an answer to a citizen's question
	Progress Purpose = "progress" // what happened to a citizen's case
)

// Purposes lists them with their names.
var Purposes = []struct {
	Purpose Purpose
	Chinese string
}{{Code, "登录验证码"}, {Answer, "问题有了回复"}, {Progress, "办件有了进展"}}

// Chinese is the purpose's name.
func (p Purpose) Chinese() string {
	for _, x := range Purposes {
		if x.Purpose == p {
			return x.Chinese
		}
	}
	return string(p)
}

// State is how far a message has come.
type State string

// The states.
const (
	Waiting State = "waiting"
	Sending State = "sending"
	Sent    State = "sent"
	Failed  State = "failed"
	Kept    State = "kept" // in the demonstration: it goes nowhere
)

// States lists them with their names.
var States = []struct {
	State   State
	Chinese string
}{{Waiting, "等着发"}, {Sending, "正在发"}, {Sent, "发出了"}, {Failed, "没发出"}, {Kept, "演示，没有真发"}}

// Chinese is the state's name.
func (s State) Chinese() string {
	for _, x := range States {
		if x.State == s {
			return x.Chinese
		}
	}
	return string(s)
}

// Message is what somebody has to tell.
type Message struct {
	To      ident.Phone
	Purpose Purpose
	Text    string
	// Secret is the part of the text that its receiver alone may read: a code. Empty when there is none.
	Secret string
	// Life is how long the message helps; a day when it is zero.
	Life time.Duration
}

// usualLife is how long a message helps of which nothing else was said.
const usualLife = 24 * time.Hour

func (m Message) life() time.Duration {
	if m.Life == 0 {
		return usualLife
	}
	return m.Life
}

// shown is the text as it may stay: without the secret, and without any number in full.
func (m Message) shown() string {
	text := m.Text
	if m.Secret != "" {
		text = strings.ReplaceAll(text, m.Secret, strings.Repeat("*", len(m.Secret)))
	}
	return ident.MaskNumbers(text)
}

// The pace of tries: the first pause, and the longest.
const (
	pauseFirst = 10 * time.Second
	pauseMost  = 15 * time.Minute
)

// Pause is how long to wait after so many tries that were in vain: each time twice as long, at most a quarter of an hour.
func Pause(tries int) time.Duration {
	pause := pauseFirst
	for range tries - 1 {
		if pause *= 2; pause >= pauseMost {
			return pauseMost
		}
	}
	return pause
}
