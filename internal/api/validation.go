package api

import (
	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
)

// separator stands between the code, the words and the argument within one of huma's messages.
const separator = "\x1f"

const codeRequired = "required"

// unknownQuery is the one message of huma's that cannot be replaced.
const unknownQuery = "unknown query parameter"

// init replaces huma's English messages, some of which echo the value, by a code and Chinese words. It must come before
// the first operation is described: huma writes some messages out beforehand.
func init() {
	huma.NewError = humaProblem
	// Names are taken as they stand: with CHANNEL beside channel one would be checked and the other believed.
	huma.ValidateStrictCasing = true
	huma.DefaultArrayNullable = false // a list of ours is empty, never null
	set := func(message *string, code, chinese string) { *message = code + separator + chinese }
	set(&validation.MsgUnexpectedProperty, "unknown_field", "没有这个字段")
	set(&validation.MsgExpectedRequiredProperty, codeRequired, "这个字段要写"+separator+"%s")
	set(&validation.MsgExpectedDependentRequiredProperty, codeRequired, "这个字段要写"+separator+"%s%.0s")
	set(&validation.MsgExpectedBoolean, "not_boolean", "要写 true 或者 false")
	set(&validation.MsgExpectedNumber, "not_number", "要写数字，不加引号")
	set(&validation.MsgExpectedInteger, "not_integer", "要写整数，不加引号")
	set(&validation.MsgExpectedString, "not_string", "要写文字")
	set(&validation.MsgExpectedArray, "not_array", "要写列表")
	set(&validation.MsgExpectedObject, "not_object", "要写对象")
	set(&validation.MsgExpectedOneOf, "not_one_of", "只能写：%s")
	set(&validation.MsgExpectedMinimumNumber, "too_small", "不能小于 %v")
	set(&validation.MsgExpectedMaximumNumber, "too_large", "不能大于 %v")
	set(&validation.MsgExpectedMinLength, "too_short", "至少 %d 个字")
	set(&validation.MsgExpectedMaxLength, "too_long", "最多 %d 个字")
	set(&validation.MsgExpectedMinItems, "too_few", "至少 %d 项")
	set(&validation.MsgExpectedMaxItems, "too_many", "最多 %d 项")
	set(&validation.MsgExpectedMatchPattern, "control_character", "里面有看不见的字符，请重新写%.0s")
	set(&validation.MsgExpectedRFC3339DateTime, "not_a_time", "时间写成 2026-03-12T09:00:00+08:00")
	set(&validation.MsgExpectedMatchAtLeastOneSchema, "invalid", "填得不对，请照接口文档写")
	set(&validation.MsgExpectedMatchExactlyOneSchema, "invalid", "填得不对，请照接口文档写")
}
