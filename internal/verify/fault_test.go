package verify_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/cases"
	"bianmin/internal/file"
	"bianmin/internal/once"
	"bianmin/internal/paper"
)

// notifiedTwice leaves a fault on somebody's record: a case under correction gets a second notice.
func notifiedTwice(t *testing.T, a *app.App) {
	t.Helper()
	page, err := a.Cases.List(t.Context(), access.Actor{Role: access.Inspector}, cases.Filter{State: cases.Correcting, Limit: 1})
	if err != nil || len(page.Cases) != 1 {
		t.Fatalf("%d cases under correction (%v)", len(page.Cases), err)
	}
	v := page.Cases[0]
	clerk, err := a.Access.Account(t.Context(), "clerk-"+string(v.Town)[:9])
	if err != nil {
		t.Fatal(err)
	}
	again := cases.Notify{Missing: []cases.Lack{{Material: v.Materials[0].Name, What: cases.MaterialDefective, Note: "看不清", Unseen: "补来以后才能核对"}}}
	if _, err := a.Cases.Do(t.Context(), clerk.Actor(), once.Key{Account: clerk.Account, Key: "again"}, v.Number, v.Version, again); err != nil {
		t.Fatal(err)
	}
}

// paperIssued leaves a paper: what is kept of it is a row, too.
func paperIssued(t *testing.T, a *app.App) {
	t.Helper()
	page, err := a.Cases.List(t.Context(), access.Actor{Role: access.Inspector}, cases.Filter{State: cases.Correcting, Limit: 1})
	if err != nil || len(page.Cases) != 1 {
		t.Fatalf("%d cases under correction (%v)", len(page.Cases), err)
	}
	clerk, err := a.Access.Account(t.Context(), "clerk-"+string(page.Cases[0].Town)[:9])
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.Papers.Issue(t.Context(), clerk.Actor(), page.Cases[0].Number, paper.Notice); err != nil {
		t.Fatal(err)
	}
	head, err := a.Access.Account(t.Context(), "head-"+string(page.Cases[0].Town)[:9])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Papers.Word(t.Context(), head.Actor(), paper.AllKinds, "2099-01-01", paper.Wording{Closing: "特此告知。"}); err != nil {
		t.Fatal(err)
	}
}

// photographed puts a photograph to a case, and looks at it.
func photographed(t *testing.T, a *app.App) {
	t.Helper()
	page, err := a.Cases.List(t.Context(), access.Actor{Role: access.Inspector}, cases.Filter{State: cases.Correcting, Limit: 1})
	if err != nil || len(page.Cases) != 1 {
		t.Fatalf("%d cases under correction (%v)", len(page.Cases), err)
	}
	v := page.Cases[0]
	clerk, err := a.Access.Account(t.Context(), "clerk-"+string(v.Town)[:9])
	if err != nil {
		t.Fatal(err)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 90, 90))); err != nil {
		t.Fatal(err)
	}
	f, err := a.Files.Put(t.Context(), clerk.Actor(), v.Number, file.For{Material: v.Materials[0].Name}, "a.png", picture.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Files.Look(t.Context(), clerk.Actor(), v.Number, f.N, "view"); err != nil {
		t.Fatal(err)
	}
}
