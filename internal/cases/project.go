package cases

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases/internal/query"
	"bianmin/internal/hanzi"
	"bianmin/internal/item"
)

// never stands where no clock runs, so that the date sorts last.
const never = "9999-12-31"

// rowOf is how a case is stored beside its events, made searchable. The check of the rows compares with the same.
func rowOf(c *Case, cal *calendar.Calendar) (query.Case, error) {
	doc, err := json.Marshal(c)
	if err != nil {
		return query.Case{}, fmt.Errorf("writing the case %s: %w", c.Number, err)
	}
	row := query.Case{
		Number: string(c.Number), Town: string(c.Town), Year: int64(c.FiledAt.Date().Year()), Serial: c.Number.Serial(),
		Place: string(c.Place), Item: string(c.ItemCode), State: string(c.State), Open: c.State.Open(),
		Name: c.Applicant.Name, Initials: hanzi.NameInitials(c.Applicant.Name), IDIndex: c.Applicant.IDNumber.Index,
		Responsible: c.Responsible.Account, FiledAt: int64(c.FiledAt), Due: c.dueFor(cal),
		Version: c.Version, Events: c.Events, Doc: string(doc),
	}
	if c.Applicant.Phone != nil {
		row.PhoneIndex = sql.NullString{String: c.Applicant.Phone.Index, Valid: true}
	}
	return row, nil
}

// dueFor is the date that lists sort by: the promised day while that clock runs, else the open step's, else never.
func (c *Case) dueFor(cal *calendar.Calendar) string {
	now := c.Last.At.Time()
	if c.standing() == "" {
		return *c.reading(cal, c.promised(), now).Due
	}
	due := never
	for _, i := range c.open() {
		if l := c.stepReading(cal, i, now); l != nil && l.Running {
			due = min(due, *l.Due)
		}
	}
	return due
}

// waitsFor lists the posts whose turn it is: those of the steps, whoever has to decide on an extension, the person to
// whom the matter was handed, and those who are to answer a question.
func (c *Case) waitsFor() []access.Post {
	posts := c.stepsWaitFor()
	if c.Extension.open() && slices.Contains(beforeDecision, c.State) {
		posts = append(posts, c.Extension.For)
	}
	if c.Handing != nil {
		posts = append(posts, access.PersonPost(c.Handing.To.Account))
	}
	if c.waitingQuestions() > 0 {
		posts = append(posts, c.answerPosts()...)
	}
	return posts
}

// stepsWaitFor lists the posts of the open steps; before anybody has received the papers, those who may; nobody's while
// the applicant fetches what is missing.
func (c *Case) stepsWaitFor() []access.Post {
	switch {
	case !c.State.Open() || c.State == Correcting:
		return nil
	case c.State == Submitted && c.Place.IsRoom():
		return []access.Post{access.CounterPost(c.Town), access.AgentPost(c.Place)}
	case c.State == Submitted:
		return []access.Post{access.CounterPost(c.Town)}
	}
	var posts []access.Post
	for _, i := range c.open() {
		posts = append(posts, c.post(i))
	}
	return posts
}

// postsOf lists the posts that the case waits for, and the units that may see it: from acceptance on, those that own
// one of its steps; and where the papers that are on their way are listed.
func postsOf(c *Case, due string) []query.CasePost {
	todo := map[access.Post]bool{}
	for _, post := range c.waitsFor() {
		todo[post] = true
	}
	if c.AcceptedAt != 0 {
		for i := range c.Steps {
			if post := c.post(i); c.owner(i).Kind == item.UnitDesk && !todo[post] {
				todo[post] = false
			}
		}
	}
	for _, post := range c.movePosts() {
		todo[post] = true
	}
	rows := make([]query.CasePost, 0, len(todo))
	for post, open := range todo {
		rows = append(rows, query.CasePost{Number: string(c.Number), Post: string(post), Todo: open, Due: due, Filed: int64(c.FiledAt)})
	}
	slices.SortFunc(rows, func(a, b query.CasePost) int { return strings.Compare(a.Post, b.Post) })
	return rows
}

// duesOf lists what falls due, as it is stored.
func duesOf(c *Case, cal *calendar.Calendar) []query.Due {
	list := c.dues(cal)
	rows := make([]query.Due, len(list))
	for i, d := range list {
		rows[i] = query.Due{Subject: c.Number.subject(), Kind: string(d.Kind), At: int64(d.At)}
	}
	slices.SortFunc(rows, func(a, b query.Due) int { return strings.Compare(a.Kind, b.Kind) })
	return rows
}

// faultsOf lists the faults, as they are stored.
func faultsOf(c *Case) []query.CaseFault {
	rows := make([]query.CaseFault, len(c.Faults))
	for i, f := range c.Faults {
		rows[i] = query.CaseFault{Number: string(c.Number), N: int64(i) + 1, Town: string(c.Town), Account: f.Who.Account,
			Kind: string(f.Kind), At: int64(f.At)}
	}
	return rows
}
