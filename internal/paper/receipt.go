package paper

import (
	"fmt"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/print"
)

// receipt says what was handed in, when, where and to whom. It is no acceptance.
type receipt struct {
	party
	IDNumber string   `must:"证件号"`
	Received string   `must:"收件时间"`
	Where    string   `must:"收件地点"`
	Who      string   `must:"收件人"`
	Papers   []string `must:"收到的材料"`
	Added    bool     // what came after a notice
}

func writeReceipt(s *source) (written, bool, error) {
	e, ok := s.last(cases.KindReceived, cases.KindTakenIn, cases.KindCorrected)
	if !ok {
		return written{}, false, nil
	}
	who, err := e.by()
	if err != nil {
		return written{}, false, err
	}
	r := receipt{party: s.party(), IDNumber: s.view.Applicant.IDNumber, Received: e.moment(), Where: s.where(e), Who: who, Added: e.Kind == cases.KindCorrected}
	list, err := s.handedIn(e)
	r.Papers = receivedOf(list)
	return written{e.Seq, s.station(), r}, true, err
}

// receivedOf are those that were handed in.
func receivedOf(list []cases.Material) []string {
	var papers []string
	for _, m := range list {
		if m.Status == cases.MaterialReceived {
			papers = append(papers, m.Name+copies(m))
		}
	}
	return papers
}

// handedIn is what was handed in with an event. What was filed from afar was listed then.
func (s *source) handedIn(e event) ([]cases.Material, error) {
	if e.Kind == cases.KindCorrected {
		var said cases.Corrected
		err := e.read(&said)
		return said.Materials, err
	}
	if e.Kind == cases.KindTakenIn {
		var said cases.Taking
		if err := e.read(&said); err != nil || len(said.Materials) > 0 {
			return said.Materials, err
		}
	}
	_, said, _, err := at[cases.Filed](s, cases.KindReceived, cases.KindSubmitted)
	return said.Materials, err
}

func copies(m cases.Material) string {
	var said []string
	if m.Originals > 0 {
		said = append(said, fmt.Sprintf("原件 %d 份", m.Originals))
	}
	if m.Copies > 0 {
		said = append(said, fmt.Sprintf("复印件 %d 份", m.Copies))
	}
	if len(said) == 0 {
		return ""
	}
	return "（" + strings.Join(said, "，") + "）"
}

func (r receipt) body() (print.Size, string, []print.Block) {
	rows := []print.Row{{Name: "申请人", Value: r.Applicant}, {Name: "证件号", Value: r.IDNumber}, {Name: "事项", Value: r.Item}, {Name: "办件编号", Value: r.Case},
		{Name: "收件时间", Value: r.Received}, {Name: "收件地点", Value: r.Where}, {Name: "收件人", Value: r.Who}, {Name: "收到材料", Value: numbered(r.Papers)}}
	what := "以上材料已经收到。受理与否，五个工作日内告知。"
	if r.Added {
		what = "以上补正的材料已经收到。"
	}
	return print.A5, "", []print.Block{{Rows: rows}, {Text: what}}
}

func numbered(list []string) string {
	lines := make([]string, len(list))
	for i, x := range list {
		lines[i] = fmt.Sprintf("%d. %s", i+1, x)
	}
	return strings.Join(lines, "\n")
}
