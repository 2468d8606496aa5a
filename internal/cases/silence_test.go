package cases

import (
	"slices"
	"testing"

	"bianmin/internal/calendar"
	"bianmin/internal/item"
)

// TestTheMomentOfSilence: told nothing by the end of the fifth working day after the papers came in, the application
// counts as accepted (行政许可法 第三十二条): at that 24:00, not a microsecond before.
func TestTheMomentOfSilence(t *testing.T) {
	for _, x := range []struct{ name, filed, lastDay string }{
		{"a plain week", "2026-03-10 10:20", "2026-03-17"},
		{"late in the evening", "2026-03-10 23:59", "2026-03-17"},
		{"over 春节, with a make-up Saturday", "2026-02-11 09:00", "2026-02-25"},
		{"on a make-up Saturday", "2026-02-14 09:00", "2026-02-28"},
		{"in 春节 itself, to the make-up Saturday after it", "2026-02-17 09:00", "2026-02-28"},
		{"over 清明", "2026-04-01 09:00", "2026-04-09"},
		{"over 国庆节, with both of its make-up days", "2026-09-30 16:00", "2026-10-13"},
		{"into a year whose calendar is not known", "2026-12-30 09:00", "2027-01-06"},
	} {
		s := filedOn(t, x.filed, elders, theClerk, AtCounter, gaojiabuRoom)
		moment := sure(calendar.ParseDate(x.lastDay)).End()
		same(t, x.name+": the last day", *s.view(theClerk).AcceptBy, x.lastDay)
		if e := s.c.fallen(theCalendar(), moment.Add(-1000)); e != nil {
			t.Errorf("%s: accepted a microsecond too early", x.name)
		}
		s.now = moment
		s.fall(theCalendar())
		same(t, x.name, s.happened(1), "accepted_by_silence")
		same(t, x.name+": accepted", s.c.AcceptedAt, At(moment))
	}
}

// TestAcceptedBySilence: from the day the papers came in, with a record that says why; it goes on as if accepted, also
// when papers are missing, which nobody had said; and who received it answers for it.
func TestAcceptedBySilence(t *testing.T) {
	def, _ := theItems().Get(elders)
	incomplete := whatIsNeeded(def)[1:]
	for name, s := range map[string]*story{
		"at the counter":       receivedAtCounter(t),
		"without a paper":      filed(t, elders, theClerk, AtCounter, gaojiabuRoom, incomplete...),
		"taken by a colleague": receivedAtCounter(t).does(theColleague, Take{}).does(theClerk, Take{}),
		"amended":              receivedAtCounter(t).on("2026-03-17 16:00").does(theClerk, amendName),
	} {
		seen := s.c.Version
		s.passes("2026-03-20 08:00").is(Accepted, theClerk, "村里核实")
		e, ok := s.last().(*AcceptedBySilence)
		if !ok {
			t.Fatalf("%s: %s", name, s.happened(0))
		}
		want := AcceptedBySilence{byLaw{Meta{By: "系统", Account: "system", Place: gaojiabu, At: At(moments("2026-03-18 00:00"))}, At(s.now)}, calendar.NewDate(2026, 3, 10), 5}
		same(t, name+": the record", *e, want)
		same(t, name+": silent", s.c.Silent && s.view(theClerk).Silent, true)
		same(t, name+": the step", s.c.Steps[1].Done, e.At)
		same(t, name+": by", s.c.Steps[1].By, "系统")
		if s.c.Version <= seen {
			t.Errorf("%s: whoever saw it before does not learn of it", name)
		}
		s.clocks(theAgent, "2026-03-20 08:00", "10: 03-10 to 03-24, 2 left", "none", "3: 03-18 to 03-23, 1 left")
		s.refuses(theClerk, Accept{}, "wrong_state")
		s.does(theAgent, Pass{}).does(theDesk, Pass{}).does(minzheng, DecideOn{Approve: true})
	}
}

// TestFarFromTheCounter: what was submitted from afar is accepted as well, from the day of the application; the
// village's step is over with it.
func TestFarFromTheCounter(t *testing.T) {
	for _, channel := range []Channel{Online, ByKiosk, ByPhone} {
		s := filed(t, elders, theClerk, channel, gaojiabuRoom).passes("2026-03-17 23:59").is(Submitted, theClerk)
		s.passes("2026-03-18 00:00").is(Accepted, theClerk, "村里核实")
		same(t, "received", s.c.ReceivedAt, s.c.FiledAt)
		same(t, "from", s.c.From.String(), "2026-03-10")
	}
	// Taken in meanwhile: the time is the application's, not the receiving's.
	s := filed(t, elders, theClerk, Online, gaojiabuRoom).on("2026-03-16 09:00").does(theColleague, Receive{})
	s.passes("2026-03-18 00:00").is(Accepted, theColleague, "村里核实")
	// At the village, which has not handed it on.
	s = filed(t, elders, theAgent, ByAgent, gaojiabuRoom).passes("2026-03-18 00:00").is(Accepted, theAgent, "村里核实")
	same(t, "the village's step", s.c.Steps[0].Done, At(s.now))
}

// TestPapersToBeBrought: papers that are always needed and have not come are no received application. The five working days
// run from the day on which somebody took the papers in, whether all had come or not.
func TestPapersToBeBrought(t *testing.T) {
	def, _ := theItems().Get(elders)
	all := whatIsNeeded(def)
	lacking := func(n int, status MaterialStatus) []Material {
		list := slices.Clone(all)
		for i := range list[:n] {
			list[i].Status = status
		}
		return list
	}
	conditional := slices.Clone(all)
	for _, m := range def.Materials {
		if m.Need != item.Always {
			conditional = append(conditional, paper(m.Name, MaterialAbsent))
		}
	}
	for _, x := range []struct {
		name    string
		channel Channel
		papers  []Material
		waits   bool
	}{
		{"everything is there", Online, all, false},
		{"nothing is there", Online, lacking(len(all), MaterialAbsent), true},
		{"one is to be brought", Online, lacking(1, MaterialAbsent), true},
		{"nobody said anything of them", Online, []Material{}, true},
		{"one is not needed here", Online, lacking(1, MaterialNotNeeded), false},
		{"a conditional one is to be brought", Online, conditional, false},
		{"by telephone", ByPhone, lacking(len(all), MaterialAbsent), true},
		{"at the machine", ByKiosk, lacking(2, MaterialAbsent), true},
		{"at the counter it was received", AtCounter, lacking(1, MaterialAbsent), false},
		{"by the agent it was received", ByAgent, lacking(1, MaterialAbsent), false},
	} {
		s := filed(t, elders, theClerk, x.channel, gaojiabuRoom, x.papers...)
		same(t, x.name+": waits", len(s.c.dues(theCalendar())) == 0, x.waits)
		same(t, x.name+": a last day", s.view(theClerk).AcceptBy == nil, x.waits)
		s.passes("2026-03-18 00:00")
		same(t, x.name+": silent", s.c.Silent, !x.waits)
		if !x.waits {
			same(t, x.name+": from", s.c.From.String(), "2026-03-10")
			continue
		}
		same(t, x.name+": what is told", s.following().Plain, "申请交上来了，等您把材料交来")
		same(t, x.name+": what is counted", len(s.following().Limits), 0)
		for _, taken := range []Receive{{all}, {lacking(1, MaterialAbsent)}, {}} {
			s := filed(t, elders, theClerk, x.channel, gaojiabuRoom, x.papers...).passes("2026-05-20 08:00").is(Submitted, theClerk)
			s.does(theClerk, taken).passes("2026-05-27 23:59").is(Received, theClerk, "受理")
			same(t, x.name+": the last day", *s.view(theClerk).AcceptBy, "2026-05-27")
			s.passes("2026-05-28 00:00")
			same(t, x.name+": accepted", s.c.Silent, true)
			same(t, x.name+": from the receiving", s.c.From.String(), "2026-05-20")
		}
	}
}

// TestSilenceAfterACorrection: the time begins again when the papers are complete, and the limits run from that day.
func TestSilenceAfterACorrection(t *testing.T) {
	s := receivedAtCounter(t).on("2026-03-12 09:00").does(theClerk, oneNotice)
	same(t, "nothing is due but the correction", s.c.dues(theCalendar())[0].Kind, DueRemind)
	s.passes("2026-03-19 15:00").does(theClerk, Correct{[]Material{paper("居民身份证", MaterialReceived)}})
	s.passes("2026-03-26 23:59").is(Received, theClerk, "受理").passes("2026-03-27 00:00").is(Accepted, theClerk, "村里核实")
	same(t, "from", s.c.From.String(), "2026-03-19")
	same(t, "papers", s.last().(*AcceptedBySilence).Papers.String(), "2026-03-19")
}

// TestNoSilence: whoever was told something is not accepted by silence, nor is what has ended.
func TestNoSilence(t *testing.T) {
	for name, s := range map[string]*story{
		"accepted":                       receivedAtCounter(t).does(theClerk, Accept{}),
		"accepted in the last minute":    receivedAtCounter(t).on("2026-03-17 23:59").does(theClerk, Accept{}),
		"a notice in the last minute":    receivedAtCounter(t).on("2026-03-17 23:59").does(theClerk, oneNotice),
		"not accepted":                   receivedAtCounter(t).does(theClerk, Reject{Ground: "户籍不在本市"}),
		"withdrawn":                      receivedAtCounter(t).does(theClerk, Withdraw{"本人不办了"}),
		"void":                           receivedAtCounter(t).does(theHead, VoidCommand{"重复收件"}),
		"withdrawn before it came":       filed(t, elders, theClerk, Online, gaojiabuRoom).does(theClerk, Withdraw{"本人不办了"}),
		"suspended, decided, and closed": toBeDecided(t).does(minzheng, anAppraisal, theReport, DecideOn{Approve: true}),
	} {
		n := len(s.events)
		s.passes("2026-03-27 00:00")
		same(t, name, s.happened(n), "nothing")
		same(t, name+": silent", s.c.Silent, false)
	}
}

// TestNeverBeforeWhatWasDoneLast: a corrected calendar moved the moment to before what somebody did since.
func TestNeverBeforeWhatWasDoneLast(t *testing.T) {
	closed := theCalendar().Correct([]calendar.Day{{Date: calendar.NewDate(2026, 3, 17), Kind: calendar.Off, Name: "停电"}}, false)
	s := receivedAtCounter(t).on("2026-03-18 15:00")
	s.fall(closed)
	s.does(theClerk, amendName).on("2026-03-18 16:00")
	same(t, "by the calendar with a day more off", s.happened(1), "amended")
	s.fall(theCalendar())
	e, ok := s.last().(*AcceptedBySilence)
	if !ok {
		t.Fatal(s.happened(0))
	}
	same(t, "dated", e.At, At(moments("2026-03-18 15:00")))
	same(t, "from", s.c.From.String(), "2026-03-10")
}
