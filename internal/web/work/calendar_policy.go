package work

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// policyForm sets what the law leaves to the place.
type policyForm struct {
	Fields []ui.Input
	Errors []ui.Mistake
}

func policyFormOf(typed url.Values, wrong []problem.Field) policyForm {
	f := policyForm{Errors: ui.Mistakes(wrong)}
	for _, in := range []ui.Input{
		{Name: "correct_days", Label: "补正给几天", Hint: "自然日，从告知的第二天数起；过了没有补齐就办结"},
		{Name: "remind_days", Label: "提前几天提醒", Hint: "到期以前几天提醒申请人，写 0 就不提醒"},
		{Name: "call_days", Label: "差评几天里回访", Hint: "工作日，从评价的第二天数起；过了没有回访，总览上会提醒"},
	} {
		in.Value, in.Error, in.InputMode, in.Small, in.Max = typed.Get(in.Name), ui.ErrorAt(wrong, in.Name), "numeric", true, 3
		f.Fields = append(f.Fields, in)
	}
	return f
}

func policyTyped(p cases.Policy) url.Values {
	return url.Values{"correct_days": {strconv.Itoa(p.CorrectDays)}, "remind_days": {strconv.Itoa(p.RemindDays)}, "call_days": {strconv.Itoa(p.CallDays)}}
}

// policyPost sets it.
func (s *Site) policyPost(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	days := func(name string) int {
		n, err := strconv.Atoi(strings.TrimSpace(posted.Get(name)))
		if err != nil {
			return -1 // which the rule refuses
		}
		return n
	}
	err = s.SetPolicy(r.Context(), actor, cases.Policy{CorrectDays: days("correct_days"), RemindDays: days("remind_days"), CallDays: days("call_days")})
	var p *problem.Problem
	switch {
	case err == nil:
		redirect(w, r, "/calendar?done=policy")
	case errors.As(err, &p) && p.Kind == problem.Invalid:
		s.showCalendar(w, r, http.StatusUnprocessableEntity, calendarPage{Policy: policyFormOf(posted, p.Fields)})
	default:
		s.Refuse(w, r, err)
	}
}
