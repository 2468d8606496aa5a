package cases

import (
	"slices"
	"time"
	"unicode/utf8"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// Question is what the applicant asked about the case, and what was answered.
type Question struct {
	Text       string  `json:"text"`
	At         Instant `json:"at"`
	Answer     string  `json:"answer,omitempty"`
	By         *Person `json:"by,omitempty"`
	AnsweredAt Instant `json:"answered_at,omitempty"`
}

func (q Question) open() bool { return q.AnsweredAt == 0 }

// questionsMost is how many questions may wait for their answers at once, questionMost how long one is, in characters.
const (
	questionsMost = 3
	questionMost  = 300
)

// waitingQuestions is how many questions nobody has answered yet.
func (c *Case) waitingQuestions() int {
	n := 0
	for _, q := range c.Questions {
		if q.open() {
			n++
		}
	}
	return n
}

// answerPosts are those in whose hands the case is; when it is in nobody's, those who meet the applicant.
func (c *Case) answerPosts() []access.Post {
	if posts := c.stepsWaitFor(); len(posts) > 0 {
		return posts
	}
	posts := []access.Post{access.CounterPost(c.Town)}
	if c.Place.IsRoom() {
		posts = append(posts, access.AgentPost(c.Place))
	}
	return posts
}

// free is a command that holds whatever version the person saw: it neither builds on what the case was nor changes it.
type free interface{ free() }

// Ask asks something about the case.
type Ask struct{ Text string }

// Verb is ask.
func (Ask) Verb() Verb { return VerbAsk }

// Check wants a question of some length.
func (q Ask) Check(*item.Version) []problem.Field {
	wrong := checkWords(words{"text", "要问的", q.Text, true})
	if utf8.RuneCountInString(q.Text) > questionMost {
		wrong = append(wrong, problem.Field{Path: "text", Code: "too_long", Message: "要问的最多 300 个字"})
	}
	return wrong
}

func (Ask) free() {}

// askable: a question at a time is plenty, and a few may wait.
func askable(c *Case, _ access.Actor) bool {
	return c.State != Void && c.waitingQuestions() < questionsMost
}

func notAskable(c *Case, _ access.Actor) *problem.Problem {
	if c.State == Void {
		return c.refuse("wrong_state", problem.Facts{"verb": string(VerbAsk), "state": string(c.State)})
	}
	return problem.Refuse("questions_waiting", problem.Facts{"waiting": c.waitingQuestions()})
}

func (q Ask) decide(*Case, access.Actor, time.Time) ([]Event, *problem.Problem) {
	return []Event{&Asked{Text: q.Text}}, nil
}

// Asked is the question.
type Asked struct {
	Meta
	Text string `json:"text"`
}

// Kind is KindAsked.
func (e *Asked) Kind() Kind { return KindAsked }

func (e *Asked) apply(c *Case) { c.Questions = append(c.Questions, Question{Text: e.Text, At: e.At}) }

// AnswerTo answers the question that has waited longest.
type AnswerTo struct{ Text string }

// Verb is answer.
func (AnswerTo) Verb() Verb { return VerbAnswer }

// Check wants an answer.
func (x AnswerTo) Check(*item.Version) []problem.Field {
	wrong := checkWords(words{"text", "回复", x.Text, true})
	if utf8.RuneCountInString(x.Text) > questionMost {
		wrong = append(wrong, problem.Field{Path: "text", Code: "too_long", Message: "回复最多 300 个字，要发短信"})
	}
	return wrong
}

func (AnswerTo) free() {}

// answerable: by those in whose hands the case is, by whoever answers for it, and by the head of the station.
func answerable(c *Case, a access.Actor) bool {
	return c.waitingQuestions() > 0 && (a.Account == c.Responsible.Account || a.Role == access.Head || slices.Contains(c.answerPosts(), a.Post()))
}

func notAnswerable(c *Case, _ access.Actor) *problem.Problem {
	if c.waitingQuestions() == 0 {
		return problem.Refuse("nothing_to_answer", nil)
	}
	return c.notYours(VerbAnswer, c.open()...)
}

func (x AnswerTo) decide(c *Case, _ access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	n := slices.IndexFunc(c.Questions, Question.open)
	return []Event{&Answered{N: n + 1, Text: x.Text}}, nil
}

// Answered is the answer to the question of that number.
type Answered struct {
	Meta
	N    int    `json:"n"`
	Text string `json:"text"`
}

// Kind is KindAnswered.
func (e *Answered) Kind() Kind { return KindAnswered }

func (e *Answered) apply(c *Case) {
	q, by := &c.Questions[e.N-1], e.person()
	q.Answer, q.By, q.AnsweredAt = e.Text, &by, e.At
}

// QuestionView is a question with its answer.
type QuestionView struct {
	Text       string  `json:"text"`
	At         string  `json:"at"`
	Answer     *string `json:"answer" doc:"null while it waits"`
	By         *string `json:"by" doc:"the place that answered"`
	AnsweredAt *string `json:"answered_at"`
}

func (v viewer) questions(c *Case) []QuestionView {
	list := make([]QuestionView, len(c.Questions))
	for i, q := range c.Questions {
		list[i] = QuestionView{Text: q.Text, At: stamp(q.At), Answer: text(q.Answer), AnsweredAt: moment(q.AnsweredAt)}
		if q.By != nil {
			by := v.placeName(q.By.Place)
			list[i].By = &by
		}
	}
	return list
}
