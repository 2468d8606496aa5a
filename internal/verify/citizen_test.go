package verify_test

import (
	"regexp"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/cases"
	"bianmin/internal/sms"
)

// ratedByACitizen has the applicant of some case that is over sign in and rate it.
func ratedByACitizen(t *testing.T, a *app.App) {
	t.Helper()
	ctx := t.Context()
	page, err := a.Cases.List(ctx, access.Actor{Role: access.Inspector}, cases.Filter{State: cases.Lapsed, Sort: cases.ByNewest, Limit: 1})
	if err != nil || len(page.Cases) != 1 || page.Cases[0].Applicant.Phone == nil {
		t.Fatalf("no case that lapsed with a telephone (%v)", err)
	}
	phone := "13991234567"
	if err := a.Citizens.Ask(ctx, phone, "10.8.1.101"); err != nil {
		t.Fatal(err)
	}
	list, err := a.Messages.List(ctx, sms.Filter{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`\d{6}`).FindString(list.Messages[0].Text)
	if _, _, err := a.Citizens.SignIn(ctx, phone, code, "10.8.1.101"); err != nil {
		t.Fatal(err)
	}
	masked := *page.Cases[0].Applicant.Phone
	if err := a.Ratings.RateFollowed(ctx, string(page.Cases[0].Number), masked[len(masked)-4:], "192.0.2.1", 5, "跑了两趟"); err != nil {
		t.Fatal(err)
	}
}
