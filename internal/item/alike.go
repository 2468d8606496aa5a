package item

import "strings"

// alike are words that mean the same to somebody at the counter. Pieces are compared after
// each is replaced by one word for all, in the names and in the query; of words that begin
// alike the longer stands first.
var alike = strings.NewReplacer(
	"小孩子", "孩", "小孩", "孩", "孩子", "孩", "娃娃", "孩", "娃", "孩", "婴幼儿", "孩", "婴儿", "孩", "新生儿", "孩",
	"老年人", "老人", "爷爷", "老人", "奶奶", "老人",
	"不见了", "丢了", "找不到了", "丢了", "找不到", "丢了", "掉了", "丢了", "遗失", "丢了", "丢失", "丢了",
	"过世", "去世", "死亡", "去世", "人没了", "去世", "走了", "去世",
	"补助", "补贴", "津贴", "补贴",
	"房子", "房", "房屋", "房",
	"就医", "看病", "治病", "看病",
	"没工作", "失业", "下岗", "失业",
)

func sameWords(chars []rune) []rune { return []rune(alike.Replace(string(chars))) }
