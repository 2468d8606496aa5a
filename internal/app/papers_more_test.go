package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/demo"
	"bianmin/internal/paper"
	division "bianmin/internal/place"
	"bianmin/internal/problem"
)

// keep leaves a paper to be looked at, where BIANMIN_LOOK names a folder.
func keep(t *testing.T, name string, pdf []byte) {
	t.Helper()
	if folder := os.Getenv("BIANMIN_LOOK"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, name+".pdf"), pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

const drawn = "[[100,80,180,300,320,90],[420,60,430,330],[500,200,900,180]]"

// TestPapersOnTheirWay: what was handed over stays with both sides until the other has confirmed each thing; what is missing
// stays in sight of the head, until it comes or is ended. The voucher says who confirmed what.
func TestPapersOnTheirWay(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		ctx := t.Context()
		v := l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage), cases.Accept{})
		lists := func(account string, of cases.Moves) int {
			t.Helper()
			list, err := l.app.Cases.List(ctx, who(account), cases.Filter{Moves: of})
			if err != nil {
				t.Fatal(err)
			}
			return len(list.Cases)
		}
		both := func(when string, coming, sent int) {
			t.Helper()
			for _, c := range []struct {
				account string
				of      cases.Moves
				want    int
			}{{clerk, cases.MovesComing, coming}, {desk, cases.MovesComing, coming}, {agent, cases.MovesSent, sent}, {"head-610881101", cases.MovesAll, sent},
				{agent, cases.MovesComing, 0}, {clerk, cases.MovesSent, 0}, {minzheng, cases.MovesComing, 0}} {
				if got := lists(c.account, c.of); got != c.want {
					t.Errorf("%s: %d are %s for %s, want %d", when, got, c.of, c.account, c.want)
				}
			}
		}
		had := lists(clerk, cases.MovesComing)
		if had != 0 {
			t.Fatalf("%d are on their way in an empty house", had)
		}
		v = l.does(ctx, agent, v, cases.Convey{Things: []cases.Thing{{Name: "户口簿", Originals: 1}, {Name: "居民身份证", Copies: 2}}, From: "高家堡村便民服务室", Giver: "贺桂兰",
			To: "高家堡镇便民服务站", Taker: "刘芳"})
		both("handed over", 1, 1)
		yes, no := true, false
		n := v.Moves[0].N
		for want, cmd := range map[string]cases.Command{
			"nothing_coming":           cases.Arrive{N: n + 100, Things: []cases.Came{{Name: "户口簿", Came: &yes}}},
			"things:required":          cases.Arrive{N: n, Things: []cases.Came{{Name: "户口簿", Came: &yes}}},
			"things[0].came:required":  cases.Arrive{N: n, Things: []cases.Came{{Name: "户口簿"}}},
			"note:required":            cases.Arrive{N: n, Things: []cases.Came{{Name: "户口簿", Came: &yes}, {Name: "居民身份证", Came: &no}}},
			"things[2].name:not_moved": cases.Arrive{N: n, Things: []cases.Came{{Name: "户口簿", Came: &yes}, {Name: "居民身份证", Came: &yes}, {Name: "房产证", Came: &yes}}},
		} {
			if got := l.refused(clerk, v, cmd); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
		v = l.does(ctx, clerk, v, cases.Arrive{N: n, Things: []cases.Came{{Name: "居民身份证", Came: &no}, {Name: "户口簿", Came: &yes}}, Note: "只有一份复印件"})
		both("one thing is missing", 1, 1)
		if m := v.Moves[0]; len(m.Things) != 1 || m.Things[0].Name != "居民身份证" || m.Missed == nil || m.Missed.Note != "只有一份复印件" || m.Missed.By.Account != clerk {
			t.Errorf("%+v", m)
		}
		if got := l.refused(agent, v, cases.Arrive{N: n, Things: []cases.Came{{Name: "居民身份证", Came: &yes}}}); got != "nothing_coming" {
			t.Errorf("who sent confirms: %s", got)
		}
		v = l.does(ctx, desk, v, cases.Arrive{N: n, Things: []cases.Came{{Name: "居民身份证", Came: &yes}}})
		both("all came", 0, 0)
		l.says(clerk, v, paper.Conveyance, []string{"屏幕确认收到，没收到：居民身份证", "10时00分屏幕确认收到"}, law)

		// Recorded where it came to, it is there; ended by the head, it is on no list.
		v = l.does(ctx, clerk, v, cases.Convey{Things: []cases.Thing{{Name: "户口簿", Originals: 1}}, From: "高家堡村便民服务室", Giver: "贺桂兰", To: "高家堡镇便民服务站", Taker: "刘芳"})
		both("recorded by who received", 0, 0)
		v = l.does(ctx, agent, v, cases.Convey{Things: []cases.Thing{{Name: "户口簿", Originals: 1}}, From: "高家堡村便民服务室", Giver: "贺桂兰", To: "高家堡镇便民服务站", Taker: "刘芳"})
		both("again", 1, 1)
		v = l.does(ctx, "head-610881101", v, cases.EndMove{N: v.Moves[0].N, Reason: "记错了，没有交"})
		both("ended", 0, 0)
		if len(v.Moves) > 0 {
			t.Errorf("%+v", v.Moves)
		}
	})
}

// TestThePapersThatMove: hand-overs, an authority, and a service that reached somebody at the second try; what was drawn
// on the screen stands in the paper as lines, and nowhere in the journal in the clear.
func TestThePapersThatMove(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		ctx := t.Context()
		v := l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage), cases.Accept{})
		before := v.Version
		v = l.does(ctx, agent, v, cases.Convey{Things: []cases.Thing{{Name: "户口簿", Originals: 1}, {Name: "居民身份证", Copies: 2}}, From: "高家堡村便民服务室", Giver: "贺桂兰",
			To: "高家堡镇便民服务站", Taker: "刘芳"})
		v = l.does(ctx, clerk, v, cases.Convey{Things: []cases.Thing{{Name: "户口簿", Originals: 1}}, From: "高家堡镇便民服务站", Giver: "刘芳", To: "申请人", Taker: "𠮷民"})
		l.says(clerk, v, paper.Conveyance, []string{"1户口簿（原件1份）居民身份证（复印件2份）高家堡村便民服务室贺桂兰", "2户口簿（原件1份）高家堡镇便民服务站刘芳申请人𠮷民", "接收人签名"}, law)
		v = l.does(ctx, clerk, v, cases.Entrust{Name: "折小军", Relation: "子女", IDTyped: "440524188001010014", Matters: cases.Matters[:2], Until: "2026-06-30"})
		_, authority := l.issues(clerk, v, paper.Mandate)
		for _, want := range []string{"委托书高家堡镇便民〔2026〕委字第1号", "受托人折小军", "440524********0014", "1.提交申请和材料2.补正材料", "从2026年3月10日起，到2026年6月30日止", "代办不收取任何费用"} {
			if !strings.Contains(authority, want) {
				t.Errorf("%q is not in %s", want, authority)
			}
		}
		if l.refused(clerk, v, cases.Serve{Paper: "受理通知书", Way: cases.ServedDirectly, Reached: true, Where: "x", Receiver: "x"}) != "signed_on:required" {
			t.Error("served directly without any signature")
		}
		v = l.does(ctx, agent, v, cases.Serve{Paper: "受理通知书", Way: cases.ServedByPost, Mail: "EX123", Where: "高家堡村三组", Why: "家里没有人"})
		if _, _, err := l.app.Papers.Issue(ctx, who(clerk), v.Number, paper.Delivery); codeOf(err) != "paper_not_due" {
			t.Errorf("a receipt of what reached nobody: %v", err)
		}
		v = l.does(ctx, agent, v, cases.Serve{Paper: "受理通知书", Way: cases.ServedDirectly, Reached: true, Where: "高家堡村三组", Receiver: "折桂英", Relation: "本人", Strokes: drawn})
		p, text := l.issues(agent, v, paper.Delivery)
		for _, want := range []string{"送达方式直接送达", "签收身份本人", "1.2026年3月10日10时00分邮寄送达，没有送到：家里没有人", "签收人签名："} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not in %s", want, text)
			}
		}
		file, err := l.app.Papers.PDF(ctx, who(clerk), p.ID)
		if err != nil || strings.Count(string(file), " m\n") != 3 || strings.Contains(text, "日期：") {
			t.Errorf("%v: the signature is not drawn as three strokes", err)
		}
		keep(t, "delivery", file)
		events, err := l.app.Cases.Timeline(ctx, who(clerk), v.Number)
		if err != nil || strings.Contains(fmt.Sprintf("%s", events[len(events)-1].Data), "180,300") || strings.Contains(fmt.Sprintf("%s", events[len(events)-1].Data), "sealed") {
			t.Errorf("%v: the timeline shows the signature", err)
		}
		if v.Version != before {
			t.Error("moving papers made the case another")
		}
		for _, k := range []paper.Kind{paper.Conveyance, paper.Mandate} {
			file, err := l.app.Papers.PDF(ctx, who(clerk), paper.ID(fmt.Sprintf("%s-%s-1", v.Number, k)))
			if err != nil {
				t.Fatal(err)
			}
			keep(t, string(k), file)
		}
		l.verifies()
	})
}

// TestManyAtOnce: each is numbered and kept by itself; what cannot be issued stops no other; again they are copies.
func TestManyAtOnce(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		ctx := t.Context()
		var numbers []cases.Number
		for i := range 3 {
			v := l.files(ctx, clerk, gaoVillage)
			if i < 2 {
				v = l.does(ctx, clerk, v, cases.Accept{})
			}
			numbers = append(numbers, v.Number)
		}
		far := l.does(ctx, otherClerk, l.files(ctx, otherClerk, otherTown), cases.Accept{})
		made, err := l.app.Papers.IssueMany(ctx, who(clerk), append(numbers, far.Number, numbers[0]), paper.Acceptance)
		if err != nil || len(made.Issued) != 2 || len(made.Refused) != 2 || made.Refused[0].Why.Code != "paper_not_due" || made.Refused[1].Why.Code != "not_found" {
			t.Fatalf("%+v %v", made, err)
		}
		var ids []paper.ID
		for i, x := range made.Issued {
			if x.Again || !strings.HasSuffix(x.Number, fmt.Sprintf("受字第 %d 号", i+1)) {
				t.Errorf("%+v", x)
			}
			ids = append(ids, x.ID)
		}
		file, err := l.app.Papers.File(ctx, who(clerk), []paper.ID{ids[1], ids[0]})
		text := read(t, file)
		first, second := strings.Index(text, strings.ReplaceAll(made.Issued[1].Number, " ", "")), strings.Index(text, strings.ReplaceAll(made.Issued[0].Number, " ", ""))
		if err != nil || first < 0 || second < first || strings.Count(text, "扫码核验") != 2 {
			t.Errorf("%v: not both, in order: %s", err, text)
		}
		again, err := l.app.Papers.IssueMany(ctx, who(clerk), numbers[:2], paper.Acceptance)
		if err != nil || !again.Issued[0].Again || again.Issued[1].ID != ids[1] {
			t.Errorf("%+v %v", again, err)
		}
		if _, err := l.app.Papers.File(ctx, who(otherClerk), ids); codeOf(err) != "not_found" {
			t.Errorf("another town's papers: %v", err)
		}
		if _, err := l.app.Papers.IssueMany(ctx, who(clerk), make([]cases.Number, 201), paper.Acceptance); codeOf(err) != "invalid" {
			t.Errorf("201 at once: %v", err)
		}
		l.verifies()
	})
}

// TestAPlaceWordsItsPapers: by versions, each from its day; a paper keeps the one that it was drawn by.
func TestAPlaceWordsItsPapers(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		ctx := t.Context()
		const head = "head-610881101"
		v := l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage), cases.Accept{})
		plain, _ := l.issues(clerk, v, paper.Acceptance)
		kept, err := l.app.Papers.PDF(ctx, who(clerk), plain.ID)
		if err != nil {
			t.Fatal(err)
		}
		text := paper.Wording{Heading: "神木市高家堡镇人民政府", Paragraph: "{申请人}可以到{服务站}问。\n带上这份通知书。", Closing: "特此告知。", Contact: "咨询电话 0912-8400000"}
		if _, err := l.app.Papers.Word(ctx, who(clerk), paper.AllKinds, "2026-03-10", text); codeOf(err) != "forbidden" {
			t.Errorf("a clerk words papers: %v", err)
		}
		for path, bad := range map[string]paper.Wording{"paragraph:unknown_field": {Paragraph: "{身高}"}, "closing:unbalanced": {Closing: "{申请人"}, "heading:control_character": {Heading: "一\n二"},
			"contact:too_long": {Contact: strings.Repeat("长", 201)}, "seal_at:not_one_of": {SealAt: "x"}} {
			_, err := l.app.Papers.Word(ctx, who(head), paper.AllKinds, "2026-03-10", bad)
			if got := fieldsOf(err); got != path {
				t.Errorf("%s, want %s", got, path)
			}
		}
		if _, err := l.app.Papers.Word(ctx, who(head), paper.AllKinds, "2026-03-09", text); fieldsOf(err) != "since:out_of_range" {
			t.Errorf("from yesterday: %v", err)
		}
		one, err := l.app.Papers.Word(ctx, who(head), paper.AllKinds, "2026-03-10", text)
		if err != nil || one.N != 1 {
			t.Fatal(one, explained(err))
		}
		later, err := l.app.Papers.Word(ctx, who(head), paper.AllKinds, "2026-04-01", paper.Wording{Closing: "四月的话。"})
		if err != nil || later.N != 2 {
			t.Fatal(later, explained(err))
		}
		sample, err := l.app.Papers.Preview(ctx, who(head), paper.Acceptance, paper.Wording{Closing: "看看。"}, v.Number)
		if err != nil || !strings.Contains(read(t, sample.File), "样张，不作凭据") || !strings.Contains(read(t, sample.File), "看看。") {
			t.Errorf("the preview: %v", err)
		}
		if again, _ := l.issues(clerk, v, paper.Acceptance); again.ID != plain.ID {
			t.Error("a new wording made an old paper void")
		}
		if file, err := l.app.Papers.PDF(ctx, who(clerk), plain.ID); err != nil || !bytes.Equal(file, kept) {
			t.Errorf("%v: an old paper is another by a new wording", err)
		}
		w := l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage), cases.Accept{})
		p, said := l.issues(clerk, w, paper.Acceptance)
		for _, want := range []string{"神木市高家堡镇人民政府受理通知书", "折桂英可以到高家堡镇便民服务站问。", "带上这份通知书。", "特此告知。咨询电话0912-8400000"} {
			if !strings.Contains(said, want) {
				t.Errorf("%q is not in %s", want, said)
			}
		}
		if p.Wording == nil || *p.Wording != one.ID || strings.Contains(said, "四月") {
			t.Errorf("%+v", p)
		}
		file, err := l.app.Papers.PDF(ctx, who(clerk), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		keep(t, "worded", file)
		// A field that the case lacks: refused by its name, and no number is lost.
		if _, err := l.app.Papers.Word(ctx, who(head), paper.Receipt, "2026-03-10", paper.Wording{Paragraph: "决定于{决定日期}作出。"}); err != nil {
			t.Fatal(explained(err))
		}
		_, _, err = l.app.Papers.Issue(ctx, who(clerk), w.Number, paper.Receipt)
		if codeOf(err) != "paper_field_missing" || !strings.Contains(explained(err), "决定日期") {
			t.Errorf("not refused by the field: %v", err)
		}
		list, err := l.app.Papers.Wordings(ctx, who(head))
		if err != nil || len(list) != 3 || !slices.ContainsFunc(list, func(v paper.Version) bool { return v.ID == one.ID && v.InForce && v.By == head }) {
			t.Errorf("%+v %v", list, err)
		}
		l.wall.Set(moment("2026-04-02 09:00"))
		x := l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage), cases.Accept{})
		if _, said := l.issues(clerk, x, paper.Acceptance); !strings.Contains(said, "四月的话。") || strings.Contains(said, "特此告知") {
			t.Error(said)
		}
		l.verifies()
	})
}

// TestTheLedgerOfADay: every line of what was done there, and nothing of elsewhere.
func TestTheLedgerOfADay(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		ctx := t.Context()
		v := l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage), cases.Accept{})
		p, _ := l.issues(clerk, v, paper.Acceptance)
		v = l.does(ctx, clerk, v, cases.Reveal{Field: "phone", Reason: "打电话"})
		l.does(ctx, agent, v, cases.Pass{})
		l.files(ctx, otherClerk, otherTown)
		day := calendar.NewDate(2026, 3, 10)
		book, err := l.app.Papers.Ledger(ctx, who(clerk), paper.Span{Place: gaojiabu, From: day, Until: day})
		if err != nil {
			t.Fatal(explained(err))
		}
		var did []string
		for i, x := range book.Lines {
			if x.N != i+1 || x.Number != v.Number || x.Name != "折桂英" || x.Who != "刘芳" && x.Who == "" {
				t.Errorf("%+v", x)
			}
			did = append(did, x.Did)
		}
		if got := strings.Join(did, " "); got != "收件 受理 出具受理通知书" || book.Cases != 1 || book.Lines[2].Note != p.Number {
			t.Errorf("%s %+v", got, book)
		}
		file, err := l.app.Papers.PDFOf(book)
		text := read(t, file)
		keep(t, "ledger", file)
		if err != nil || !strings.Contains(text, "办件日登记簿") || !strings.Contains(text, "共1件，3项") || !strings.Contains(text, "折桂英") || !strings.Contains(text, "没有文号，不作凭证") {
			t.Errorf("%v %s", err, text)
		}
		var out bytes.Buffer
		if err := book.WriteSheet(&out); err != nil || !bytes.HasPrefix(out.Bytes(), []byte("PK")) {
			t.Errorf("the workbook: %v", err)
		}
		room, err := l.app.Papers.Ledger(ctx, who(agent), paper.Span{Place: gaoVillage, From: calendar.NewDate(2026, 3, 1), Until: calendar.NewDate(2026, 3, 31)})
		if err != nil || len(room.Lines) != 1 || room.Lines[0].Did != "通过" {
			t.Errorf("%+v %v", room, err)
		}
		for account, at := range map[string]division.Code{agent: gaojiabu, clerk: otherTown, minzheng: gaojiabu} {
			if _, err := l.app.Papers.Ledger(ctx, who(account), paper.Span{Place: at, From: day, Until: day}); codeOf(err) != "not_found" {
				t.Errorf("%s reads the ledger of %s: %v", account, at, err)
			}
		}
		if _, err := l.app.Papers.Ledger(ctx, who(clerk), paper.Span{Place: gaojiabu, From: day, Until: day.AddDays(31)}); fieldsOf(err) != "until:out_of_range" {
			t.Errorf("32 days: %v", err)
		}
		if paper.MayRead(access.Actor{Role: access.Admin, Place: gaojiabu}, gaojiabu) {
			t.Error("the administrator reads a ledger")
		}
	})
}

// TestTheLedgerIsNumbered: it is a paper like the others, with a number and a code; asked again it is the same while nothing
// was done, whatever became of the cases since; what was done afterwards is in a new one, which says which it replaces.
func TestTheLedgerIsNumbered(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		ctx, day := t.Context(), calendar.NewDate(2026, 3, 10)
		v := l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage), cases.Accept{})
		issue := func(account string, at division.Code) (paper.Paper, bool) {
			t.Helper()
			p, again, err := l.app.Papers.IssueDay(ctx, who(account), at, day)
			if err != nil {
				t.Fatal(explained(err))
			}
			return p, again
		}
		one, again := issue(clerk, gaojiabu)
		if again || one.ID != "610881101000-20260310-13-1" || one.Number != "高家堡镇便民〔2026〕簿字第 1 号" || one.Issuer != "高家堡镇便民服务站" {
			t.Errorf("%v %+v", again, one)
		}
		file, err := l.app.Papers.PDF(ctx, who("inspector"), one.ID)
		if err != nil {
			t.Fatal(explained(err))
		}
		keep(t, "ledger-numbered", file)
		text := read(t, file)
		for _, want := range []string{"办件日登记簿", "簿字第1号", "共1件，2项", "折桂英", "扫码核验这份文书", string(one.ID), "登记人签名", "2026年3月10日"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not in %s", want, text)
			}
		}
		code := theCode.FindStringSubmatch(text)
		if code == nil {
			t.Fatal("no code")
		}
		g, err := l.app.Papers.Genuine(ctx, one.ID, code[1])
		if err != nil || !g.Whole || g.For != "" || g.Item != "2026年3月10日，共 1 件，2 项" || g.Replaced != nil {
			t.Errorf("%+v %v", g, err)
		}
		l.does(ctx, agent, v, cases.Pass{}) // elsewhere: the case stands otherwise now, and nothing was done at the station
		if p, again := issue("head-610881101", gaojiabu); !again || p.ID != one.ID {
			t.Errorf("%v %+v", again, p)
		}
		l.files(ctx, clerk, gaoVillage)
		two, again := issue(clerk, gaojiabu)
		file, err = l.app.Papers.PDF(ctx, who(clerk), two.ID)
		if err != nil {
			t.Fatal(explained(err))
		}
		if text := read(t, file); again || two.Replaces == nil || *two.Replaces != one.ID || !strings.Contains(text, "本文书替代"+strings.ReplaceAll(one.Number, " ", "")) || !strings.Contains(text, "共2件，3项") {
			t.Errorf("%v %+v %s", again, two, text)
		}
		if g, err := l.app.Papers.Genuine(ctx, one.ID, code[1]); err != nil || g.Replaced == nil || *g.Replaced != two.ID {
			t.Errorf("%+v %v", g, err)
		}
		book, err := l.app.Papers.Ledger(ctx, who(clerk), paper.Span{Place: gaojiabu, From: day, Until: day})
		if err != nil || len(book.Lines) != 3 || len(book.Issued) != 2 || book.Issued[1].ID != two.ID {
			t.Errorf("a ledger lists itself, or is not listed: %+v %v", book, err)
		}
		l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage), cases.Amend{Field: "name", Typed: "邉\U000e0100\U00031350", Reason: "写错了"})
		odd, _ := issue(clerk, gaojiabu)
		file, err = l.app.Papers.PDF(ctx, who(clerk), odd.ID)
		if err != nil {
			t.Fatal(explained(err))
		}
		if text := read(t, file); !strings.Contains(text, "邉〓高龄") || !strings.Contains(text, "〓处的字，字库里没有") {
			t.Errorf("a name with a character that no font has: %s", text)
		}
		if room, _ := issue(agent, gaoVillage); room.Number != "高家堡镇高家堡村便民〔2026〕簿字第 1 号" {
			t.Errorf("%+v", room)
		}
		if _, _, err := l.app.Papers.IssueDay(ctx, who(clerk), gaojiabu, day.AddDays(-1)); fieldsOf(err) != "day:nothing_done" {
			t.Errorf("a day on which nothing was done: %v", err)
		}
		for account, at := range map[string]division.Code{agent: gaojiabu, clerk: otherTown, minzheng: gaojiabu, "inspector": gaojiabu} {
			if _, _, err := l.app.Papers.IssueDay(ctx, who(account), at, day); codeOf(err) != "not_found" {
				t.Errorf("%s issues the ledger of %s: %v", account, at, err)
			}
		}
		for _, account := range []string{otherClerk, minzheng} {
			if _, err := l.app.Papers.PDF(ctx, who(account), one.ID); codeOf(err) != "not_found" {
				t.Errorf("%s opens it: %v", account, err)
			}
		}
		l.verifies()
	})
}

// TestTheApiOfPapers: what the pages do, over the API, in the shapes that are described.
func TestTheApiOfPapers(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.as(t, clerk).did(t, h.filed(t, oldAge, gaoVillage), "accept", nil)
		d, today := describedBy(t, h), v.FiledAt[:len("2026-03-10")] // other tests move the clock
		body := form{"kind": "03", "numbers": []string{string(v.Number), "610881101-2026-999999-1"}}
		got := h.as(t, clerk).send(t, http.MethodPut, "/api/v1/papers", body).want(t, 200)
		d.fits(t, answerOf("put /api/v1/papers", "200"), got.raw)
		if !strings.Contains(string(got.raw), string(v.Number)+"-03-1") || !strings.Contains(string(got.raw), `"not_found"`) {
			t.Errorf("%s", got.raw)
		}
		pdf := h.as(t, clerk).post(t, "/api/v1/papers/file", form{"papers": []string{string(v.Number) + "-03-1"}}).want(t, 200)
		if !bytes.HasPrefix(pdf.raw, []byte("%PDF-")) {
			t.Errorf("%.20s", pdf.raw)
		}
		if got := h.as(t, clerk).post(t, "/api/v1/papers/zip", form{"papers": []string{string(v.Number) + "-03-1"}}).want(t, 200); !bytes.HasPrefix(got.raw, []byte("PK")) {
			t.Errorf("%.20s", got.raw)
		}
		set := h.as(t, "head-610881101").post(t, "/api/v1/papers/wording/03", form{"since": today, "heading": "", "paragraph": "", "closing": "特此告知。", "contact": "", "seal_at": "date"}).want(t, 200)
		d.fits(t, answerOf("post /api/v1/papers/wording/{kind}", "200"), set.raw)
		d.fits(t, answerOf("get /api/v1/papers/wording", "200"), h.as(t, "head-610881101").get(t, "/api/v1/papers/wording").want(t, 200).raw)
		ledger := h.as(t, clerk).get(t, "/api/v1/ledger?"+url.Values{"place": {string(gaojiabu)}, "from": {today}}.Encode()).want(t, 200)
		d.fits(t, answerOf("get /api/v1/ledger", "200"), ledger.raw)
		h.as(t, clerk).get(t, "/api/v1/ledger?place=610881101000&from=x").at(t, "from:not_date")
		there := h.filed(t, oldAge, otherTown)
		today = there.FiledAt[:len("2026-03-10")]
		day := "/api/v1/ledger/" + otherTown + "/" + today
		h.as(t, otherClerk).send(t, http.MethodPut, day, nil).want(t, 201)
		d.fits(t, answerOf("put /api/v1/ledger/{place}/{day}", "200"), h.as(t, otherClerk).send(t, http.MethodPut, day, nil).want(t, 200).raw)
		d.fits(t, answerOf("get /api/v1/ledger", "200"), h.as(t, otherClerk).get(t, "/api/v1/ledger?"+url.Values{"place": {otherTown}, "from": {today}}.Encode()).want(t, 200).raw)
		h.as(t, otherClerk).send(t, http.MethodPut, "/api/v1/ledger/"+otherTown+"/x", nil).want(t, 404)
		numbered := otherTown + "-" + strings.ReplaceAll(today, "-", "") + "-13-1"
		if pdf := h.as(t, otherClerk).get(t, "/api/v1/ledger/papers/"+numbered).want(t, 200); !bytes.HasPrefix(pdf.raw, []byte("%PDF-")) {
			t.Errorf("%.20s", pdf.raw)
		}
		h.as(t, clerk).get(t, "/api/v1/ledger/papers/"+string(v.Number)+"-03-1").want(t, 404)

		desk := h.visitor(t)
		opens(t, desk, "POST", h.server.URL+"/sign-in", url.Values{"account": {clerk}, "password": {demo.Password}})
		if status, _, body := opens(t, desk, "GET", h.server.URL+"/papers?kind=03", nil); status != 200 || !strings.Contains(body, "出过，高家堡镇便民") {
			t.Errorf("%d %s", status, body)
		}
		if status, head, _ := opens(t, desk, "GET", h.server.URL+"/ledger/xlsx?day=2026-03-10", nil); status != 200 || !strings.Contains(head.Get("Content-Disposition"), ".xlsx") {
			t.Errorf("%d %v", status, head)
		}
		// Without a script people sign on paper, and the clerk says when, and who saw it.
		serve := url.Values{"version": {fmt.Sprint(v.Version)}, "serve.paper": {"受理通知书"}, "serve.way": {"direct"}, "serve.reached": {"yes"}, "serve.where": {"高家堡村"},
			"serve.receiver": {"折桂英"}, "serve.relation": {"本人"}, "serve.signed_on": {"2026-03-10"}}
		if status, _, body := opens(t, desk, "POST", h.server.URL+"/cases/"+string(v.Number)+"/serve", serve); status != 422 || !strings.Contains(body, "请写见证人") {
			t.Errorf("signed on paper before nobody: %d", status)
		}
		serve.Set("serve.witness", "贺桂兰")
		if status, _, body := opens(t, desk, "POST", h.server.URL+"/cases/"+string(v.Number)+"/serve", serve); status != 200 || !strings.Contains(body, "见证人：贺桂兰") {
			t.Errorf("signed on paper: %d", status)
		}
		if status, _, body := opens(t, desk, "POST", h.server.URL+"/papers", url.Values{"kind": {"03"}}); status != 422 || !strings.Contains(body, "请先勾选办件") {
			t.Errorf("nothing ticked: %d", status)
		}
		h.verifies(t)
	})
}

// fieldsOf is the first wrong field of a refusal.
func fieldsOf(err error) string {
	var no *problem.Problem
	if !errors.As(err, &no) || len(no.Fields) == 0 {
		return fmt.Sprint(err)
	}
	return no.Fields[0].Path + ":" + no.Fields[0].Code
}
