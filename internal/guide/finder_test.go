package guide

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"bianmin/internal/item"
)

func demonstration(t testing.TB) (*item.Catalogue, *Finder) {
	t.Helper()
	c, err := item.NewCatalogue(item.FirstVersions(item.Demonstration()))
	if err != nil {
		t.Fatal(err)
	}
	return c, NewFinder(c, Everyday())
}

// TestEveryWordOfOursMeansAnItem: each name behind an equals sign is one of the catalogue.
func TestEveryWordOfOursMeansAnItem(t *testing.T) {
	c, _ := demonstration(t)
	for _, line := range Everyday().Unknown(c) {
		t.Error(line)
	}
	if n := len(Everyday().phrases); n < 200 {
		t.Errorf("only %d phrases", n)
	}
}

// TestWishesOfFarmers: what people say, as they say it, and the item that must be among the first three.
func TestWishesOfFarmers(t *testing.T) {
	_, f := demonstration(t)
	first, third, told := 0, 0, 0
	for _, w := range wishes {
		found := f.Find(w.said, 3)
		at := slices.IndexFunc(found.Hits, func(h Hit) bool { return h.Item.Code == item.Code(w.means) })
		switch {
		case at == 0:
			first++
			third++
		case at > 0:
			third++
		default:
			t.Errorf("%s: want %s, got %s", w.said, w.means, shown(found))
		}
		if slices.ContainsFunc(f.texts, func(x text) bool { return x.written == w.said }) {
			told++
		}
	}
	t.Logf("%d wishes, %d of them written so in a table: %d first, %d among the first three", len(wishes), told, first, third)
	if len(wishes) < 120 {
		t.Errorf("%d wishes", len(wishes))
	}
}

func shown(f Found) string {
	var b strings.Builder
	for _, h := range f.Hits {
		b.WriteString(h.Item.Plain + "（" + h.Text + "）；")
	}
	return b.String()
}

// TestNothingIsMadeUp: a wish that no item answers is not answered as if one did.
func TestNothingIsMadeUp(t *testing.T) {
	_, f := demonstration(t)
	for _, said := range []string{"", "   ", "，。！", "xyzzy", "qqqq", "量子力学", "护照签证去美国旅游", "买火车票", "<script>alert(1)</script>", "🙂🙂", "1234567890", "怎么办", "您好"} {
		if found := f.Find(said, 5); found.Sure {
			t.Errorf("%q is answered with certainty: %s", said, shown(found))
		}
	}
}

func TestACodeFindsItsItem(t *testing.T) {
	_, f := demonstration(t)
	for _, said := range []string{"BM-008", "bm8", "ＢＭ－００８"} {
		if found := f.Find(said, 3); !found.Sure || found.Hits[0].Item.Code != "BM-008" {
			t.Errorf("%s: %s", said, shown(found))
		}
	}
}

// TestEveryNameFindsItsItem: each plain name, official name and alias finds its item among the first three, and first
// when no other item is called so.
func TestEveryNameFindsItsItem(t *testing.T) {
	c, f := demonstration(t)
	for _, v := range c.All() {
		for _, said := range append([]string{v.Plain, v.Name}, v.Aliases...) {
			found := f.Find(said, 3)
			if !slices.ContainsFunc(found.Hits, func(h Hit) bool { return h.Item.Code == v.Code }) {
				t.Errorf("%s: want %s, got %s", said, v.Plain, shown(found))
			}
		}
	}
}

func phrases(t testing.TB, f *Finder) []text {
	t.Helper()
	return slices.DeleteFunc(slices.Clone(f.texts), func(x text) bool { return x.place > 0 || len(x.signs) < 4 })
}

func (f *Finder) has(said string, x text, most int) bool {
	return slices.ContainsFunc(f.Find(said, most).Hits, func(h Hit) bool { return h.Item.Code == f.items[x.item].Code })
}

// TestSlips: a way of saying it of five characters and more, with one of them missing, doubled or swapped with its neighbour,
// still finds its item among the first five. Of the 7,065 that there are a fourth is tried, the same ones always; of all of them
// three are not found: what is left says too little.
func TestSlips(t *testing.T) {
	_, f := demonstration(t)
	slips := []struct {
		name string
		of   func(chars []rune, i int) []rune
	}{
		{"missing", func(chars []rune, i int) []rune { return slices.Delete(chars, i, i+1) }},
		{"doubled", func(chars []rune, i int) []rune { return slices.Insert(chars, i, chars[i]) }},
		{"swapped", func(chars []rune, i int) []rune { chars[i], chars[i+1] = chars[i+1], chars[i]; return chars }},
	}
	tooLittle := []string{"合作疗交钱", "能上办吗", "里不要我了"}
	all, tried := 0, 0
	for _, x := range phrases(t, f) {
		chars := fold(x.written)
		if len(chars) < 5 {
			continue
		}
		for _, slip := range slips {
			for i := range len(chars) - 1 {
				if all++; all%4 != 0 {
					continue
				}
				said := string(slip.of(slices.Clone(chars), i))
				if tried++; !f.has(said, x, 5) && !slices.Contains(tooLittle, said) {
					t.Errorf("%s (%s) for %s: %s", said, slip.name, x.written, shown(f.Find(said, 5)))
				}
			}
		}
	}
	if tried < 1500 {
		t.Errorf("only %d tried", tried)
	}
}

// TestWhatDoesNotMatter: blanks, points and full-width letters change nothing, and the answer is the same twice.
func TestWhatDoesNotMatter(t *testing.T) {
	_, f := demonstration(t)
	list := phrases(t, f)
	rapid.Check(t, func(r *rapid.T) {
		x := rapid.SampledFrom(list).Draw(r, "text")
		i := rapid.IntRange(0, utf8.RuneCountInString(x.written)).Draw(r, "at")
		chars := []rune(x.written)
		spaced := string(chars[:i]) + rapid.SampledFrom([]string{" ", "，", "！", "\t"}).Draw(r, "noise") + string(chars[i:])
		if a, b := shown(f.Find(x.written, 9)), shown(f.Find(spaced, 9)); a != b {
			r.Fatalf("%q: %s; %q: %s", x.written, a, spaced, b)
		}
	})
}

// TestAnswersAreInOrder: of whatever is typed, scores fall and lie between 0 and 1, no item comes twice, no more than asked.
func TestAnswersAreInOrder(t *testing.T) {
	_, f := demonstration(t)
	words := rapid.SampledFrom([]string{"低保", "老人", "补贴", "丢了", "gl", "身份证", "bu", "办", "怎么办", "娃", "\x00", "\xff", "𠮷", "é", "7", "羊"})
	rapid.Check(t, func(r *rapid.T) {
		said := strings.Join(rapid.SliceOfN(words, 0, 12).Draw(r, "words"), "") + rapid.String().Draw(r, "more")
		most := rapid.IntRange(0, 7).Draw(r, "most")
		found := f.Find(said, most)
		seen := map[item.Code]bool{}
		for i, h := range found.Hits {
			if h.Score <= 0 || h.Score > 1 || i > 0 && h.Score > found.Hits[i-1].Score || seen[h.Item.Code] {
				r.Fatalf("%q: %s", said, shown(found))
			}
			seen[h.Item.Code] = true
		}
		if len(found.Hits) > most {
			r.Fatalf("%q: %d hits, asked for %d", said, len(found.Hits), most)
		}
	})
}

func TestReadingWords(t *testing.T) {
	for _, c := range []struct{ text, wrong string }{
		{"# 说明\n\n社保卡掉沟里了 = 办社保卡（申领、启用、补换）；改社保个人信息\n掉了~丢了\n- 咋办\n. 的了", ""},
		{"没有等号", "第1行：要写成“说法 = 事项名”"},
		{"# a\n= 申请低保", "第2行：等号前面要写说法"},
		{"低保 = ", "第1行：等号后面要写事项名"},
		{"~ 丢了", "第1行：波浪线两边都要写词"},
		{"- ", "第1行：横线后面要写一个词"},
		{". ", "第1行：点后面要写字"},
		{strings.Repeat("长", 41) + " = 申请低保", "第1行：说法最多 40 个字"},
		{"低\xff = 申请低保", "第1行：文字的编码不是 UTF-8"},
	} {
		_, err := ReadWords(strings.NewReader(c.text))
		if c.wrong == "" && err != nil || c.wrong != "" && (err == nil || !strings.HasPrefix(err.Error(), c.wrong)) {
			t.Errorf("%q: %v, want %s", c.text, err, c.wrong)
		}
	}
}

// TestACityAddsItsOwnWords beside ours.
func TestACityAddsItsOwnWords(t *testing.T) {
	c, _ := demonstration(t)
	own, err := ReadWords(strings.NewReader("恓惶钱 = 申请临时救助\n没有的 = 没有的事项\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := own.Unknown(c); len(got) != 1 || got[0] != "第2行：没有“没有的事项”这个事项" {
		t.Errorf("%v", got)
	}
	found := NewFinder(c, Everyday().And(own)).Find("恓惶钱", 3)
	if !found.Sure || found.Hits[0].Item.Plain != "申请临时救助" || found.Hits[0].Text != "恓惶钱" {
		t.Errorf("%+v", shown(found))
	}
}

func FuzzFind(f *testing.F) {
	for _, w := range wishes {
		f.Add(w.said)
	}
	_, finder := demonstration(f)
	f.Fuzz(func(t *testing.T, said string) {
		if len(finder.Find(said, 5).Hits) > 5 {
			t.Fatal("too many")
		}
	})
}

func FuzzReadWords(f *testing.F) {
	f.Add("低保 = 申请低保\n~\n-\n.")
	f.Fuzz(func(_ *testing.T, s string) {
		if w, err := ReadWords(strings.NewReader(s)); err == nil {
			w.And(Everyday())
		}
	})
}

func BenchmarkFind(b *testing.B) {
	_, f := demonstration(b)
	i := 0
	for b.Loop() {
		f.Find(wishes[i%len(wishes)].said, 10)
		i++
	}
}

// TestFindingIsQuick guards against a search that grows with the square of the table: it counts the texts looked at, not
// the time.
func TestFindingIsQuick(t *testing.T) {
	_, f := demonstration(t)
	start := time.Now()
	for _, w := range wishes {
		f.Find(w.said, 10)
	}
	t.Logf("%v a wish over %d ways of saying", time.Since(start)/time.Duration(len(wishes)), len(f.texts))
}
