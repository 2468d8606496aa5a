package paper

import (
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/print"
)

// register is the case on one sheet, as it stands: for the file.
type register struct {
	party
	IDNumber    string `must:"证件号"`
	Phone       string
	Address     string
	Channel     string   `must:"渠道"`
	Filed       string   `must:"提交时间"`
	State       string   `must:"办理状态"`
	Responsible string   `must:"负责人"`
	Materials   []string `must:"材料"`
	Course      []string `must:"经过"`
}

func writeRegister(s *source) (written, bool, error) {
	v := s.view
	r := register{party: s.party(), IDNumber: v.Applicant.IDNumber, Channel: v.Channel.Chinese(), State: v.StateName, Responsible: v.Responsible.Name}
	if v.Applicant.Phone != nil {
		r.Phone = *v.Applicant.Phone
	}
	if v.Applicant.Address != nil {
		r.Address = *v.Applicant.Address
	}
	for _, m := range v.Materials {
		r.Materials = append(r.Materials, m.Name+copies(m)+"："+m.Status.Chinese())
	}
	for i := range s.events {
		if quiet(s.events[i].Kind) {
			continue
		}
		e, ok := (&source{events: s.events[i : i+1]}).last(s.events[i].Kind)
		if !ok {
			continue
		}
		who, err := e.by()
		if err != nil {
			return written{}, false, err
		}
		if r.Filed == "" {
			r.Filed = e.moment()
		}
		r.Course = append(r.Course, strings.TrimSpace(e.moment()+" "+e.KindName+" "+who))
	}
	return written{v.Version, s.station(), r}, true, nil
}

// quiet are events that change nothing in the case.
func quiet(k cases.Kind) bool {
	switch k {
	case cases.KindConveyed, cases.KindArrived, cases.KindMoveEnded, cases.KindEntrusted, cases.KindServed, cases.KindRevealed, cases.KindResealed, cases.KindReminded, cases.KindRecounted, cases.KindOverran:
		return true
	}
	return false
}

func (r register) body() (print.Size, string, []print.Block) {
	rows := []print.Row{{Name: "申请人", Value: r.Applicant}, {Name: "证件号", Value: r.IDNumber}}
	for _, row := range []print.Row{{Name: "电话", Value: r.Phone}, {Name: "住址", Value: r.Address}} {
		if row.Value != "" {
			rows = append(rows, row)
		}
	}
	rows = append(rows, []print.Row{{Name: "事项", Value: r.Item}, {Name: "办件编号", Value: r.Case}, {Name: "渠道", Value: r.Channel}, {Name: "提交", Value: r.Filed},
		{Name: "办理状态", Value: r.State}, {Name: "负责人", Value: r.Responsible}, {Name: "材料", Value: numbered(r.Materials)}, {Name: "经过", Value: strings.Join(r.Course, "\n")}}...)
	return print.A4, "", []print.Block{{Rows: rows}}
}
