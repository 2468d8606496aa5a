package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// printed is what a command prints.
func printed(t *testing.T, run func() error) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout := os.Stdout
	os.Stdout = w
	failed := run()
	os.Stdout = stdout
	w.Close()
	text, err := io.ReadAll(r)
	if err != nil || failed != nil {
		t.Fatal(err, failed)
	}
	return string(text)
}

// The worked examples, each of them over a holiday.
func TestDuePrintsTheLastDay(t *testing.T) {
	nowhere := where{Data: filepath.Join(t.TempDir(), "none")}
	for _, c := range []struct {
		from     string
		days     int
		calendar bool
		want     string
	}{
		{"2026-02-10", 20, false, "2026-03-16"},
		{"2026-02-14", 5, false, "2026-02-28"}, // a make-up day
		{"2026-09-28", 20, false, "2026-10-30"},
		{"2025-01-24", 5, false, "2025-02-07"},
		{"2024-09-29", 5, false, "2024-10-11"},
		{"2020-01-22", 5, false, "2020-02-06"},
		{"2026-04-30", 5, false, "2026-05-11"},
		{"2026-02-10", 20, true, "2026-03-02"},
		{"2026-09-21", 10, true, "2026-10-08"}, // the last day is National Day: it moves on
	} {
		got := printed(t, (&dueCommand{where: nowhere, From: c.from, Days: c.days, CalendarDays: c.calendar}).Run)
		if strings.TrimSpace(got) != c.want {
			t.Errorf("%s + %d: %q, want %s", c.from, c.days, got, c.want)
		}
	}
	if _, err := os.Stat(nowhere.Data); !os.IsNotExist(err) {
		t.Error("asking founded a data folder")
	}
}

func TestDueSaysWhatIsProvisional(t *testing.T) {
	nowhere := where{Data: filepath.Join(t.TempDir(), "none")}
	got := printed(t, (&dueCommand{where: nowhere, From: "2026-12-25", Days: 10}).Run)
	if !strings.Contains(got, "暂定") || !strings.Contains(got, "2026") {
		t.Errorf("%q", got)
	}
	got = printed(t, (&dueCommand{where: nowhere, From: "2026-12-25", Days: 10, Lines: true}).Run)
	if strings.Count(got, "第 ") != 10 || !strings.Contains(got, "2026-12-25 第一天不算\n") || !strings.Contains(got, "2027-01-08 第 10 天 暂定\n") {
		t.Errorf("%q", got)
	}
	if err := (&dueCommand{where: nowhere, From: "2026-02-30", Days: 1}).Run(); err == nil {
		t.Error("30 February is a day")
	}
	if err := (&dueCommand{where: nowhere, From: "2026-02-10", Days: -1}).Run(); err == nil {
		t.Error("a limit of -1 days")
	}
}

func TestImportingACalendarSaysWhatMoved(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	file := filepath.Join(t.TempDir(), "2027.csv")
	text := "date,kind,name\n2027-01-01,off,元旦\n2027-02-06,off,春节\n2027-02-20,work,春节\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	dry := printed(t, (&calendarImport{where: where{Data: data}, File: file, DryRun: true}).Run)
	if !strings.Contains(dry, "2027-01-01 改为放假（元旦）") || !strings.Contains(dry, "没有改动") {
		t.Errorf("%q", dry)
	}
	before := printed(t, (&dueCommand{where: where{Data: data}, From: "2026-12-31", Days: 1}).Run)
	if !strings.Contains(before, "暂定") {
		t.Errorf("the dry run imported it: %q", before)
	}
	printed(t, (&calendarImport{where: where{Data: data}, File: file}).Run)
	after := printed(t, (&dueCommand{where: where{Data: data}, From: "2026-12-31", Days: 1}).Run)
	if strings.TrimSpace(after) != "2027-01-04" {
		t.Errorf("%q", after)
	}
}
