package paper

import (
	"fmt"
	"strconv"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/print"
)

// conveyance lists every hand-over of the applicant's papers, the last one below, each signed on both sides.
type conveyance struct {
	party
	Moves []move `must:"交接的材料"`
}

// move is one hand-over.
type move struct{ What, From, To, When, Confirmed string }

// confirmed is what the receiving side said on the screen of each hand-over, by the place of its event.
func (s *source) confirmed() (map[int64][]string, error) {
	said := map[int64][]string{}
	err := s.each(cases.KindArrived, func(e event) error {
		var a cases.Arrived
		by, err := e.by()
		if err == nil {
			err = e.read(&a)
		}
		words := by + e.day() + e.clock() + "屏幕确认收到"
		if len(a.Came) == 0 {
			words = by + e.day() + e.clock() + "屏幕确认"
		}
		if len(a.Lacking) > 0 {
			words += "，没收到：" + thingNames(a.Lacking)
		}
		said[a.Move] = append(said[a.Move], words)
		return err
	})
	if err != nil {
		return nil, err
	}
	return said, s.each(cases.KindMoveEnded, func(e event) error {
		var m cases.MoveEnded
		err := e.read(&m)
		said[m.Move] = append(said[m.Move], "没收到的已经了结："+thingNames(m.Lacking))
		return err
	})
}

func thingNames(list []cases.Thing) string {
	names := make([]string, len(list))
	for i, x := range list {
		names[i] = x.Name
	}
	return strings.Join(names, "、")
}

func writeConveyance(s *source) (written, bool, error) {
	last, ok := s.last(cases.KindConveyed, cases.KindArrived, cases.KindMoveEnded)
	if !ok {
		return written{}, false, nil
	}
	confirmed, err := s.confirmed()
	if err != nil {
		return written{}, false, err
	}
	c := conveyance{party: s.party()}
	err = s.each(cases.KindConveyed, func(e event) error {
		var said cases.Conveyed
		if err := e.read(&said); err != nil {
			return err
		}
		m := move{From: said.From + "\n" + said.Giver, To: said.To + "\n" + said.Taker, When: e.day() + "\n" + e.clock(), Confirmed: strings.Join(confirmed[e.Seq], "\n")}
		for i, x := range said.Things {
			if i > 0 {
				m.What += "\n"
			}
			m.What += x.Name + copies(cases.Material{Originals: x.Originals, Copies: x.Copies})
		}
		c.Moves = append(c.Moves, m)
		return nil
	})
	return written{last.Seq, s.station(), c}, true, err
}

func (c conveyance) body() (print.Size, string, []print.Block) {
	table := &print.Ledger{Parts: []int{4, 20, 20, 20, 13, 12, 12}, Head: []string{"序号", "材料和份数", "交出", "接收", "时间", "交出人签名", "接收人签名"}}
	for i, m := range c.Moves {
		table.Lines = append(table.Lines, []string{strconv.Itoa(i + 1), m.What, m.From, m.To, m.When, "", m.Confirmed})
	}
	return print.Wide, "", []print.Block{{Text: fmt.Sprintf("申请人%s，事项“%s”，办件编号 %s。", c.Applicant, c.Item, c.Case)}, {Ledger: table},
		{Text: "交接双方当面点清，在本次一行各自签名；接收人已在屏幕上确认的，不再签名。本凭证一式两份，双方各执一份。"}}
}
