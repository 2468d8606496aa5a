package demo

import (
	"strings"
	"time"

	"bianmin/internal/cases"
)

// life is one case being lived through.
type life struct {
	*plan
	office office

	number cases.Number
	view   cases.View // as the last answer had it
	turn   int        // how many moves were made, the filing included
	next   move

	// paced is how long an account really takes for so many minutes of work; nil when exactly so long.
	paced func(account string, now time.Time, minutes int) int

	taken map[int]bool // steps that somebody took before doing them
	// What happens once has happened.
	slowed, setAside, returned, fixed, seen, asked bool
}

// move is what is done next: when, by which account.
type move struct {
	at      time.Time
	account string
	command cases.Command
}

// ahead decides on the next move after now; false when nothing more happens by itself.
func (l *life) ahead(now time.Time) bool {
	if l.stands.state != "" && len(l.stands.steps) == 0 && l.view.State == l.stands.state {
		return false
	}
	m, ok := l.byTheWay(now)
	if !ok {
		m, ok = l.inTurn(now)
	}
	l.next = m
	return ok
}

// byTheWay is what happens to a case beside its steps.
func (l *life) byTheWay(now time.Time) (move, bool) {
	early := l.view.DecidedAt == nil && l.view.State.Open()
	switch {
	case early && l.end == withdrawn && l.turn >= l.after:
		return l.move(now, l.between(officeDay/4, 2*officeDay), clerkAccount(l.town.Code), cases.Withdraw{Reason: pick(l.dice, withdrawals)}), true
	case early && l.end == void && l.turn >= l.after:
		return l.move(now, l.between(20, 300), clerkAccount(l.town.Code), cases.VoidCommand{Reason: pick(l.dice, voidings)}), true
	case early && l.answer != nil && l.view.Extension != nil && l.view.Extension.State == "asked":
		return l.move(now, l.between(30, 200), l.approver(), l.answer), true
	case early && l.slip != nil && !l.fixed:
		l.fixed = true
		return l.move(now, l.between(15, 200), clerkAccount(l.town.Code), cases.Amend{Field: l.slip.field, Typed: l.slip.right, Reason: l.slip.reason}), true
	case early && l.lookedAt && !l.seen && l.turn > 1:
		l.seen = true
		return l.look(now), true
	}
	return move{}, false
}

// look reveals a number in full to whoever has the case.
func (l *life) look(now time.Time) move {
	account := clerkAccount(l.town.Code)
	if open := l.open(); len(open) > 0 {
		account = l.owner(open[0])
	}
	why := cases.Reveal{Field: cases.FieldIDNumber, Reason: pick(l.dice, looksAtNumber)}
	if l.who.phone != "" && chance(l.dice, 50) {
		why = cases.Reveal{Field: cases.FieldPhone, Reason: pick(l.dice, looksAtPhone)}
	}
	return l.move(now, l.between(10, 240), account, why)
}

// inTurn is what the state of the case asks for.
func (l *life) inTurn(now time.Time) (move, bool) {
	switch s := l.view.State; {
	case s == cases.Submitted:
		return l.move(now, l.between(30, officeDay), clerkAccount(l.town.Code), cases.Receive{}), true
	case s == cases.Received && l.forgotten:
		return move{}, false
	case s == cases.Correcting && l.neverBack, s == cases.Suspended && l.special.dragsOn:
		return move{}, false
	case s == cases.Received && len(l.lacks) > 0 && l.view.Notice == nil:
		return l.move(now, l.between(4, 25), l.by, cases.Notify{Missing: l.lacks}), true
	case s == cases.Received && l.end == notAccepted:
		r := pick(l.dice, rejections[l.def.Code])
		return l.move(now, l.between(20, officeDay), l.acceptor(), cases.Reject{Ground: r.ground, Whose: r.whose}), true
	case s == cases.Correcting:
		return l.move(now, l.between(officeDay/2, 5*officeDay), l.by, l.correction()), true
	case s == cases.Suspended:
		days := float64(l.special.days) * float64(l.between(60, 105)) / 100
		return l.move(now, int(days*officeDay), l.owner(l.open()[0]), l.special.ends(l.dice)), true
	case s.Open():
		return l.step(now)
	}
	return move{}, false
}

func (l *life) correction() cases.Correct {
	var all cases.Correct
	for _, lack := range l.lacks {
		all.Materials = append(all.Materials, cases.Material{Name: lack.Material, Originals: cases.AsAsked, Copies: cases.AsAsked, Status: cases.MaterialReceived})
	}
	return all
}

func (l *life) move(now time.Time, minutes int, account string, cmd cases.Command) move {
	if l.paced != nil {
		minutes = l.paced(account, now, minutes)
	}
	at := l.office.add(now, minutes).Truncate(time.Minute).Add(time.Duration(l.dice.IntN(60)) * time.Second)
	if !at.After(now) {
		at = at.Add(time.Minute)
	}
	return move{at: at, account: account, command: cmd}
}

func (l *life) between(least, most int) int { return least + l.dice.IntN(most-least+1) }

// approver is the account that decides on the extension: that of the chief of the unit that asked, else the head's.
func (l *life) approver() string {
	if unit, of := strings.CutPrefix(l.view.Extension.By.Account, "unit-"); of && !strings.Contains(unit, "-") {
		return chiefAccount(unit)
	}
	return headAccount(l.town.Code)
}
