package hanzi

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestStandardHoldsTheWholeTable(t *testing.T) {
	count, beyond := 0, 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !Standard(r) {
			continue
		}
		count++
		if r > 0xFFFF {
			beyond++
		}
		if !unicode.Is(unicode.Han, r) {
			t.Errorf("%q is no Han character", r)
		}
	}
	if count != 8105 || beyond != 196 {
		t.Fatalf("%d characters, %d beyond the BMP; the table has 8105 and 196", count, beyond)
	}
}

func TestOutside(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"神木市城乡居民最低生活保障审核确认", ""},
		{"二〇二六年 A4 纸，3 份 😀", ""},
		{"訾家庄", ""},
		{"𬭸", ""},       // level three, beyond the BMP
		{"𠮷野", "𠮷"},     // beyond the BMP and outside
		{"為人民服務", "為務"}, // traditional shapes are not in it
		{"務務為務", "務為"},
	} {
		if got := string(Outside(c.text)); got != c.want {
			t.Errorf("Outside(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestInitials(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"高龄补贴", "glbt"},
		{"低保", "db"},
		{"最低生活保障审核确认", "zdshbzshqr"},
		{"银行", "yh"},
		{"重度残疾人", "zdcjr"},
		{"长寿", "cs"},
		{"长期居住证明", "cqjzzm"},
		{"校对", "jd"},
		{"医疗机构校验", "yljgjy"},
		{"人民调解", "rmtj"},
		{"入户调查", "rhdc"},
		{"行政许可", "xzxk"},
		{"部分行政许可", "bfxzxk"},
		{"城市长期租房", "cscqzf"},
		{"参保登记", "cbdj"},
		{"社会保险", "shbx"},
		{"社会计划", "shjh"},
		{"会计", "kj"},
		{"补办、重新申领", "bbcxsl"},
		{"畜牧业", "xmy"},
		{"牲畜", "sc"},
		{"折家村", "sjc"},
		{"A级旅游景区（5A）", "ajlyjq5a"},
		{"ＶＩＰ１２", "vip12"},
		{"女", "n"},
		{"嗯", "n"},
		{"€🙂\n", ""},
		{"", ""},
	} {
		if got := Initials(c.text); got != c.want {
			t.Errorf("Initials(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestNameInitials(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"单田芳", "stf"}, {"仇英", "qy"}, {"区寄", "oj"}, {"解缙", "xj"}, {"查良镛", "zly"}, {"曾国藩", "zgf"},
		{"朴树", "ps"}, {"折克行", "skx"}, {"訾小军", "zxj"}, {"盖文", "gw"}, {"尉迟恭", "ycg"}, {"尉健", "wj"},
		{"万俟卨", "mqx"}, {"万里", "wl"}, {"长孙无忌", "zswj"}, {"乐嘉", "yj"}, {"翟让", "zr"}, {"覃勇", "qy"},
		{"令狐冲", "lhc"}, {"夏侯惇", "xhd"}, {"单于", "sy"}, // a compound surname needs a given name
		{"王长林", "wcl"}, {"𠮷田", "jt"}, {"刘𬭸", "ll"}, {" 张 三 ", "zs"},
		{"阿依古丽·买买提", "aygl" + "mmt"}, {"查干·巴特尔", "cgbte"}, {"Smith 李", "smithl"}, {"", ""}, {"单", "s"},
	} {
		if got := NameInitials(c.name); got != c.want {
			t.Errorf("NameInitials(%q) = %q, want %q", c.name, got, c.want)
		}
	}
}

// A search box compares letter by letter, so nearly every standard character needs a letter.
func TestStandardCharactersHaveALetter(t *testing.T) {
	var missing []rune
	for r := rune(0x3400); r < 0x40000; r++ {
		if Standard(r) && letterOf(r) == 0 {
			missing = append(missing, r)
		}
	}
	if len(missing) > 0 {
		t.Errorf("%d standard characters have no letter: %q", len(missing), missing)
	}
}

func TestReadingsAreNeededAndWhole(t *testing.T) {
	for pair, letters := range phrases {
		runes := []rune(pair)
		if len(runes) != 2 || len(letters) != 2 {
			t.Errorf("phrase %q %q is not two characters and two letters", pair, letters)
			continue
		}
		if letterOf(runes[0]) != letters[0] && letterOf(runes[1]) != letters[1] {
			t.Errorf("phrase %q %q changes both letters: a slip?", pair, letters)
		}
	}
	for pair, letters := range compounds {
		if len([]rune(pair)) != 2 || len(letters) != 2 {
			t.Errorf("compound %q %q is not two characters and two letters", pair, letters)
		}
	}
}

func TestInitialsAreLettersAndDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom(nil, unicode.Han, asciiTable)).Draw(t, "text")
		for _, got := range []string{Initials(s), NameInitials(s)} {
			for _, r := range got {
				if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789", r) {
					t.Fatalf("%q gives %q", s, got)
				}
			}
			if len(got) > len([]rune(s)) {
				t.Fatalf("%q gives more letters than it has characters: %q", s, got)
			}
		}
	})
}

var asciiTable = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x20, Hi: 0x7E, Stride: 1}}, LatinOffset: 1}

func TestRunsAreSorted(t *testing.T) {
	list := runs()
	if !slices.IsSortedFunc(list, func(a, b run) int { return int(a.first + a.size - 1 - b.first) }) {
		t.Fatal("the runs of letters.txt overlap or are out of order")
	}
}

func FuzzInitials(f *testing.F) {
	f.Add("最低生活保障")
	f.Add("\xff长\xfe")
	f.Fuzz(func(t *testing.T, s string) {
		if len(NameInitials(s)) > len(s) || len(Initials(s)) > 2*len(s) {
			t.Fatalf("%q grew", s)
		}
		Outside(s)
	})
}

func BenchmarkInitials(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Initials("城乡居民最低生活保障审核确认")
	}
}

func TestSyllables(t *testing.T) {
	for r, want := range map[rune]string{'龄': "ling", '重': "chong tong zhong", '女': "nv ru", '补': "bu", 'a': "", '𠮷': "", '為': ""} {
		if got := strings.Join(Syllables(r), " "); got != want {
			t.Errorf("%c: %q, want %q", r, got, want)
		}
	}
}
