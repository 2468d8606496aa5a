package cases

import (
	"strings"
	"testing"
	"time"
)

// TestFollowing: what an applicant reads in each state: how it stands, what happens next and by when.
func TestFollowing(t *testing.T) {
	for name, want := range map[string]struct{ plain, next, by string }{
		"submitted":               {"申请交上来了，等窗口收件", "就视为受理", "2026-03-17"},
		"received at the counter": {"材料收到了，正在看齐不齐", "就视为受理", "2026-03-17"},
		"correcting":              {"材料还不齐，等您补", "交到高家堡镇便民服务站窗口，或者交给高家堡村代办员", "2026-04-09"},
		"received again":          {"材料收到了，正在看齐不齐", "就视为受理", "2026-03-17"},
		"lapsed":                  {"没有按时补齐材料，这件办结了", "材料备齐以后可以重新申请", ""},
		"accepted":                {"已经受理，正在办", "正在办“村里核实”（高家堡村代办员），最晚这天办完", "2026-03-24"},
		"accepted by silence":     {"已经视为受理，正在办", "正在办“村里核实”（高家堡村代办员），最晚这天办完", "2026-03-24"},
		"examining at the desk":   {"已经受理，正在办", "正在办“复审”（高家堡镇经办岗），最晚这天办完", "2026-03-24"},
		"extended":                {"已经受理，正在办", "正在办“审批”（神木市民政局），最晚这天办完", "2026-03-31"},
		"suspended":               {"正在鉴定，这段时间不算在期限里", "预计这天结束，结束以后接着办", "2026-03-24"},
		"decided":                 {"已经作出决定：同意", "结果最晚这天送到您手里", "2026-03-24"},
		"closed":                  {"办好了", "", ""},
		"not accepted":            {"没有受理", "理由和不服怎么办，写在不予受理决定书里，也可以到窗口问", ""},
		"withdrawn":               {"申请已经撤回", "要办的话可以重新申请", ""},
		"void":                    {"这件已经作废", "要办的话请到窗口问", ""},
	} {
		told := false
		for _, at := range everyState {
			if at.name != name {
				continue
			}
			told = true
			f := at.tell(t).following()
			by := ""
			if f.By != nil {
				by = *f.By
			}
			if f.Plain != want.plain || !strings.Contains(f.Next, want.next) || by != want.by {
				t.Errorf("%s: %s / %s / %s", name, f.Plain, f.Next, by)
			}
			if (len(f.Bring) > 0) != (name == "correcting") {
				t.Errorf("%s: to bring %v", name, f.Bring)
			}
		}
		if !told {
			t.Errorf("no case is %s", name)
		}
	}
	s := toBeDecided(t).on("2026-03-25 09:00")
	same(t, "late", s.following().Plain, "已经受理，正在办，已经超过承诺的时间")
	s.does(minzheng, DecideOn{Reason: "不满 70 周岁"})
	same(t, "refused", s.following().Plain, "已经作出决定：没有同意")
	s.does(theClerk, Deliver{"counter", "折桂英"})
	same(t, "over", s.following().Plain, "办完了：没有同意")
	if next := filed(t, elders, theClerk, AtCounter, gaojiabu).does(theClerk, oneNotice).following().Next; strings.Contains(next, "代办员") {
		t.Errorf("at the town there is no agent: %s", next)
	}
}

// TestWhatToBring: each paper that has not come, how many of it, and what was wrong with the one that did.
func TestWhatToBring(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, Notify{Missing: []Lack{{Material: "居民身份证", What: MaterialAbsent},
		{Material: "高龄补贴申请表", What: MaterialDefective, Note: "没有签名"}}})
	same(t, "all", asJSON(s.following().Bring), `[{"material":"居民身份证","originals":1,"copies":0,"note":null},{"material":"高龄补贴申请表","originals":1,"copies":0,"note":"没有签名"}]`)
	s.does(theAgent, Correct{[]Material{paper("居民身份证", MaterialReceived)}})
	same(t, "what is left", asJSON(s.following().Bring), `[{"material":"高龄补贴申请表","originals":1,"copies":0,"note":"没有签名"}]`)
}

// TestSilenceInWords: the licensing law is cited for licences alone.
func TestSilenceInWords(t *testing.T) {
	for code, basis := range map[string]string{"BM-045": "按行政许可法第三十二条", elders: "按一次性告知制"} {
		remarks := filed(t, code, theClerk, AtCounter, gaojiabuRoom).passes("2026-03-18 00:00").following().Remarks
		if len(remarks) != 1 || !strings.HasPrefix(remarks[0], basis) || !strings.Contains(remarks[0], "期限从3月10日起算") {
			t.Errorf("%s: %v", code, remarks)
		}
	}
}

// TestFollowingIsNobody: nothing in it says who.
func TestFollowingIsNobody(t *testing.T) {
	for _, s := range append(append(ends(t), lawful(t)...), eventful(t)) {
		text := asJSON(s.following())
		for _, secret := range []string{s.c.Applicant.Name, s.c.Applicant.IDNumber.Masked, herPhone.Masked, "刘芳", "高海燕", "clerk-", `"s1"`, `"i1"`} {
			if strings.Contains(text, secret) {
				t.Errorf("%s: %s in %s", s.c.State, secret, text)
			}
		}
	}
}

// TestOneKey: wrong tries at a number count together, however it is typed.
func TestOneKey(t *testing.T) {
	n := NewNumber(gaojiabu, 2026, 421)
	for _, typed := range []string{string(n), " " + string(n) + "\n", strings.ReplaceAll(string(n), "-", "")} {
		same(t, typed, followKey(typed), string(n))
	}
	same(t, "no number", followKey(" 421 "), "421")
	same(t, "no address either", followKey(followFrom("203.0.113.9")), "from203.0.113.9")
}

// TestOneAddress: an address of IPv4 counts alone, one of IPv6 with its household, each in its hour; none is a number.
func TestOneAddress(t *testing.T) {
	for address, want := range map[string]string{"203.0.113.9": "203.0.113.9", "2001:db8:1:2:3::4": "2001:db8:1:2::/64", "2001:db8:1:2::ffff": "2001:db8:1:2::/64",
		"2001:db8:1:3::4": "2001:db8:1:3::/64", "fe80::1%eth0": "fe80::/64", "": "", "@": "@"} {
		same(t, address, followFrom(address), "from\x00"+want)
	}
	at := func(clock string) time.Time {
		at, err := time.Parse(time.RFC3339, "2026-03-10T"+clock)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	same(t, "an hour", withinHour("a", at("10:59:59+08:00")), withinHour("a", at("02:00:00Z")))
	if withinHour("a", at("11:00:00+08:00")) == withinHour("a", at("10:59:59+08:00")) || withinHour("a", at("10:00:00Z")) == withinHour("b", at("10:00:00Z")) {
		t.Error("two hours, or two addresses, count together")
	}
}
