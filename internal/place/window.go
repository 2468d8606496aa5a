package place

import "slices"

// Windows are the standard counters of a station in the order of §三7, then the paying
// counter of §五(一). The comprehensive counter (综合窗口) takes any of their items.
var windows = []string{
	"民政社保窗口", "户政服务窗口", "惠农服务窗口", "计生服务窗口", "党员服务窗口",
	"司法服务窗口", "代办服务窗口", "生产生活服务窗口", "水电气通讯广电缴费窗口", "综合窗口",
}

// Windows lists the standard counters in their order.
func Windows() []string { return slices.Clone(windows) }

// WindowOrder is a counter's position in that list; a counter of a place's own comes last.
func WindowOrder(name string) int {
	if i := slices.Index(windows, name); i >= 0 {
		return i
	}
	return len(windows)
}
