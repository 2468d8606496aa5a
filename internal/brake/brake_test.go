package brake

import (
	"fmt"
	"testing"
	"time"
)

const pause = 30 * time.Minute

var then = time.Date(2026, 3, 10, 2, 20, 0, 0, time.UTC)

func TestTheFifthWrongTryBeginsThePause(t *testing.T) {
	b := New(pause)
	for i := range triesMost {
		if b.Wait("a", then) != 0 {
			t.Fatalf("paused after %d", i)
		}
		if began := b.Failed("a", then); began != (i == triesMost-1) {
			t.Errorf("try %d began the pause: %v", i+1, began)
		}
	}
	if w := b.Wait("a", then.Add(time.Minute)); w != pause-time.Minute {
		t.Errorf("%v is to wait", w)
	}
	if b.Wait("b", then) != 0 || b.Wait("a", then.Add(pause)) != 0 {
		t.Error("another key waits, or the pause does not end")
	}
	if b.Wait("a", then.Add(-24*time.Hour)) != pause {
		t.Error("a clock put back prolongs the pause")
	}
}

func TestARightTryForgetsTheWrongOnes(t *testing.T) {
	b := New(pause)
	for range triesMost - 1 {
		b.Failed("a", then)
	}
	b.Succeeded("a")
	if b.Failed("a", then) {
		t.Error("one wrong try began the pause")
	}
}

func TestAFloodDoesNotEatTheMemory(t *testing.T) {
	b := New(pause)
	for i := range keysMost + 10 {
		b.Failed(fmt.Sprint(i), then)
	}
	if n := len(b.keys); n > keysMost {
		t.Errorf("%d keys are remembered", n)
	}
}

// What has run out goes first: a pause that still runs outlives a flood of old tries.
func TestAFloodOfOldTriesEndsNoPause(t *testing.T) {
	b := New(pause)
	for i := range keysMost - 1 {
		b.Failed(fmt.Sprint(i), then)
	}
	now := then.Add(pause)
	for range triesMost {
		b.Failed("victim", now)
	}
	for i := range 100 {
		b.Failed(fmt.Sprint("new ", i), now)
	}
	if b.Wait("victim", now.Add(time.Minute)) != pause-time.Minute {
		t.Error("the pause is over")
	}
	if n := len(b.keys); n != 101 {
		t.Errorf("%d keys are remembered, want 101", n)
	}
}
