package paper

import (
	"bianmin/internal/cases"
	"bianmin/internal/print"
)

// rejection refuses to accept, with the ground, whose matter it is instead, and the ways of redress (第三十二条).
type rejection struct {
	party
	Ground  string `must:"不予受理的理由"`
	Whose   string
	Redress string `must:"救济途径"`
}

func writeRejection(s *source) (written, bool, error) {
	e, said, ok, err := at[cases.Rejected](s, cases.KindRejected)
	return written{e.Seq, s.station(), rejection{s.party(), said.Ground, said.Whose, said.Redress}}, ok, err
}

func (r rejection) body() (print.Size, string, []print.Block) {
	whose := ""
	if r.Whose != "" {
		whose = "请向下列单位申请办理：" + stop(r.Whose)
	}
	return print.A4, r.Applicant, texts(r.asked()+"，"+r.by("第三十二条")+"决定不予受理。", "理由："+stop(r.Ground), whose, stop(r.Redress))
}
