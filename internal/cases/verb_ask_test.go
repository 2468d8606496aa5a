package cases

import (
	"slices"
	"strings"
	"testing"

	"bianmin/internal/access"
)

// TestAQuestionWaitsWithThoseInWhoseHandsTheCaseIs: it changes nothing that anybody could have meant to change.
func TestAQuestionWaitsWithThoseInWhoseHandsTheCaseIs(t *testing.T) {
	for _, at := range everyState {
		s := at.tell(t)
		if s.c.State == Void {
			s.refuses(theCitizen, Ask{"为什么作废"}, "wrong_state")
			continue
		}
		version, state, last := s.c.Version, s.c.State, s.c.Last
		s.does(theCitizen, Ask{"钱什么时候到"})
		if s.c.Version != version || s.c.State != state || s.c.Last != last {
			t.Errorf("%s: a question changed the case", at.name)
		}
		same(t, "who asks", s.last().meta().By, "申请人 139****5127")
		posts := s.c.answerPosts()
		if len(posts) == 0 || !slices.ContainsFunc(posts, func(p access.Post) bool { return slices.Contains(s.c.waitsFor(), p) }) {
			t.Errorf("%s: it waits for nobody", at.name)
		}
		answerer := theClerk
		for _, a := range []access.Actor{theAgent, theClerk, theDesk, minzheng} {
			if slices.Contains(posts, a.Post()) {
				answerer = a
			} else if a.Account != s.c.Responsible.Account && s.c.May(VerbAnswer, a) == nil {
				t.Errorf("%s: %s answers what is not in their hands", at.name, a.Account)
			}
		}
		s.does(answerer, AnswerTo{"受理以后二十天"})
		q := s.c.Questions[0]
		if q.Answer != "受理以后二十天" || q.By.Account != answerer.Account || s.c.Version != version || s.c.waitingQuestions() != 0 {
			t.Errorf("%s: %+v", at.name, q)
		}
		s.refuses(answerer, AnswerTo{"再说一遍"}, "nothing_to_answer")
	}
}

func TestAFewQuestionsMayWaitAndTheFirstIsAnsweredFirst(t *testing.T) {
	s := receivedAtCounter(t)
	for _, text := range []string{"一", "二", "三"} {
		s.does(theCitizen, Ask{text})
	}
	s.refuses(theCitizen, Ask{"四"}, "questions_waiting")
	s.does(theHead, AnswerTo{"答一"}).does(theCitizen, Ask{"四"})
	same(t, "the first", s.c.Questions[0].Answer, "答一")
	same(t, "the second", s.c.Questions[1].Answer, "")
	for _, cmd := range []Command{Ask{""}, Ask{strings.Repeat("问", 301)}, AnswerTo{" "}, AnswerTo{strings.Repeat("答", 301)}, Ask{"x\x07"}} {
		if len(cmd.Check(s.c.Def)) == 0 {
			t.Errorf("%+v is not wrong", cmd)
		}
	}
	s.refuses(theClerk, Ask{"五"}, "forbidden")
	s.refuses(theCitizen, AnswerTo{"五"}, "forbidden")
}

// TestTheApplicantWithdrawsUntilItIsDecided is the citizen's side of withdrawing.
func TestTheApplicantWithdrawsUntilItIsDecided(t *testing.T) {
	for _, at := range everyState {
		s := at.tell(t)
		if !slices.Contains(beforeDecision, s.c.State) {
			s.refuses(theCitizen, Withdraw{"不办了"}, "wrong_state")
			continue
		}
		responsible := s.actor()
		s.does(theCitizen, Withdraw{"不办了"}).is(Withdrawn, responsible)
	}
}

func TestANameIsMaskedToItsFirstCharacter(t *testing.T) {
	for name, want := range map[string]string{"欧阳修竹": "欧＊＊", "张三": "张＊", "𠮷民": "𠮷＊", "折": "折", "": ""} {
		same(t, name, maskedName(name), want)
	}
}
