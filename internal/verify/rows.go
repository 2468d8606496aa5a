package verify

import (
	"context"
	"fmt"
	"strings"

	"bianmin/internal/journal"
)

// rows replays the entries subject by subject beside the stored rows, both in order.
func (c *Check) rows(ctx context.Context) error {
	replay := newReplay(c.Found)
	defer replay.end()
	shelves := make([]*shelf, len(c.Rooms))
	for i := range c.Rooms {
		shelves[i] = &shelf{room: &c.Rooms[i], replay: replay, found: c.Found}
	}
	subject, seq, done := "", int64(0), int64(0)
	var group []journal.Entry
	for {
		page, err := c.Journal.BySubject(ctx, subject, seq, pageSize)
		if err != nil {
			return err
		}
		for _, e := range page {
			if len(group) > 0 && group[0].Subject != e.Subject {
				if err := c.subject(ctx, shelves, group); err != nil {
					return err
				}
				group = group[:0]
			}
			group = append(group, e)
			subject, seq = e.Subject, e.Seq
		}
		if done += int64(len(page)); len(page) == 0 {
			break
		}
		c.Progress("各行", done)
	}
	if len(group) > 0 {
		if err := c.subject(ctx, shelves, group); err != nil {
			return err
		}
	}
	for _, s := range shelves {
		if err := s.rest(ctx); err != nil {
			return err
		}
	}
	return nil
}

// subject compares what is stored about one subject with what its entries say.
func (c *Check) subject(ctx context.Context, shelves []*shelf, group []journal.Entry) error {
	name := group[0].Subject
	for i, e := range group {
		if e.Seq != int64(i)+1 {
			c.Found(fmt.Sprintf("journal：%s 的第 %d 次不见了", name, i+1))
			break
		}
	}
	for i := range group {
		if group[i].Number == 0 && !group[i].Intact() {
			c.Found(fmt.Sprintf("journal：%s 第 %d 次的内容和它的承诺不一致", name, group[i].Seq))
		}
	}
	for _, s := range shelves {
		if strings.HasPrefix(name, s.room.Prefix) {
			return s.compare(ctx, group)
		}
	}
	c.Found("journal：" + name + " 不属于任何一类")
	return nil
}

// shelf walks one room's stored rows.
type shelf struct {
	room   *journal.Room
	replay *replay
	found  func(string)
	page   []journal.Stored
	after  string
	ended  bool
}

// peek is the next stored subject; nil at the end.
func (s *shelf) peek(ctx context.Context) (*journal.Stored, error) {
	if len(s.page) == 0 && !s.ended {
		page, err := s.room.Page(ctx, s.after)
		if err != nil {
			return nil, err
		}
		s.page, s.ended = page, len(page) == 0
	}
	if s.ended {
		return nil, nil
	}
	return &s.page[0], nil
}

func (s *shelf) take() journal.Stored {
	first := s.page[0]
	s.page, s.after = s.page[1:], first.Subject
	return first
}

func (s *shelf) compare(ctx context.Context, group []journal.Entry) error {
	name := group[0].Subject
	for {
		stored, err := s.peek(ctx)
		if err != nil {
			return err
		}
		if stored == nil || stored.Subject > name {
			s.found(fmt.Sprintf("%s：%s 不见了", s.room.Tables[0], name))
			return nil
		}
		if row := s.take(); row.Subject == name {
			s.replay.add(s.room, row, group)
			return nil
		} else {
			s.found(fmt.Sprintf("%s：%s 多出来了", s.room.Tables[0], row.Subject))
		}
	}
}

// rest finds the stored subjects after the last one of the journal.
func (s *shelf) rest(ctx context.Context) error {
	for {
		stored, err := s.peek(ctx)
		if err != nil || stored == nil {
			return err
		}
		s.found(fmt.Sprintf("%s：%s 多出来了", s.room.Tables[0], s.take().Subject))
	}
}
