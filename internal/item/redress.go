package item

// Redress is how a person may contest what was decided. Against an act of the administration these are
// reconsideration and the court (行政复议法 第二十条、行政诉讼法 第四十六条; 行政许可法 第三十八条 asks a refusal to name
// them, 行政复议法实施条例 第十七条 the authority that reconsiders); what an enterprise, a service or the party decides is
// no such act.
func (d Definition) Redress(authority string) string {
	switch d.Regime {
	case Utility, Service, Party:
		return "有异议的，可以到窗口反映，或者拨打 12345。"
	}
	return "不服的，可以自收到决定书之日起 60 日内向" + authority + "申请行政复议，或者 6 个月内向人民法院起诉。"
}

// Decider owns the step that decides.
func (d Definition) Decider() Owner {
	for _, step := range d.Steps {
		if step.Kind == Decide {
			return step.Owner
		}
	}
	return Owner{}
}
