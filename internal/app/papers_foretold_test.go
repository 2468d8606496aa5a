package app_test

import (
	"slices"
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/paper"
	division "bianmin/internal/place"
)

// TestWhatIsForetoldIsPrinted: what stands beside the list at the counter is the paper, sentence by sentence and nothing
// less, with what the station words besides and without.
func TestWhatIsForetoldIsPrinted(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		ctx := t.Context()
		contact := division.Contact{Code: gaojiabu, Telephone: "0912-8400000", Address: "高家堡镇政府街1号"}
		if err := l.app.SetContacts(ctx, access.Actor{Account: "admin", Role: access.Admin, Place: city}, []division.Contact{contact}); err != nil {
			t.Fatal(explained(err))
		}
		for _, worded := range []bool{false, true} {
			if worded {
				for kind, closing := range map[paper.Kind]string{paper.AllKinds: "特此告知。", paper.Receipt: "请收好。"} {
					w := paper.Wording{Heading: "神木市高家堡镇人民政府", Paragraph: "{申请人}到{服务站}问“{事项}”，编号 {办件编号}，{收件日期}由{负责人}收。\n带上这一张。", Closing: closing, Contact: "咨询电话 0912-8400001"}
					if _, err := l.app.Papers.Word(ctx, who("head-610881101"), kind, "2026-03-10", w); err != nil {
						t.Fatal(explained(err))
					}
				}
			}
			v := l.files(ctx, clerk, gaoVillage)
			def, _ := l.app.City.Items.Get(oldAge)
			from, err := l.app.Papers.Station(ctx, v.Town)
			if err != nil {
				t.Fatal(err)
			}
			a := paper.Application{Def: &def, Kind: v.Applicant.Kind, Applicant: v.Applicant.Name, IDNumber: v.Applicant.IDNumber, Who: v.Responsible.Name,
				On: calendar.DateOf(l.wall.Now()), From: from}
			for _, m := range v.Materials {
				a.Materials = append(a.Materials, cases.Material{Name: m.Name, Originals: m.Originals, Copies: m.Copies, Status: m.Status})
			}
			l.prints(v, paper.Receipt, paper.ForetellReceipt(a, "高家堡镇便民服务站"))
			missing := []cases.Lack{{Material: "居民身份证", What: cases.MaterialDefective, Note: "过期了"}, {Material: def.Materials[1].Name, What: cases.MaterialAbsent}}
			noticed := l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage), cases.Notify{Missing: missing, Days: 20})
			l.prints(noticed, paper.Notice, paper.ForetellNotice(a, missing, 20, a.On.AddDays(20), paper.HandIn(l.app.City.Places, v.Place)))
			accepted := l.does(ctx, clerk, v, cases.Accept{})
			due, err := calendar.ParseDate(*accepted.Limits.Promised.Due)
			if err != nil {
				t.Fatal(err)
			}
			l.prints(accepted, paper.Acceptance, paper.ForetellAcceptance(a, due))
		}
	})
}

// prints issues a paper and takes away from it all that was foretold: no sentence is left.
func (l *land) prints(v cases.View, kind paper.Kind, f paper.Foretold) {
	l.t.Helper()
	_, said := l.issues(clerk, v, kind)
	parts := slices.Concat([]string{f.Heading + f.Title, f.Lead}, f.List, f.Texts)
	for _, row := range f.Rows {
		if row.Value != "发出时写" {
			parts = append(parts, row.Value)
		}
	}
	left := said
	for _, part := range parts {
		for _, line := range strings.Split(part, "\n") {
			line = strings.ReplaceAll(strings.ReplaceAll(line, "发出时写", string(v.Number)), " ", "")
			if !strings.Contains(left, line) {
				l.t.Errorf("%s: %q is not in %s", kind.Chinese(), line, said)
			}
			left = strings.Replace(left, line, "", 1)
		}
	}
	if strings.Contains(left, "。") || !strings.Contains(left, f.Signer) {
		l.t.Errorf("%s says more than was foretold: %s", kind.Chinese(), left)
	}
}
