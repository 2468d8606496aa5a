package journal

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// lines are whose signatures stand under the stored head.
func (b *base) lines() string {
	b.t.Helper()
	text, _, err := b.Checkpoint(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	var who []string
	_, under, _ := strings.Cut(text, "\n\n")
	for line := range strings.Lines(under) {
		who = append(who, strings.Fields(line)[1])
	}
	return strings.Join(who, " ")
}

// step appends, signs, and looks at everything.
func (b *base) step(k *Keeper, lines string) {
	b.t.Helper()
	b.add(100)
	b.advance(k)
	if got := b.lines(); got != lines {
		b.t.Errorf("signed by %q, want %q", got, lines)
	}
	if found := b.audit(b.t.Context()); len(found) > 0 {
		b.t.Error(found)
	}
	b.head()
}

func TestKeysOfTheLogChangeAndTheLogGoesOn(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.step(b.keeper(), "bianmin.test")
		old := *b.keys
		do := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		do(b.keys.RotateLog())
		b.step(b.keeper(), "bianmin.test bianmin.test")
		text, _, err := b.Checkpoint(t.Context())
		do(err)
		for _, one := range []string{old.Verifier, b.keys.Verifier} { // who knows one key alone can read it
			if h, err := OpenHead(text, verifier(t, one)); err != nil || h.Size != 200 {
				t.Errorf("%+v, %v", h, err)
			}
		}
		do(b.keys.AddSM2())
		b.step(b.keeper(), "bianmin.test bianmin.test bianmin.test/sm2")
		b.keys.RetireLog()
		b.step(b.keeper(), "bianmin.test bianmin.test/sm2")

		// A copy of the program that has not heard of the change goes on, too, while both keys sign.
		do(b.keys.RotateLog())
		b.step(b.keeper(), "bianmin.test bianmin.test/sm2 bianmin.test")
	})
}

func TestAKeeperDoesNotGoOnFromAHeadThatIsNotOurs(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.step(b.keeper(), "bianmin.test")
		b.keys = keys(t, "bianmin.test")
		b.add(1)
		if err := b.keeper().Advance(t.Context()); !errors.Is(err, ErrAltered) {
			t.Errorf("it goes on: %v", err)
		}
	})
}

func TestAWrongSM2LineSpoilsTheHead(t *testing.T) {
	b := onSQLite(t)
	if err := b.keys.AddSM2(); err != nil {
		t.Fatal(err)
	}
	b.step(b.keeper(), "bianmin.test bianmin.test/sm2")
	first, _, err := b.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.step(b.keeper(), "bianmin.test bianmin.test/sm2")
	second, _, err := b.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	line := func(head string) string { return head[strings.Index(head, "— bianmin.test/sm2"):] }
	mixed := strings.Replace(second, line(second), line(first), 1)
	if _, err := OpenHead(mixed, b.known()...); err == nil {
		t.Error("a head opens under the SM2 line of another")
	}
	if _, err := OpenHead(mixed, b.known()[0]); err != nil {
		t.Errorf("who does not know the SM2 key: %v", err)
	}
	if _, err := OpenHead(second, b.known()[1]); err == nil {
		t.Error("the SM2 line alone makes a head of the log")
	}
	err = b.db.Write(t.Context(), func(ctx context.Context) error {
		b.exec(ctx, `UPDATE journal_head SET note = $1`, mixed)
		if found := strings.Join(b.audit(ctx), "\n"); !strings.Contains(found, "签名不对") {
			t.Errorf("the audit found: %s", found)
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		t.Fatal(err)
	}
}

// A head is signed at each step in which something changed, and at no other; a step is far shorter than a minute.
func TestAHeadIsSignedAtEachStepWhileAnythingChanges(t *testing.T) {
	if keeperPace > time.Minute {
		t.Errorf("a step takes %v", keeperPace)
	}
	each(t, func(t *testing.T, b *base) {
		ctx, end := context.WithCancel(t.Context())
		steps, told, ended := make(chan time.Time), make(chan error, 1), make(chan struct{})
		k := b.keeper()
		k.Watch = func(_ context.Context, err error) { told <- err }
		go func() {
			defer close(ended)
			k.run(ctx, steps)
		}()
		heads := map[string]bool{}
		for step := range 20 {
			if step%4 > 0 {
				b.add(1)
			}
			steps <- time.Time{}
			if err := <-told; err != nil {
				t.Fatal(err)
			}
			text, size, err := b.Checkpoint(t.Context())
			if err != nil || size != int64(b.appended) || size > 0 && b.head().Size != size {
				t.Fatalf("step %d: a head over %d of %d, %v", step, size, b.appended, err)
			}
			heads[text] = true
		}
		end()
		<-ended
		if want := b.appended + 1; len(heads) != want { // and the empty one, before the first
			t.Errorf("%d heads of %d changes", len(heads), want)
		}
	})
}

func TestTheOneWhoWatchesIsToldOfAnAlteration(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.add(300)
		b.advance(b.keeper())
		b.write(func(ctx context.Context) error { b.rewrite(ctx, 299); return nil })
		k := b.keeperOn(b.db, slog.New(slog.DiscardHandler))
		var told []error
		k.Watch = func(_ context.Context, err error) { told = append(told, err) }
		k.try(t.Context())
		if len(told) != 1 || !errors.Is(told[0], ErrAltered) {
			t.Errorf("told: %v", told)
		}
	})
}
