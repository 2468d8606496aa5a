package demo

import (
	"fmt"

	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/paper"
	"bianmin/internal/place"
)

// scene is a told case: it stands at Start where its line says. Everybody in it is quick until there.
type scene struct {
	filed   string // in 2026
	item    item.Code
	at      place.Code
	channel cases.Channel
	stands  stands
	also    func(*plan)
}

// in stands for a state, with these steps not done; without steps it is an end, or a state that waits by itself.
func in(s cases.State, steps ...int) stands { return stands{state: s, steps: steps} }

const (
	agent   = cases.ByAgent
	counter = cases.AtCounter

	shimao     = place.Code("610881101236") // 石峁村
	taihewan   = place.Code("610881101211") // 太和湾村
	xingzhuang = place.Code("610881101262") // 兴庄村
	zhengtong  = place.Code("610881101001") // 政通路社区
	dabaodang  = place.Code("610881110000")
	yejihe     = place.Code("610881110207") // 野鸡河村
	linzhou    = place.Code("610881003000")
)

// scenes give each desk of 高家堡镇 its work at Start, and the city every state there is.
var scenes = []scene{
	// The agent of 高家堡村.
	{"03-09 16:05", "BM-008", gaoRoom, agent, in(cases.Received, 1), nil},
	{"03-10 09:12", "BM-022", gaoRoom, agent, in(cases.Received, 1), nil},
	{"03-06 09:05", "BM-008", gaoRoom, agent, in(cases.Accepted, 3), beside(entrusts("03-06 09:12", agentAccount(gaoRoom)))},
	{"03-05 08:50", "BM-049", gaoRoom, agent, in(cases.Examining, 3), beside(
		ask("03-06 10:05", "什么时候来家里看房子？要不要留人？"),
		answer("03-06 15:20", agentAccount(gaoRoom), "村里评议和公示完了，才来家里鉴定。来之前打电话给您，家里留一个人就行。"))},
	{"02-27 09:20", "BM-001", gaoRoom, agent, in(cases.Examining, 6), nil},
	{"03-04 10:10", "BM-051", gaoRoom, agent, in(cases.Decided, 5), nil},
	{"02-12 09:00", "BM-065", gaoRoom, agent, in(cases.Closed), atOnce},

	// The counter.
	{"03-09 09:20", "BM-006", shimao, agent, in(cases.Received, 2), beside(toStation("03-09 11:20", agentAccount(shimao)))},
	{"03-10 09:41", "BM-030", gaojiabu, counter, in(cases.Received, 1), nil},
	{"03-09 17:20", "BM-036", gaojiabu, cases.Online, in(cases.Submitted), nil},
	{"03-10 08:55", "BM-040", zhengtong, cases.ByKiosk, in(cases.Submitted), nil},
	{"03-06 10:30", "BM-003", taihewan, counter, in(cases.Correcting), incomplete},
	{"02-24 15:10", "BM-035", gaojiabu, counter, in(cases.Decided, 4), called("李𬭸")},
	{"02-10 09:30", "BM-025", gaoRoom, agent, in(cases.Decided, 5), nil},
	{"03-10 09:25", "BM-016", gaojiabu, counter, in(cases.Closed), atOnce},

	// The town's desk: one due today, one a day late.
	{"02-25 08:40", "BM-008", taihewan, agent, in(cases.Examining, 4), called("高𠮷祥")},
	{"03-05 08:45", "BM-004", xingzhuang, agent, in(cases.Examining, 3), nil},
	{"02-26 08:50", "BM-044", shimao, agent, in(cases.Examining, 6), beside(toStation("02-26 16:00", agentAccount(shimao)),
		comes("02-27 09:30", clerkAccount(gaojiabu), "袋子里没有这一样，打电话问过村里，说还在家里，下次带来。"))},
	{"03-03 09:10", "BM-001", xingzhuang, agent, in(cases.Examining, 4), nil},
	{"03-04 15:30", "BM-089", zhengtong, counter, in(cases.Examining, 3), nil},

	// The city's 民政局: one due in two days, one today.
	{"02-27 08:40", "BM-008", gaoRoom, agent, in(cases.Examining, 5), nil},
	{"03-04 08:50", "BM-001", shimao, agent, in(cases.Examining, 3), beside(ask("03-09 16:40", "还要等几天有结果？批了钱打到哪张卡上？"))},
	{"02-10 08:40", "BM-002", taihewan, agent, in(cases.Examining, 7), nil},
	{"02-04 08:40", "BM-009", gaoRoom, agent, in(cases.Examining, 5), nil},

	// Clocks that stand, work side by side, organisations, what is late elsewhere.
	{"03-02 09:00", "BM-028", gaojiabu, counter, in(cases.Suspended), setAside},
	{"02-25 09:10", "BM-075", dabaodang, counter, in(cases.Suspended), setAside},
	{"03-03 09:30", "BM-007", linzhou, counter, in(cases.Examining, 3, 4), nil},
	{"03-04 09:00", "BM-072", dabaodang, counter, in(cases.Decided, 4), nil},
	{"02-24 09:00", "BM-041", yejihe, agent, in(cases.Examining, 3), nil},
	{"02-11 08:50", "BM-003", yejihe, agent, in(cases.Examining, 5), nil},
	{"03-10 08:35", "BM-010", yejihe, counter, in(cases.Accepted, 3), nil},

	// How cases end, and what can happen on the way.
	{"01-14 09:40", "BM-044", shimao, agent, in(cases.Closed), and(ends(refused), beside(
		toStation("01-14 11:30", agentAccount(shimao)), comes("01-14 15:40", clerkAccount(gaojiabu), ""),
		toRoom("01-15 09:10", clerkAccount(gaojiabu)), comes("01-15 11:20", agentAccount(shimao), ""), givesBack("01-15 16:30", shimao),
		notReached("01-16 17:10", clerkAccount(gaojiabu), paper.Refusal.Chinese(), "家里没有人，电话约好下周一到站里取。"),
		handedOver("01-19 10:40", clerkAccount(gaojiabu), paper.Refusal.Chinese())))},
	{"03-03 09:15", "BM-067", gaojiabu, counter, in(cases.Decided, 6), ends(refused)},
	{"01-20 10:05", "BM-024", gaoRoom, agent, in(cases.NotAccepted), ends(notAccepted)},
	{"02-03 15:20", "BM-042", taihewan, agent, in(cases.Withdrawn), ends(withdrawn)},
	{"02-05 16:10", "BM-043", gaojiabu, counter, in(cases.Void), ends(void)},
	{"01-21 09:25", "BM-017", gaoRoom, agent, in(cases.Closed), (*plan).mistype},
	{"01-19 09:25", "BM-010", shimao, agent, in(cases.Closed), func(p *plan) { p.sentBack = true }},
	{"01-13 09:25", "BM-013", gaoRoom, agent, in(cases.Closed), func(p *plan) { p.lookedAt = true }},
	{"01-15 09:25", "BM-012", gaoRoom, agent, in(cases.Closed), incomplete},
	{"01-12 09:25", "BM-045", shimao, agent, in(cases.Closed), setAside},
	{"02-04 10:25", "BM-038", "610881104001", counter, in(cases.Closed), fromAfar},

	// What the law does by itself, and what somebody has to decide on.
	{"02-26 09:10", "BM-041", shimao, counter, in(cases.Accepted), func(p *plan) { p.forgotten = true }},
	{"01-13 10:20", "BM-003", taihewan, counter, in(cases.Lapsed), neverBack},
	{"02-10 09:10", "BM-030", gaoRoom, counter, in(cases.Correcting), neverBack},
	{"02-10 09:10", "BM-075", gaojiabu, counter, in(cases.Suspended), dragsOn},
	{"02-27 09:30", "BM-001", gaoRoom, agent, in(cases.Examining, 4), moreTime},
	{"02-26 09:40", "BM-002", gaoRoom, agent, in(cases.Examining, 7), moreTime},
	{"02-26 10:30", "BM-001", xingzhuang, agent, in(cases.Examining, 4), answered(cases.Approve{})},
	{"02-11 11:10", "BM-002", xingzhuang, agent, in(cases.Examining, 7), answered(cases.RefuseExtension{Reason: "材料已经齐了，请按时办"})},
	{"03-03 09:40", "BM-044", gaoRoom, agent, in(cases.Examining, 6), func(p *plan) { p.handOn = clerkAccount(p.town.Code) }},
}

func (b *builder) told() error {
	for _, s := range scenes {
		def, known := b.city.Items.Get(s.item)
		at, placed := b.city.Places.Place(s.at)
		town, _ := b.city.Places.Place(s.at.Town())
		if !known || !placed {
			return fmt.Errorf("a told case is of %s at %s, which this city has not", s.item, s.at)
		}
		p := newPlan(len(b.plans), &def, at, town, s.channel, b.rooms(town, &def))
		var err error
		if p.filed, err = moment(s.filed); err != nil {
			return err
		}
		p.prompt, p.stands = true, s.stands
		if s.also != nil {
			s.also(p)
		}
		b.add(p)
	}
	return nil
}

func neverBack(p *plan) {
	p.leaveOut()
	p.neverBack = true
}

func dragsOn(p *plan) {
	setAside(p)
	p.special.dragsOn = true
}

func moreTime(p *plan) {
	p.more = &cases.Extend{Days: 5, Reason: "要向外省核对材料，对方还没有回函"}
}

func answered(c cases.Command) func(*plan) {
	return func(p *plan) {
		moreTime(p)
		p.answer = c
	}
}

// beside adds what happens beside the steps.
func beside(list ...errand) func(*plan) {
	return func(p *plan) { p.errands = list }
}

func and(all ...func(*plan)) func(*plan) {
	return func(p *plan) {
		for _, also := range all {
			also(p)
		}
	}
}

func atOnce(p *plan)     { p.spot = true }
func incomplete(p *plan) { p.leaveOut() }

func setAside(p *plan) {
	s := specials[p.def.Code]
	p.special = &s
}

func ends(e end) func(*plan) {
	return func(p *plan) { p.end, p.after = e, 2 }
}

// called makes the applicant a man of a name with a character beyond the BMP.
func called(name string) func(*plan) {
	return func(p *plan) {
		born := bornWithin(p.dice, p.who.age, p.who.age, today)
		p.who.name, p.who.surname, p.who.male = name, surnameOf(name), true
		p.who.number = citizenNumber(p.dice, areaOf(born), born, true)
	}
}

// fromAfar is somebody with a long name and a number from 阿克苏.
func fromAfar(p *plan) {
	born := bornWithin(p.dice, 29, 29, today)
	p.who.name, p.who.surname, p.who.male, p.who.age = "古丽娜尔·阿不都热合曼", "", false, 29
	p.who.number = citizenNumber(p.dice, "652901", born, false)
}
