package cases

import (
	"testing"

	"pgregory.net/rapid"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
)

// TestWhoIsInTheChain: the same case in different hands; who only may see it is outside.
func TestWhoIsInTheChain(t *testing.T) {
	everybody := []access.Actor{theAgent, theClerk, theColleague, theDesk, theHead, minzheng, theChief, theSupervisor, theInspector}
	for name, c := range map[string]struct {
		s  *story
		in []access.Actor
	}{
		"received at the counter":      {receivedAtCounter(t), []access.Actor{theClerk, theColleague}},
		"at the agent's step":          {receivedAtCounter(t).does(theClerk, Accept{}), []access.Actor{theAgent, theClerk, theColleague}},
		"to be decided by the unit":    {toBeDecided(t), []access.Actor{theClerk, theColleague, minzheng, theDesk}},
		"handed to the chief":          {toBeDecided(t).does(theDesk, handTo(theChief)), []access.Actor{theClerk, theColleague, minzheng, theDesk, theChief}},
		"more time asked of the chief": {toBeDecided(t).does(minzheng, moreTime), []access.Actor{theClerk, theColleague, minzheng, theDesk, theChief}},
	} {
		want := map[string]bool{}
		for _, a := range c.in {
			want[a.Account] = true
		}
		for _, a := range everybody {
			if got := c.s.c.InChain(a); got != want[a.Account] {
				t.Errorf("%s: %s is in the chain: %v", name, a.Account, got)
			}
		}
	}
}

// TestNobodyIsNotedTwiceADay, whoever comes in whichever order: and nobody is left out.
func TestNobodyIsNotedTwiceADay(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var l lookers
		noted := map[string]int{}
		day := calendar.NewDate(2026, 3, 10)
		for range rapid.IntRange(1, 40).Draw(r, "looks") {
			if rapid.IntRange(0, 9).Draw(r, "the night") == 0 {
				day = day.AddDays(1)
			}
			account := rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(r, "who")
			after, anew := l.note(account, day)
			if key := account + day.String(); anew {
				noted[key]++
			} else if noted[key] != 1 {
				r.Fatalf("%s is noted %d times", key, noted[key])
			}
			back, err := lookersOf(after.row("610881101-2026-000421-7"))
			if err != nil || back.events != after.events || back.day != after.day || len(back.accounts) != len(after.accounts) {
				r.Fatalf("%+v is read back as %+v: %v", after, back, err)
			}
			l = after
		}
		total := 0
		for _, n := range noted {
			total += n
		}
		if int(l.events) != total {
			r.Fatalf("%d entries, %d noted", l.events, total)
		}
	})
}
