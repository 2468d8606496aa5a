package paper

import (
	"fmt"

	"bianmin/internal/cases"
	"bianmin/internal/print"
)

// delivery says how, when and to whom a paper or the result was handed over. The receiver signs it by hand, or has signed
// on the screen. Fields that came later are left out when empty: what was issued before them says the same as then.
type delivery struct {
	party
	What     string `must:"送达的文书或者物件"`
	Way      string `must:"送达方式"`
	When     string `must:"送达时间"`
	Where    string `must:"送达地点"`
	Server   string `must:"送达人"`
	Receiver string `must:"签收人"`

	Relation string        `json:",omitempty"`
	Why      string        `json:",omitempty"`
	Witness  string        `json:",omitempty"`
	Mail     string        `json:",omitempty"`
	SignedOn string        `json:",omitempty"`
	Tries    []string      `json:",omitempty"` // those before it
	Strokes  cases.Strokes `json:",omitempty"`
}

// writeDelivery tells of the last time that something was handed over: of the case's own result, or by a service that
// reached somebody.
func writeDelivery(s *source) (written, bool, error) {
	for i := len(s.events) - 1; i >= 0; i-- {
		switch s.events[i].Kind {
		case cases.KindDelivered:
			return s.delivered()
		case cases.KindServed:
			var said cases.Served
			e, err := eventOf(s.events[i])
			if err == nil {
				err = e.read(&said)
			}
			if err != nil {
				return written{}, false, err
			}
			if said.Reached {
				return s.served(e, said)
			}
		}
	}
	return written{}, false, nil
}

func (s *source) delivered() (written, bool, error) {
	e, said, ok, err := at[cases.DeliveredEvent](s, cases.KindDelivered)
	if err != nil || !ok {
		return written{}, false, err
	}
	r := delivery{party: s.party(), What: s.def.Result.Name, Way: cases.WayChinese(said.Way), When: e.moment(), Where: s.where(e), Server: said.By, Receiver: said.Receiver}
	if s.view.Approved != nil && !*s.view.Approved {
		r.What = "不予决定书"
	}
	return written{e.Seq, s.station(), r}, true, nil
}

func (s *source) served(e event, said cases.Served) (written, bool, error) {
	r := delivery{party: s.party(), What: said.Paper, Way: said.Way.Chinese(), When: e.moment(), Where: said.Where, Server: said.By, Receiver: said.Receiver,
		Relation: said.Relation, Why: said.Why, Witness: said.Witness, Mail: said.Mail}
	if said.Way == cases.ServedElectronic {
		r.Where = said.Address
	}
	if said.Way == cases.ServedByLeaving && r.Receiver == "" {
		r.Receiver = "拒绝签收，文书留在送达地点"
	}
	if said.SignedOn != nil {
		r.SignedOn = dayWords(*said.SignedOn)
	}
	err := s.each(cases.KindServed, func(before event) error {
		var t cases.Served
		if err := before.read(&t); err != nil || t.Reached || t.Paper != said.Paper || before.Seq >= e.Seq {
			return err
		}
		r.Tries = append(r.Tries, fmt.Sprintf("%s%s，没有送到：%s", before.moment(), t.Way.Chinese(), t.Why))
		return nil
	})
	if err == nil && said.Signature != nil && s.signature != nil {
		r.Strokes, err = s.signature(e.Seq)
	}
	return written{e.Seq, s.station(), r}, true, err
}

func (r delivery) body() (print.Size, string, []print.Block) {
	rows := []print.Row{{Name: "受送达人", Value: r.Applicant}, {Name: "事项", Value: r.Item}, {Name: "办件编号", Value: r.Case}, {Name: "送达文书", Value: r.What},
		{Name: "送达方式", Value: r.Way}, {Name: "送达时间", Value: r.When}, {Name: "送达地点", Value: r.Where}, {Name: "送达人", Value: r.Server}, {Name: "签收人", Value: r.Receiver}}
	for _, more := range []print.Row{{Name: "签收身份", Value: r.Relation}, {Name: "拒收理由", Value: r.Why}, {Name: "见证人", Value: r.Witness}, {Name: "邮件号", Value: r.Mail},
		{Name: "纸上签名", Value: r.SignedOn}, {Name: "此前送达", Value: numbered(r.Tries)}} {
		if more.Value != "" {
			rows = append(rows, more)
		}
	}
	if len(r.Strokes) > 0 {
		return print.A5, "", []print.Block{{Rows: rows}, {Ink: &print.Ink{Label: "签收人签名：", Strokes: r.Strokes}}}
	}
	return print.A5, "", []print.Block{{Rows: rows}, {Text: "签收人签名：　　　　　　　　日期："}}
}
