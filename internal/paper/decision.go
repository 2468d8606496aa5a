package paper

import (
	"fmt"

	"bianmin/internal/cases"
	"bianmin/internal/print"
)

// approval is the decision to grant (第三十八条第一款).
type approval struct {
	party
	Decided string `must:"决定日期"`
	Result  string `must:"办理结果"`
	Remark  string
}

func writeApproval(s *source) (written, bool, error) {
	e, said, ok, err := at[cases.DecidedEvent](s, cases.KindDecided)
	if err != nil || !ok || !said.Approve {
		return written{}, false, err
	}
	return written{e.Seq, s.stepOwner(said.Step), approval{s.party(), e.day(), s.def.Result.Name, said.Reason}}, true, nil
}

func (a approval) body() (print.Size, string, []print.Block) {
	what := "决定予以办理"
	if a.Licence {
		what = "决定准予行政许可"
	}
	return print.A4, a.Applicant, texts(
		fmt.Sprintf("%s，经审查符合条件。%s于%s%s，办理结果：%s。", a.asked(), a.by("第三十八条第一款"), a.Decided, what, a.Result), stop(a.Remark))
}

// refusal is the decision not to grant: the reason, and the ways of redress (第三十八条第二款).
type refusal struct {
	party
	Decided string `must:"决定日期"`
	Reason  string `must:"不予的理由"`
	Redress string `must:"救济途径"`
}

func writeRefusal(s *source) (written, bool, error) {
	e, said, ok, err := at[cases.DecidedEvent](s, cases.KindDecided)
	if err != nil || !ok || said.Approve {
		return written{}, false, err
	}
	return written{e.Seq, s.stepOwner(said.Step), refusal{s.party(), e.day(), said.Reason, said.Redress}}, true, nil
}

func (r refusal) body() (print.Size, string, []print.Block) {
	what := "决定不予办理。"
	if r.Licence {
		what = "决定不予行政许可。"
	}
	return print.A4, r.Applicant, texts(fmt.Sprintf("%s，%s于%s%s", r.asked(), r.by("第三十八条第二款"), r.Decided, what), "理由："+stop(r.Reason), stop(r.Redress))
}
