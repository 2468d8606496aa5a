package sms

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

const text = "【神木市便民服务】验证码 012345，5 分钟内有效。"

func TestAMessageGoesOnceAndLeavesNoSecret(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.put(Message{Purpose: Code, Text: text, Secret: "012345", Life: 5 * time.Minute})
		if got := b.list(Filter{})[0]; got.State != Waiting || got.Phone != "139****5127" || strings.Contains(got.Text, "012345") || !strings.Contains(got.Text, "******") {
			t.Errorf("%+v", got)
		}
		if n := b.drain() + b.drain(); n != 1 || len(b.provider.got) != 1 || b.provider.got[0].Text != text || b.provider.got[0].To != phone {
			t.Errorf("%d %+v", n, b.provider.got)
		}
		if got := b.list(Filter{})[0]; got.State != Sent || got.Reason != nil || got.Tries != 1 {
			t.Errorf("%+v", got)
		}
		var sealed int
		err := b.DB.Q(t.Context()).QueryRowContext(t.Context(), "SELECT COUNT(*) FROM messages WHERE telephone <> '' OR content <> ''").Scan(&sealed)
		if err != nil || sealed != 0 {
			t.Errorf("%d still hold a telephone or a code, %v", sealed, err)
		}
	})
}

func TestWhatIsNotTakenIsTriedAgainEverMoreSlowly(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.provider.answer = func(n int, o Outgoing) (int, error) {
			if n < 3 {
				return o.From, errDown
			}
			return 1, nil
		}
		b.put(Message{Purpose: Answer, Text: "好"})
		var at []time.Duration
		for waited := time.Duration(0); waited < 2*time.Minute; waited += time.Second {
			before := len(b.provider.got)
			b.drain()
			if len(b.provider.got) > before {
				at = append(at, waited)
			}
			b.wall.Set(now.Add(waited + time.Second))
		}
		if got := fmt.Sprint(at); got != "[0s 10s 30s 1m10s]" {
			t.Error(got)
		}
		if got := b.list(Filter{State: Sent}); len(got) != 1 || got[0].Tries != 4 {
			t.Errorf("%+v", got)
		}
	})
}

func TestWhatIsRefusedIsNotTriedAgain(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.provider.answer = func(n int, o Outgoing) (int, error) {
			if n == 0 {
				return 0, fmt.Errorf("%w: no such number", ErrRefused)
			}
			return 1, nil
		}
		b.put(Message{Purpose: Answer, Text: "一"})
		b.wall.Set(now.Add(time.Second))
		b.put(Message{Purpose: Answer, Text: "二"})
		if n := b.drain(); n != 2 || len(b.provider.got) != 2 { // the one does not hold up the other
			t.Errorf("%d, %d tries", n, len(b.provider.got))
		}
		if got := b.list(Filter{State: Failed}); len(got) != 1 || *got[0].Reason != "短信通道不收这一条" {
			t.Errorf("%+v", got)
		}
	})
}

func TestThrottledAllWaitAndNoTryIsCounted(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.provider.answer = func(int, Outgoing) (int, error) { return 0, ErrThrottled }
		for range 3 {
			b.put(Message{Purpose: Answer, Text: "好"})
		}
		if b.drain(); len(b.provider.got) != 1 {
			t.Errorf("%d tries", len(b.provider.got))
		}
		for _, m := range b.list(Filter{}) {
			if m.State != Waiting || m.Tries != 0 {
				t.Errorf("%+v", m)
			}
		}
		b.provider.answer = nil
		b.wall.Set(now.Add(pauseFirst))
		if n := b.drain(); n != 3 {
			t.Errorf("%d went afterwards", n)
		}
	})
}

func TestOfALongTextOnlyTheRestGoesAgain(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.provider.answer = func(n int, o Outgoing) (int, error) {
			if n == 0 {
				return 2, errDown
			}
			return 4, nil
		}
		b.put(Message{Purpose: Answer, Text: strings.Repeat("好", 240)})
		b.drain()
		b.wall.Set(now.Add(pauseFirst))
		b.drain()
		if got := b.provider.got; len(got) != 2 || got[0].From != 0 || got[1].From != 2 || got[0].Reference != got[1].Reference {
			t.Errorf("%+v", got)
		}
	})
}

func TestACodeThatHelpsNobodyAnyMoreIsNotSent(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.put(Message{Purpose: Code, Text: text, Secret: "012345", Life: 5 * time.Minute})
		b.wall.Set(now.Add(5 * time.Minute))
		if n := b.drain(); n != 1 || len(b.provider.got) != 0 {
			t.Errorf("%d, %d tries", n, len(b.provider.got))
		}
		if got := b.list(Filter{})[0]; got.State != Failed || *got.Reason != "过了有效时间，没有再发" {
			t.Errorf("%+v", got)
		}
	})
}

// TestWhatWasOnItsWayWhenTheProgramDiedIsSentByTheNext: a program is killed between the sending and the answer.
func TestWhatWasOnItsWayWhenTheProgramDiedIsSentByTheNext(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.put(Message{Purpose: Answer, Text: "好"})
		b.provider.answer = func(int, Outgoing) (int, error) { panic("killed") }
		func() {
			defer func() { _ = recover() }()
			_, _ = b.Drain(context.Background())
		}()
		b.provider.answer = nil
		next := New(b.Parts)
		if n, err := next.Drain(t.Context()); n != 0 || err != nil {
			t.Errorf("it was taken for lost at once: %d, %v", n, err)
		}
		b.wall.Set(now.Add(leaseFor))
		if n, err := next.Drain(t.Context()); n != 1 || err != nil || b.list(Filter{})[0].State != Sent {
			t.Errorf("%d, %v, %+v", n, err, b.list(Filter{}))
		}
	})
}

func TestInTheDemonstrationMessagesAreKeptWithTheirCodes(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.Provider, b.Keep = nil, true
		b.put(Message{Purpose: Code, Text: text, Secret: "012345"})
		if n := b.drain(); n != 0 {
			t.Error(n)
		}
		if got := b.list(Filter{State: Kept}); len(got) != 1 || got[0].Text != text {
			t.Errorf("%+v", got)
		}
		b.Keep = false
		if err := b.Put(t.Context(), Message{To: phone, Text: text}); err != ErrUnable || b.Able() {
			t.Error(err)
		}
	})
}

func TestTheListIsNarrowedAndPaged(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		for i := range 5 {
			b.wall.Set(now.Add(time.Duration(i) * time.Second))
			purpose := []Purpose{Code, Answer}[i%2]
			to := phone
			if i == 4 {
				to = "13812340001"
			}
			b.put(Message{To: to, Purpose: purpose, Text: fmt.Sprint("第 ", i)})
		}
		page, err := b.List(t.Context(), Filter{Limit: 2})
		if err != nil || len(page.Messages) != 2 || page.Messages[0].Text != "第 4" || page.Next == nil {
			t.Fatalf("%+v %v", page, err)
		}
		if page, err = b.List(t.Context(), Filter{Limit: 4, After: *page.Next}); err != nil || len(page.Messages) != 3 || page.Next != nil {
			t.Fatalf("%+v %v", page, err)
		}
		if n := len(b.list(Filter{Purpose: Answer})); n != 2 {
			t.Errorf("%d answers", n)
		}
		if n := len(b.list(Filter{Tail: "0001"})); n != 1 {
			t.Errorf("%d to 0001", n)
		}
		for _, f := range []Filter{{State: "x"}, {Purpose: "x"}, {Tail: "12"}, {Limit: 201}, {After: "x"}} {
			if _, err := b.List(t.Context(), f); err == nil {
				t.Errorf("%+v is not wrong", f)
			}
		}
	})
}

func TestThePauseGrowsAndEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 1000).Draw(t, "tries")
		if p, next := Pause(n), Pause(n+1); p < pauseFirst || next > pauseMost || next != min(2*p, pauseMost) {
			t.Fatalf("%d: %s, then %s", n, p, next)
		}
	})
}

// TestWhatOughtToHaveGoneIsCounted: what waits for ten minutes, and a code that ran out without having gone; not what went,
// what is young, and what was refused in time.
func TestWhatOughtToHaveGoneIsCounted(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		down := true
		b.provider.answer = func(_ int, o Outgoing) (int, error) {
			if down {
				return o.From, errDown
			}
			return 1, nil
		}
		is := func(what string, want int) {
			t.Helper()
			got, err := b.Unsent(t.Context())
			if err != nil || got.Messages != want || want > 0 && !got.Oldest.Equal(now) {
				t.Errorf("%s: %+v %v, want %d", what, got, err, want)
			}
		}
		b.put(Message{Purpose: Answer, Text: "好"})
		b.put(Message{Purpose: Code, Secret: "012345", Life: 5 * time.Minute, Text: text})
		b.drain()
		is("at first", 0)
		b.wall.Set(now.Add(6 * time.Minute))
		b.drain()
		is("the code ran out", 1)
		b.wall.Set(now.Add(UnsentAfter))
		b.drain()
		is("after ten minutes", 2)
		down = false
		b.wall.Set(now.Add(2 * UnsentAfter))
		b.drain()
		is("when it went", 0)
	})
}
