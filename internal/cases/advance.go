package cases

import "bianmin/internal/item"

// finish ends step i and opens what comes next.
func (c *Case) finish(i int, at Instant, by, note string) {
	c.Steps[i].Done, c.Steps[i].By, c.Steps[i].Note = at, by, note
	if c.Steps[i].Started == 0 {
		c.Steps[i].Started = at
	}
	c.openNext(at)
}

// openNext opens the first group that is not finished; of a parallel group all steps that are still to be done. While
// a step is open nothing more opens.
func (c *Case) openNext(at Instant) {
	for _, group := range c.Def.Groups() {
		started := false
		for _, i := range group {
			if c.Steps[i].finished() {
				continue
			}
			started = true
			if c.Steps[i].Started == 0 {
				c.Steps[i].Started = at
			}
		}
		if started {
			return
		}
	}
}

// beside gives the first and the last of the steps that run together with step i.
func (c *Case) beside(i int) (first, last int) {
	for _, group := range c.Def.Groups() {
		if first, last = group[0], group[len(group)-1]; i <= last {
			break
		}
	}
	return first, last
}

// end closes the case for good: no step is open any more.
func (c *Case) end(s State, at Instant) {
	c.State, c.ClosedAt, c.Before, c.Handing = s, at, "", nil
	if c.Special != nil {
		c.endSpecial(at, "", "")
	}
	for i := range c.Steps {
		if !c.Steps[i].finished() {
			c.Steps[i].Skipped = true
		}
	}
}

// countedRemain says whether a step that counts towards the limits is still to be done.
func (c *Case) countedRemain() bool {
	for i, run := range c.Steps {
		if c.Def.Steps[i].Counts && !run.finished() && c.Def.Steps[i].Kind != item.Receive && c.Def.Steps[i].Kind != item.Accept {
			return true
		}
	}
	return false
}

// countedOpen says whether a step that counts is under way.
func (c *Case) countedOpen() bool {
	for _, i := range c.open() {
		if c.Def.Steps[i].Counts {
			return true
		}
	}
	return false
}
