package access

import (
	"context"
	"crypto/rand"
	"math"
	"time"

	"bianmin/internal/access/internal/query"
)

// SignInsKept is how many days the list of sign-ins goes back. 网络安全法 第二十一条 asks for six months of such logs at
// least; the longest six months have 184 days.
const SignInsKept = 200

// Outcome is what came of a try to sign in.
type Outcome string

// The outcomes.
const (
	signedInWell  Outcome = "in"
	wrongPassword Outcome = "wrong_password"
	wrongCode     Outcome = "wrong_code"
	paused        Outcome = "paused" // the fifth wrong one in a row
	whileDisabled Outcome = "disabled"
	noPassword    Outcome = "no_password"
)

var outcomeNames = map[Outcome]string{signedInWell: "登录了", wrongPassword: "密码不对", wrongCode: "验证码不对", paused: "不对，连错 5 次，停 30 分钟",
	whileDisabled: "账号停用了，没有进来", noPassword: "还没设密码，没有进来"}

// Chinese is what people read.
func (o Outcome) Chinese() string { return outcomeNames[o] }

// Good says that somebody came in.
func (o Outcome) Good() bool { return o == signedInWell }

func wrongWhy(a Account) Outcome {
	switch {
	case a.Disabled:
		return whileDisabled
	case a.password == "":
		return noPassword
	}
	return wrongPassword
}

// SignIn is one line of that list.
type SignIn struct {
	At      time.Time `json:"at"`
	Outcome Outcome   `json:"outcome"`
	Proof   Proof     `json:"proof"`
	Address string    `json:"address"`
	Device  string    `json:"device"`

	wall time.Time
}

// Before is where the next, older part of the list begins.
func (i SignIn) Before() time.Time { return i.wall }

// note keeps one line. It is a log, not a record of what was decided: nothing follows from it, and it is pruned.
func (s *Service) note(ctx context.Context, account string, o Outcome, by Proof, from From) error {
	return s.store.q(ctx).NoteSignIn(ctx, query.NoteSignInParams{ID: rand.Text(), Account: account, At: s.wall.Now().UnixMicro(),
		Outcome: string(o), Proof: string(by), Address: from.Address, Device: from.Device})
}

// SignIns gives the last tries of an account before an instant of the machine's clock, the latest first; before the zero
// instant: from the last one on.
func (s *Service) SignIns(ctx context.Context, account string, before time.Time, most int) ([]SignIn, error) {
	until := int64(math.MaxInt64)
	if !before.IsZero() {
		until = before.UnixMicro()
	}
	rows, err := s.store.q(ctx).SignInsOf(ctx, query.SignInsOfParams{Account: account, At: until, Limit: int32(most)})
	list := make([]SignIn, len(rows))
	for i, r := range rows {
		list[i] = SignIn{At: s.shown(r.At), Outcome: Outcome(r.Outcome), Proof: Proof(r.Proof), Address: r.Address, Device: r.Device, wall: time.UnixMicro(r.At)}
	}
	return list, err
}

// shown is an instant of the machine's clock as the service's clock has it: in the demonstration they differ, and nobody
// signed in on a day that the banner says is long gone.
func (s *Service) shown(micros int64) time.Time {
	return time.UnixMicro(micros).Add(s.work.Now().Sub(s.wall.Now())).Truncate(time.Second)
}
