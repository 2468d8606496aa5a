package work

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// eventRow is one thing that happened, as the timeline tells it.
type eventRow struct {
	At, Kind, Who, Where, Said string
	Entry                      string // number in the journal; empty for at most a second
	Proof                      string // where its proof is to be had
}

// eventData is what the kinds of event hold, together: each fills its own part.
type eventData struct {
	By        string           `json:"by"`
	Channel   cases.Channel    `json:"channel"`
	Green     string           `json:"green"`
	Materials []cases.Material `json:"materials"`
	Given     []string         `json:"given"`
	Missing   []cases.Lack     `json:"missing"`
	Ground    string           `json:"ground"`
	Whose     string           `json:"whose"`
	Redress   string           `json:"redress"`
	Step      int              `json:"step"`
	Note      string           `json:"note"`
	From      int              `json:"from"`
	To        json.RawMessage  `json:"to"` // of a return the step's number, of a handing on the person
	Reason    string           `json:"reason"`
	Special   string           `json:"special"`
	Basis     string           `json:"basis"`
	Expected  int              `json:"expected_days"`
	Days      int              `json:"days"`
	Evidence  string           `json:"evidence"`
	Papers    string           `json:"papers"`
	File      struct {
		Material string `json:"material"`
		Type     string `json:"type"`
		Digest   string `json:"sha256"`
		Replaces int    `json:"replaces"`
	} `json:"file"`
	Material  string        `json:"material"`
	Until     string        `json:"until"`
	First     *cases.Person `json:"first"`
	Shifts    []cases.Shift `json:"shifts"`
	Approve   bool          `json:"approve"`
	Way       string        `json:"way"`
	Receiver  string        `json:"receiver"`
	Field     string        `json:"field"`
	Old       string        `json:"old"`
	New       string        `json:"new"`
	OldSealed *cases.Secret `json:"old_sealed"`
	NewSealed *cases.Secret `json:"new_sealed"`
	Text      string        `json:"text"`
	Afar      *cases.Afar   `json:"afar"`

	Things    []cases.Thing    `json:"things"`
	Came      []cases.Thing    `json:"came"`
	Lacking   []cases.Thing    `json:"lacking"`
	FromPlace string           `json:"from_place"`
	Giver     string           `json:"giver"`
	ToPlace   string           `json:"to_place"`
	Taker     string           `json:"taker"`
	Agent     string           `json:"agent"`
	Relation  string           `json:"relation"`
	Matters   []string         `json:"matters"`
	Paper     string           `json:"paper"`
	Service   cases.ServiceWay `json:"service"`
	Reached   bool             `json:"reached"`
	Why       string           `json:"why"`
	Witness   string           `json:"witness"`
	Mail      string           `json:"mail"`
	Signature *cases.Secret    `json:"signature"`
}

// timelineOf tells the events, the newest first.
func timelineOf(events []cases.EventView, v cases.View, places *place.Directory) ([]eventRow, error) {
	rows := make([]eventRow, 0, len(events))
	for i := len(events) - 1; i >= 0; i-- {
		e := events[i]
		var d eventData
		if err := json.Unmarshal(e.Data, &d); err != nil {
			return nil, fmt.Errorf("telling event %d of %s: %w", e.Seq, v.Number, err)
		}
		row := eventRow{At: momentOf(e.At), Kind: e.KindName, Who: d.By, Said: saidOf(e.Kind, d, v)}
		if e.Place != nil {
			if p, ok := places.Place(place.Code(*e.Place)); ok {
				row.Where = p.Name
			}
		}
		if e.Entry != nil {
			row.Entry = strconv.FormatInt(*e.Entry, 10)
			row.Proof = fmt.Sprintf("%s/proof/%d", casePath(v.Number), e.Seq)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// saidOf is what an event says beyond its name.
func saidOf(kind cases.Kind, d eventData, v cases.View) string {
	switch kind {
	case cases.KindSubmitted, cases.KindReceived:
		return sentences("渠道："+d.Channel.Chinese(), greenWords(d.Green), afarWords(d.Afar))
	case cases.KindTakenIn:
		return labelled("看过的材料：", paperNames(d.Materials))
	case cases.KindNotified:
		return sentences("要补："+eventLacks(d.Missing), notedWith(d.First), daysGiven(d.Days))
	case cases.KindCorrected:
		return "补来：" + paperNames(d.Materials)
	case cases.KindRejected:
		return sentences("理由："+d.Ground, labelled("应当去：", d.Whose), d.Redress)
	case cases.KindPassed:
		return sentences(stepName(v, d.Step), labelled("意见：", d.Note))
	case cases.KindReturned:
		return sentences("从"+stepName(v, d.From)+"退到"+stepName(v, d.backTo()), "理由："+d.Reason)
	case cases.KindSuspended:
		return sentences(cases.SpecialKind(d.Special).Chinese(), "依据："+d.Basis, labelled("凭据：", d.Evidence), fmt.Sprintf("预计 %d 个工作日，暂停计时", d.Expected))
	case cases.KindResumed:
		return sentences(labelled("凭据：", d.Evidence), labelled("结果：", d.Note))
	case cases.KindDecided:
		if d.Approve {
			return sentences("同意", labelled("意见：", d.Reason))
		}
		return sentences("不同意", "理由："+d.Reason, d.Redress)
	case cases.KindDelivered:
		return sentences(cases.WayChinese(d.Way), d.Receiver+"领的")
	case cases.KindWithdrawn, cases.KindVoided:
		return "原因：" + d.Reason
	case cases.KindAmended:
		old, new := amended(d)
		return sentences(fmt.Sprintf("%s从“%s”改成“%s”", cases.FieldChinese[d.Field], old, new), "原因："+d.Reason)
	case cases.KindAsked, cases.KindAnswered:
		return d.Text
	case cases.KindRevealed:
		return sentences("看了"+cases.FieldChinese[d.Field], "原因："+d.Reason)
	}
	return fileSaid(kind, d, v)
}

func amended(d eventData) (old, new string) {
	old, new = d.Old, d.New
	if d.OldSealed != nil {
		old = d.OldSealed.Masked
	}
	if d.NewSealed != nil {
		new = d.NewSealed.Masked
	}
	if old == "" {
		old = "无"
	}
	return old, new
}

// sentences joins what is there.
func sentences(parts ...string) string {
	var there []string
	for _, p := range parts {
		if p = strings.TrimRight(p, "。"); p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, "。")
}

func labelled(label, text string) string {
	if text == "" {
		return ""
	}
	return label + text
}

func greenWords(green string) string { return labelled("绿色通道：", green) }

func eventLacks(list []cases.Lack) string {
	said := make([]string, len(list))
	for i, l := range list {
		said[i] = l.Material + "（" + sentences(l.What.Chinese(), l.Note, labelled("上次看不出来：", l.Unseen)) + "）"
	}
	return strings.Join(said, "、")
}

// afarWords say who filed from afar for somebody else, and what will be brought.
func afarWords(x *cases.Afar) string {
	if x == nil {
		return ""
	}
	var said []string
	if x.Filer != "" {
		said = append(said, x.Filer+"（"+x.Relation+"）替办")
	}
	if len(x.Bring) > 0 {
		said = append(said, "说会带来："+strings.Join(x.Bring, "、"))
	}
	return strings.Join(said, "；")
}

// fileSaid is what is told of photographs and originals.
func fileSaid(kind cases.Kind, d eventData, v cases.View) string {
	switch kind {
	case cases.KindFileAdded:
		what := d.File.Material
		if d.File.Replaces > 0 {
			what += "，换下原来的一张"
		}
		return sentences(what, "摘要 "+d.File.Digest[:min(len(d.File.Digest), 16)])
	case cases.KindFileRemoved:
		return d.Material
	case cases.KindFileUnclear:
		return sentences(d.Material, "原因："+d.Reason)
	case cases.KindGaveBack:
		return sentences(strings.Join(d.Given, "、"), d.Receiver+"签收")
	}
	return lawSaid(kind, d, v)
}

func paperNames(list []cases.Material) string {
	names := make([]string, len(list))
	for i, m := range list {
		names[i] = m.Name
	}
	return strings.Join(names, "、")
}

// stepName names a step by its number.
func stepName(v cases.View, index int) string {
	if v.Whole == nil || index < 1 || index > len(v.Steps) {
		return ""
	}
	s := v.Steps[index-1]
	if s.Kind == item.Decide {
		return "决定"
	}
	return "“" + s.Name + "”"
}

// momentOf is an instant of a View as records write it: 2026-03-10 10:20.
func momentOf(stamp string) string {
	t, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return ""
	}
	t = t.In(calendar.Shanghai)
	return t.Format("2006-01-02 15:04")
}
