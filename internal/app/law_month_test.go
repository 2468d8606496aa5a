package app_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/sms"
)

// TestTheDemonstrationLivesAMonth: whoever moves its clock on by a month sees the law at work: what waits for papers is
// reminded of and lapses, what nobody has accepted counts as accepted, each at its own moment.
func TestTheDemonstrationLivesAMonth(t *testing.T) {
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) {
			h := ownHouse(t, engine, clock.Func(time.Now))
			admin, inspector := h.as(t, "admin"), h.as(t, "inspector")
			correcting := everything(t, inspector, "limit=200&state=correcting")
			forgotten := everything(t, inspector, "limit=200&state=received")
			if len(correcting) < 3 || len(forgotten) < 3 {
				t.Fatalf("%d wait for papers, %d for acceptance", len(correcting), len(forgotten))
			}
			before := admin.moves(t, form{"advance": "0s"})
			after := admin.moves(t, form{"advance": "744h"})
			kinds := func(v cases.View) (list []string, law []cases.EventView) {
				for _, e := range events(t, inspector, v) {
					list = append(list, string(e.Kind))
					if e.Actor == "system" {
						law = append(law, e)
					}
				}
				return list, law
			}
			for _, v := range correcting {
				list, law := kinds(v)
				if now := inspector.get(t, path(v)).want(t, 200).view(t); now.State != cases.Lapsed || now.ClosedAt == nil {
					t.Errorf("%s is %s: %v", v.Number, now.State, list)
				}
				if told := strings.Join(list, " "); !strings.HasSuffix(told, "reminded lapsed") {
					t.Errorf("%s: %s", v.Number, told)
				}
				for _, e := range law[max(0, len(law)-1):] {
					if at, err := time.Parse(time.RFC3339, e.At); err != nil || at.Before(before) || at.After(after) || !strings.HasSuffix(e.At, "T00:00:00+08:00") {
						t.Errorf("%s lapsed at %s (%v)", v.Number, e.At, err)
					}
				}
			}
			for _, v := range forgotten {
				if now := inspector.get(t, path(v)).want(t, 200).view(t); !now.Silent || now.State != cases.Accepted {
					t.Errorf("%s is %s", v.Number, now.State)
				}
			}
			// Who left a telephone was told: a reminder, and that it is over.
			all, said := 0, map[string]int{}
			for after := ""; ; {
				var page sms.Page
				admin.get(t, "/api/v1/messages?purpose=progress&limit=200&after="+after).want(t, 200).into(t, &page)
				for _, m := range page.Messages {
					for _, word := range []string{"还没有补齐材料", "到期没有补齐材料"} {
						if strings.Contains(m.Text, word) {
							said[m.Text[strings.LastIndex(m.Text, " ")+1:]+word]++
						}
					}
				}
				if page.Next == nil {
					break
				}
				after = url.QueryEscape(*page.Next)
			}
			for _, v := range correcting {
				_, law := kinds(v)
				want := map[string]int{}
				for _, e := range law {
					if at, err := time.Parse(time.RFC3339, e.At); err == nil && at.After(before) && v.Applicant.Phone != nil {
						want[map[cases.Kind]string{cases.KindReminded: "还没有补齐材料", cases.KindLapsed: "到期没有补齐材料"}[e.Kind]]++
					}
				}
				for _, word := range []string{"还没有补齐材料", "到期没有补齐材料"} {
					if n := said[string(v.Number)+"）"+word]; n != want[word] {
						t.Errorf("%s: %q was said %d times, want %d", v.Number, word, n, want[word])
					}
				}
				all += len(want)
			}
			if all < 2 {
				t.Errorf("%d were told", all)
			}
			h.verifies(t)
			if n := len(everything(t, inspector, "limit=200&state=lapsed")); n < len(correcting) {
				t.Errorf("%d have lapsed", n)
			}
		})
	}
}
