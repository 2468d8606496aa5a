// Package words puts what went wrong into Chinese, in one place for pages and API: what happened, why, what now. The
// rules of tone stand in the design (ux): plain, short, no exclamation marks, and what is refused names its ground and
// the ways out.
package words

import (
	"fmt"
	"strings"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/problem"
)

// Problem words a problem: a title, and what is to be said beyond it.
func Problem(p *problem.Problem) (title, detail string) {
	if say, ok := sayings[p.Code]; ok {
		title, detail = say(p.Facts)
		return title, detail
	}
	return "这一步没有办成", "请刷新页面再看一次"
}

type saying func(f problem.Facts) (title, detail string)

func plain(title, detail string) saying {
	return func(problem.Facts) (string, string) { return title, detail }
}

var sayings = map[string]saying{
	"not_signed_in":  plain("请先登录", "离开太久或者还没有登录。填的还在，登录接着办"),
	"wrong_password": plain("账号或者密码不对", "请核对后再登录。连错 5 次要等 30 分钟"),
	"too_many_tries": func(f problem.Facts) (string, string) {
		return "错的次数太多，先停一停", fmt.Sprintf("请等 %v 分钟再试", f["minutes"])
	},
	"too_many_guesses": func(f problem.Facts) (string, string) {
		return "用完整号码查不到的次数太多", fmt.Sprintf("请等 %v 分钟再用号码查。现在可以用姓名、拼音首字母或者办件编号找", f["minutes"])
	},
	"sign_in_busy":   plain("现在登录的人太多", "填的没有错，请过几秒再登录一次"),
	"wrong_sms_code": plain("验证码不对，或者过了 5 分钟", "请照最近一条短信填，也可以再发一次"),
	"code_too_soon": func(f problem.Facts) (string, string) {
		return "验证码刚发过", "请看最近一条短信。" + inWhile(f) + "以后可以再发"
	},
	"code_paused": func(f problem.Facts) (string, string) {
		return "这个手机号连错 5 次，先停一停", "请等 " + inWhile(f) + "再试"
	},
	"code_too_many_here": func(f problem.Facts) (string, string) {
		return "这里一个小时里要的验证码太多了", "请等 " + inWhile(f) + "再试，或者用自己的手机上网"
	},
	"no_messages":             plain("现在发不了验证码", "短信没有接通，所以不能用手机号登录"),
	"wrong_code":              plain("验证码不对，或者已经用过了", "请等手机上换下一个再写。连错 5 次要等 30 分钟"),
	"wrong_passkey":           plain("通行密钥没有通过", "请再按一次，或者用密码和验证码登录"),
	"factor_needed":           plain("还要验证码", "这个账号登录要再验证一步，请把验证码（或者恢复码）一起交来"),
	"factor_setup_needed":     plain("要先设登录验证", "这个岗位登录要再验证一步。请先在网页上登录一次，照提示设好"),
	"confirm_needed":          plain("请再确认一次", "登录超过 10 分钟了。改密码、登录验证、岗位以前，再交一次密码或者验证码"),
	"last_factor":             plain("这是最后一种登录验证，不能去掉", "这个岗位登录要再验证一步。先设另一种，再去掉这种"),
	"no_factor":               plain("还没有设登录验证", "设了手机验证码或者通行密钥，才有恢复码"),
	"own_factors":             plain("自己的登录验证不能自己清除", "请另一位系统管理员清除；手机还在的，到“我的账号”里换"),
	"no_passkeys_here":        plain("现在的地址用不了通行密钥", "请换成带安全锁的域名打开，或者用手机验证码"),
	"too_many_passkeys":       plain("通行密钥太多了", "一个账号最多 10 个，请先去掉不用的"),
	"last_admin":              plain("这是最后一个系统管理员", "停了、换了岗位，就没有人能管账号了。请先加一个系统管理员"),
	"not_found":               plain("没有找到", "编号不对，或者这件不归这里办"),
	"nothing_to_follow":       plain("没有查到", "办件编号或者手机号后四位不对，请照回执核对"),
	"forbidden":               plain("这件事不归这个岗位办", "要办的话，请找有这个权限的同事"),
	"invalid":                 plain("有几处要改", "请照提示改好再交"),
	"idempotency_key_missing": plain("少了防重号", "请求头里要有 Idempotency-Key，每次新的办理用一个新的"),
	"idempotency_key_reused":  plain("防重号用过了", "这个 Idempotency-Key 已经用在另一份内容上，请换一个新的"),
	"unsupported_media_type":  plain("内容的格式不对", "请用 application/json"),
	"body_too_large":          plain("内容太大", "一次最多 1 MB"),
	"body_unreadable":         plain("内容没有传完", "没连上，没有丢。请再交一次"),
	"not_utf8":                plain("文字的编码不对", "请用 UTF-8"),
	"too_deep":                plain("内容嵌套太深", "请照接口文档写"),
	"not_json":                plain("内容不是 JSON", "请照接口文档写"),
	"bad_request":             plain("请求读不懂", "请照接口文档写"),
	"no_such_route":           plain("没有这个地址", "请照接口文档核对地址和方法"),
	"method_not_allowed":      plain("这个地址不能这样用", "请照接口文档核对方法"),
	"internal":                plain("这一步出了差错", "已经记下来了，请过一会儿再试"),
	"unavailable":             plain("系统没连上，这一步没有办", "填的没有丢，过一会儿再试"),
	"storage_full":            plain("磁盘满了，这一步没有存下来", "列表和自己经手的件照样能看，打开别的件要留记录，现在打不开。请管理员腾出空间，腾出来就能接着办"),
	"restart_needed":          plain("磁盘出了故障，新的办理先停下", "列表和自己经手的件照样能看，打开别的件要留记录，现在打不开。请管理员检查磁盘，再重启程序"),
	"not_signed_yet":          plain("这一步还没有签进日志", "刚办的要等几秒，请再试一次"),
	"clock_backwards":         plain("时间只能往前走", "请写一个以后的时间"),
	"nobody_there": func(f problem.Facts) (string, string) {
		return said(f, "place") + "还没有开通网上交", "没有人收，先不要交。请打 12345，或者到便民服务站的窗口办"
	},
	"too_many_drafts":  plain("没填完的太多了", "请先把填到一半的交上去，或者删掉几份"),
	"already_disabled": plain("这个账号已经停用了", "不用再停"),
	"not_disabled":     plain("这个账号没有停用", "不用再启用"),

	"stale_version": staleVersion,
	"wrong_state":   wrongState,
	"not_your_step": notYourStep,
	"materials_missing": func(f problem.Facts) (string, string) {
		return "材料还不齐，不能受理", "还缺：" + list(f["missing"]) + "。可以一次告诉申请人"
	},
	"already_notified": alreadyNotified,
	"not_responsible": func(f problem.Facts) (string, string) {
		return "只有负责这件的人才能移交", "现在由" + said(f, "responsible") + "负责，请本人移交，或者请站长移交"
	},
	"extension_open": func(f problem.Facts) (string, string) {
		return "已经申请过延期，还没有批", said(f, "by") + "已经申请了，请等批复"
	},
	"extended_before": func(f problem.Facts) (string, string) {
		return "只能延期一次", fmt.Sprintf("%s已经同意延长 %v 天，不能再延", said(f, "head"), f["days"])
	},
	"limit_passed": plain("期限已经过了，不能再申请延期", "延期要在期限以内申请、批准。请尽快办，办结时写明原因"),
	"extension_lapsed": func(f problem.Facts) (string, string) {
		return "期限已经过了，不能再同意延期", said(f, "by") + "申请以后没有在期限以内批。请选“不同意延期”，写明理由，让经办人尽快办"
	},
	"no_extension_open": plain("没有等批的延期申请", "请刷新再看"),
	"not_your_approval": func(f problem.Facts) (string, string) {
		return "这份延期申请不归这个岗位批", "由申请人所在站的站长或者部门负责人批，自己不能批自己的"
	},
	"already_yours":       plain("这件已经接手了", "直接办就行"),
	"no_earlier_step":     plain("前面没有可以退回的步骤", "不同意的，请在决定里写明理由"),
	"cannot_return_there": plain("不能退回到那一步", "只能退回到受理以后、已经办过的步骤"),
	"not_on_the_spot": func(f problem.Facts) (string, string) {
		return "这个事项不能当场办结", said(f, "item") + "是承诺件，要一步一步办"
	},
	"rating_too_early": plain("还没有办完，不能评价", "办完以后 30 天里都能评"),
	"rating_too_late":  plain("办完已经超过 30 天，不能评价了", "有意见请打便民服务站的电话"),
	"rating_fixed": func(f problem.Facts) (string, string) {
		return "评价过了，是“" + said(f, "grade") + "”", "评价以后 5 天里能改，现在不能再改"
	},
	"rating_called_back": plain("已经回访过，评价不能再改", "还有意见请打便民服务站的电话"),
	"called_back_before": func(f problem.Facts) (string, string) {
		return "这一条已经回访过", said(f, "by") + "记了回访，不用再记"
	},
	"questions_waiting": plain("还有问题没有回复", "请等前面的问题有了回复再问，急的话打便民服务站的电话"),
	"nothing_to_answer": plain("没有等着回复的问题", "可能同事刚回复过，请刷新再看"),
	"same_under_way":    sameUnderWay,
	"draft_newer":       plain("这份在别的页面改过了", "请看过较新的那份再存，两份都没有丢"),
	"draft_filed":       plain("这份已经收件了", "不用再存。另办一件，请重新开始"),
	"nothing_changes":   plain("没有改动", "新写的和原来一样"),
	"list_too_long": func(f problem.Facts) (string, string) {
		return fmt.Sprintf("这张表超过 %v 件，没有导出", f["most"]), "请先按镇、按月或者按事项筛一筛，分几次导出"
	},
	"paper_not_due": func(f problem.Facts) (string, string) {
		return "现在出不了" + said(f, "paper"), "这一件现在是“" + said(f, "state") + "”，还没有办到要出这份文书的一步"
	},
	"paper_field_missing": func(f problem.Facts) (string, string) {
		return said(f, "paper") + "还缺内容，没有出", "还缺：" + list(f["missing"]) + "。补上以后再出"
	},
	"paper_no_glyph": func(f problem.Facts) (string, string) {
		return "有字印不出来，文书没有出", "字库里没有这几个字：" + said(f, "characters") + "。请管理员把有这些字的字库（.ttf）放进数据目录的 fonts，再重启程序"
	},
	"paper_altered": func(f problem.Facts) (string, string) {
		return "存档和签发时不一致，文书没有给出", said(f, "number") + "：请管理员用 bianmin verify 核对"
	},
	"no_such_paper": plain("没有这份文书", "文书编号或者验证码不对，请照文书上的核对"),
	"files_closed": func(f problem.Facts) (string, string) {
		return fmt.Sprintf("现在是“%s”，不能再添图片", cases.State(said(f, "state")).Chinese()), "图片添到决定为止"
	},
	"file_on_record": plain("已经收件了，图片不能删", "可以换一张新的，原来那张留在记录里"),
	"too_many_files": func(f problem.Facts) (string, string) {
		return "图片太多了", fmt.Sprintf("一件最多 %v 张，请挑清楚的留下", f["most"])
	},
	"no_files":       plain("这一件还没有图片", "先添上图片"),
	"nothing_coming": plain("没有等着收的材料", "别人已经收了，或者交接已经了结。请刷新再看"),
	"nothing_held":   plain("没有要还的原件", "原件都还了，或者没有留下"),
	"upload_elsewhere": func(f problem.Facts) (string, string) {
		return "已经传到了别处", fmt.Sprintf("服务器上有 %v 字节，请从那里接着传", f["offset"])
	},
	"upload_gone":       plain("这次上传已经没有了", "上传一天以后作废。请重新选这张照片"),
	"piece_too_large":   plain("一次传得太多", "每次最多 64 KB"),
	"uploads_full":      plain("没有传完的太多", "请先把前面的传完，或者删掉"),
	"scanner_silent":    plain("查病毒的程序没有应答", "文件先存着，过一会儿再按一次“接着传”"),
	"tus_version":       plain("上传协议的版本不对", "请照接口文档写"),
	"file_altered":      plain("存档和收下时不一致，没有打开", "请管理员用 bianmin verify 核对"),
	"nothing_to_reveal": plain("没有登记电话", "可以用更正补上"),
}

// inWhile is how long to wait: in seconds below two minutes.
func inWhile(f problem.Facts) string {
	if seconds, ok := f["retry_after"].(int); ok && seconds < 120 {
		return fmt.Sprintf("%d 秒", seconds)
	}
	return fmt.Sprintf("%v 分钟", f["minutes"])
}

// sameUnderWay names the case that is under way, or, where it is not to be seen, whom to ask.
func sameUnderWay(f problem.Facts) (string, string) {
	where := ""
	if number := said(f, "number"); number != "" {
		where = fmt.Sprintf("%s %s收的“%s”，编号 %s，现在是“%s”。", when(said(f, "at")), said(f, "by"), said(f, "item"), number, said(f, "state"))
	}
	if ask := list(f["ask"]); ask != "" {
		where += "“" + said(f, "item") + "”在" + ask + "有一件正在办，请先问那里。"
	}
	return "同一个人的这件事正在办", where + "确实是另一件的，写明为什么，再收"
}

// ToApplicant makes the words for whoever files from home: they cannot say why it is another matter, a counter can.
func ToApplicant(p *problem.Problem) (title, detail string) {
	if p.Code != "same_under_way" {
		return Problem(p)
	}
	where := list(p.Facts["ask"])
	if where == "" {
		where = "窗口"
	}
	return "同一个人的这件事正在办，不用再交", "要问办到哪里了，或者确实是另一件，请打电话或者到" + where + "说"
}

func staleVersion(f problem.Facts) (string, string) {
	return "这件刚才有人办过了", lastDone(f) + "。请看过现在的情况再办"
}

func wrongState(f problem.Facts) (string, string) {
	state, verb := cases.State(said(f, "state")), cases.Verb(said(f, "verb"))
	return fmt.Sprintf("现在是“%s”，不能%s", state.Chinese(), verb.Chinese()), lastDone(f)
}

func notYourStep(f problem.Facts) (string, string) {
	if said(f, "step") == "" {
		return "这一步不归这个岗位办", lastDone(f)
	}
	return "这一步不归这个岗位办", fmt.Sprintf("现在是“%s”，由%s办", said(f, "step"), ownerChinese(said(f, "owner")))
}

func ownerChinese(written string) string {
	o, err := item.ParseOwner(written)
	if err != nil {
		return "别人"
	}
	if o.Kind == item.UnitDesk {
		return "有关部门"
	}
	return o.Kind.Chinese()
}

func alreadyNotified(f problem.Facts) (string, string) {
	return "不能再发第二次告知", fmt.Sprintf("%s %s已经告知过：%s。%s：材料不齐应当一次告知。确实是上次看不出来的，请逐样写明为什么，并会作为过错，记在第一次告知的人名下", when(said(f, "at")), said(f, "by"), list(f["missing"]), said(f, "basis"))
}

// lastDone says who did the last thing, and when.
func lastDone(f problem.Facts) string {
	by, kind := said(f, "last_by"), said(f, "last_kind")
	if by == "" {
		return "请刷新再看"
	}
	return fmt.Sprintf("%s %s已经办了“%s”", by, when(said(f, "last_at")), cases.Kind(kind).Chinese())
}

func said(f problem.Facts, key string) string {
	s, _ := f[key].(string)
	return s
}

func list(v any) string {
	names, _ := v.([]string)
	return strings.Join(names, "、")
}

// when writes an instant as people say it: 3月10日 10:20.
func when(stamp string) string {
	t, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return ""
	}
	t = t.In(calendar.Shanghai)
	return calendar.DateOf(t).Chinese() + " " + t.Format("15:04")
}
