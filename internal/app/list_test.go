package app_test

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bianmin/internal/cases"
)

// everything reads a list to its end, page by page.
func everything(t *testing.T, c *client, query string) []cases.View {
	t.Helper()
	var all []cases.View
	for after := ""; ; {
		var page cases.Page
		c.get(t, filing+"?"+query+after).want(t, 200).into(t, &page)
		all = append(all, page.Cases...)
		if page.Next == nil {
			return all
		}
		after = "&after=" + url.QueryEscape(*page.Next)
	}
}

func numbers(list []cases.View) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v.Number)
	}
	return out
}

// TestAListIsNarrowed compares every filter with the same sieve over the whole list.
func TestAListIsNarrowed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.as(t, otherClerk).did(t, h.filed(t, firstCard, otherTown), "accept", nil)
		closed := map[cases.State]bool{cases.Closed: true, cases.NotAccepted: true, cases.Withdrawn: true, cases.Void: true, cases.Lapsed: true}
		waitsFor := func(owner string) func(cases.View) bool {
			return func(v cases.View) bool {
				if v.State == cases.Submitted {
					return owner == "counter" || owner == "agent"
				}
				return v.State != cases.Correcting && v.Step != nil && v.Step.Owner == owner
			}
		}
		asked := func(of string) func(cases.View) bool {
			return func(v cases.View) bool {
				return v.DecidedAt == nil && !closed[v.State] && v.Extension != nil && v.Extension.State == "asked" && v.Extension.ForName == of
			}
		}
		for _, c := range []struct {
			account, query string
			keep           func(cases.View) bool
		}{
			{"inspector", "place=" + otherTown, func(v cases.View) bool { return v.Town == otherTown }},
			{"inspector", "place=" + gaoVillage, func(v cases.View) bool { return v.Place == gaoVillage }},
			{"inspector", "place=" + city, func(cases.View) bool { return true }},
			{clerk, "place=" + gaoVillage, func(v cases.View) bool { return v.Place == gaoVillage }},
			{clerk, "place=" + otherTown, func(cases.View) bool { return false }},
			{"inspector", "item=" + oldAge, func(v cases.View) bool { return v.Item.Code == oldAge }},
			{"inspector", "item=" + url.QueryEscape("高龄老人生活保健补贴申领"), func(v cases.View) bool { return v.Item.Code == oldAge }},
			{"inspector", "open=true", func(v cases.View) bool { return !closed[v.State] }},
			{"inspector", "open=false", func(cases.View) bool { return true }},
			{otherClerk, "responsible=me", func(v cases.View) bool { return v.Responsible.Account == otherClerk }},
			{clerk, "responsible=me&open=true", func(v cases.View) bool { return v.Responsible.Account == clerk && !closed[v.State] }},
			{desk, "todo=me", waitsFor("desk")},
			{clerk, "todo=me", waitsFor("counter")},
			{agent, "todo=me", waitsFor("agent")},
			{minzheng, "todo=me", waitsFor("unit:minzheng")},
			{minzheng, "todo=me&place=" + gaojiabu, func(v cases.View) bool { return v.Town == gaojiabu && waitsFor("unit:minzheng")(v) }},
			{"inspector", "todo=me", func(cases.View) bool { return false }},
			{"head-610881101", "todo=me", asked("高家堡镇站长")},
			{"chief-minzheng", "todo=me", asked("神木市民政局负责人")},
			{clerk, "handed=me", func(v cases.View) bool { return v.Handing != nil && v.Handing.To.Account == clerk }},
			{"inspector", "state=examining&item=" + oldAge + "&place=" + gaojiabu, func(v cases.View) bool {
				return v.State == cases.Examining && v.Item.Code == oldAge && v.Town == gaojiabu
			}},
		} {
			t.Run(c.account+" "+c.query, func(t *testing.T) { sieve(t, h.as(t, c.account), c.query, c.keep) })
		}
		for _, s := range cases.States {
			t.Run(string(s.State), func(t *testing.T) {
				sieve(t, h.as(t, "inspector"), "state="+string(s.State), func(v cases.View) bool { return v.State == s.State })
			})
		}
	})
}

func sieve(t *testing.T, c *client, query string, keep func(cases.View) bool) {
	t.Helper()
	want := numbers(slices.DeleteFunc(everything(t, c, "limit=200"), func(v cases.View) bool { return !keep(v) }))
	got := numbers(everything(t, c, "limit=200&"+query))
	if !slices.Equal(got, want) {
		t.Errorf("%d cases, want %d: %v, want %v", len(got), len(want), got, want)
	}
}

func TestACaseIsFoundByWhatIsTyped(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := newPerson()
		p.name = "折桂" + strangeName + strconv.Itoa(int(people.Load()))
		c := h.as(t, clerk)
		v := c.post(t, filing, application(h, oldAge, gaoVillage, p)).want(t, 201).view(t)
		number := string(v.Number)
		for what, typed := range map[string]string{
			"the name": p.name, "its beginning": p.name[:6], "a part of it": strangeName, "initials": "sg", "initials, upper case": "SG",
			"serial": strconv.Itoa(int(v.Number.Serial())), "serial with zeros": number[15:21], "number": number, "its digits": strings.ReplaceAll(number, "-", ""),
			"id number": p.id, "id number with spaces": p.id[:6] + " " + p.id[6:14] + " " + p.id[14:], "phone": p.phone, "phone with dashes": p.phone[:3] + "-" + p.phone[3:7] + "-" + p.phone[7:],
			"spaces around": "  " + p.name + " ",
		} {
			list := everything(t, c, "limit=200&q="+url.QueryEscape(typed))
			if !slices.Contains(numbers(list), number) {
				t.Errorf("not found by %s", what)
			}
			if len(list) > 1 && !strings.Contains(what, "initials") && !strings.Contains(what, "beginning") {
				t.Errorf("%s finds %d cases", what, len(list))
			}
		}
		for what, typed := range map[string]string{
			"another's number": newPerson().id, "a wrong check digit": p.id[:17] + string("0123456789X"[(strings.IndexByte("0123456789X", p.id[17])+1)%11]),
			"a wild card": "%", "another": "_", "a quote": "'", "a wrong number": number[:20] + "x" + number[21:], "wrong initials": "gz",
		} {
			if slices.Contains(numbers(everything(t, c, "limit=200&q="+url.QueryEscape(typed))), number) {
				t.Errorf("found by %s", what)
			}
		}
		// Nobody finds what is not to be seen, by whatever is typed.
		for _, typed := range []string{p.name, number, p.id, p.phone} {
			for _, account := range []string{otherClerk, "agent-610881101201", minzheng} {
				if got := everything(t, h.as(t, account), "q="+url.QueryEscape(typed)); len(got) > 0 {
					t.Errorf("%s finds %v", account, numbers(got))
				}
			}
		}
	})
}

func TestPagesGiveEachCaseOnceInOneOrder(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.as(t, "supervisor")
		for _, sort := range []string{"due", "newest"} {
			whole := numbers(everything(t, c, "limit=200&sort="+sort))
			paged := numbers(everything(t, c, "limit=7&sort="+sort))
			if !slices.Equal(whole, paged) {
				t.Errorf("%s: pages of 7 give another list than pages of 200", sort)
			}
			once := slices.Clone(paged)
			slices.Sort(once)
			if len(slices.Compact(once)) != len(paged) || len(paged) < 300 {
				t.Errorf("%s: %d cases, %d different ones", sort, len(paged), len(once))
			}
		}
		var first cases.Page
		c.get(t, filing).want(t, 200).into(t, &first)
		if len(first.Cases) != 50 || first.Next == nil {
			t.Errorf("a page holds %d cases without asking", len(first.Cases))
		}
	})
}

func TestAListIsInOrder(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.as(t, "supervisor")
		if list := everything(t, c, "limit=200&sort=newest"); !slices.IsSortedFunc(list, func(a, b cases.View) int { return cmp.Compare(b.FiledAt, a.FiledAt) }) {
			t.Error("sort=newest is not by the day of filing")
		}
		running := slices.DeleteFunc(everything(t, c, "limit=200&sort=due&open=true"), func(v cases.View) bool { return !v.Limits.Promised.Running })
		if len(running) < 20 || !slices.IsSortedFunc(running, func(a, b cases.View) int { return cmp.Compare(*a.Limits.Promised.Due, *b.Limits.Promised.Due) }) {
			t.Errorf("sort=due is not by the day on which the promise ends (%d cases)", len(running))
		}
	})
}

func TestAListNamesWhatItCannotRead(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.as(t, clerk)
		for query, want := range map[string]string{
			"place=1": "place:unknown_place", "place=610881999000": "place:unknown_place", "state=here": "state:unknown_state", "item=BM-999": "item:unknown_item",
			"todo=you": "todo:not_one_of", "handed=you": "handed:not_one_of", "responsible=you": "responsible:not_one_of", "sort=name": "sort:not_one_of",
			"limit=0": "limit:too_small", "limit=201": "limit:too_large", "limit=x": "limit:invalid", "open=maybe": "open:invalid",
			"after=" + marker: "after:bad_cursor", "after=eyJuIjoiXHUwMDAwIn0": "after:bad_cursor", "after=e30": "after:bad_cursor", "after=bnVsbA": "after:bad_cursor",
			"green=1": "green:unknown_field", "q=" + strings.Repeat("x", 201): "q:too_long",
		} {
			c.get(t, filing+"?"+query).at(t, want)
		}
		for query, code := range map[string]string{"q=%00": "bad_request", "q=%zz": "bad_request", "state=%00": "bad_request", "q=%ff": "not_utf8", "after=%ff": "not_utf8"} {
			c.get(t, filing+"?"+query).want(t, 400, code)
		}
		c.get(t, fmt.Sprintf("%s?q=%s", filing, strings.Repeat("字", 200))).want(t, 200)
	})
}
