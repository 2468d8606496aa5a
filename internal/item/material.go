package item

import (
	"fmt"
	"strings"
)

// Need tells whether a material is always asked for.
type Need string

const (
	Always Need = "always"
	When   Need = "when" // only in a situation that leads to it
)

var needs = map[Need]string{Always: "都要交", When: "有这种情况才交"}

func (n Need) Known() bool     { return needs[n] != "" }
func (n Need) Chinese() string { return needs[n] }

// Lack tells whether the case can start without the material.
type Lack string

const (
	NeverLack Lack = "never"
	ByPromise Lack = "promise" // a written promise to bring it later (容缺受理)
)

var lacks = map[Lack]string{NeverLack: "不能缺", ByPromise: "可以先承诺、后补交"}

func (l Lack) Known() bool     { return lacks[l] != "" }
func (l Lack) Chinese() string { return lacks[l] }

// SourceKind is where a material comes from.
type SourceKind string

const (
	FromApplicant SourceKind = "applicant"
	CounterForm   SourceKind = "counter_form"
	FromIssuer    SourceKind = "issuer"
)

var sourceKinds = map[SourceKind]string{FromApplicant: "自己准备", CounterForm: "窗口提供表格", FromIssuer: "有关单位出具"}

func (k SourceKind) Chinese() string { return sourceKinds[k] }

// Source is written applicant, counter_form or issuer:公安机关.
type Source struct {
	Kind   SourceKind
	Issuer string // empty but for FromIssuer
}

// ParseSource reads the written form.
func ParseSource(s string) (Source, error) {
	if issuer, ok := strings.CutPrefix(s, "issuer:"); ok && !blank(issuer) {
		return Source{FromIssuer, issuer}, nil
	}
	if kind := SourceKind(s); kind == FromApplicant || kind == CounterForm {
		return Source{Kind: kind}, nil
	}
	return Source{}, fmt.Errorf("材料来源“%s”应写applicant、counter_form或者issuer:加出具单位", s)
}

func (s Source) String() string {
	if s.Kind == FromIssuer {
		return "issuer:" + s.Issuer
	}
	return string(s.Kind)
}

func (s Source) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

func (s *Source) UnmarshalText(text []byte) error {
	parsed, err := ParseSource(string(text))
	if err == nil {
		*s = parsed
	}
	return err
}

// Material is one paper.
type Material struct {
	Name      string  `json:"name"`
	Originals int     `json:"originals"`
	Copies    int     `json:"copies"`
	Need      Need    `json:"need"`
	When      *string `json:"when"` // in words, for the guide: 家里有残疾人的时候
	Lack      Lack    `json:"lack"`
	From      Source  `json:"from"`
	Return    bool    `json:"return"` // the original is looked at and handed back
	Note      *string `json:"note"`
}

// Necessity is the code and the word of the national exchange: 1 必要, 2 非必要, 3 容缺后补.
func (m Material) Necessity() (code, chinese string) {
	switch {
	case m.Lack == ByPromise:
		return "3", "容缺后补"
	case m.Need == When:
		return "2", "非必要"
	}
	return "1", "必要"
}
