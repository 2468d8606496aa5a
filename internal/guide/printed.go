package guide

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/print"
)

// Printed is a guide as a file (PDF). Tag changes when a word of it does, and begins with the item's version.
type Printed struct {
	Name string // 申请低保办事指南
	Tag  string
	File []byte
}

// Paper is the guide in the words that are printed: nothing in it is of today, so that the same version drawn again for the
// same place is the same file. Telephones and hours are the place's, as it has told them.
func (d *Desk) Paper(code item.Code, at place.Code, answers map[string]string) (print.Guide, error) {
	s, where, err := d.Sheet(code, at, answers)
	if err != nil {
		return print.Guide{}, err
	}
	v, _ := d.Items.Get(code)
	g := print.Guide{Kind: "办事指南", Title: s.Plain, Official: "全名：" + s.Name, Link: d.Public + "/guide/" + string(code), Beside: "扫码看最新的",
		Foot: fmt.Sprintf("%s办事指南，第 %d 版", s.Plain, s.Version)}
	village := InVillage(v.Definition)
	g.Facts = s.facts(village)
	g.Sections = append(g.Sections, s.bringing())
	if len(s.Conditions) > 0 {
		g.Sections = append(g.Sections, print.GuideSection{Head: "谁能办", Lead: dotted(s.Conditions)})
	}
	g.Sections = append(g.Sections, s.placesToGo(where, village, d.Telephone(at)), s.afterwards(),
		print.GuideSection{Head: "没办成怎么办", Lead: []string{"办不成会书面告诉您原因。" + s.Redress}})
	basis := dotted(s.Basis)
	if s.FeeBasis != nil {
		basis = append(basis, "· 收费："+*s.FeeBasis)
	}
	g.Sections = append(g.Sections, print.GuideSection{Head: "政策依据", Lead: basis})
	return g, nil
}

func (s Sheet) facts(village bool) []print.GuideFact {
	long := print.GuideFact{Name: "多久办好", Value: s.Within}
	if s.Legal != nil && !s.OnTheSpot {
		long.Notes = append(long.Notes, "规定最长 "+*s.Legal)
	}
	cost := print.GuideFact{Name: "要花多少钱", Value: s.Fee, Notes: []string{"有人收费，请举报"}}
	if s.Charged {
		cost.Value, cost.Notes = "要收费", []string{s.Fee}
	}
	visits := print.GuideFact{Name: "跑几趟", Value: "不用跑"}
	if s.Visits > 0 {
		visits.Value = fmt.Sprintf("%d 趟", s.Visits)
	}
	if s.PresentFor != nil {
		visits.Notes = append(visits.Notes, *s.PresentFor)
	}
	to := print.GuideFact{Name: "交到哪里", Value: "镇上", Notes: []string{"全市都一样"}}
	if village {
		to.Value = "村里或镇上"
	}
	return []print.GuideFact{long, cost, visits, to}
}

// bringing is what to bring, each with a box to tick, in the situation that was chosen.
func (s Sheet) bringing() print.GuideSection {
	x := print.GuideSection{Head: "带什么材料（带上一样，勾一样）"}
	for _, q := range s.Situations {
		if q.Answer != nil {
			x.Lead = append(x.Lead, q.Question+" "+*q.Answer)
		}
	}
	x.Lead = append(x.Lead, s.Remarks...)
	for _, m := range s.Bring {
		x.Ticks = append(x.Ticks, tickOf(m, false))
	}
	for _, m := range s.Perhaps {
		x.Ticks = append(x.Ticks, tickOf(m, true))
	}
	if len(x.Ticks) == 0 {
		x.Head, x.Lead = "带什么材料", append(x.Lead, "什么都不用带。")
	}
	if s.Note != nil {
		x.Lines = append(x.Lines, *s.Note)
	}
	return x
}

func tickOf(m Paper, perhaps bool) print.GuideTick {
	count := m.Count
	if m.From != nil {
		count += "（" + *m.From + "出具）"
	}
	if m.Blank {
		count += "，窗口有空白表"
	}
	t := print.GuideTick{Name: m.Name, Count: count}
	if m.Note != nil {
		t.Notes = append(t.Notes, *m.Note)
	}
	var also []string
	if perhaps && m.When != nil {
		also = append(also, *m.When+"才带")
	}
	if m.Later {
		also = append(also, "可以先承诺、后补交")
	}
	if len(also) > 0 {
		t.Notes = append(t.Notes, strings.Join(also, "；"))
	}
	return t
}

// placesToGo are the places near by that take it; for who has not said where they live, how it is everywhere.
func (s Sheet) placesToGo(where []Where, village bool, telephone string) print.GuideSection {
	x := print.GuideSection{Head: "交到哪里，找谁"}
	for _, at := range where {
		t := print.GuideTick{Name: at.Service, Plain: true}
		if at.Window != nil {
			t.Count = *at.Window + "，综合窗口也收"
		} else {
			t.Count = "代办员帮您填表、递材料、取结果，不收钱"
		}
		for _, told := range []struct {
			name string
			says *string
		}{{"地址：", at.Address}, {"上班时间：", at.Hours}, {"电话：", at.Telephone}} {
			if told.says != nil {
				t.Notes = append(t.Notes, told.name+*told.says)
			}
		}
		x.Ticks = append(x.Ticks, t)
	}
	if len(where) == 0 {
		x.Ticks = append(x.Ticks, print.GuideTick{Name: "镇（街道）便民服务站", Plain: true, Count: s.Window + "，综合窗口也收"})
	}
	if village && !InRoom(where) {
		x.Ticks = append(x.Ticks, print.GuideTick{Name: "村（社区）便民服务室", Plain: true, Count: "代办员帮您填表、递材料、取结果，不收钱"})
	}
	if s.Online {
		x.Ticks = append(x.Ticks, print.GuideTick{Name: "在手机上交", Plain: true, Count: "扫第一页的码，点“网上申请”，一次问一句"})
	}
	ask := "不清楚的，打便民热线 " + Hotline + " 问，说给人听。"
	if telephone != Hotline {
		ask = "不清楚的，打电话问：" + telephone + "，或者便民热线 " + Hotline + "。"
	}
	x.Lines = []string{ask}
	return x
}

// tierNames are what people call the tiers.
var tierNames = map[item.Tier]string{item.Village: "村里", item.Town: "镇上", item.City: "市里"}

// afterwards is the process as a chart: who does what within how many days.
func (s Sheet) afterwards() print.GuideSection {
	x := print.GuideSection{Head: "交了以后", Chart: []print.GuideStop{{Words: "您交材料", End: true}}}
	for _, step := range s.Steps {
		stop := print.GuideStop{Where: tierNames[step.Tier], Words: step.Name, By: step.By, Days: step.Takes()}
		if step.Beside {
			stop.With = flowBeside
		}
		x.Chart = append(x.Chart, stop)
	}
	x.Chart = append(x.Chart, print.GuideStop{Words: "您拿到：" + s.Result, End: true})
	if len(s.Beside) > 0 {
		x.Lines = append(x.Lines, "其中"+strings.Join(s.Beside, "、")+"，不算在"+s.Within+"里，最晚的日子会跟着往后推。")
	}
	return x
}

func dotted(list []string) []string {
	out := make([]string, len(list))
	for i, line := range list {
		out[i] = "· " + line
	}
	return out
}

// printedMost bounds how many drawn guides are kept in memory: about 100 kB each.
const printedMost = 64

// lastDrawn keeps the guides drawn last.
type lastDrawn struct {
	mu    sync.Mutex
	files map[string][]byte
	order []string
}

func (k *lastDrawn) get(tag string) ([]byte, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	file, ok := k.files[tag]
	return file, ok
}

func (k *lastDrawn) put(tag string, file []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.files == nil {
		k.files = map[string][]byte{}
	}
	if _, ok := k.files[tag]; ok {
		return
	}
	if len(k.order) >= printedMost {
		delete(k.files, k.order[0])
		k.order = k.order[1:]
	}
	k.files[tag], k.order = file, append(k.order, tag)
}

// drawing is raised when the same words are drawn in another way.
const drawing = 1

// Printed gives the guide as a file. It is drawn once for each version, place and set of answers, and again when a telephone,
// hours or an address changed; held says what the asker has already: with the same tag there is no file in the answer.
func (d *Desk) Printed(code item.Code, at place.Code, answers map[string]string, held string) (Printed, error) {
	g, err := d.Paper(code, at, answers)
	if err != nil {
		return Printed{}, err
	}
	v, _ := d.Items.Get(code)
	words, err := json.Marshal(g)
	if err != nil {
		return Printed{}, err
	}
	sum := sha256.Sum256(words)
	p := Printed{Name: g.Title + g.Kind, Tag: fmt.Sprintf("%d-%d-%s", v.Number, drawing, hex.EncodeToString(sum[:8]))}
	if held == p.Tag {
		return p, nil
	}
	if file, ok := d.drawn.get(p.Tag); ok {
		p.File = file
		return p, nil
	}
	if p.File, err = d.Printer.Guide(g); err != nil {
		return Printed{}, fmt.Errorf("drawing the guide of %s: %w", code, err)
	}
	d.drawn.put(p.Tag, p.File)
	return p, nil
}
