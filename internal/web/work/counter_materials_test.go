package work

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bianmin/internal/cases"
	"bianmin/internal/item"
)

const (
	isHere     = cases.MaterialReceived
	isAbsent   = cases.MaterialAbsent
	isFaulty   = cases.MaterialDefective
	isUnneeded = cases.MaterialNotNeeded
	isOpen     = cases.MaterialStatus("")
)

// marked is a form of the item with its papers marked in order; the rest is open.
func marked(def *item.Version, answers map[string]string, marks ...cases.MaterialStatus) counterForm {
	f := counterForm{Item: def.Code, Kind: cases.APerson, Name: "折桂英", Channel: cases.AtCounter, Place: "610881101200", Answers: answers, Ticks: make([]tick, len(def.Materials))}
	for i, m := range marks {
		f.Ticks[i].Status = m
		if m == isFaulty {
			f.Ticks[i].Note = "没有签名"
		}
	}
	return f
}

func sheetOf(t testing.TB, def *item.Version, f counterForm) sheet {
	t.Helper()
	sh, err := newSheet(def, f)
	if err != nil {
		t.Fatal(err)
	}
	return sh
}

func names(sh sheet) (list []string) {
	sh.each(func(_ int, m item.Material, _ tick) { list = append(list, m.Name) })
	return list
}

func TestAnswersAddAndDropPapers(t *testing.T) {
	def := itemOf(t, "BM-008")
	always := []string{"居民身份证", "高龄补贴申请表", "社会保障卡或者一卡通银行卡"}
	for _, c := range []struct {
		name    string
		answers map[string]string
		want    []string
	}{
		{"not asked", nil, always},
		{"the old person came", map[string]string{"s1": "本人来办"}, always},
		{"somebody else came", map[string]string{"s1": "请家里人或者代办员代办"}, append(slices.Clone(always), "委托书", "受托人身份证")},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, names(sheetOf(t, def, marked(def, c.answers)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What an answer drops is not missing: the application says that it is not needed.
func TestDroppedPapersAreNotNeeded(t *testing.T) {
	seen := 0
	for _, v := range catalogue(t).All() {
		for _, s := range v.Situations {
			for _, o := range s.Options {
				f := marked(&v, map[string]string{s.ID: o.Answer})
				list := sheetOf(t, &v, f).materials()
				for _, name := range o.MaterialsDrop {
					i := slices.IndexFunc(list, func(m cases.Material) bool { return m.Name == name })
					if list[i].Status != isUnneeded {
						t.Errorf("%s, %q: %s is %s", v.Code, o.Answer, name, list[i].Status)
					}
					seen++
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no item drops anything: the test tests nothing")
	}
}

func TestWhatIsLeftOpen(t *testing.T) {
	def := itemOf(t, "BM-008") // three papers always
	for _, c := range []struct {
		name   string
		marks  []cases.MaterialStatus
		filed  []cases.MaterialStatus
		wanted int // papers still to be marked
	}{
		{"all received", []cases.MaterialStatus{isHere, isHere, isHere}, []cases.MaterialStatus{isHere, isHere, isHere}, 0},
		{"who marks only what is lacking means that the rest is here", []cases.MaterialStatus{isOpen, isAbsent, isOpen}, []cases.MaterialStatus{isHere, isAbsent, isHere}, 0},
		{"and may say that one is not needed", []cases.MaterialStatus{isUnneeded, isFaulty, isOpen}, []cases.MaterialStatus{isUnneeded, isFaulty, isHere}, 0},
		{"who marks some as received has to mark all", []cases.MaterialStatus{isHere, isAbsent, isOpen}, []cases.MaterialStatus{isHere, isAbsent, isAbsent}, 1},
		{"nothing marked is nothing looked at", nil, []cases.MaterialStatus{isAbsent, isAbsent, isAbsent}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			sh := sheetOf(t, def, marked(def, nil, c.marks...))
			if got := len(sh.check()); got != c.wanted {
				t.Errorf("%d still to be marked, want %d", got, c.wanted)
			}
			var filed []cases.MaterialStatus
			for _, m := range sh.forFiling(cases.AtCounter).materials()[:3] {
				filed = append(filed, m.Status)
			}
			if diff := cmp.Diff(c.filed, filed); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOverTheTelephoneNoPaperHasCome(t *testing.T) {
	def := itemOf(t, "BM-008")
	sh := sheetOf(t, def, marked(def, nil, isHere, isHere, isHere)).forFiling(cases.ByPhone)
	if got := sh.tally(); got.Received != 0 || sh.materials()[0].Status != isAbsent {
		t.Errorf("%+v", got)
	}
}

func TestDefectiveSaysWhy(t *testing.T) {
	def := itemOf(t, "BM-008")
	f := marked(def, nil, isHere, isFaulty, isHere)
	f.Ticks[1].Note = "  "
	wrong := sheetOf(t, def, f).check()
	if len(wrong) != 1 || wrong[0].Path != "materials[1].note" || wrong[0].Message != "请写高龄补贴申请表哪里不合格" {
		t.Errorf("%+v", wrong)
	}
}

func TestNoticeAsksForExactlyWhatIsLacking(t *testing.T) {
	def := itemOf(t, "BM-008")
	lacks, at := sheetOf(t, def, marked(def, nil, isHere, isFaulty, isAbsent)).lacks()
	want := []cases.Lack{{Material: "高龄补贴申请表", What: isFaulty, Note: "没有签名"}, {Material: "社会保障卡或者一卡通银行卡", What: isAbsent}}
	if diff := cmp.Diff(want, lacks); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int{1, 2}, at); diff != "" {
		t.Error(diff)
	}
}

// However papers are marked, each counts once, a notice holds what is lacking and no more, and no material that is not
// asked for is ever missing.
func TestTallyAndLacksAgree(t *testing.T) {
	all := catalogue(t).All()
	rapid.Check(t, func(t *rapid.T) {
		def := rapid.SampledFrom(all).Draw(t, "item")
		f := marked(&def, map[string]string{})
		for _, s := range def.Situations {
			f.Answers[s.ID] = rapid.SampledFrom(s.Options).Draw(t, "answer").Answer
		}
		for i := range f.Ticks {
			f.Ticks[i].Status = rapid.SampledFrom([]cases.MaterialStatus{isOpen, isHere, isAbsent, isFaulty, isUnneeded}).Draw(t, "mark")
		}
		sh, err := newSheet(&def, f)
		if err != nil {
			t.Fatal(err)
		}
		got := sh.tally()
		lacks, _ := sh.lacks()
		if got.All != got.Received+got.Lacking+got.NotNeeded+got.Open || got.Lacking != len(lacks) {
			t.Fatalf("%+v with %d lacks", got, len(lacks))
		}
		for i, m := range sh.materials() {
			if !sh.asked[i] && m.Status != isUnneeded {
				t.Fatalf("%s is not asked for and yet %s", m.Name, m.Status)
			}
		}
		if len(sh.rows(nil)) != got.All {
			t.Fatalf("%d rows for %d papers", len(sh.rows(nil)), got.All)
		}
	})
}
