package hanzi

// usual holds the characters whose first reading in the dictionary is not the usual one of a service item, or that
// the dictionary lacks.
var usual = map[rune]byte{
	'长': 'c', // 长期, 延长; who leads something is a phrase below
	'𠮷': 'j', // another shape of 吉, in names
}

// phrases holds the pairs in which a character begins with another letter than by itself.
var phrases = map[string]string{
	// 长 zhǎng
	"村长": "cz", "镇长": "zz", "市长": "sz", "县长": "xz", "区长": "qz", "乡长": "xz", "省长": "sz",
	"组长": "zz", "家长": "jz", "院长": "yz", "校长": "xz", "园长": "yz", "局长": "jz", "所长": "sz", "科长": "kz",
	"处长": "cz", "部长": "bz", "会长": "hz", "站长": "zz", "队长": "dz", "班长": "bz", "厂长": "cz", "首长": "sz",
	"成长": "cz", "增长": "zz", "生长": "sz", "长大": "zd", "长者": "zz", "长子": "zz", "长女": "zn",
	"长期": "cq", "长寿": "cs", "长租": "cz", // so that 城市长租 does not read 市长
	// 行 háng
	"银行": "yh", "行业": "hy", "商行": "sh", "央行": "yh", "分行": "fh", "支行": "zh", "行情": "hq",
	"行政": "xz",
	// 会 kuài
	"会计": "kj", "财会": "ck", "计划": "jh", // 社会计划 is no 会计
	// 调 tiáo
	"调解": "tj", "调委": "tw", "协调": "xt", "调整": "tz", "调节": "tj", "空调": "kt", "调剂": "tj", "调试": "ts",
	"调休": "tx", "调理": "tl", "失调": "st", "调价": "tj", "微调": "wt", "调和": "th",
	// 校 jiào
	"校对": "jd", "校验": "jy", "校准": "jz", "校正": "jz",
	// 重 chóng
	"重新": "cx", "重复": "cf", "重建": "cj", "重组": "cz", "重置": "cz", "重审": "cs", "重阳": "cy", "重庆": "cq",
	"重修": "cx", "双重": "sc", "重名": "cm", "重办": "cb", "重签": "cq", "重做": "cz",
	// 给 jǐ
	"给付": "jf", "供给": "gj", "补给": "bj", "配给": "pj", "自给": "zj", "给予": "jy", "给水": "js",
	// 畜 xù
	"畜牧": "xm", "畜养": "xy",
	// one pair each
	"藏族": "zz", "西藏": "xz", "圈舍": "js", "音乐": "yy", "效率": "xl", "厦门": "xm",
	"伺候": "ch",
	"频率": "pl", "统率": "ts", "表率": "bs", "率先": "sx", "率领": "sl", "子弹": "zd", "弹性": "tx",
	// places of Shenmu
	"折家": "sj", "折窑": "sy", "咀峁": "zm",
}

// surnames holds single surnames whose reading begins with another letter than the character by itself. Where two
// readings live side by side the one with more bearers is kept (覃 qín, 乐 yuè).
var surnames = map[rune]byte{
	'单': 's', // shàn
	'仇': 'q', // qiú
	'区': 'o', // ōu
	'解': 'x', // xiè
	'查': 'z', // zhā
	'曾': 'z', // zēng
	'朴': 'p', // piáo
	'折': 's', // shé, a house of Shenmu
	'盖': 'g', // gě
	'翟': 'z', // zhái
	'覃': 'q', // qín
	'种': 'c', // chóng
	'繁': 'p', // pó
	'秘': 'b', // bì
	'郇': 'x', // xún
	'乐': 'y', // yuè
	'召': 's', // shào
	'粘': 'n', // nián
	'祭': 'z', // zhài
	'么': 'y', // yāo
	'句': 'g', // gōu
	'乜': 'n', // niè
	'阚': 'k', // kàn
	'藏': 'z', // zāng
	'长': 'z', // zhǎng
	'尉': 'w', // wèi; yù only in 尉迟
	'员': 'y', // yùn
	'訾': 'z', // zī
	'万': 'w', // wàn; mò only in 万俟
}

// compounds holds the surnames of two characters that go wrong letter by letter.
var compounds = map[string]string{
	"尉迟": "yc",
	"万俟": "mq",
	"长孙": "zs",
	"单于": "cy",
	"澹台": "tt",
	"宰父": "zf",
	"令狐": "lh",
	"鲜于": "xy",
	"夏侯": "xh",
	"皇甫": "hf",
	"宇文": "yw",
	"司徒": "st",
	"乐正": "yz",
	"亓官": "qg",
	"呼延": "hy",
	"仇由": "qy",
}
