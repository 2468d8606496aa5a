package demo

import (
	"fmt"
	"math/rand/v2"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
)

// refusals are why an item can be refused; what is not listed is never refused here.
var refusals = map[item.Code][]string{
	"BM-001": lines("经核对，家庭月人均收入高于当地低保标准。\n家庭成员名下有两辆车，超过财产规定。"),
	"BM-003": lines("医药费报销后，个人负担没有达到临时救助标准。"),
	"BM-006": lines("扣除已报销部分，个人负担没有达到起付标准。"),
	"BM-007": lines("名下已有一套住房，人均面积超过规定。"),
	"BM-013": lines("养老金和其他收入合计高于规定标准。"),
	"BM-030": lines("房屋没有交付，不能作为落户依据，交付后可以再来。"),
	"BM-031": lines("提供的出生证明和档案记载不一致，不能更改出生日期。"),
	"BM-041": lines("这台机具不在今年的补贴目录里。"),
	"BM-044": lines("户内已有一处宅基地，不符合一户一宅。\n选址占用永久基本农田，不能批准，可以另选地方再申请。"),
	"BM-045": lines("这片林地在封山育林区内，不能采伐。"),
	"BM-047": lines("选址占用永久基本农田，不符合备案要求。"),
	"BM-056": lines("没有满 60 周岁，到龄后再申请。"),
	"BM-067": lines("家庭收入高于法律援助经济困难标准，这件事也不属于免核查情形。"),
	"BM-075": lines("生产间和生活区没有分开，整改后可以再申请。"),
	"BM-081": lines("连续失业没有满一年，也没有其他困难情形。"),
	"BM-083": lines("个人征信有未还清的逾期，不符合担保条件。"),
	"BM-088": lines("申请的信息正在调查处理中，属于过程性信息，不予公开。"),
}

// rejection is why an application is not taken on, and whose matter it is.
type rejection struct{ ground, whose string }

var rejections = map[item.Code][]rejection{
	"BM-009": {{"残疾人证由榆阳区发放，两项补贴由发证地办理", "榆阳区民政局"}},
	"BM-018": {{"去世的人领的是职工养老金，不属于居民养老保险", "神木市养老保险经办中心职工窗口"}},
	"BM-024": {{"住院时参加的是职工医保，不走居民医保手工报销", "神木市医疗保障经办中心职工医保窗口"}},
	"BM-030": {{"要迁入的地址归另一个派出所管", "迁入地派出所户籍窗口"}},
	"BM-042": {{"申报的地在佳县，面积由地所在的镇申报", "地块所在镇的便民服务站"}},
	"BM-067": {{"工资争议要先申请劳动仲裁，仲裁中可以再申请援助", "神木市劳动人事争议仲裁委员会"}},
	"BM-068": {{"这件事已经向法院起诉", "神木市人民法院"}},
	"BM-074": {{"经营场所在榆阳区，由经营地登记", "榆阳区行政审批服务局"}},
	"BM-077": {{"房屋在府谷县，由不动产所在地登记", "府谷县不动产登记中心"}},
	"BM-088": {{"要的信息不是本镇制作或者保存的", "神木市自然资源和规划局"}},
	"BM-089": {{"反映的合同纠纷已经在诉讼中", "神木市人民法院"}},
}

var (
	withdrawals = lines(`本人改主意，先不办了。
家里人已经在网上办了。
材料一时备不齐，备好再来。
要出门打工，回来再办。`)
	voidings = lines(`同一申请录了两次，留前一件。
选错了事项，已按正确的事项重新收件。
申请人认错了，重新收件。`)
	looksAtNumber = lines(`和部门系统核对身份。
系统里有同名的人，核对证件号。`)
	looksAtPhone = lines(`通知领取结果。
材料有一处不清楚，打电话问本人。`)
)

// returns are why a step is sent back to the one before: where people's means are looked at, and elsewhere.
var (
	returnsOfRelief = lines(`调查表上没有申请人签字，补签后再报。
家庭人口和户口簿对不上，请再核实。
银行卡和本人姓名不一致，请核对。`)
	returns = lines(`意见没有签字，补签后再报。
照片看不清楚，请重新拍。
上一步的意见没有写明核对了什么，请写清楚。`)
)

func (l *life) whyReturn() string {
	if l.def.Regime == item.Relief {
		return pick(l.dice, returnsOfRelief)
	}
	return pick(l.dice, returns)
}

// specials are the special procedures that an item's cases can go through. Only a licence's cites the licensing law.
var specials = map[item.Code]special{
	"BM-028": {kind: "appraisal", basis: "父母和孩子的关系要核实，按户口登记规定先做亲子鉴定", days: 15},
	"BM-031": {kind: "appraisal", basis: "出生日期记载不一致，按户口登记规定先做笔迹和档案鉴定", days: 12},
	"BM-041": {kind: "inspection", basis: "机具编号有改动，按购机补贴核验要求送检", days: 10},
	"BM-044": {kind: "expert_review", basis: "《行政许可法》第四十五条：选址靠近地质灾害隐患点，要经专家评审", days: 10},
	"BM-045": {kind: "appraisal", basis: "《行政许可法》第四十五条：林木蓄积量要经鉴定", days: 8},
	"BM-049": {kind: "appraisal", basis: "按危房改造要求，结构安全要由鉴定机构鉴定", days: 15},
	"BM-050": {kind: "quarantine", basis: "《行政许可法》第四十五条：检疫样品送实验室", days: 3},
	"BM-075": {kind: "testing", basis: "《行政许可法》第四十五条：产品送检", days: 7},
}

// papersOf are the papers that begin and end a special procedure.
var papersOf = map[cases.SpecialKind][2]string{
	"appraisal": {"鉴定委托书", "鉴定意见书"}, "inspection": {"送检单", "检验报告"}, "expert_review": {"专家评审通知", "专家评审意见"},
	"quarantine": {"检疫送样单", "检疫报告"}, "testing": {"检测委托单", "检测报告"},
}

// begins is the beginning of the procedure, with its paper.
func (s *special) begins(now time.Time) cases.Suspend {
	s.number = fmt.Sprintf("〔%d〕%d 号", now.In(calendar.Shanghai).Year(), now.In(calendar.Shanghai).YearDay())
	return cases.Suspend{Kind: s.kind, Basis: s.basis, Days: s.days, Evidence: papersOf[s.kind][0] + s.number}
}

// ends is its end, with the paper and what it came to.
func (s *special) ends(dice *rand.Rand) cases.Resume {
	return cases.Resume{Evidence: papersOf[s.kind][1] + s.number, Note: pick(dice, results[s.kind])}
}

// results are what a special procedure came to.
var results = map[cases.SpecialKind][]string{
	"appraisal":     lines("鉴定意见已出，可以继续办。"),
	"inspection":    lines("检验结果合格。"),
	"expert_review": lines("评审通过。"),
	"quarantine":    lines("实验室检疫合格。"),
	"testing":       lines("检测报告已出，合格。"),
}
