package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/item"
	"bianmin/internal/journal"
	keys "bianmin/internal/once"
	"bianmin/internal/problem"
)

// land is the program as a city would start it, under a clock that the test moves. Nothing runs beside unless the test
// starts it: what falls due happens when the test says so.
type land struct {
	t      *testing.T
	config app.Config
	app    *app.App
	wall   *clock.Manual
	asked  int
}

// eachLand runs a test in a land of its own on each engine, at 10:00 of 10 March 2026.
func eachLand(t *testing.T, test func(t *testing.T, l *land)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(t, newLand(t, url)) })
}

func newLand(t *testing.T, url string) *land {
	t.Helper()
	l := &land{t: t, wall: clock.NewManual(moment("2026-03-10 10:00"))}
	l.config = app.Config{Data: t.TempDir(), Wall: l.wall, Log: slog.New(slog.DiscardHandler)}
	if db.IsPostgres(url) {
		l.config.DatabaseURL = url
	}
	l.app = l.opened()
	t.Cleanup(func() { errClosing(t, l.app) })
	for _, a := range staff {
		if err := l.app.Access.Add(t.Context(), journal.System, a, ""); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// opened opens the program on the land's data: once more for another copy.
func (l *land) opened() *app.App {
	l.t.Helper()
	a, err := app.Open(context.WithoutCancel(l.t.Context()), l.config, db.Serving)
	if err != nil {
		l.t.Fatal(err)
	}
	return a
}

func (l *land) restart() {
	l.t.Helper()
	if err := l.app.Close(); err != nil {
		l.t.Fatal(err)
	}
	l.app = l.opened()
}

// moment reads an instant in Shanghai.
func moment(s string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", s, calendar.Shanghai)
	if err != nil {
		panic(err)
	}
	return at
}

// staff are those who work in a land.
var staff = []access.Account{
	{Account: clerk, Name: "刘芳", Role: access.Clerk, Place: gaojiabu}, {Account: "clerk2-610881101", Name: "贺小军", Role: access.Clerk, Place: gaojiabu},
	{Account: agent, Name: "高海燕", Role: access.Agent, Place: gaoVillage}, {Account: desk, Name: "张建国", Role: access.Desk, Place: gaojiabu},
	{Account: "head-610881101", Name: "王占山", Role: access.Head, Place: gaojiabu}, {Account: otherClerk, Name: "白芳", Role: access.Clerk, Place: otherTown},
	{Account: "head-610881102", Name: "白占山", Role: access.Head, Place: otherTown}, {Account: minzheng, Name: "民政", Role: access.Unit, Place: city, Unit: "minzheng"},
	{Account: "chief-minzheng", Name: "杨润生", Role: access.Chief, Place: city, Unit: "minzheng"}, {Account: "unit-canlian", Name: "残联", Role: access.Unit, Place: city, Unit: "canlian"},
	{Account: "supervisor", Name: "李督", Role: access.Supervisor, Place: city}, {Account: "inspector", Name: "白察", Role: access.Inspector, Place: city},
}

var theAdmin = access.Actor{Account: "admin", Name: "系统管理员", Role: access.Admin, Place: city}

// who is somebody of the staff.
func who(account string) access.Actor {
	for _, a := range staff {
		if a.Account == account {
			return a.Actor()
		}
	}
	panic("nobody is " + account)
}

func (l *land) key(account string) keys.Key {
	l.asked++
	return keys.Key{Account: account, Path: "/", Key: fmt.Sprint(l.asked)}
}

// files files an application of elderly people's allowance; changes may leave out papers or choose another way.
func (l *land) files(ctx context.Context, account, at string, changes ...func(*cases.Application)) cases.View {
	l.t.Helper()
	p := newPerson()
	a := cases.Application{Item: oldAge, Place: at, Channel: cases.AtCounter, Kind: cases.APerson, Name: "折桂英", IDNumber: p.id, Phone: p.phone}
	for _, change := range changes {
		change(&a)
	}
	if a.Materials == nil {
		def, _ := l.app.City.Items.Find(a.Item)
		for _, m := range def.Materials {
			if m.Need == item.Always {
				a.Materials = append(a.Materials, cases.Material{Name: m.Name, Originals: 1, Status: cases.MaterialReceived})
			}
		}
	}
	return l.view(l.app.Cases.File(ctx, who(account), l.key(account), a))
}

func through(channel cases.Channel) func(*cases.Application) {
	return func(a *cases.Application) { a.Channel = channel }
}

func (l *land) view(answer keys.Answer, err error) (v cases.View) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(explained(err))
	}
	if err := json.Unmarshal(answer.Body, &v); err != nil {
		l.t.Fatal(err)
	}
	return v
}

// explained is an error with what it is about.
func explained(err error) string {
	var no *problem.Problem
	if errors.As(err, &no) {
		return fmt.Sprint(no.Code, " ", no.Facts, " ", no.Fields)
	}
	return err.Error()
}

// does does something to a case as it was seen.
func (l *land) does(ctx context.Context, account string, v cases.View, cmd cases.Command) cases.View {
	l.t.Helper()
	return l.view(l.app.Cases.Do(ctx, who(account), l.key(account), v.Number, v.Version, cmd))
}

// refused does something to a case that cannot be done, and gives the code.
func (l *land) refused(account string, v cases.View, cmd cases.Command) string {
	l.t.Helper()
	_, err := l.app.Cases.Do(l.t.Context(), who(account), l.key(account), v.Number, v.Version, cmd)
	var no *problem.Problem
	if !errors.As(err, &no) {
		l.t.Fatalf("%s: %v", cmd.Verb(), err)
	}
	if len(no.Fields) > 0 {
		return no.Fields[0].Path + ":" + no.Fields[0].Code
	}
	return no.Code
}

func (l *land) now(v cases.View) cases.View {
	l.t.Helper()
	now, err := l.app.Cases.Get(l.t.Context(), who("inspector"), v.Number)
	if err != nil {
		l.t.Fatal(err)
	}
	return now
}

// falls moves the clock and brings about what falls due until then.
func (l *land) falls(until time.Time) int {
	l.t.Helper()
	l.wall.Set(until)
	n, err := l.app.Cases.FallDue(l.t.Context())
	if err != nil {
		l.t.Fatal(err)
	}
	return n
}

// story is everything that happened to a case, but for when it was written down.
func (l *land) story(n cases.Number) string {
	l.t.Helper()
	list, err := l.app.Cases.Timeline(l.t.Context(), who("inspector"), n)
	if err != nil {
		l.t.Fatal(err)
	}
	var lines []string
	for _, e := range list {
		var data map[string]any
		if err := json.Unmarshal(e.Data, &data); err != nil {
			l.t.Fatal(err)
		}
		delete(data, "noted")
		delete(data, "applicant") // everybody is somebody else
		said, _ := json.Marshal(data)
		lines = append(lines, fmt.Sprint(e.Seq, " ", e.At, " ", e.Kind, " ", e.Actor, " ", string(said)))
	}
	return strings.Join(lines, "\n")
}

// kinds are the kinds of what happened to a case, in order.
func (l *land) kinds(n cases.Number) string {
	l.t.Helper()
	list, err := l.app.Cases.Timeline(l.t.Context(), who("inspector"), n)
	if err != nil {
		l.t.Fatal(err)
	}
	var kinds []string
	for _, e := range list {
		kinds = append(kinds, string(e.Kind))
	}
	return strings.Join(kinds, " ")
}

// verifies says that the record and the rows agree.
func (l *land) verifies() {
	l.t.Helper()
	if err := l.app.Keeper.Advance(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
	for _, what := range l.findings() {
		l.t.Errorf("verify finds: %s", what)
	}
}

func (l *land) findings() (list []string) {
	l.t.Helper()
	if err := app.Verify(l.t.Context(), l.config, func(what string) { list = append(list, what) }, func(string, int64) {}); err != nil {
		l.t.Fatal(err)
	}
	return list
}

// missing is a notice of one paper.
var missing = cases.Notify{Missing: []cases.Lack{{Material: "居民身份证", What: cases.MaterialAbsent}}}

var brought = cases.Correct{Materials: []cases.Material{{Name: "居民身份证", Originals: 1, Status: cases.MaterialReceived}}}

func unseen(why string) cases.Notify {
	return cases.Notify{Missing: []cases.Lack{{Material: "高龄补贴申请表", What: cases.MaterialAbsent, Unseen: why}}}
}
