package item

// Groups are the steps by index in the order in which they run: steps side by side with the
// same letter run together, every other one alone.
func (d Definition) Groups() [][]int {
	var groups [][]int
	for i, s := range d.Steps {
		if i > 0 && sameGroup(d.Steps[i-1], s) {
			last := len(groups) - 1
			groups[last] = append(groups[last], i)
			continue
		}
		groups = append(groups, []int{i})
	}
	return groups
}

func sameGroup(a, b Step) bool {
	return a.Group != nil && b.Group != nil && *a.Group == *b.Group
}

// Procedure says that the step publicises, appraises or looks at something on the spot outside the limit: a procedure of the
// item's own, whose time does not count.
func (s Step) Procedure() bool {
	switch s.Kind {
	case Publicise, Examine, Inspect, Review:
		return !s.Counts
	}
	return false
}

// Procedures names the item's own procedures. A special procedure that is none of 行政许可法 第四十五条 is one of these, held
// once more.
func (d Definition) Procedures() []string {
	var names []string
	for _, s := range d.Steps {
		if s.Procedure() {
			names = append(names, s.Name)
		}
	}
	return names
}

// StepIndex is the first step of a kind. Accept, decide and deliver stand exactly once in a
// checked definition.
func (d Definition) StepIndex(kind StepKind) (int, bool) {
	for i, s := range d.Steps {
		if s.Kind == kind {
			return i, true
		}
	}
	return 0, false
}

// CountedDays is how long the steps that count take: one after the other, and of those that
// run together the longest.
func (d Definition) CountedDays() int {
	total := 0
	for _, group := range d.Groups() {
		longest := 0
		for _, i := range group {
			if s := d.Steps[i]; s.Counts {
				longest = max(longest, s.days())
			}
		}
		total += longest
	}
	return total
}

// SpotFinish: the item is finished while the citizen waits.
func (d Definition) SpotFinish() bool { return d.Kind == OnTheSpot }
