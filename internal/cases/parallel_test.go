package cases

import (
	"slices"
	"testing"

	"bianmin/internal/access"
)

// TestSideBySide: all of a group before the next; each owner passes the own step, in any order.
func TestSideBySide(t *testing.T) {
	for _, x := range []struct {
		item   string
		before []access.Actor // who passes before the group, after acceptance
		group  []access.Actor
		names  []string
		next   string
	}{
		{dibao, nil, []access.Actor{minzheng, theDesk}, []string{"核对家庭经济状况", "入户调查"}, "初审"},
		{"BM-007", []access.Actor{theDesk}, []access.Actor{minzheng, theUnit("zhujian")}, []string{"收入财产审核", "住房审核"}, "公示"},
		{"BM-044", nil, []access.Actor{theUnit("nongjizhan"), theUnit("ziranziyuansuo"), theUnit("linyezhan")},
			[]string{"农业农村到场审查", "规划用地到场审查", "林业到场审查"}, "联合审查"},
	} {
		for _, order := range orders(len(x.group)) {
			s := filed(t, x.item, theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{})
			for _, a := range x.before {
				s.does(a, Pass{})
			}
			left := slices.Clone(x.names)
			for _, i := range order {
				s.is(s.c.State, s.actor(), left...).does(x.group[i], Pass{})
				left = slices.DeleteFunc(left, func(name string) bool { return name == x.names[i] })
				if len(left) > 0 { // the own step is done, the others' are not the own
					s.refuses(x.group[i], Pass{}, "not_your_step")
				}
			}
			s.is(Examining, x.group[order[len(order)-1]], x.next)
		}
	}
}

// actor is the cast's account of who answers for the case.
func (s *story) actor() access.Actor {
	return access.Actor{Account: s.c.Responsible.Account, Name: s.c.Responsible.Name, Place: s.c.Responsible.Place}
}

// orders are all the orders of n things.
func orders(n int) [][]int {
	if n == 0 {
		return [][]int{{}}
	}
	var all [][]int
	for _, rest := range orders(n - 1) {
		for at := range n {
			all = append(all, slices.Insert(slices.Clone(rest), at, n-1))
		}
	}
	return all
}

// TestBesideIsNotBefore: a step that runs beside one's own is no earlier step to return to, whichever stands first.
func TestBesideIsNotBefore(t *testing.T) {
	agri, land, forest := theUnit("nongjizhan"), theUnit("ziranziyuansuo"), theUnit("linyezhan")
	group := []access.Actor{agri, land, forest}
	for i, done := range group {
		s := filed(t, "BM-044", theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}).does(done, Pass{})
		for j, other := range group {
			if i != j {
				s.refuses(other, Return{Reason: "看法不同"}, "no_earlier_step")
				s.refuses(other, Return{To: 3 + i, Reason: "看法不同"}, "no_earlier_step")
			}
		}
	}
}

// TestReturnIntoAGroup opens the one step alone: what was done beside it did not come after it, and stays done.
func TestReturnIntoAGroup(t *testing.T) {
	agri, land, forest := theUnit("nongjizhan"), theUnit("ziranziyuansuo"), theUnit("linyezhan")
	for i, again := range []access.Actor{agri, land, forest} {
		s := filed(t, "BM-044", theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{})
		s.does(agri, Pass{Note: "同意"}).does(land, Pass{Note: "同意"}).does(forest, Pass{Note: "同意"})
		s.does(theDesk, Return{To: 3 + i, Reason: "四至不清"}).is(Examining, theDesk, s.c.Def.Steps[2+i].Name)
		for j := 2; j <= 4; j++ {
			same(t, "opinion", s.c.Steps[j].Note == "同意", j != 2+i)
		}
		s.does(again, Pass{}).is(Examining, again, "联合审查")
	}
}

// TestReturnFromAGroup: what still runs beside the one who returns is begun again with the own.
func TestReturnFromAGroup(t *testing.T) {
	housing := theUnit("zhujian")
	for _, doneFirst := range []bool{false, true} {
		s := filed(t, "BM-007", theClerk, AtCounter, gaojiabuRoom).does(theClerk, Accept{}).does(theDesk, Pass{})
		if doneFirst {
			s.does(minzheng, Pass{})
		}
		s.does(housing, Return{Reason: "申报表缺页"}).is(Examining, housing, "初审")
		same(t, "beside", s.c.Steps[2], StepRun{})
		s.does(theDesk, Pass{}).is(Examining, theDesk, "收入财产审核", "住房审核")
	}
}
