package work

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/once"
	"bianmin/internal/problem"
)

// counterHome is the scope of the counter's idempotency keys.
const counterHome = "/counter"

// application is the form as the service takes it.
func (w counterWork) application(sh sheet) cases.Application {
	f := w.form
	return cases.Application{
		Item: string(w.def.Code), Place: f.Place, Channel: f.Channel, Kind: f.Kind, Name: f.Name, IDNumber: f.IDNumber, Phone: f.Phone,
		Address: f.Address, Materials: sh.materials(), Green: greenOf(f.Green, w.heard), Person: f.Person, Another: f.Another,
	}
}

// check finds everything on the form that is wrong, before it goes any further. A telephone registration has no papers
// yet, so nobody has to mark them.
func (w counterWork) check(sh sheet) []problem.Field {
	wrong := w.form.check(w.today())
	if !w.under.None() && strings.TrimSpace(w.form.Another) == "" {
		wrong = append(wrong, problem.Field{Path: fieldAnother, Code: "required", Message: "同一个人的这件事正在办。确实是另一件，请写为什么"})
	}
	if !w.sure() {
		wrong = append(wrong, problem.Field{Path: fieldSure, Code: "required", Message: strings.Join(w.doubts(), "；") + "。核对过了，请打勾"})
	}
	if _, lacks := sh.lacks(); len(lacks) > 0 {
		wrong = append(wrong, checkDays(w.form.Days)...)
	}
	if w.form.Channel == cases.ByPhone {
		return wrong
	}
	return append(wrong, sh.check()...)
}

// sure says that nothing is doubtful, or that just this has been ticked off.
func (w counterWork) sure() bool {
	return w.form.Sure == sureOf(w.doubts()) || len(w.doubts()) == 0
}

func sureOf(doubts []string) string { return strings.Join(doubts, "\n") }

// checkDays looks at the days that a notice is to give; none said is what is usual here.
func checkDays(typed string) []problem.Field {
	if n := daysSaid(strings.TrimSpace(typed)); n < 0 || n > cases.NoticeMost {
		return []problem.Field{{Path: fieldDays, Code: "out_of_range", Message: fmt.Sprintf("请写给几天补正，1 到 %d", cases.NoticeMost)}}
	}
	return nil
}

// once is the key of one of the calls that filing makes. It binds what was typed and, for the filing itself, whether
// all of it is done at once: pressing another button after an answer was lost must not file a second case.
func (w counterWork) once(call string, finish bool) once.Key {
	typed := w.form.values().Encode() + "&finish=" + strconv.FormatBool(finish)
	return once.Key{Account: w.actor.Account, Path: counterHome, Key: w.form.Key + "-" + call, Request: sha256.Sum256([]byte(typed))}
}

// filedBefore says that this very application was filed already: a second press, or a repeat after a lost answer.
func (w counterWork) filedBefore(ctx context.Context, do counterDo) (bool, error) {
	before, err := w.site.Cases.Before(ctx, w.once("file", do == doFinish), "")
	return before != nil, err
}

// filed is what came of filing: the case, and the refusal of what should have followed.
type filed struct {
	Case    cases.View
	Refused *problem.Problem
}

// file files the application and does what the button says on top. When only the second is refused, the case stays as
// filed and the refusal is told beside it.
func (w counterWork) file(ctx context.Context, do counterDo, sh sheet) (filed, error) {
	app := w.application(sh)
	if do == doFinish {
		app.Finish = &cases.Finish{Approve: true, Way: wayOf(w.actor.Role), Receiver: strings.TrimSpace(app.Name)}
	}
	answer, err := w.site.Cases.File(ctx, w.actor, w.once("file", do == doFinish), app)
	if err != nil {
		return filed{}, err
	}
	out, err := viewOf(answer)
	if err != nil {
		return filed{}, err
	}
	if err := w.claim(ctx, out.Number); err != nil {
		return filed{}, err
	}
	cmd := w.following(do, sh)
	if cmd == nil {
		return filed{Case: out}, nil
	}
	answer, err = w.site.Cases.Do(ctx, w.actor, w.once(string(do), false), out.Number, out.Version, cmd)
	var refused *problem.Problem
	switch {
	case errors.As(err, &refused) && refused.Kind != problem.Unavailable:
		now, err := w.site.Cases.Get(ctx, w.actor, out.Number)
		return filed{Case: now, Refused: refused}, err
	case err != nil:
		return filed{}, err
	}
	out, err = viewOf(answer)
	return filed{Case: out}, err
}

// following is the command behind the filing; nil when there is none.
func (w counterWork) following(do counterDo, sh sheet) cases.Command {
	switch do {
	case doAccept:
		return cases.Accept{}
	case doNotify:
		lacks, _ := sh.lacks()
		return cases.Notify{Missing: lacks, Days: daysSaid(strings.TrimSpace(w.form.Days))}
	}
	return nil
}

func viewOf(a once.Answer) (cases.View, error) {
	var v cases.View
	if err := json.Unmarshal(a.Body, &v); err != nil {
		return v, fmt.Errorf("reading the service's answer: %w", err)
	}
	return v, nil
}

// atBoxes puts the service's paths to the boxes of this page: what a notice lacks is a row of the checklist.
func atBoxes(fields []problem.Field, sh sheet) []problem.Field {
	_, at := sh.lacks()
	list := make([]problem.Field, len(fields))
	for i, f := range fields {
		for j, row := range at {
			if strings.HasPrefix(f.Path, "missing["+strconv.Itoa(j)+"].") {
				f.Path = fieldNote(row)
				break
			}
		}
		list[i] = f
	}
	return list
}
