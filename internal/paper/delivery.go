package paper

import (
	"bianmin/internal/cases"
	"bianmin/internal/print"
)

// delivery says how, when and to whom the result was handed over; the receiver signs it by hand.
type delivery struct {
	party
	What     string `must:"送达的文书或者物件"`
	Way      string `must:"送达方式"`
	When     string `must:"送达时间"`
	Where    string `must:"送达地点"`
	Server   string `must:"送达人"`
	Receiver string `must:"签收人"`
}

func writeDelivery(s *source) (written, bool, error) {
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

func (r delivery) body() (print.Size, string, []print.Block) {
	return print.A5, "", []print.Block{{Rows: []print.Row{{Name: "受送达人", Value: r.Applicant}, {Name: "事项", Value: r.Item}, {Name: "办件编号", Value: r.Case}, {Name: "送达的", Value: r.What},
		{Name: "送达方式", Value: r.Way}, {Name: "送达时间", Value: r.When}, {Name: "送达地点", Value: r.Where}, {Name: "送达人", Value: r.Server}, {Name: "签收人", Value: r.Receiver}}},
		{Text: "签收人签名：　　　　　　　　日期："}}
}
