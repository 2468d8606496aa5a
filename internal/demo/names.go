package demo

import (
	"math/rand/v2"
	"strings"
)

// guided is the name of the guided example, which a newcomer is to file by hand.
const guided = "折桂英"

// surnames of northern Shaanxi, each as often as its weight.
var surnames = weighted{
	{"王", 9}, {"张", 9}, {"高", 8}, {"刘", 8}, {"李", 8}, {"贺", 5}, {"白", 4}, {"乔", 4}, {"郭", 4}, {"杨", 4},
	{"韩", 3}, {"孙", 3}, {"武", 3}, {"赵", 3}, {"折", 2}, {"石", 2}, {"焦", 2}, {"温", 2}, {"屈", 2}, {"袁", 2},
	{"郝", 2}, {"呼", 2}, {"苏", 2}, {"马", 2}, {"陈", 2}, {"贾", 2}, {"闫", 2}, {"任", 2}, {"薛", 2}, {"訾", 1},
	{"康", 1}, {"党", 1}, {"邱", 1}, {"项", 1}, {"解", 1}, {"思", 1},
}

// generation is what children were called who were born before a year.
type generation struct {
	before     int
	women, men []string
}

var generations = []generation{
	{1960,
		words(`秀英 桂兰 桂英 改莲 改梅 玉莲 玉兰 翠莲 翠英 兰英 凤英 凤莲 引弟 招弟 巧莲 巧珍 三女 二女 四女 海莲 爱莲 香莲
			粉莲 秀莲 秀兰 润莲 喜莲 存女 月英 月莲 子莲 桃莲`),
		words(`来旺 拴牢 拴柱 二平 治国 占山 占元 满仓 满囤 根旺 根柱 来喜 来锁 保才 保仓 存喜 生贵 生财 生荣 文才 文亮 文礼
			买锁 海宽 怀德 怀玉 守成 振山 振邦 世荣 银锁 金锁 三虎 二虎`)},
	{1980,
		words(`秀芳 爱琴 爱萍 玉琴 海霞 改琴 桂琴 春梅 春霞 美琴 美英 小琴 小玲 翠平 翠霞 喜梅 巧玲 林霞 雪梅 秀琴 凤琴 彩霞
			彩琴 建琴 艳琴 海琴 玉霞 润梅`),
		words(`建国 建军 建平 海军 海平 志强 志平 治军 二军 小平 小军 占军 振飞 振荣 文军 文平 爱军 保平 保军 利军 利平 永军
			永胜 永祥 林平 喜平 飞雄 子荣 向荣 明亮 候平 埃军`)},
	{1996,
		words(`海燕 丽娜 丽丽 婷婷 艳艳 娟娟 小燕 小娟 瑞霞 瑞芳 晓燕 晓霞 娜娜 静 丹 倩 芳芳 园园 媛媛 莉莉 彩云 改改 瑞琴
			亚妮 艳妮 慧慧`),
		words(`鹏飞 小龙 小虎 海龙 海涛 建雄 伟 磊 浩 鹏 飞 勇 宏伟 志刚 永强 小兵 亚军 瑞军 瑞鹏 世雄 向东 振兴 晓东 晓军
			艳军 凯 彦龙 彦军`)},
	{3000,
		words(`子涵 佳怡 雨桐 欣怡 可欣 思雨 梦瑶 佳琪 雅婷 诗涵 若曦 一诺 雨欣 嘉怡 心怡 宇彤 子萱 语嫣 佳慧 婧`),
		words(`宇航 浩然 子轩 子豪 宇轩 佳豪 博文 一鸣 天宇 浩宇 嘉乐 俊杰 梓睿 宇泽 泽宇 家豪 瑞祥 煜 浩博 嘉豪`)},
}

func words(s string) []string { return strings.Fields(s) }

// personName draws a name of the year of birth. Where a village bears a surname, many of its people do.
func personName(r *rand.Rand, male bool, born int, village string) string {
	for {
		surname := surnames.draw(r)
		if local := surnameIn(village); local != "" && r.IntN(100) < 40 {
			surname = local
		}
		if name := surname + givenName(r, male, born); name != guided {
			return name
		}
	}
}

func givenName(r *rand.Rand, male bool, born int) string {
	for _, g := range generations {
		switch {
		case born >= g.before:
		case male:
			return pick(r, g.men)
		default:
			return pick(r, g.women)
		}
	}
	return ""
}

// surnameIn is the surname that a village is called by: 王家墕村, 高家堡村.
func surnameIn(village string) string {
	for _, s := range surnames {
		if strings.HasPrefix(village, s.text+"家") {
			return s.text
		}
	}
	return ""
}

// surnameOf is the first character: the lists above hold no other surnames.
func surnameOf(name string) string {
	for _, r := range name {
		return string(r)
	}
	return ""
}

// weighted is a list from which the heavier is drawn more often.
type weighted []share

// share is one entry of it.
type share struct {
	text   string
	weight int
}

func (w weighted) draw(r *rand.Rand) string {
	total := 0
	for _, x := range w {
		total += x.weight
	}
	n := r.IntN(total)
	for _, x := range w {
		if n -= x.weight; n < 0 {
			return x.text
		}
	}
	return ""
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// chance is true so many times out of a hundred.
func chance(r *rand.Rand, percent int) bool { return r.IntN(100) < percent }
