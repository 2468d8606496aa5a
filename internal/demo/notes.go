package demo

import (
	"strconv"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/item"
)

// note is what whoever did a step writes about it: by the step's name where that says most, else by its kind and owner,
// else by its kind.
func (l *life) note(s cases.StepView) string {
	if l.end == refused && l.view.DecidedAt == nil && middle(s.Kind) {
		return pick(l.dice, doubts)
	}
	if s.Kind == item.Publicise && s.Days != nil {
		return "公示 " + strconv.Itoa(*s.Days) + " 天，" + pick(l.dice, words("没有收到异议。 期满无异议。 没有人提意见。"))
	}
	for _, key := range []string{s.Name, string(s.Kind) + " " + s.Owner, string(s.Kind)} {
		if list := notes[key]; len(list) > 0 {
			return pick(l.dice, list)
		}
	}
	return ""
}

// approval is what stands beside a yes: by the step's name, else by what the applicant gets.
func (l *life) approval(s cases.StepView) string {
	if list := notes[s.Name]; len(list) > 0 {
		return pick(l.dice, list)
	}
	return pick(l.dice, approvals[l.def.Result.Kind])
}

// doubts are what those write who look at a case that will be refused.
var doubts = lines("核查情况已附，请审定。\n有一项和规定对不上，情况写在附表里，请审定。")

func lines(s string) []string { return strings.Split(strings.TrimSpace(s), "\n") }

var notes = map[string][]string{
	"receive": lines(`材料收齐，交便民服务站。
本人来交的，原件看过已退回。
上门收的材料，和原件核对过。
材料齐了，明天随车送便民服务站。
表是代填的，念给本人听过，按了手印。`),
	"村里代收代报":  lines("钱和名单一并上交。\n代收代报，收据已给本人。"),
	"村里代收代缴":  lines("户号核对过，代缴。\n代收代缴，凭证取回后给本人。"),
	"代办员上门协助": lines("上门看过，老人身体还好。\n到家里见了本人，照片已拍。"),
	"村里登记":    lines("已登记，请畜牧站安排。"),
	"村里代为登记":  lines("已登记，情况写在材料里。"),
	"村调委会登记":  lines("已登记，双方都愿意调解。"),
	"党支部收申请书": lines("本人交的申请书，已收。"),
	"党支部代登记":  lines("已代为登记。"),
	"电话预约登记":  lines("家里人打电话约的，已登记。"),
	"接件登记入台账": lines("已登台账。"),

	"examine agent": lines(`到家里看过，情况属实。
和邻居核实过，本人常年在家住。
入户看过，身份信息和本人一致。
核实过，情况属实，同意上报。`),
	"民主评议":  lines("代表评议，到会 11 人，同意 11 人。"),
	"集体评议":  lines("代表评议，到会 13 人，同意 12 人。"),
	"村里评议":  lines("代表评议，到会 9 人，同意 9 人。"),
	"党支部评议": lines("支部党员大会评议，同意申请。"),
	"examine desk": lines(`材料齐全，情况属实，同意上报。
和代办员核对过，符合条件。
资料核对一致，同意上报。
已打电话向本人核实，情况一致。`),
	"征求第三方意见": lines("已征求第三方意见，同意公开。"),
	"examine": lines(`审核通过。
材料符合要求，审核同意。`),
	"examine unit:minzheng": lines(`核对报告已出，没有发现应当核减的收入和财产。
家庭收入、存款比对无异常，名下没有车辆。`),
	"examine unit:zhujian":         lines("查询过，名下没有住房登记。"),
	"examine unit:canlian":         lines("残疾人证有效，等级核对无误。"),
	"examine unit:yibaojingban":    lines("单据齐全，费用已录入。"),
	"examine unit:budongchan":      lines("权属清楚，没有查封和抵押。"),
	"examine unit:paichusuo":       lines("户籍档案核对过，情况属实。"),
	"examine unit:jiuye":           lines("资格符合，额度按规定核定。"),
	"examine unit:falvyuanzhu":     lines("经济困难情况属实，事项在援助范围内。"),
	"examine unit:tuiyijunrenzhan": lines("建档立卡信息核对一致。"),

	"inspect": lines(`现场看过，情况和申报一致。
到场核查，符合要求。`),
	"inspect desk": lines(`入户看过，家里情况和申报一致。
两名干部入户，调查表已由本人签字。`),
	"inspect unit:paichusuo":      lines("民警走访过，情况属实。"),
	"inspect unit:linyezhan":      lines("现场看过，不在封山育林区，四至清楚。"),
	"inspect unit:ziranziyuansuo": lines("现场看过，不占永久基本农田，符合村庄规划。"),
	"inspect unit:pingdingyiyuan": lines("已评定，结果随件附上。"),
	"inspect unit:dongwujiandu":   lines("现场检疫合格。"),
	"机具核验":                        lines("铭牌、编号和发票一致，机具在家。"),
	"危房鉴定":                        lines("鉴定为 C 级。"),
	"检查验收":                        lines("验收合格，面积和合同一致。"),

	"review desk": lines(`复核无误，汇总上报。
资料整理齐全，上报。`),
	"review unit:nongye":  lines("合同复核无误。"),
	"review unit:dangwei": lines("会议研究，同意上报。"),
	"联合审查":                lines("三家到场意见一致，同意。"),

	"certify": lines(`证已做好，送窗口。
已制证，随交换箱送便民服务站。`),
	"登记入户":  lines("已登记入户，户口簿已打印。"),
	"变更登记":  lines("已变更，新页已打印。"),
	"制卡":    lines("卡已制好，寄便民服务站。"),
	"制作协议书": lines("协议书一式三份，双方已签字。"),
	"出具证明":  lines("检疫证明已出。"),

	"perform":  lines("已办完。"),
	"先行发放救助款物": lines("已发救助金，本人签收。"),
	"补齐手续":     lines("手续已补齐，入档。"),
	"兑付": lines(`已打到一卡通。
随本批次打到卡上。`),
	"上门免疫":    lines("已上门打针，戴了耳标。"),
	"转交承保机构":  lines("已交承保机构，对方签收。"),
	"党支部派人谈话": lines("已谈话，谈话记录存支部。"),
	"指派律师":    lines("已指派律师，联系方式随通知书告知。"),
	"调解":      lines("双方到场，调解两次，意见基本一致。"),
	"调查、调解":   lines("到地里看过界址，双方愿意各让一步。"),
	"落实帮教":    lines("帮教小组已定，每月走访一次。"),
	"对接企业":    lines("已和企业对接，明确专人跟办。"),
	"分项申报、跟踪": lines("各项已报出，正在跟踪。"),
	"上门收件":    lines("已到家里收件，材料交便民服务站。"),
	"承办单位办理":  lines("承办单位已办好。"),
	"取回结果":    lines("结果已取回，下次送回。"),
	"银行审核放款":  lines("贷款已发放。"),
	"发布、推送":   lines("已发布，并推送给订阅的人。"),
	"装表接电":    lines("表已装好，当场送电。"),
	"安装通水":    lines("水表已装好，通水正常。"),
	"安装通气":    lines("已通气点火，安全用气当面讲过。"),
	"上门安装":    lines("已上门装好，当场试用正常。"),
}

// approvals are what stands beside a yes, by what the applicant gets.
var approvals = map[item.ResultKind][]string{
	item.Payment:      lines("符合条件，同意发放。\n审核同意，款打到卡上。\n情况属实，同意。"),
	item.Certificate:  lines("符合规定，准予发证。\n材料齐全，同意办理。"),
	item.Registration: lines("情况属实，同意登记。\n符合规定，同意。"),
	item.Answer:       lines("按规定答复。"),
	item.Served:       lines("同意办理。\n符合条件，同意，按时限办完。"),
}
