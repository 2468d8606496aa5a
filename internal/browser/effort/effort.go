package effort

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Task is what somebody wants to get done, and what it took.
type Task struct {
	Name   string `json:"name"` // in plain English: from where to where
	Role   string `json:"role"`
	Budget int    `json:"budget"` // clicks and keys together, besides what must be typed
	Clicks int    `json:"clicks"`
	Keys   int    `json:"keys"`
	Typed  int    `json:"typed"` // characters that must be typed
}

// Page is what is measured: a browser.Page.
type Page interface {
	Type(text string)
	Keys() int
	Clicks() int
	ResetCounts()
}

// Measurement is one task under way.
type Measurement struct {
	page  Page
	typed int
}

// Begin starts counting.
func Begin(p Page) *Measurement {
	p.ResetCounts()
	return &Measurement{page: p}
}

// Type types what must be typed: it is counted apart.
func (m *Measurement) Type(text string) {
	before := m.page.Keys()
	m.page.Type(text)
	m.typed += m.page.Keys() - before
}

// End holds the task to its budget and to the record.
func (m *Measurement) End(t testing.TB, task Task) {
	t.Helper()
	task.Clicks, task.Keys, task.Typed = m.page.Clicks(), m.page.Keys()-m.typed, m.typed
	if task.over() {
		t.Errorf("%s, %s: %d clicks and %d keys, allowed are %d", task.Role, task.Name, task.Clicks, task.Keys, task.Budget)
	}
	if err := record(task, os.Getenv("BIANMIN_MEASURE") != ""); err != nil {
		t.Error(err)
	}
}

func (k Task) over() bool { return k.Clicks+k.Keys > k.Budget }

// one measures at a time within a test binary.
var one sync.Mutex

// record compares a task with the file, or writes it there.
func record(task Task, write bool) error {
	one.Lock()
	defer one.Unlock()
	list, err := Measured()
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list, func(k Task) bool { return k.Name == task.Name && k.Role == task.Role })
	switch {
	case at >= 0 && list[at] == task:
		return nil
	case !write && at < 0:
		return fmt.Errorf("%s, %s: not in measured.json; run the test with BIANMIN_MEASURE=1", task.Role, task.Name)
	case !write:
		return fmt.Errorf("%s, %s: measured %+v, recorded %+v; run the test with BIANMIN_MEASURE=1", task.Role, task.Name, task, list[at])
	case at < 0:
		list = append(list, task)
	default:
		list[at] = task
	}
	slices.SortFunc(list, func(a, b Task) int { return strings.Compare(a.Role+"\x00"+a.Name, b.Role+"\x00"+b.Name) })
	raw, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file(), append(raw, '\n'), 0o644)
}

// file is measured.json beside this source.
func file() string {
	_, here, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(here), "measured.json")
}

// Measured reads what was measured last.
func Measured() ([]Task, error) {
	raw, err := os.ReadFile(file())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []Task
	return list, json.Unmarshal(raw, &list)
}

// Table writes tasks as docs/look.md has them.
func Table(list []Task) string {
	var b strings.Builder
	b.WriteString("| who | task | clicks | keys | allowed | characters typed |\n|---|---|---:|---:|---:|---:|\n")
	for _, k := range list {
		fmt.Fprintf(&b, "| %s | %s | %d | %d | %d | %d |\n", k.Role, k.Name, k.Clicks, k.Keys, k.Budget, k.Typed)
	}
	return b.String()
}
