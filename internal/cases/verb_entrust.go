package cases

import (
	"context"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// Relations are what an agent usually is to the applicant; others may be written out.
var Relations = []string{"代办员", "配偶", "子女", "父母", "其他近亲属", "本单位工作人员"}

// Matters are what an applicant usually leaves to an agent.
var Matters = []string{"提交申请和材料", "补正材料", "查询办理情况", "签收文书", "领取办理结果"}

// Entrust records that the applicant gave somebody authority in this case (授权委托, M47).
type Entrust struct {
	Name     string // the agent's
	Relation string
	IDTyped  string   // the agent's citizen number
	Matters  []string // what for
	Until    string   // YYYY-MM-DD, the last day
	secret   *Secret
}

// Verb is entrust.
func (Entrust) Verb() Verb { return VerbEntrust }

// Check wants who, for what and until when: an authority without bounds is none.
func (v Entrust) Check(*item.Version) []problem.Field {
	wrong := checkWords(words{"name", "受托人的姓名", v.Name, true}, words{"relation", "受托人和申请人的关系", v.Relation, true})
	if len(v.Matters) == 0 {
		wrong = append(wrong, problem.Field{Path: "matters", Code: "required", Message: "请选委托办什么"})
	}
	for _, m := range v.Matters {
		wrong = append(wrong, checkWords(words{"matters", "委托办什么", m, true})...)
	}
	if _, err := calendar.ParseDate(v.Until); err != nil {
		wrong = append(wrong, problem.Field{Path: "until", Code: "not_date", Message: "委托到哪一天，写成 2026-06-30 这样"})
	}
	return wrong
}

func (v Entrust) read(_ context.Context, s *Service, _ *Case) (Command, error) {
	secret, err := s.secret(APerson, FieldIDNumber, v.IDTyped)
	if err != nil {
		return nil, problem.WrongFields([]problem.Field{fieldOf("id_number", err)})
	}
	v.secret = secret
	return v, nil
}

func (v Entrust) decide(c *Case, _ access.Actor, now time.Time) ([]Event, *problem.Problem) {
	until, _ := calendar.ParseDate(v.Until) // checked
	if until.Before(calendar.DateOf(now)) {
		return nil, problem.WrongFields([]problem.Field{{Path: "until", Code: "out_of_range", Message: "这一天已经过了，请写今天或者以后"}})
	}
	if v.secret == nil || v.secret.Index == c.Applicant.IDNumber.Index {
		return nil, problem.WrongFields([]problem.Field{{Path: "id_number", Code: "same_person", Message: "这是申请人自己的证件号，请写受托人的"}})
	}
	return []Event{&Entrusted{Name: strings.TrimSpace(v.Name), Relation: v.Relation, IDNumber: v.secret, Matters: v.Matters, Until: until}}, nil
}

// Entrusted is the authority. The case goes on as before, so its version stays.
type Entrusted struct {
	Meta
	Name     string        `json:"agent"`
	Relation string        `json:"relation"`
	IDNumber *Secret       `json:"agent_id"`
	Matters  []string      `json:"matters"`
	Until    calendar.Date `json:"until"`
}

// Kind is KindEntrusted.
func (e *Entrusted) Kind() Kind { return KindEntrusted }

func (e *Entrusted) apply(*Case) {}

func (e *Entrusted) hide() { e.IDNumber = hiddenOrNil(e.IDNumber) }
