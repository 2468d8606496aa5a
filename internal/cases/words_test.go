package cases

import (
	"strings"
	"testing"

	"bianmin/internal/item"
)

// TestSaid: what is said in passing is kept without outer blanks and without anybody's number in full.
func TestSaid(t *testing.T) {
	same(t, "said", Said("\n 电话 13912345127，证件 11010519491231002X "), "电话 139****5127，证件 110105********002X")
}

// TestWords: what has to be said with each verb, and what is refused at which field.
func TestWords(t *testing.T) {
	long := strings.Repeat("长", textMost+1)
	for _, x := range []struct {
		name        string
		cmd         Command
		field, code string // empty: nothing is wrong
	}{
		{"nothing is said with receive", Receive{}, "", ""},
		{"nor with accept", Accept{}, "", ""},
		{"nor with take", Take{}, "", ""},
		{"a notice of nothing", Notify{}, "missing", "required"},
		{"a notice of a paper unknown", Notify{Missing: []Lack{{Material: "房产证", What: MaterialAbsent}}}, "missing[0].material", "unknown_material"},
		{"a notice twice of one", Notify{Missing: []Lack{{Material: "居民身份证", What: MaterialAbsent}, {Material: "居民身份证", What: MaterialAbsent}}}, "missing[1].material", "twice"},
		{"a notice of what is here", Notify{Missing: []Lack{{Material: "居民身份证", What: MaterialReceived}}}, "missing[0].what", "unknown_status"},
		{"defective, and not why", Notify{Missing: []Lack{{Material: "居民身份证", What: MaterialDefective}}}, "missing[0].note", "required"},
		{"defective, and why", Notify{Missing: []Lack{{Material: "居民身份证", What: MaterialDefective, Note: "过期"}}}, "", ""},
		{"a notice with time for it", Notify{Missing: []Lack{{Material: "居民身份证", What: MaterialAbsent}}, Days: 180}, "", ""},
		{"a notice with half a year and more", Notify{Missing: []Lack{{Material: "居民身份证", What: MaterialAbsent}}, Days: 181}, "days", "out_of_range"},
		{"a notice with less than no time", Notify{Missing: []Lack{{Material: "居民身份证", What: MaterialAbsent}}, Days: -1}, "days", "out_of_range"},
		{"not seen before, at length", Notify{Missing: []Lack{{Material: "居民身份证", What: MaterialAbsent, Unseen: long}}}, "missing[0].unseen", "too_long"},
		{"an extension of no days", Extend{Reason: "x"}, "days", "out_of_range"},
		{"an extension of eleven days", Extend{Days: 11, Reason: "x"}, "days", "out_of_range"},
		{"an extension of ten days", Extend{Days: 10, Reason: "x"}, "", ""},
		{"an extension, and not why", Extend{Days: 10}, "reason", "required"},
		{"nothing is said with an approval", Approve{}, "", ""},
		{"an extension refused, and not why", RefuseExtension{}, "reason", "required"},
		{"handed on, and not to whom", Hand{Reason: "x"}, "to", "required"},
		{"handed on, and not why", Hand{To: "desk-610881101"}, "reason", "required"},
		{"a correction of nothing", Correct{}, "materials", "required"},
		{"a correction with a paper unknown", Correct{[]Material{paper("房产证", MaterialReceived)}}, "materials[0].name", "unknown_material"},
		{"a correction in no known condition", Correct{[]Material{paper("居民身份证", "")}}, "materials[0].status", "unknown_status"},
		{"not accepted, and not why", Reject{}, "ground", "required"},
		{"not accepted, and why", Reject{Ground: "户籍不在本市"}, "", ""},
		{"passed with nothing to say", Pass{}, "", ""},
		{"passed with too much to say", Pass{Note: long}, "note", "too_long"},
		{"as much as there is room for", Pass{Note: long[:len(long)-len("长")]}, "", ""},
		{"a character that cannot be seen", Pass{Note: "属实\x07"}, "note", "control_character"},
		{"bytes that cannot be read", Pass{Note: "属实\xff"}, "note", "control_character"},
		{"lines are fine", Pass{Note: "属实\n同意"}, "", ""},
		{"a script is a text", Pass{Note: "<script>alert(1)</script>"}, "", ""},
		{"a name beyond the BMP is kept", Pass{Note: "𠮷𬭸"}, "", ""},
		{"returned, and not why", Return{}, "reason", "required"},
		{"returned, blank", Return{Reason: " \n "}, "reason", "required"},
		{"returned to no step", Return{To: 7, Reason: "x"}, "to", "unknown_step"},
		{"returned to less than none", Return{To: -1, Reason: "x"}, "to", "unknown_step"},
		{"special, without a basis", Suspend{Kind: "hearing", Days: 5, Evidence: "听证通知书"}, "basis", "required"},
		{"special, of no known kind", Suspend{Kind: "holiday", Basis: "x", Evidence: "x", Days: 5}, "kind", "unknown_kind"},
		{"special, of no length", Suspend{Kind: "hearing", Basis: "x", Evidence: "听证通知书"}, "expected_days", "out_of_range"},
		{"special, longer than a year", Suspend{Kind: "hearing", Basis: "x", Days: 366, Evidence: "听证通知书"}, "expected_days", "out_of_range"},
		{"special", Suspend{Kind: "hearing", Basis: "x", Days: 365, Evidence: "听证通知书"}, "", ""},
		{"special by the item, which has none of its own", Suspend{Kind: OwnSpecial, Basis: "我想停一停", Evidence: "条子", Days: 5}, "kind", "no_own_procedure"},
		{"special, and no paper begins it", Suspend{Kind: "hearing", Basis: "x", Evidence: " ", Days: 5}, "evidence", "required"},
		{"resumed, and no paper ends it", Resume{Note: "属实"}, "evidence", "required"},
		{"resumed with too much to say", Resume{Evidence: "听证笔录", Note: long}, "note", "too_long"},
		{"yes", DecideOn{Approve: true}, "", ""},
		{"no, and not why", DecideOn{}, "reason", "required"},
		{"handed over, and not how", Deliver{Receiver: "折桂英"}, "way", "required"},
		{"handed over, and not to whom", Deliver{Way: "counter"}, "receiver", "required"},
		{"withdrawn, and not why", Withdraw{}, "reason", "required"},
		{"void, and not why", VoidCommand{}, "reason", "required"},
		{"amended, and not why", Amend{Field: FieldName, Text: "折桂莹"}, "reason", "required"},
		{"amended what cannot be", Amend{Field: "item", Reason: "x"}, "field", "unknown_field"},
		{"looked at, and not why", Reveal{Field: FieldIDNumber}, "reason", "required"},
		{"looked at what is no secret", Reveal{Field: FieldName, Reason: "x"}, "field", "unknown_field"},
	} {
		t.Run(x.name, func(t *testing.T) {
			def, _ := theItems().Get(item.Code(elders))
			wrong := x.cmd.Check(&def)
			if x.code == "" {
				if len(wrong) != 0 {
					t.Fatalf("%v", wrong)
				}
				return
			}
			if len(wrong) != 1 || wrong[0].Path != x.field || wrong[0].Code != x.code || wrong[0].Message == "" {
				t.Fatalf("%v, want %s at %s", wrong, x.code, x.field)
			}
			// Words are looked at before anything else is asked: also of somebody who may not.
			no := receivedAtCounter(t).refuses(theInspector, x.cmd, "invalid")
			same(t, "field", no.Fields[0].Path, x.field)
		})
	}
}
