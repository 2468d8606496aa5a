package item

import (
	"fmt"

	"bianmin/internal/calendar"
)

// deliverDays: a licence is delivered within 10 working days of the decision (行政许可法 Art. 44).
const deliverDays = 10

func (d Definition) checkSteps(f *findings, units Units) {
	for i, s := range d.Steps {
		s.check(f, fmt.Sprintf("steps[%d]", i), units)
	}
	d.checkGroups(f)
	if !d.checkOrder(f) {
		return // the rules below speak of the one acceptance and the one delivery
	}
	d.checkTotal(f)
	if d.SpotFinish() {
		d.checkSpot(f)
		return
	}
	d.checkPromise(f)
}

func (s Step) check(f *findings, at string, units Units) {
	f.text(at+".name", s.Name)
	f.optional(at+".group", s.Group)
	f.require(s.Kind.Known(), at+".kind", "unknown", "环节类型不在名单里")
	f.require(s.days() >= 0 && s.days() <= calendar.MaxDays, at+".days", "days", "天数应为0到%d", calendar.MaxDays)
	f.require(s.DayUnit == calendar.Working || s.DayUnit == calendar.CalendarDays, at+".day_unit", "unknown", "要写明是工作日还是自然日")
	f.require(!s.Counts || s.Days != nil, at+".days", "counted_days", "计入时限的环节要写天数")
	f.require(s.Kind != Publicise || !s.Counts, at+".counts", "publicity", "公示不计入时限")
	f.require(s.Kind != Receive || (!s.Counts && (s.Owner.Kind == Agent || s.Owner.Kind == Counter)), at, "receive",
		"收件由代办员或者窗口做，不计入时限")
	f.require(s.Tier.Known(), at+".tier", "unknown", "层级应为村、镇或者市")
	tier, known := tierOf(s.Owner, units)
	f.require(known, at+".owner", "owner", "承办人不在单位名单里")
	f.require(!known || s.Tier == tier, at+".tier", "tier", "层级和承办人所在的层级对不上")
}

func (d Definition) checkGroups(f *findings) {
	seen := map[string]bool{}
	for _, group := range d.Groups() {
		first := d.Steps[group[0]]
		if first.Group == nil {
			continue
		}
		at := fmt.Sprintf("steps[%d].group", group[0])
		f.require(len(group) > 1 && !seen[*first.Group], at, "group", "同时进行的环节要有两个以上，并且挨着写")
		seen[*first.Group] = true
	}
}

// checkOrder: received before accepted, examined between acceptance and decision, certified
// after it, delivered last. It answers whether acceptance, decision and delivery stand once each.
func (d Definition) checkOrder(f *findings) bool {
	for _, kind := range []StepKind{Accept, Decide, Deliver} {
		if n := d.countSteps(kind); n != 1 {
			f.add("steps", "once", "“%s”环节应有1个，现在有%d个", kind.Chinese(), n)
			return false
		}
	}
	accept, _ := d.StepIndex(Accept)
	decide, _ := d.StepIndex(Decide)
	deliver, _ := d.StepIndex(Deliver)
	f.require(accept < decide && deliver == len(d.Steps)-1, "steps", "order", "先受理，再决定，最后送达")
	for i, s := range d.Steps {
		at := fmt.Sprintf("steps[%d]", i)
		f.require((s.Kind == Receive) == (i < accept), at, "receive_first", "受理前只收件，受理后不再收件")
		switch s.Kind {
		case Examine, Inspect, Review:
			f.require(accept < i && i < decide, at, "between", "%s应在受理和决定之间", s.Kind.Chinese())
		case Certify:
			f.require(i > decide, at, "certify_late", "制证应在决定之后")
		}
	}
	return true
}

func (d Definition) countSteps(kind StepKind) int {
	n := 0
	for _, s := range d.Steps {
		if s.Kind == kind {
			n++
		}
	}
	return n
}

// checkTotal: the steps that count fit into the promise and the law.
func (d Definition) checkTotal(f *findings) {
	for i, s := range d.Steps {
		f.require(!s.Counts || s.days() == 0 || s.DayUnit == d.Limits.Promised.Unit, fmt.Sprintf("steps[%d].day_unit", i), "units",
			"计入时限的环节要和承诺时限用同一种天数")
	}
	total := d.CountedDays()
	f.require(total <= d.Limits.Promised.Days, "steps", "steps_longer", "各环节共%d天，比承诺的%d天长", total, d.Limits.Promised.Days)
	if legal := d.Limits.Legal; legal != nil {
		f.require(total <= legal.Days, "steps", "steps_unlawful", "各环节共%d天，比法定的%d天长", total, legal.Days)
	}
}

// checkSpot: nobody but the counter and the agent acts while the citizen waits.
func (d Definition) checkSpot(f *findings) {
	for i, s := range d.Steps {
		at := fmt.Sprintf("steps[%d]", i)
		f.require(s.Owner.Kind == Agent || s.Owner.Kind == Counter, at+".owner", "spot_owner", "即办件只由窗口或者代办员办")
		switch s.Kind {
		case Receive:
		case Accept, Decide, Deliver:
			f.require(s.Days != nil && *s.Days == 0, at+".days", "spot_days", "即办件当场办结，天数应为0")
		default:
			f.add(at+".kind", "spot_kind", "即办件只有收件、受理、决定和送达")
		}
	}
}

// checkPromise: the limit runs from acceptance at the station's counter.
func (d Definition) checkPromise(f *findings) {
	accept, _ := d.StepIndex(Accept)
	at := fmt.Sprintf("steps[%d]", accept)
	first := d.Steps[accept]
	f.require(d.CountedDays() > 0, "steps", "no_days", "承诺件至少有一个计入时限的环节")
	f.require(first.Owner.Kind == Counter && !first.Counts, at, "accept", "由窗口受理，时限从受理起算，受理本身不计入")
	last := d.Steps[len(d.Steps)-1]
	if d.Regime == Licence {
		f.require(last.days() > 0 && last.days() <= deliverDays, fmt.Sprintf("steps[%d].days", len(d.Steps)-1), "licence_delivery",
			"行政许可应在决定后%d个工作日内送达（行政许可法第四十四条）", deliverDays)
	}
}
