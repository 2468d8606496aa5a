package paper

import (
	"fmt"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/print"
)

// mandate is the applicant's authority to an agent or a relative: who for whom, for what, until when. It is the
// applicant's own paper; the station only numbers it.
type mandate struct {
	party
	IDNumber string   `must:"委托人的证件号"`
	Agent    string   `must:"受托人"`
	Relation string   `must:"受托人和委托人的关系"`
	AgentID  string   `must:"受托人的证件号"`
	Matters  []string `must:"委托事项"`
	From     string   `must:"委托开始的日期"`
	Until    string   `must:"委托到哪一天"`
}

func writeMandate(s *source) (written, bool, error) {
	e, said, ok, err := at[cases.Entrusted](s, cases.KindEntrusted)
	if err != nil || !ok {
		return written{}, false, err
	}
	m := mandate{party: s.party(), IDNumber: s.view.Applicant.IDNumber, Agent: said.Name, Relation: said.Relation, Matters: said.Matters, From: e.day()}
	if said.IDNumber != nil {
		m.AgentID = said.IDNumber.Masked
	}
	if said.Until != (calendar.Date{}) {
		m.Until = dayWords(said.Until)
	}
	return written{e.Seq, s.station(), m}, true, nil
}

// ownHand: who signs it is not the station.
func (m mandate) ownHand() {}

func (m mandate) body() (print.Size, string, []print.Block) {
	blank := "：　　　　　　　　　　　　"
	return print.A4, "", []print.Block{
		{Rows: []print.Row{{Name: "委托人", Value: m.Applicant}, {Name: "证件号", Value: m.IDNumber}, {Name: "受托人", Value: m.Agent}, {Name: "证件号", Value: m.AgentID}, {Name: "两人关系", Value: m.Relation}}},
		{Text: fmt.Sprintf("委托人申请办理“%s”（办件编号 %s），委托受托人代为办理下列事项：", m.Item, m.Case)},
		{Text: numbered(m.Matters)},
		{Text: fmt.Sprintf("委托期限从%s起，到%s止。受托人在上述范围内办理的事务，委托人予以承认。受托人无转委托权，代办不收取任何费用。", m.From, m.Until)},
		{Text: "委托人签名或者按指印" + blank}, {Text: "受托人签名" + blank}, {Text: "签署日期" + blank}}
}
