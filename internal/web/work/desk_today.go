package work

import (
	"context"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
)

// wholePost asks for what everybody at the post did.
const wholePost = "post"

// whoseLink changes between one's own day and the post's.
type whoseLink struct{ Href, Words string }

// doneToday are the cases that somebody did something to today: oneself, or all at the same post. As rows they say what, when,
// and of a post by whom.
func (s *Site) doneToday(ctx context.Context, a access.Actor, q deskQuery) ([]cases.View, []deskRow, error) {
	accounts, names := []string{a.Account}, map[string]string{}
	if q.Whose == wholePost {
		list, err := s.Access.AtPost(ctx, a)
		if err != nil {
			return nil, nil, err
		}
		accounts = nil
		for _, other := range list {
			accounts = append(accounts, other.Account)
			names[other.Account] = other.Name
		}
	}
	deeds, err := s.Cases.Today(ctx, a, accounts)
	row := rowFor(a, q, "")
	views, rows := make([]cases.View, len(deeds)), make([]deskRow, len(deeds))
	for i, d := range deeds {
		views[i], rows[i] = d.Case, row(d.Case)
		rows[i].Step = d.KindName
		if at, err := time.Parse(time.RFC3339, d.At); err == nil {
			rows[i].Step += " " + at.In(calendar.Shanghai).Format("15:04")
		}
		if name := names[d.By]; name != "" {
			rows[i].Tags = append(rows[i].Tags, deskTag{"", name})
		}
		rows[i].Tags = append(rows[i].Tags, deskTag{"blue", nowOf(d.Case)})
	}
	return views, rows, err
}

// nowOf is where a case stands now, in a word.
func nowOf(v cases.View) string {
	if v.Step != nil && v.State.Open() {
		return "到" + v.Step.Name
	}
	return v.StateName
}

func whoseOf(q deskQuery) whoseLink {
	if q.Whose == wholePost {
		return whoseLink{inQueue(queueDone.key).address(), "只看自己办的"}
	}
	other := inQueue(queueDone.key)
	other.Whose = wholePost
	return whoseLink{other.address(), "看整个岗位办的"}
}
