package app_test

import (
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/paper"
	division "bianmin/internal/place"
)

// TestPapersOfExtremes issues each kind with a name of 50 characters and reasons over two pages, all of which stand in the paper.
func TestPapersOfExtremes(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		ctx := t.Context()
		contact := division.Contact{Code: gaojiabu, Telephone: "0912-5550100", Address: strings.Repeat("高家堡镇人民政府院内一楼", 8)}
		if err := l.app.SetContacts(ctx, access.Actor{Account: "admin", Role: access.Admin, Place: city}, []division.Contact{contact}); err != nil {
			t.Fatal(err)
		}
		name := strings.Repeat("买买提·阿卜杜拉", 6) + "𠮷买"
		long := strings.TrimSuffix(strings.Repeat("经核查，申请人提交的户口簿与身份证记载的出生日期不一致，须由原登记机关核实；", 25), "；") + "。"
		named := func(a *cases.Application) { a.Name = name }
		look := func(account string, v cases.View, kind paper.Kind, want ...string) {
			t.Helper()
			_, text := l.issues(account, v, kind)
			for _, w := range append(want, name) {
				if !strings.Contains(strings.ReplaceAll(text, "·", ""), strings.ReplaceAll(strings.Join(strings.Fields(w), ""), "·", "")) {
					t.Errorf("%s: %.40s is not in %s", kind.Chinese(), w, text)
				}
			}
		}
		v := l.files(ctx, clerk, gaoVillage, named)
		look(clerk, v, paper.Receipt, contact.Telephone, contact.Address)
		w := l.does(ctx, clerk, v, cases.Notify{Missing: []cases.Lack{{Material: "居民身份证", What: cases.MaterialDefective, Note: long[:600]}}})
		look(clerk, w, paper.Notice)
		look(clerk, l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage, named), cases.Reject{Ground: long}), paper.Rejection)
		v = l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage, named), cases.Accept{})
		look(clerk, v, paper.Acceptance)
		v = l.does(ctx, agent, v, cases.Suspend{Kind: "hearing", Basis: long, Evidence: "听证通知书", Days: 5})
		look(agent, v, paper.Special)
		v = l.does(ctx, agent, v, cases.Resume{Evidence: "听证笔录"})
		v = l.does(ctx, agent, v, cases.Extend{Days: 5, Reason: long})
		v = l.does(ctx, "head-610881101", v, cases.Approve{})
		look(desk, v, paper.Extension)
		v = l.does(ctx, desk, l.does(ctx, agent, v, cases.Pass{}), cases.Pass{})
		w = l.does(ctx, minzheng, v, cases.DecideOn{Approve: false, Reason: long})
		look(minzheng, w, paper.Refusal, long[:300])
		w = l.does(ctx, clerk, w, cases.Deliver{Way: "counter", Receiver: name})
		look(clerk, w, paper.Delivery)
		look(clerk, w, paper.Register)
		x := l.files(ctx, clerk, gaojiabu, named, func(a *cases.Application) { a.Item, a.Finish = onTheSpot, &cases.Finish{Approve: true} })
		look(clerk, x, paper.Approval)
	})
}
