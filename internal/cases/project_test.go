package cases

import (
	"fmt"
	"strings"
	"testing"

	"bianmin/internal/access"
)

// TestPostsOfALife: the case waits at the posts of its open steps, and from acceptance on the units that own a step see
// it, to the end and beyond.
func TestPostsOfALife(t *testing.T) {
	const counter, desk, agent = "counter:610881101000 ", "desk:610881101000 ", "agent:610881101200 "
	s := filed(t, dibao, theAgent, ByAgent, gaojiabuRoom)
	check := func(want string) {
		t.Helper()
		same(t, string(s.c.State), s.posts(), strings.TrimSpace(want))
	}
	check("+" + agent)
	s.does(theAgent, Pass{})
	check("+" + counter)
	s.does(theClerk, Accept{})
	check("+" + desk + "+unit:minzheng")
	s.does(minzheng, Pass{})
	check("+" + desk + "unit:minzheng")
	s.does(theDesk, Pass{}, Pass{})
	check("+" + agent + "unit:minzheng")
	s.does(theAgent, Pass{}).does(theDesk, Pass{})
	check("+unit:minzheng")
	s.does(minzheng, anAppraisal) // whoever must end the special procedure has it on the list
	check("+unit:minzheng")
	s.does(minzheng, theReport, DecideOn{Approve: true})
	check("+" + counter + "unit:minzheng")
	s.does(theClerk, Deliver{"counter", "折桂英"})
	check("unit:minzheng")

	for name, s := range map[string]*story{
		"not accepted": receivedAtCounter(t).does(theClerk, Reject{Ground: "户籍不在本市"}),
		"withdrawn":    receivedAtCounter(t).does(theClerk, Withdraw{"本人不办了"}),
	} {
		same(t, name+": no unit sees it", s.posts(), "")
	}
	same(t, "submitted: whoever may receive it", filed(t, elders, theClerk, Online, gaojiabuRoom).posts(), "+agent:610881101200 +counter:610881101000")
	same(t, "submitted at the town", filed(t, elders, theClerk, Online, gaojiabu).posts(), "+counter:610881101000")
	same(t, "correcting: it waits for the applicant", receivedAtCounter(t).does(theClerk, oneNotice).posts(), "")
	same(t, "withdrawn after acceptance", receivedAtCounter(t).does(theClerk, Accept{}, Withdraw{"本人不办了"}).posts(), "unit:minzheng")
	same(t, "of three units each sees it, where it is", filed(t, "BM-044", theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}).posts(),
		"+unit:linyezhan:610881101000 +unit:nongjizhan:610881101000 +unit:ziranziyuansuo:610881101000")
}

// posts writes the posts, those where the case waits with a plus.
func (s *story) posts() string {
	var list []string
	for _, p := range postsOf(s.c, "2026-03-24") {
		if p.Number != string(s.c.Number) || p.Due != "2026-03-24" {
			s.t.Errorf("%+v", p)
		}
		list = append(list, map[bool]string{true: "+"}[p.Todo]+p.Post)
	}
	return strings.Join(list, " ")
}

// TestDue is the date that lists sort by: the promised day while that clock runs, else the open step's, else the end
// of all lists.
func TestDue(t *testing.T) {
	s := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom)
	check := func(what, want string) {
		t.Helper()
		same(t, what, s.c.dueFor(theCalendar()), want)
	}
	check("received: the counter's day", "2026-03-11")
	s.does(theClerk, Accept{})
	check("accepted: the promise", "2026-04-08")
	s.on("2026-03-12 09:00").does(minzheng, anAppraisal)
	check("suspended: no clock runs", never)
	s.on("2026-03-17 09:00").does(minzheng, theReport)
	check("resumed: three days later", "2026-04-13")
	s.does(minzheng, Pass{}).does(theDesk, Pass{}, Pass{})
	check("publicity: the step's seven days", "2026-03-24")
	s.on("2026-03-24 09:00").does(theAgent, Pass{}).does(theDesk, Pass{}).does(minzheng, DecideOn{Approve: true})
	check("decided: the delivery", "2026-03-27")
	s.does(theClerk, Deliver{"counter", "折桂英"})
	check("closed", never)

	s = filed(t, elders, theClerk, Online, gaojiabuRoom)
	check("submitted", never)
	s = filed(t, "BM-083", theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}).does(theUnit("jiuye"), Pass{})
	s.does(theUnit("renshe"), DecideOn{Approve: true})
	check("a step without a time of its own", never)
}

// TestDueStaysTrue: what was stored at the last event is what a later day would reckon, as long as a clock runs.
func TestDueStaysTrue(t *testing.T) {
	s := receivedAtCounter(t).does(theClerk, Accept{}).on("2026-03-20 09:00")
	same(t, "due", s.c.dueFor(theCalendar()), *s.limits(theAgent).Promised.Due)
}

// TestRow: the columns are the case's own values.
func TestRow(t *testing.T) {
	for _, at := range everyState {
		s := at.tell(t)
		row := sure(rowOf(s.c, theCalendar()))
		got := fmt.Sprintln(row.Number, row.Town, row.Year, row.Serial, row.Place, row.Item, row.State, row.Open, row.Name, row.Initials,
			row.IDIndex, row.PhoneIndex.Valid, row.Responsible, row.FiledAt, row.Due, row.Version, row.Events)
		want := fmt.Sprintln(s.c.Number, "610881101000", 2026, 421, "610881101200", "BM-008", s.c.State, s.c.State.Open(), "折桂英", "sgy",
			"i1", false, s.c.Responsible.Account, int64(s.c.FiledAt), s.c.dueFor(theCalendar()), s.c.Version, s.c.Events)
		same(t, at.name, got, want)
		same(t, at.name, row.Doc, asJSON(s.c))
	}
	row := sure(rowOf(receivedAtCounter(t).does(theClerk, amendPhone).c, theCalendar()))
	same(t, "telephone", row.PhoneIndex.String, "i2")
	// The year is Shanghai's: eight hours before the new year of London.
	row = sure(rowOf(filedOn(t, "2027-01-01 07:00", elders, theClerk, AtCounter, gaojiabuRoom).c, theCalendar()))
	same(t, "year", row.Year, 2027)
}

// TestNoViewShowsASecret: what goes out holds masked numbers, no sealed one and no index of one.
func TestNoViewShowsASecret(t *testing.T) {
	view := asJSON(eventful(t).view(theSupervisor))
	for _, secret := range []string{`"s1"`, `"s2"`, `"s3"`, `"i1"`, `"i2"`, `"i3"`} {
		if strings.Contains(view, secret) {
			t.Errorf("the view shows %s", secret)
		}
	}
	if !strings.Contains(view, anotherNumber.Masked) {
		t.Error("the view shows no masked number")
	}
}

// TestView: what a page of the case says, for the one who works on it and for others.
func TestView(t *testing.T) {
	s := filed(t, dibao, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{})
	for _, x := range []struct {
		who    access.Actor
		index  int
		owner  string
		called string
	}{
		{minzheng, 3, "unit:minzheng", "神木市民政局"},
		{theDesk, 4, "desk", "高家堡镇经办岗"}, // of steps side by side the own one
		{theClerk, 3, "unit:minzheng", "神木市民政局"},
	} {
		v := s.view(x.who)
		same(t, "index", v.Step.Index, x.index)
		same(t, "owner", v.Step.Owner, x.owner)
		same(t, "called", v.Step.OwnerName, x.called)
		same(t, "actions", fmt.Sprint(v.Actions), fmt.Sprint(s.c.Actions(x.who)))
	}
	var states []string
	for _, step := range s.view(theClerk).Steps {
		states = append(states, step.State)
	}
	same(t, "steps", strings.Join(states, " "), "done done open open todo todo todo todo todo")
	v := eventful(t).view(theClerk)
	if v.Step != nil || v.Special != nil || v.Notice == nil || v.ClosedAt == nil || v.Approved == nil || *v.Approved {
		t.Errorf("a closed case: %s", asJSON(v))
	}
}
