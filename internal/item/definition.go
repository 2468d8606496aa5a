package item

import "bianmin/internal/calendar"

// Definition is the whole of one item, the same in every town (§五(二), 四同). Values are
// shared between readers: treat the lists in it as read-only.
type Definition struct {
	Code       Code        `json:"code"`
	BasicCode  *string     `json:"basic_code"` // national, 12 digits; nil until a city fills it in
	Name       string      `json:"name"`       // official
	Plain      string      `json:"plain"`      // what people call it; shown first
	Aliases    []string    `json:"aliases"`    // what people type
	Window     string      `json:"window"`     // one of place.Windows
	Type       Type        `json:"type"`
	Kind       Kind        `json:"kind"`
	Regime     Regime      `json:"regime"`
	Basis      []string    `json:"basis"`
	Conditions []string    `json:"conditions"`
	Serves     Serves      `json:"serves"`
	LifeEvents []string    `json:"life_events"`
	Limits     Limits      `json:"limits"`
	Fee        Fee         `json:"fee"`
	Visits     int         `json:"visits"`       // how often the citizen must come
	Presence   Presence    `json:"presence"`     // whether it can be asked for from afar
	PresentFor *string     `json:"presence_for"` // what one comes for; nil with no visits
	Result     Result      `json:"result"`
	Materials  []Material  `json:"materials"`
	Situations []Situation `json:"situations"`
	Steps      []Step      `json:"steps"`
	FAQ        []Question  `json:"faq"`
	GuideNote  *string     `json:"guide_note"`
	Source     string      `json:"source"`      // seen, partly-seen or typical
	SourceNote string      `json:"source_note"` // how sure this definition is, and why
}

// Limits: Legal is nil where no law states one; never guess.
type Limits struct {
	Legal    *calendar.Limit `json:"legal"`
	Promised calendar.Limit  `json:"promised"`
}

// Fee of the item; a charge names its basis.
type Fee struct {
	Charged bool    `json:"charged"`
	Text    string  `json:"text"`
	Basis   *string `json:"basis"`
}

// Result is what the citizen gets.
type Result struct {
	Name string     `json:"name"`
	Kind ResultKind `json:"kind"`
}

// Situation is a question asked before the list of materials is made.
type Situation struct {
	ID       string   `json:"id"`
	Question string   `json:"question"`
	Options  []Option `json:"options"`
}

// Option is an answer and what it changes; materials are named.
type Option struct {
	Answer        string   `json:"answer"`
	MaterialsAdd  []string `json:"materials_add"`
	MaterialsDrop []string `json:"materials_drop"`
	Note          *string  `json:"note"`
}

// Question is one of the guide's questions and answers.
type Question struct {
	Q string `json:"q"`
	A string `json:"a"`
}

// Version is one published state of an item, numbered from 1.
type Version struct {
	Definition
	Number int `json:"version"`
}
