package item

import (
	"bianmin/internal/calendar"
	"bianmin/internal/place"
)

// StepKind is what is done in a step.
type StepKind string

const (
	Receive   StepKind = "receive"
	Accept    StepKind = "accept"
	Examine   StepKind = "examine"
	Inspect   StepKind = "inspect"
	Publicise StepKind = "publicise"
	Review    StepKind = "review"
	Decide    StepKind = "decide"
	Certify   StepKind = "certify"
	Deliver   StepKind = "deliver"
	Perform   StepKind = "perform"
)

var stepKinds = map[StepKind]string{
	Receive: "收件", Accept: "受理", Examine: "审查", Inspect: "现场核查", Publicise: "公示",
	Review: "复核", Decide: "决定", Certify: "制证", Deliver: "送达", Perform: "实施",
}

func (k StepKind) Known() bool     { return stepKinds[k] != "" }
func (k StepKind) Chinese() string { return stepKinds[k] }

// Tier is where a step is done, with the level's code in GB/T 39046-2020 A.2.
type Tier string

const (
	Village Tier = "village"
	Town    Tier = "town"
	City    Tier = "city"
)

var tiers = map[Tier]entry{Village: {"村（社区）", "6"}, Town: {"镇（街道）", "5"}, City: {"市", "4"}}

func (t Tier) Known() bool     { _, ok := tiers[t]; return ok }
func (t Tier) Chinese() string { return tiers[t].chinese }
func (t Tier) Code() string    { return tiers[t].code }

// Step is one piece of the process.
type Step struct {
	Name    string        `json:"name"`
	Kind    StepKind      `json:"kind"`
	Tier    Tier          `json:"tier"`
	Owner   Owner         `json:"owner"`
	Days    *int          `json:"days"` // nil: no time is set
	DayUnit calendar.Unit `json:"day_unit"`
	Counts  bool          `json:"counts"` // towards the limit, which a publicity never does
	Group   *string       `json:"group"`  // steps side by side with the same letter run in parallel
}

// days is the step's time, none counting as zero.
func (s Step) days() int {
	if s.Days == nil {
		return 0
	}
	return *s.Days
}

// tierOf is where an owner stands; units say it themselves.
func tierOf(o Owner, units Units) (Tier, bool) {
	switch o.Kind {
	case Agent:
		return Village, true
	case Counter, Desk:
		return Town, true
	}
	u, known := units.Unit(o.Unit)
	if !known {
		return "", false
	}
	if u.Tier == place.CityTier {
		return City, true
	}
	return Town, true
}

// Units is what a check asks of the directory of units; *place.Directory answers it.
type Units interface {
	Unit(code string) (place.Unit, bool)
}
