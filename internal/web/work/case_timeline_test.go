package work

import (
	"encoding/json"
	"testing"

	"bianmin/internal/cases"
)

func TestTimelineSaysWhatEachEventHolds(t *testing.T) {
	v := everyVerb()
	for kind, tc := range map[cases.Kind]struct{ data, want string }{
		cases.KindReceived:         {`{"channel":"counter","green":"老年人"}`, "渠道：窗口。绿色通道：老年人"},
		cases.KindNotified:         {`{"missing":[{"material":"申请表","what":"absent"},{"material":"银行卡","what":"defective","note":"没有激活"}],"days":30,"first":{"name":"贾明亮"}}`, "要补：申请表（没带）、银行卡（不合格。没有激活）。不是第一次告知，记在贾明亮名下。给 30 天补"},
		cases.KindCorrected:        {`{"materials":[{"name":"申请表"},{"name":"银行卡"}]}`, "补来：申请表、银行卡"},
		cases.KindAccepted:         {`{}`, ""},
		cases.KindRejected:         {`{"ground":"不归这里管","whose":"大保当镇","redress":"可以申请行政复议。"}`, "理由：不归这里管。应当去：大保当镇。可以申请行政复议"},
		cases.KindTaken:            {`{}`, ""},
		cases.KindPassed:           {`{"step":3,"note":"情况属实"}`, "“村里核实”。意见：情况属实"},
		cases.KindReturned:         {`{"from":4,"to":3,"reason":"补照片"}`, "从“复审”退到“村里核实”。理由：补照片"},
		cases.KindSuspended:        {`{"special":"appraisal","basis":"评残","evidence":"委托书 3 号","expected_days":10}`, "鉴定。依据：评残。凭据：委托书 3 号。预计 10 个工作日，暂停计时"},
		cases.KindResumed:          {`{"evidence":"鉴定意见书 8 号","note":"三级"}`, "凭据：鉴定意见书 8 号。结果：三级"},
		cases.KindDecided:          {`{"step":5,"approve":false,"reason":"年龄不够","redress":"不服的，可以申请行政复议。"}`, "不同意。理由：年龄不够。不服的，可以申请行政复议"},
		cases.KindDelivered:        {`{"way":"counter","receiver":"折桂英"}`, "窗口领取。折桂英领的"},
		cases.KindWithdrawn:        {`{"reason":"不办了"}`, "原因：不办了"},
		cases.KindVoided:           {`{"reason":"收错了"}`, "原因：收错了"},
		cases.KindAmended:          {`{"field":"phone","reason":"写错了","new_sealed":{"masked":"139****4567"}}`, "电话从“无”改成“139****4567”。原因：写错了"},
		cases.KindSilent:           {`{"papers":"2026-03-02","days":5}`, "材料 3月2日到的，5 个工作日里没有受理，也没有告知。期限从那天起算"},
		cases.KindReminded:         {`{"until":"2026-04-09"}`, "补正到 4月9日为止"},
		cases.KindLapsed:           {`{"days":30}`, "告知以后 30 天没有补齐"},
		cases.KindOverran:          {`{"days":10}`, "告诉申请人的是 10 个工作日"},
		cases.KindExtensionAsked:   {`{"days":5,"reason":"要等外地回函"}`, "延 5 个工作日。理由：要等外地回函"},
		cases.KindExtended:         {`{"days":5,"reason":"要等外地回函"}`, "延 5 个工作日。理由：要等外地回函"},
		cases.KindExtensionRefused: {`{"reason":"可以打电话问"}`, "理由：可以打电话问"},
		cases.KindHanded:           {`{"to":{"account":"desk","name":"王文军"},"reason":"出差"}`, "移交给王文军。理由：出差"},
		cases.KindRecounted: {`{"shifts":[{"limit":"promised","from":"2026-03-24","to":"2026-03-25"},{"limit":"legal","from":"2026-04-08","to":"2026-04-07"}]}`,
			"承诺期限从 3月24日改到 3月25日，晚 1 天；法定期限从 4月8日改到 4月7日，早 1 天"},
		cases.KindTakenIn:   {`{"materials":[{"name":"户口簿","status":"received"}]}`, "看过的材料：户口簿"},
		cases.KindSubmitted: {`{"channel":"online","afar":{"filer":"折小梅","relation":"子女","bring":["户口簿"]}}`, "渠道：网上。折小梅（子女）替办；说会带来：户口簿"},
		cases.KindAsked:     {`{"text":"钱什么时候到"}`, "钱什么时候到"},
		cases.KindAnswered:  {`{"n":1,"text":"下个月"}`, "下个月"},
		cases.KindConveyed:  {`{"things":[{"name":"户口簿","originals":1}],"from_place":"高家堡村便民服务室","giver":"贺桂兰","to_place":"高家堡镇便民服务站","taker":"刘芳"}`, "户口簿（原件 1）。高家堡村便民服务室贺桂兰交给高家堡镇便民服务站刘芳"},
		cases.KindEntrusted: {`{"agent":"折小军","relation":"子女","matters":["补正材料"],"until":"2026-06-30"}`, "委托折小军（子女）。补正材料。到 6月30日为止"},
		cases.KindServed:    {`{"paper":"准予决定书","service":"left","reached":true,"why":"拒收","witness":"贺桂兰"}`, "准予决定书。留置送达，送到了。原因：拒收。见证人：贺桂兰"},
		cases.KindRevealed:  {`{"field":"id_number","reason":"核对"}`, "看了证件号。原因：核对"},
	} {
		var d eventData
		if err := json.Unmarshal([]byte(tc.data), &d); err != nil {
			t.Fatal(err)
		}
		if got := saidOf(kind, d, v); got != tc.want {
			t.Errorf("%s: %s, want %s", kind, got, tc.want)
		}
	}
	if said := saidOf(cases.KindDecided, eventData{Approve: true}, v); said != "同意" {
		t.Error(said)
	}
}

func TestEveryKindOfEventIsTested(t *testing.T) {
	silent := map[cases.Kind]bool{cases.KindAccepted: true, cases.KindTaken: true, cases.KindResealed: true}
	full := eventData{Channel: cases.AtCounter, Missing: []cases.Lack{{Material: "x", What: cases.MaterialAbsent}}, Materials: []cases.Material{{Name: "x"}}, Ground: "x", Step: 3, Note: "x",
		From: 4, To: json.RawMessage(`3`), Papers: "2026-03-02", Until: "2026-04-09", Shifts: []cases.Shift{{Limit: "legal"}}, Reason: "x", Special: "hearing", Way: "counter", Receiver: "x", Field: "name", Old: "x", New: "y", Text: "x",
		Things: []cases.Thing{{Name: "x", Originals: 1}}, Paper: "x", Material: "x", Given: []string{"x"}}
	for _, k := range cases.Kinds {
		if got := saidOf(k.Kind, full, everyVerb()); (got == "") != silent[k.Kind] {
			t.Errorf("%s says %q", k.Kind, got)
		}
	}
}
