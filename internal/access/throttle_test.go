package access

import (
	"fmt"
	"testing"
	"time"
)

func TestAFloodDoesNotEatTheMemory(t *testing.T) {
	var brake throttle
	for i := range pairsMost + 10 {
		brake.failed("clerk", fmt.Sprint(i), wallTime)
	}
	if n := len(brake.pairs); n > pairsMost {
		t.Errorf("%d pairs are remembered", n)
	}
}

// What has run out goes first: a pause that still runs outlives a flood of old tries.
func TestAFloodOfOldTriesEndsNoPause(t *testing.T) {
	var brake throttle
	for i := range pairsMost - 1 {
		brake.failed("clerk", fmt.Sprint(i), wallTime)
	}
	now := wallTime.Add(triesPause)
	for range triesMost {
		brake.failed("victim", here, now)
	}
	for i := range 100 {
		brake.failed("clerk", fmt.Sprint("new ", i), now)
	}
	if brake.wait("victim", here, now.Add(time.Minute)) != triesPause-time.Minute {
		t.Error("the pause is over")
	}
	if n := len(brake.pairs); n != 101 {
		t.Errorf("%d pairs are remembered, want 101", n)
	}
}
