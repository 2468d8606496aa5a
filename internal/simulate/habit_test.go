package simulate

import (
	"slices"
	"testing"
	"time"

	"bianmin/internal/access"
)

// Each desk has its own speed and keeps it; some let a case lie.
func TestDesksHaveHabits(t *testing.T) {
	a, _ := streamed(t, Arguments{Days: 3, PerDay: 1, Seed: 1})
	var accounts []access.Account
	for _, p := range a.towns.list {
		accounts = append(accounts, access.Account{Account: "desk-" + p.Code.Short(), Place: p.Code})
	}
	h := newHabits(1, accounts, a.towns, a.load)
	began := a.args.First().Start()
	var speeds []int
	forgot := 0
	for _, x := range accounts {
		var took []int
		for i := range 2000 {
			took = append(took, h.paced(x.Account, began.Add(time.Duration(i)*time.Second), 100))
		}
		if again := h.paced(x.Account, began, 100); again != took[0] {
			t.Fatalf("%s takes once %d minutes, once %d", x.Account, took[0], again)
		}
		slices.Sort(took)
		speeds = append(speeds, took[0])
		if took[len(took)-1] >= 3*officeDay {
			forgot++
		}
	}
	if fast, slow := slices.Min(speeds), slices.Max(speeds); slow < fast*3/2 || fast < 50 {
		t.Errorf("the fastest takes %d minutes for 100, the slowest %d", fast, slow)
	}
	if forgot < len(accounts)/2 {
		t.Errorf("%d of %d ever let a case lie", forgot, len(accounts))
	}
}
