package access

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"bianmin/internal/journal"
	"bianmin/internal/problem"
)

func TestAddingAnAccount(t *testing.T) {
	unit := Account{Account: "unit-minzheng", Name: "市民政局", Role: Unit, Place: "610881000000", Unit: "minzheng"}
	each(t, func(t *testing.T, b *base) {
		for what, tt := range map[string]struct {
			change func(a *Account)
			want   string
		}{
			"as it should be":           {func(*Account) {}, ""},
			"the shortest name":         {func(a *Account) { a.Account = "a1" }, ""},
			"sixty characters":          {func(a *Account) { a.Account = strings.Repeat("a", 60) }, ""},
			"fifty characters of name":  {func(a *Account) { a.Account, a.Name = "fifty", strings.Repeat("𠮷", 50) }, ""},
			"a name that is taken":      {func(a *Account) { a.Account = clerk.Account }, "invalid account:taken"},
			"one letter":                {func(a *Account) { a.Account = "a" }, "invalid account:bad_account"},
			"sixty-one characters":      {func(a *Account) { a.Account = strings.Repeat("a", 61) }, "invalid account:bad_account"},
			"a capital":                 {func(a *Account) { a.Account = "Clerk" }, "invalid account:bad_account"},
			"a digit first":             {func(a *Account) { a.Account = "1clerk" }, "invalid account:bad_account"},
			"a dot":                     {func(a *Account) { a.Account = "clerk.a" }, "invalid account:bad_account"},
			"a new line at the end":     {func(a *Account) { a.Account = "clerk\n" }, "invalid account:bad_account"},
			"Chinese":                   {func(a *Account) { a.Account = "王芳" }, "invalid account:bad_account"},
			"no name":                   {func(a *Account) { a.Name = "" }, "invalid name:bad_name"},
			"fifty-one characters":      {func(a *Account) { a.Name = strings.Repeat("王", 51) }, "invalid name:bad_name"},
			"no role":                   {func(a *Account) { a.Role = "" }, "invalid role:unknown_role"},
			"a role that is not":        {func(a *Account) { a.Role = "king" }, "invalid role:unknown_role"},
			"no place":                  {func(a *Account) { a.Place = "" }, "invalid place:unknown_place"},
			"a place elsewhere":         {func(a *Account) { a.Place = "610882101000" }, "invalid place:unknown_place"},
			"a clerk in a room":         {func(a *Account) { a.Place = "610881101200" }, "invalid place:wrong_tier"},
			"a clerk in the centre":     {func(a *Account) { a.Place = "610881000000" }, "invalid place:wrong_tier"},
			"an agent in a town":        {func(a *Account) { a.Role = Agent }, "invalid place:wrong_tier"},
			"a supervisor in a town":    {func(a *Account) { a.Role = Supervisor }, "invalid place:wrong_tier"},
			"a clerk of a unit":         {func(a *Account) { a.Unit = "minzheng" }, "invalid unit:no_unit"},
			"a unit that is not":        {func(a *Account) { *a = unit; a.Unit = "nowhere" }, "invalid unit:unknown_unit"},
			"a unit of no name":         {func(a *Account) { *a = unit; a.Unit = "" }, "invalid unit:unknown_unit"},
			"a chief of no unit":        {func(a *Account) { *a = unit; a.Role, a.Unit = Chief, "" }, "invalid unit:unknown_unit"},
			"a chief in a town":         {func(a *Account) { *a = unit; a.Role, a.Place = Chief, "610881101000" }, "invalid place:wrong_tier"},
			"a chief of a town's unit":  {func(a *Account) { *a = unit; a.Role, a.Unit = Chief, "paichusuo" }, "invalid unit:no_chief"},
			"a city's unit in a town":   {func(a *Account) { *a = unit; a.Place = "610881101000" }, "invalid place:wrong_tier"},
			"a town's unit in the city": {func(a *Account) { *a = unit; a.Unit = "paichusuo" }, "invalid place:wrong_tier"},
			"everything at once": {func(a *Account) { *a = Account{Account: "?", Unit: "x"} },
				"invalid account:bad_account name:bad_name role:unknown_role place:unknown_place unit:no_unit"},
		} {
			a := named("clerk-2")
			a.Account = fmt.Sprintf("clerk-%d", len(what)*31+int(what[0])) // a new one each time
			tt.change(&a)
			before := b.number(`SELECT COUNT(*) FROM accounts`)
			if got := code(b.Add(t.Context(), "admin", a, hashed)); got != tt.want {
				t.Errorf("%s: %q, want %q", what, got, tt.want)
			}
			added := b.number(`SELECT COUNT(*) FROM accounts`) - before
			if (added == 1) != (tt.want == "") {
				t.Errorf("%s: %d accounts more", what, added)
			}
		}
		must(t, b.Add(t.Context(), "admin", unit, ""))
		got, err := b.Account(t.Context(), unit.Account)
		must(t, err)
		if got.HasPassword() {
			t.Error("it has a password")
		}
		got.events = 0
		if !reflect.DeepEqual(got, unit) {
			t.Errorf("%+v", got)
		}
	})
}

func TestAnAccountThatIsNotThere(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		for _, name := range []string{"nobody", "", "\x00", "\xff", strings.ToUpper(clerk.Account)} {
			for what, err := range map[string]error{
				"account": func() error { _, err := b.Account(t.Context(), name); return err }(),
				"disable": b.Disable(t.Context(), "admin", name),
				"enable":  b.Enable(t.Context(), "admin", name),
				"reset":   b.Reset(t.Context(), "admin", name),
				"link":    func() error { _, err := b.LinkToken(t.Context(), name); return err }(),
			} {
				if !errors.Is(err, problem.ErrNotFound) {
					t.Errorf("%s %q: %v", what, name, err)
				}
			}
		}
	})
}

func TestListingAccounts(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		for _, name := range []string{"b", "ab", "a-b", "a1", "c"} {
			b.add(named(name + "x"))
		}
		var got []string
		after := ""
		for {
			page, err := b.Accounts(t.Context(), after, 2)
			must(t, err)
			if len(page) == 0 {
				break
			}
			for _, a := range page {
				got, after = append(got, a.Account), a.Account
			}
		}
		if want := []string{"a-bx", "a1x", "abx", "bx", clerk.Account, "cx"}; !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	})
}

func TestDisablingAndEnabling(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		if got := code(b.Enable(t.Context(), "admin", clerk.Account)); got != "not_disabled" {
			t.Errorf("enabling what is not disabled: %q", got)
		}
		must(t, b.Disable(t.Context(), "admin", clerk.Account))
		if got := code(b.Disable(t.Context(), "admin", clerk.Account)); got != "already_disabled" {
			t.Errorf("disabling twice: %q", got)
		}
		if got := b.try(clerk.Account, right, here); got != "wrong_password" {
			t.Errorf("signing in: %q", got)
		}
		must(t, b.Enable(t.Context(), "admin", clerk.Account))
		if got := b.try(clerk.Account, right, here); got != "" {
			t.Errorf("signing in again: %q", got)
		}
		if got := b.kinds(clerk.Account); !slices.Equal(got, []string{KindAdded, KindDisabled, KindEnabled, KindSignedIn}) {
			t.Errorf("the journal has %v", got)
		}
	})
}

func TestChangesOfOneAccountAtOnceAreAllOnRecord(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		var all sync.WaitGroup
		errs := make([]error, 32)
		for i := range errs {
			all.Go(func() {
				if i%2 == 0 {
					_, errs[i] = b.Enter(t.Context(), clerk.Account, From{Address: here})
				} else {
					errs[i] = b.Reset(t.Context(), "admin", clerk.Account)
				}
			})
		}
		all.Wait()
		for _, err := range errs {
			// A session is refused when the password changed after it was asked for.
			if got := code(err); got != "" && got != "wrong_password" {
				t.Error(err)
			}
		}
		a, err := b.Account(t.Context(), clerk.Account)
		must(t, err)
		if kinds := b.kinds(clerk.Account); int64(len(kinds)) != a.events {
			t.Errorf("%d entries and a count of %d", len(kinds), a.events)
		}
		b.replays()
	})
}

// replays checks that the rows are what their entries make of them.
func (b *base) replays() {
	b.t.Helper()
	room := b.Room()
	for after := ""; ; {
		page, err := room.Page(b.t.Context(), after)
		must(b.t, err)
		if len(page) == 0 {
			return
		}
		for _, stored := range page {
			entries, err := b.journal.About(b.t.Context(), stored.Subject)
			must(b.t, err)
			rebuilt, err := room.Rebuild(entries)
			if err != nil || !reflect.DeepEqual(rebuilt, stored) {
				b.t.Errorf("stored %v\nrebuilt %v (%v)", stored, rebuilt, err)
			}
			after = stored.Subject
		}
	}
}

func TestTheRowsAreWhatTheirEntriesMakeOfThem(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.add(named("colleague"))
		must(t, b.Add(t.Context(), "admin", Account{Account: "unit-minzheng", Name: "市民政局", Role: Unit, Place: "610881000000", Unit: "minzheng"}, ""))
		for range 5 {
			b.try("colleague", wrong, here)
		}
		token := b.signIn()
		must(t, b.SignOut(t.Context(), clerk.Actor(), token))
		must(t, b.Reset(t.Context(), "admin", clerk.Account))
		b.replays()
		link, err := b.LinkToken(t.Context(), clerk.Account)
		must(t, err)
		_, err = b.SetPassword(t.Context(), link, right)
		must(t, err)
		must(t, b.Disable(t.Context(), "admin", "colleague"))
		b.replays()
		must(t, b.Enable(t.Context(), "admin", "colleague"))
		b.replays()
	})
}

// Each line changes one column, as the owner of the database could.
func TestAChangedRowIsNotWhatItsEntriesMakeOfIt(t *testing.T) {
	errUndo := errors.New("undo")
	each(t, func(t *testing.T, b *base) {
		entries, err := b.journal.About(t.Context(), subjectOf(clerk.Account))
		must(t, err)
		rebuilt, err := b.Room().Rebuild(entries)
		must(t, err)
		for _, set := range []string{`name = 'x'`, `role = 'admin'`, `place = '610881000000'`, `unit = 'minzheng'`, `unit = ''`, `password = ''`,
			`password = password || 'x'`, `disabled = TRUE`, `factors = '{}'`, `events = 2`, `account = 'clerk-0'`} {
			err := b.db.Write(t.Context(), func(ctx context.Context) error {
				if _, err := b.db.Q(ctx).ExecContext(ctx, `UPDATE accounts SET `+set); err != nil {
					return err
				}
				page, err := b.Room().Page(ctx, "")
				if err != nil || len(page) != 1 || reflect.DeepEqual(page[0], rebuilt) {
					t.Errorf("%s is not seen: %v, %v", set, page, err)
				}
				return errUndo
			})
			if !errors.Is(err, errUndo) {
				t.Fatal(err)
			}
		}
	})
}

func TestAnEntryThatCannotBeReadIsAnError(t *testing.T) {
	for what, e := range map[string]journal.Entry{
		"an unknown kind": {Subject: "account/x", Seq: 1, Kind: "crowned", Data: []byte(`{}`)},
		"an added of no":  {Subject: "account/x", Seq: 1, Kind: KindAdded, Data: []byte(`[]`)},
		"a password of 1": {Subject: "account/x", Seq: 1, Kind: KindPasswordSet, Data: []byte(`{"password":1}`)},
	} {
		if _, err := rebuild([]journal.Entry{e}); err == nil {
			t.Errorf("%s was taken", what)
		}
	}
}
