package proofread

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"bianmin/internal/hanzi"
)

// Slips says what is wrong with a text; nothing when it may be shown.
func Slips(t Text) []string {
	var all []string
	for _, check := range []func(string) []string{characters, tone, terms, persons, particles, punctuation, quotes, spaces} {
		all = append(all, check(t.Words)...)
	}
	if !technical(t.File) {
		all = append(all, latin(t.Words)...)
	}
	if t.Under == button {
		all = append(all, tooLong(t.Words)...)
	}
	return all
}

// forTechnicians are read by who runs the program or writes against it: commands, tables and fields are named there.
var forTechnicians = []string{
	"cmd/", "internal/api/", "internal/app/", "internal/backup/", "internal/item/", "internal/journal/", "internal/seal/", "internal/sms/smpp/",
	"internal/verify/", "internal/cases/verb_notify.go", "internal/cases/verb_amend.go", "internal/cases/check.go", "internal/cases/tally_store.go",
	"internal/paper/check.go", "internal/file/check.go", "internal/reference/check.go",
}

func technical(file string) bool {
	named := func(prefix string) bool { return strings.HasPrefix(file, prefix) }
	return slices.ContainsFunc(forTechnicians, named) && !strings.HasSuffix(file, ".json")
}

// aName is in the demonstration to show that a name may have any character.
const aName = "高𠮷祥"

// characters outside the 通用规范汉字表: traditional and variant forms, rare ones, Kangxi radicals.
func characters(words string) []string {
	var found []string
	for _, r := range hanzi.Outside(strings.ReplaceAll(words, aName, "")) {
		found = append(found, fmt.Sprintf("%c (%U) is outside the standard table", r, r))
	}
	return found
}

// latinWords may stand in a Chinese text: forms of files, names of products, units, keys of a keyboard, the program's
// own commands where an administrator is told to run them.
var latinWords = strings.Fields(`
	--scanner --sms CSV Edge Enter Excel HEIC Idempotency-Key JPEG JSON KB Linux MB OPPO PDF PNG QQ SHA-256
	Safari UC UTF-8 WPS WebP Windows admin application/json bianmin bianmin-demo-2026 date fonts glbt https kind
	name off plain ttf verify verify-proof vivo work xlsx`)

var latinWord = regexp.MustCompile(`-{0,2}[A-Za-z][A-Za-z0-9./_-]*[A-Za-z0-9]|[A-Za-z]+`)

// latin finds words that were left in English. One capital is a key, or the last character of a citizen number.
func latin(words string) []string {
	var found []string
	for _, w := range latinWord.FindAllString(words, -1) {
		single := len(w) == 1 && w[0] >= 'A' && w[0] <= 'Z'
		if !single && !slices.Contains(latinWords, w) {
			found = append(found, fmt.Sprintf("the word %q is not Chinese", w))
		}
	}
	return found
}

// better pairs what is not said with what is.
type better struct{ not, but string }

func instead(words string, list []better) []string {
	var found []string
	for _, b := range list {
		if strings.Contains(words, b.not) {
			found = append(found, fmt.Sprintf("%s: say %s", b.not, b.but))
		}
	}
	return found
}

// unfriendly is the design's table of tone, as far as words can tell it.
var unfriendly = []better{
	{"失败", "what did not happen, and what now"}, {"非法", "不对, and which part"}, {"请勿", "what to do instead"}, {"抱歉", "what happened, and what now"},
	{"对不起", "what happened, and what now"}, {"系统繁忙", "这会儿人多, and when to try again"}, {"暂无", "还没有…, and how to begin"}, {"操作成功", "what was done"},
	{"成功", "…好了"}, {"确定要", "what will follow, and two named buttons"}, {"是否确认", "what will follow, and two named buttons"}, {"不能为空", "请写…"},
	{"必填", "请写…"}, {"请输入", "请写…"}, {"点击", "按"}, {"会话", "登录"}, {"超时", "过了…时间"}, {"网络异常", "没连上"}, {"没有权限", "归谁办"}, {"无权", "归谁办"},
	{"数据冲突", "who wrote what, 请核对"}, {"格式错误", "要写成…"}, {"服务器错误", "这一步没有办成"}, {"！", "。"}, {"!", "。"}, {"%!", "a value"},
}

func tone(words string) []string { return instead(words, unfriendly) }

// wrongTerms are slips of spelling and terms that the law or the glossary words otherwise.
var wrongTerms = []better{
	{"申诉", "行政复议、行政诉讼 (申诉 is another procedure)"}, {"钥匙", "密钥"}, {"密匙", "密钥"}, {"帐号", "账号"}, {"登陆", "登录"}, {"其它", "其他"},
	{"做出决定", "作出决定"}, {"做为", "作为"}, {"撤消", "撤回 or 撤销"}, {"身分", "身份"}, {"部份", "部分"}, {"告之", "告知"}, {"截止到", "截至"}, {"补证", "补正"},
	{"收件回执", "接收回执"}, {"收件凭证", "接收回执"}, {"一次性告知书", "补正告知书"}, {"特别程序告知书", "特殊程序告知书"}, {"不予办理决定书", "不予决定书"}, {"受理回执", "受理通知书"},
	{"便民服务大厅", "便民服务站"}, {"工作天", "工作日"}, {"自然天", "自然日"}, {"停表", "停止计时 or 暂停计时"}, {"停钟", "暂停计时"}, {"补正不来", "逾期未补正"},
	{"还原件", "归还原件 (还原 is another word)"}, {"以经", "已经"}, {"因该", "应该"}, {"在次", "再次"}, {"的的", "的"},
}

func terms(words string) []string {
	return instead(strings.ReplaceAll(words, "归还原件", ""), wrongTerms)
}

var aPerson = regexp.MustCompile(`其他|他人|他用|他们|[你他她]`)

// persons: 您 to citizens, and nobody's sex is guessed.
func persons(words string) []string {
	var found []string
	for _, w := range aPerson.FindAllString(words, -1) {
		switch w {
		case "其他", "他人", "他用", "他们": // no person is meant
		case "你":
			found = append(found, "你: say 您")
		default:
			found = append(found, w+": name the person or the role")
		}
	}
	return found
}

var (
	adverb     = regexp.MustCompile(`(慢慢|仔细|认真|及时|依次|逐一|逐项|尽快|自动|如实|详细|当场|清楚|明确)的[办审看填写查发算交说记核收退补]`)
	complement = regexp.MustCompile(`[办写填算跑走看做写说]的(很|太|不够|不清楚|清楚|快|慢|对不对)`)
)

// particles finds the plainest mistakes between 的, 地 and 得; more would need a grammar.
func particles(words string) []string {
	var found []string
	for _, w := range adverb.FindAllString(words, -1) {
		found = append(found, w+": 地 before a verb")
	}
	for _, w := range complement.FindAllString(words, -1) {
		found = append(found, w+": 得 before a complement")
	}
	return found
}

// sample is a piece of a form of writing that the program reads: a cell, a coded source, a line of days, the title of a
// document of two authorities.
var sample = regexp.MustCompile(`[a-z][:,]|\d{4}-\d\d-\d\d( \p{Han}+)+|《[^》]*》`)

var (
	halfWidth = regexp.MustCompile(`\p{Han}[,;:?()]|[,;:?()]\p{Han}`)
	doubled   = regexp.MustCompile(`[，。；：、]{2}|。；|，。|\.\.\.|…{3,}`)
)

// punctuation is of full width beside Chinese, and never doubled.
func punctuation(words string) []string {
	var found []string
	for _, w := range halfWidth.FindAllString(sample.ReplaceAllString(words, "1"), -1) {
		found = append(found, fmt.Sprintf("%q has half-width punctuation", w))
	}
	for _, w := range doubled.FindAllString(words, -1) {
		found = append(found, fmt.Sprintf("%q is doubled", w))
	}
	return found
}

// quotes are “ ” and in pairs. Others, and straight ones beside Chinese, are not ours.
func quotes(words string) []string {
	var found []string
	if strings.Count(words, "“") != strings.Count(words, "”") {
		found = append(found, "“ and ” are no pairs")
	}
	if strings.Count(words, "（") != strings.Count(words, "）") {
		found = append(found, "（ and ） are no pairs")
	}
	if i := strings.IndexAny(words, "\"'「」『』‘’"); i >= 0 {
		r, _ := utf8.DecodeRuneInString(words[i:])
		found = append(found, fmt.Sprintf("%c: say “ ”", r))
	}
	return found
}

var gap = regexp.MustCompile(`\d 月|月 \d|\d 日(?:$|[^\p{Han}])|[，。；：、（“] \p{Han}|\p{Han} [，。；：、）”]|\p{Han} \p{Han}`)

// longDate is 3月16日 星期一.
var longDate = regexp.MustCompile(`日 (星期|周)`)

// spaces: a date is one piece, and no space stands between characters or beside full-width punctuation, which brings its
// own. Between Chinese and digits either way passes: the style sheet sets that gap where a browser can, papers have it typed.
func spaces(words string) []string {
	var found []string
	for _, w := range gap.FindAllString(longDate.ReplaceAllString(sample.ReplaceAllString(words, "1"), ""), -1) {
		found = append(found, fmt.Sprintf("%q has a space too many", w))
	}
	return found
}

// button is what a button says.
const (
	button     = "Press.Text"
	longButton = 8
)

var aside = regexp.MustCompile(`（[^）]*）`)

// tooLong: a button says verb and thing in 2 to 6 characters; two more are let pass where they name the thing, and why
// it cannot be pressed stands aside.
func tooLong(words string) []string {
	if n := utf8.RuneCountInString(aside.ReplaceAllString(words, "")); n > longButton {
		return []string{fmt.Sprintf("%d characters on a button", n)}
	}
	return nil
}
