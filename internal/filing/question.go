package filing

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"bianmin/internal/calendar"
	"bianmin/internal/ident"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// Answers are what was answered, by the question's id. A choice is kept as its value, several papers as lines.
type Answers map[string]string

// The ids of the questions that every item asks. Those of the item's own begin with OwnPrefix.
const (
	ForWhom   = "for"
	Filer     = "filer"
	Relation  = "relation"
	Name      = "name"
	IDNumber  = "id_number"
	Phone     = "phone"
	Town      = "town"
	Village   = "village"
	Papers    = "papers"
	OwnPrefix = "own-"
)

// The answers to ForWhom.
const (
	Myself  = "self"
	Another = "other"
)

// Kind is how a question is answered.
type Kind string

// The kinds.
const (
	Text   Kind = "text"
	Choice Kind = "choice"
	Pick   Kind = "pick" // of many: a list to choose from
	Ticks  Kind = "ticks"
	Proven Kind = "proven" // by a code that went to the telephone: whoever signed in has answered
)

// Option is one answer to choose.
type Option struct{ Value, Label, Hint string }

// Question is one screen.
type Question struct {
	ID      string
	Kind    Kind
	Label   string // is the heading
	Short   string // in the list of answers
	Hint    string
	Options []Option
	Mode    string // of the keyboard: numeric, tel
	Auto    string // what the browser may fill in
	Most    int    // characters
}

// Questions lists what an item asks, in order, as far as the answers so far decide it. Papers come last, since what is
// asked for follows from the item's own questions.
func Questions(d item.Definition, a Answers, places *place.Directory) []Question {
	list := []Question{{ID: ForWhom, Kind: Choice, Label: "给谁办？", Short: "给谁办",
		Options: []Option{{Myself, "给我自己办", ""}, {Another, "替家里人、别人办", "比如替爸妈、替孩子"}}}}
	whose, name := "您", "您叫什么名字？"
	if a[ForWhom] == Another {
		whose, name = "申请人", "您替谁办？写申请人的名字"
		list = append(list, Question{ID: Filer, Kind: Text, Label: "您叫什么名字？", Short: "替办的人", Hint: "窗口有事好找您", Auto: "name", Most: 200},
			Question{ID: Relation, Kind: Choice, Label: "您是申请人的什么人？", Short: "关系",
				Options: []Option{{"子女", "子女", ""}, {"配偶", "配偶", ""}, {"父母", "父母", ""}, {"其他亲属", "其他亲属", ""}, {"邻居、朋友", "邻居、朋友", ""}}})
	}
	hint := "写身份证上的名字，一个字都不要改"
	list = append(list, Question{ID: Name, Kind: Text, Label: name, Short: "申请人", Hint: hint, Most: 200},
		Question{ID: IDNumber, Kind: Text, Label: whose + "的身份证号是多少？", Short: "身份证号", Hint: "18 位，末位是 X 的写 X。号码加密存放", Mode: "text", Most: 40},
		Question{ID: Phone, Kind: Proven, Label: "办好了打哪个手机号？", Short: "手机号", Hint: "办到哪一步、缺什么，都告诉这个手机号"},
		Question{ID: Town, Kind: Pick, Label: whose + "住哪个镇（街道）？", Short: "镇（街道）", Options: options(places.Children(places.Root().Code))})
	if town, ok := places.Place(place.Code(a[Town])); ok && town.Kind == place.Station {
		rooms := append(options(places.Children(town.Code)), Option{Value: string(town.Code), Label: "不清楚，或者不在村里、社区里"})
		list = append(list, Question{ID: Village, Kind: Pick, Label: whose + "住哪个村（社区）？", Short: "村（社区）", Options: rooms})
	} else {
		list = append(list, Question{ID: Village, Kind: Pick, Label: whose + "住哪个村（社区）？", Short: "村（社区）"})
	}
	for _, x := range d.Situations {
		q := Question{ID: OwnPrefix + x.ID, Kind: Choice, Label: x.Question, Short: strings.TrimRight(x.Question, "？?")}
		for _, o := range x.Options {
			q.Options = append(q.Options, Option{Value: o.Answer, Label: o.Answer})
		}
		list = append(list, q)
	}
	if needed := Needed(d, a); len(needed) > 0 {
		q := Question{ID: Papers, Kind: Ticks, Label: "哪些材料您手里有？", Short: "材料", Hint: "有的打勾，交的时候带来。没有的不要紧，交上去以后告诉您去哪里拿"}
		for _, m := range needed {
			q.Options = append(q.Options, Option{Value: m.Name, Label: m.Name})
		}
		list = append(list, q)
	}
	return list
}

func options(list []place.Place) []Option {
	out := make([]Option, len(list))
	for i, p := range list {
		out[i] = Option{Value: string(p.Code), Label: p.Name}
	}
	return out
}

// Situations are the answers to the item's own questions, by the situation's id.
func (a Answers) Situations(d item.Definition) map[string]string {
	own := map[string]string{}
	for _, x := range d.Situations {
		if said, ok := a[OwnPrefix+x.ID]; ok && slices.ContainsFunc(x.Options, func(o item.Option) bool { return o.Answer == said }) {
			own[x.ID] = said
		}
	}
	return own
}

// Needed are the papers that these answers ask for.
func Needed(d item.Definition, a Answers) []item.Material {
	list, err := d.MaterialsFor(a.Situations(d))
	if err != nil {
		return nil // Situations gives none that was not offered
	}
	return list
}

// Bring are the papers that were ticked and are still asked for.
func (a Answers) Bring(d item.Definition) []string {
	list := []string{}
	ticked := strings.Split(a[Papers], "\n")
	for _, m := range Needed(d, a) {
		if slices.Contains(ticked, m.Name) {
			list = append(list, m.Name)
		}
	}
	return list
}

// Check reads an answer as it was typed, or as the sign-in proved it, and says in plain words what is wrong with it.
func (q Question) Check(typed string, today calendar.Date) (string, *problem.Field) {
	wrong := func(code, words string) (string, *problem.Field) {
		return "", &problem.Field{Path: q.ID, Code: code, Message: words}
	}
	switch q.Kind {
	case Choice, Pick:
		if typed == "" {
			return wrong(ident.Empty, "请选一个")
		}
		if !q.offers(typed) {
			return wrong("unknown_answer", "请从列出来的里面选")
		}
		return typed, nil
	case Ticks:
		return q.ticked(typed), nil
	}
	read, err := q.read(typed, today)
	var p *ident.Problem
	if errors.As(err, &p) {
		words := p.Message
		if p.Code == ident.Empty {
			words = emptyWords[q.ID]
		}
		return wrong(p.Code, words)
	}
	return read, nil
}

// emptyWords say why something is asked, to who left it empty.
var emptyWords = map[string]string{Name: "请写名字，和身份证上的一样", Filer: "请写您的名字，窗口有事好找您", IDNumber: "请写身份证号，18 位", Phone: "请写手机号，办好了给您打电话"}

func (q Question) read(typed string, today calendar.Date) (string, error) {
	switch q.ID {
	case IDNumber:
		n, err := ident.ParseCitizenNumber(typed, today)
		return string(n), err
	case Phone:
		phone, err := ident.ParsePhone(typed)
		if err == nil && !phone.Mobile() {
			return "", &ident.Problem{Code: ident.NotAPhone, Message: "座机收不到短信，请写手机号"}
		}
		return string(phone), err
	}
	return ident.ParsePersonName(typed)
}

func (q Question) offers(value string) bool {
	return slices.ContainsFunc(q.Options, func(o Option) bool { return o.Value == value })
}

// ticked keeps what is offered, in the order of the list.
func (q Question) ticked(typed string) string {
	chosen := strings.Split(typed, "\n")
	var kept []string
	for _, o := range q.Options {
		if slices.Contains(chosen, o.Value) {
			kept = append(kept, o.Value)
		}
	}
	return strings.Join(kept, "\n")
}

// Valid says that the question stands answered: answered before is not enough where what is offered has changed since.
func (q Question) Valid(a Answers) bool {
	said, ok := a[q.ID]
	switch q.Kind {
	case Choice, Pick:
		return ok && q.offers(said)
	}
	return ok
}

// Shown is an answer as the person reads it back. Numbers are masked but for their ends.
func (q Question) Shown(said string) string {
	switch {
	case q.ID == IDNumber:
		return ident.CitizenNumber(said).Masked()
	case q.ID == Phone:
		return ident.Phone(said).Masked()
	case q.Kind == Ticks && said == "":
		return "手里还没有"
	case q.Kind == Ticks:
		return strings.ReplaceAll(said, "\n", "、")
	}
	for _, o := range q.Options {
		if o.Value == said {
			return o.Label
		}
	}
	return said
}

// Open is the first question that is not answered; ok is false when all are.
func Open(list []Question, a Answers) (q Question, at int, ok bool) {
	for i, q := range list {
		if !q.Valid(a) {
			return q, i, true
		}
	}
	return Question{}, len(list), false
}

// Find gives a question by its id.
func Find(list []Question, id string) (Question, int, bool) {
	i := slices.IndexFunc(list, func(q Question) bool { return q.ID == id })
	if i < 0 {
		return Question{}, 0, false
	}
	return list[i], i, true
}

// maxAnswer bounds what is kept of one answer, in bytes: far more than a name of 200 characters.
const maxAnswer = 4000

// tooMuch says that an answer is no answer.
func tooMuch(said string) error {
	if len(said) > maxAnswer || !utf8.ValidString(said) {
		return fmt.Errorf("an answer of %d bytes", len(said))
	}
	return nil
}
