package item_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bianmin/internal/hanzi"
	"bianmin/internal/item"
)

// What people say at the guide desk, and the item that they mean.
func TestEverydayWordsFindTheItem(t *testing.T) {
	c := catalogue(t)
	for _, q := range []struct {
		typed string
		want  item.Code
		rank  item.Rank
	}{
		// codes
		{"BM-008", "BM-008", item.ExactCode}, {"bm8", "BM-008", item.ExactCode}, {"bm 08", "BM-008", item.ExactCode},
		{"008", "BM-008", item.ExactCode}, {"ＢＭ－００８", "BM-008", item.ExactCode}, {"BM-100", "BM-100", item.ExactCode},
		{"bm09", "BM-009", item.ExactCode}, {"bm-05", "BM-005", item.ExactCode},
		// names and aliases
		{"老人补贴", "BM-008", item.Exact}, {"种地补贴", "BM-042", item.Exact}, {"社保卡丢了", "BM-025", item.Exact},
		{"低保", "BM-001", item.Exact}, {"身份证丢了", "BM-036", item.Exact}, {"准生证", "BM-055", item.Exact},
		{"营业执照", "BM-074", item.Exact}, {"4050", "BM-081", item.Exact}, {"临时救助审批(一般程序)", "BM-003", item.Exact},
		{"领高龄补贴", "BM-008", item.Exact}, {"看不起病", "BM-006", item.Exact}, {"没工作了", "BM-080", item.Exact},
		// initials
		{"glbt", "BM-008", item.WholeInitials}, {"GLBT", "BM-008", item.WholeInitials}, {"gl补贴", "BM-008", item.WholeInitials},
		{"高龄bt", "BM-008", item.WholeInitials}, {"sbk", "BM-025", item.WholeInitials}, {"ylbx", "BM-015", item.WholeInitials},
		{"yyzz", "BM-074", item.WholeInitials}, {"jzz", "BM-038", item.WholeInitials},
		{"glb", "BM-008", item.PrefixInitials}, {"sfzd", "BM-035", item.PrefixInitials}, {"dbqr", "BM-001", item.Scattered},
		// spelt, whole or in part
		{"dibao", "BM-001", item.Spelled}, {"diba", "BM-001", item.Spelled}, {"dbao", "BM-001", item.Spelled}, {"gaolingbutie", "BM-008", item.Spelled},
		{"gaolbt", "BM-008", item.Spelled}, {"gao ling", "BM-008", item.Spelled}, {"yingyezhizhao", "BM-074", item.Spelled},
		{"shenfenzhengdiul", "BM-036", item.Spelled}, {"zhongdi", "BM-042", item.Spelled},
		// parts of a name
		{"高龄", "BM-008", item.Prefix}, {"农机补", "BM-041", item.Prefix}, {"70岁", "BM-008", item.Prefix}, {"70", "BM-008", item.Prefix},
		{"报销", "BM-024", item.Prefix}, {"退伍军人", "BM-026", item.Prefix}, {"宅基地", "BM-044", item.Exact},
		{"贷款", "BM-083", item.Substring}, {"看病报销", "BM-024", item.Substring}, {"房子塌了", "BM-049", item.Scattered},
		// the words of asking
		{"低保怎么申请", "BM-001", item.Exact}, {"请问社保卡怎么办理", "BM-025", item.Exact}, {"我想入党", "BM-066", item.Exact},
		{"身份证过期怎么办", "BM-035", item.Exact}, {"老年证在哪里办理？", "BM-087", item.Exact},
		// slips of the finger
		{"高零补贴", "BM-008", item.OneError}, {"高龄补帖", "BM-008", item.OneError}, {"高补龄贴", "BM-008", item.OneError},
		{"抵保", "BM-001", item.OneError}, {"glabt", "BM-008", item.OneError}, {"营业执造", "BM-074", item.OneError},
		{"娃娃上户口", "BM-027", item.OneError},
		// pieces
		{"我的社保卡不见了怎么办", "BM-025", item.Parts}, {"社保卡掉河里了", "BM-025", item.Parts},
		{"我奶奶80岁了有什么钱", "BM-008", item.Parts}, {"家里遭了冰雹", "BM-014", item.Parts},
		{"奶奶过世了户口咋弄", "BM-029", item.Parts}, {"孩子上学没钱", "BM-090", item.Parts},
		{"给孩子办医保", "BM-021", item.Parts}, {"买拖拉机国家补多少", "BM-041", item.Parts},
		{"羊死了保险赔吗", "BM-052", item.Parts}, {"和邻居吵架了", "BM-068", item.Parts},
		{"地被邻居占了", "BM-071", item.Parts}, {"被欠工资", "BM-067", item.Parts}, {"想学厨师", "BM-084", item.Parts},
		{"想当护林员", "BM-082", item.Parts}, {"开个小卖部需要什么手续", "BM-074", item.Parts},
		{"儿子坐牢孙子没人管", "BM-012", item.Parts}, {"电表坏了", "BM-091", item.Parts},
	} {
		hits := c.Search(q.typed, 5)
		if len(hits) == 0 || hits[0].Version.Code != q.want {
			t.Errorf("%s: want %s, got %s", q.typed, q.want, shown(hits))
			continue
		}
		if hits[0].Rank != q.rank || hits[0].Text == "" {
			t.Errorf("%s: rank %d by %q, want %d", q.typed, hits[0].Rank, hits[0].Text, q.rank)
		}
	}
}

func shown(hits []item.Hit) string {
	var s strings.Builder
	for _, h := range hits {
		s.WriteString(string(h.Version.Code) + " " + h.Text + "; ")
	}
	return s.String()
}

func TestSwappedLettersFindItAmongTheFirst(t *testing.T) {
	for typed, want := range map[string]item.Code{"gltb": "BM-008", "yzyz": "BM-074", "ylxb": "BM-015"} {
		if !among(catalogue(t).Search(typed, 3), want) {
			t.Errorf("%s: %s", typed, shown(catalogue(t).Search(typed, 5)))
		}
	}
}

func TestWhatNobodyOffersFindsNothing(t *testing.T) {
	for _, q := range []string{"qqqqqq", "护照签证出国游", "怎么办", "xyzzy", "999"} {
		if hits := catalogue(t).Search(q, 0); len(hits) > 0 && q != "护照签证出国游" || len(hits) > 3 {
			t.Errorf("%s: %s", q, shown(hits))
		}
	}
}

func TestTheEmptyQueryListsAllInTheOrderOfTheCounters(t *testing.T) {
	c := catalogue(t)
	for _, q := range []string{"", "  ", "（）"} {
		hits := c.Search(q, 0)
		if len(hits) != 100 || hits[0].Which != item.ByAll {
			t.Fatalf("%q: %d hits", q, len(hits))
		}
		for i, v := range c.All() {
			if hits[i].Version.Code != v.Code {
				t.Fatalf("%d: %s", i, hits[i].Version.Code)
			}
		}
	}
	if len(c.Search("", 7)) != 7 {
		t.Error("the limit is not kept")
	}
}

func TestAHitSaysWhatMatched(t *testing.T) {
	for typed, want := range map[string]item.Hit{
		"bm8":          {Which: item.ByCode, Text: "BM-008"},
		"高龄老人生活保健补贴申领": {Which: item.ByName, Text: "高龄老人生活保健补贴申领"},
		"领高龄补贴":        {Which: item.ByPlain, Text: "领高龄补贴"},
		"长寿补贴":         {Which: item.ByAlias, Text: "长寿补贴"},
	} {
		hits := catalogue(t).Search(typed, 1)
		if len(hits) != 1 || hits[0].Which != want.Which || hits[0].Text != want.Text {
			t.Errorf("%s: %s %s", typed, hits[0].Which, hits[0].Text)
		}
	}
}

func among(hits []item.Hit, code item.Code) bool {
	for _, h := range hits {
		if h.Version.Code == code {
			return true
		}
	}
	return false
}

func texts(v item.Version) []string {
	return append([]string{string(v.Code), v.Name, v.Plain}, v.Aliases...)
}

func TestEveryNameOfAnItemFindsItAmongTheFirstThree(t *testing.T) {
	c := catalogue(t)
	for _, v := range c.All() {
		for _, text := range texts(v) {
			if hits := c.Search(text, 3); !among(hits, v.Code) {
				t.Errorf("%s does not find %s: %s", text, v.Code, shown(hits))
			}
		}
	}
}

func TestTheInitialsOfEveryNameFindTheItem(t *testing.T) {
	c := catalogue(t)
	for _, v := range c.All() {
		for _, text := range texts(v)[1:] {
			if hits := c.Search(hanzi.Initials(text), 0); !among(hits, v.Code) {
				t.Errorf("%s (%s) does not find %s", hanzi.Initials(text), text, v.Code)
			}
		}
	}
}

// Whatever part of a name is typed, the item is found, each item once, better ranks first.
func TestAnyPartOfANameFindsTheItem(t *testing.T) {
	c := catalogue(t)
	all := c.All()
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SampledFrom(all).Draw(t, "item")
		text := []rune(rapid.SampledFrom(texts(v)[1:]).Draw(t, "text"))
		from := rapid.IntRange(0, len(text)-2).Draw(t, "from")
		to := rapid.IntRange(from+2, len(text)).Draw(t, "to")
		hits := c.Search(string(text[from:to]), 0)
		if !among(hits, v.Code) {
			t.Fatalf("%s does not find %s", string(text[from:to]), v.Code)
		}
		seen := map[item.Code]bool{}
		for i, h := range hits {
			if seen[h.Version.Code] || (i > 0 && h.Rank < hits[i-1].Rank) {
				t.Fatalf("%s: %s twice or out of order", string(text[from:to]), h.Version.Code)
			}
			seen[h.Version.Code] = true
		}
	})
}

// Whoever types pinyin on a keyboard without Chinese spells a word, or some of its syllables, in any of their readings, and
// stops where the item is found.
func TestAnySpellingOfAnAliasFindsTheItem(t *testing.T) {
	c := catalogue(t)
	of := map[string]item.Code{}
	var names []string // spelt in letters throughout
	for _, v := range c.All() {
		for _, name := range texts(v)[2:] {
			if !strings.ContainsFunc(name, func(r rune) bool { return len(hanzi.Syllables(r)) == 0 }) {
				of[name] = v.Code
				names = append(names, name)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		said := rapid.SampledFrom(names).Draw(t, "name")
		code, name := of[said], []rune(said)
		typed, whole := "", rapid.IntRange(0, len(name)-1).Draw(t, "spelt whole")
		for i, r := range name {
			readings := hanzi.Syllables(r)
			if i == whole || rapid.Bool().Draw(t, "whole") {
				typed += rapid.SampledFrom(readings).Draw(t, "reading")
			} else {
				typed += hanzi.Initials(string(name))[i : i+1]
			}
		}
		typed = strings.ToLower(typed)
		typed = typed[:rapid.IntRange(min(3, len(typed)), len(typed)).Draw(t, "typed so far")]
		if !among(c.Search(typed, 0), code) {
			t.Fatalf("%s does not find %s, %s", typed, code, said)
		}
	})
}

// One character of an alias replaced by one that stands in no name still finds the item.
func TestOneWrongCharacterInAnAliasFindsTheItem(t *testing.T) {
	c := catalogue(t)
	for _, v := range c.All() {
		for _, alias := range v.Aliases {
			chars := []rune(alias)
			if len(chars) < 4 {
				continue
			}
			for i := range chars {
				typed := string(chars[:i]) + "鑫" + string(chars[i+1:])
				if hits := c.Search(typed, 0); !among(hits, v.Code) {
					t.Errorf("%s does not find %s", typed, v.Code)
				}
			}
		}
	}
}

func FuzzSearch(f *testing.F) {
	for _, s := range []string{"", "glbt", "高龄", "bm8", "gl补贴", "社保卡掉河里了", "𠮷", "\xff", "000", "bm0"} {
		f.Add(s)
	}
	c := catalogue(f)
	f.Fuzz(func(t *testing.T, typed string) {
		hits := c.Search(typed, 5)
		if len(hits) > 5 {
			t.Fatalf("%d hits", len(hits))
		}
		for _, h := range hits {
			if h.Version.Code == "" || (h.Rank != item.Listed && h.Text == "") {
				t.Fatalf("%q: %+v", typed, h.Rank)
			}
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	c := catalogue(b)
	for _, typed := range []string{"bm8", "高龄", "glbt", "gltb", "高零补贴", "我的社保卡不见了怎么办", strings.Repeat("补贴申领", 10)} {
		b.Run(typed, func(b *testing.B) {
			for b.Loop() {
				c.Search(typed, 10)
			}
		})
	}
}

func BenchmarkNewCatalogue(b *testing.B) {
	versions := item.FirstVersions(item.Demonstration())
	for b.Loop() {
		if _, err := item.NewCatalogue(versions); err != nil {
			b.Fatal(err)
		}
	}
}
