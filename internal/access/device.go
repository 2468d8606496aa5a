package access

import "strings"

// DeviceWords names a device in plain words by what a browser says of itself: 谷歌浏览器，Windows 电脑. It is a help for
// recognising one's own, nothing more: anybody can write there what they like.
func DeviceWords(userAgent string) string {
	browser, system := first(userAgent, browsers), first(userAgent, systems)
	switch {
	case browser == "" && system == "":
		return "程序接口"
	case browser == "":
		return "别的浏览器，" + system
	case system == "":
		return browser
	}
	return browser + "，" + system
}

type mark struct{ sign, words string }

// browsers, the special ones first: nearly all say that they are Chrome and Safari, too.
var browsers = []mark{
	{"MicroMessenger", "微信"}, {"DingTalk", "钉钉"}, {"QQBrowser", "QQ 浏览器"}, {"UCBrowser", "UC 浏览器"}, {"360SE", "360 浏览器"}, {"QIHU", "360 浏览器"},
	{"HuaweiBrowser", "华为浏览器"}, {"MiuiBrowser", "小米浏览器"}, {"VivoBrowser", "vivo 浏览器"}, {"HeyTapBrowser", "OPPO 浏览器"},
	{"Edg", "Edge 浏览器"}, {"Firefox", "火狐浏览器"}, {"Chrome", "谷歌浏览器"}, {"Safari", "Safari 浏览器"},
}

var systems = []mark{
	{"OpenHarmony", "鸿蒙设备"}, {"HarmonyOS", "鸿蒙设备"}, {"iPhone", "苹果手机"}, {"iPad", "苹果平板"}, {"Android", "安卓手机"},
	{"Windows", "Windows 电脑"}, {"Mac OS", "苹果电脑"}, {"UOS", "统信电脑"}, {"Kylin", "麒麟电脑"}, {"Linux", "Linux 电脑"},
}

func first(userAgent string, marks []mark) string {
	for _, m := range marks {
		if strings.Contains(userAgent, m.sign) {
			return m.words
		}
	}
	return ""
}
