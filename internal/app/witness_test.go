package app_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"bianmin/internal/access"
	"bianmin/internal/app"
	"bianmin/internal/db"
	"bianmin/internal/journal"
	"bianmin/internal/seal"
	"bianmin/internal/witness/witnesstest"
)

// watched is a program in real use on a SQLite file, with witnesses; it can be closed, put back and opened again.
type watched struct {
	t      *testing.T
	config app.Config
	app    *app.App
	added  int
}

func newWatched(t *testing.T, witnesses ...string) *watched {
	t.Helper()
	c := &watched{t: t, config: realConfig(t.TempDir())}
	c.config.Witnesses, c.config.WitnessPace = witnesses, 5*time.Millisecond
	t.Cleanup(func() { c.close() })
	return c
}

func (c *watched) open() {
	c.t.Helper()
	a, err := app.Open(context.WithoutCancel(c.t.Context()), c.config, db.Serving)
	if err != nil {
		c.t.Fatal(err)
	}
	c.app = a
	a.Start(c.t.Context())
}

func (c *watched) close() {
	if c.app != nil {
		errClosing(c.t, c.app)
		c.app = nil
	}
}

// work makes an entry of the journal.
func (c *watched) work(times int) {
	c.t.Helper()
	for range times {
		c.added++
		who := access.Account{Account: "admin-" + strings.Repeat("x", c.added), Name: "王桂兰", Role: access.Admin, Place: c.app.City.Places.Root().Code}
		if err := c.app.Access.Add(c.t.Context(), "admin", who, ""); err != nil {
			c.t.Fatal(err)
		}
	}
}

func (c *watched) get(path string) (int, string) {
	answer := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.RemoteAddr = "127.0.0.1:5000" // the metrics are this machine's
	c.app.ServeHTTP(answer, r)
	return answer.Code, answer.Body.String()
}

// until asks again until it is so.
func (c *watched) until(what string, so func() bool) {
	c.t.Helper()
	for end := time.Now().Add(time.Minute); !so(); {
		if time.Now().After(end) {
			c.t.Fatalf("%s: not within a minute; alarms: %+v", what, c.app.Alarms(c.t.Context()))
		}
	}
}

// count is how many entries there are.
func (c *watched) count() int64 {
	c.t.Helper()
	n, err := c.app.Journal.Count(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	return n
}

// over says that a head is over so many entries.
func over(head string, size int64) bool { return strings.Contains(head, fmt.Sprintf("\n%d\n", size)) }

// whole waits for a head over every entry.
func (c *watched) whole(path string) (head string) {
	c.t.Helper()
	size := c.count()
	c.until(fmt.Sprintf("%s is over %d entries", path, size), func() bool { _, head = c.get(path); return over(head, size) })
	return head
}

func (c *watched) alarm(kind string) string {
	for _, a := range c.app.Alarms(c.t.Context()) {
		if a.Kind == kind {
			return a.Text
		}
	}
	return ""
}

// findings holds the data to a head that somebody kept.
func (c *watched) findings(head string) (found []string, lost *journal.Epoch) {
	c.t.Helper()
	lost, err := app.VerifyAgainst(c.t.Context(), c.config, app.Outside{Head: head}, func(what string) { found = append(found, what) }, func(string, int64) {})
	if err != nil {
		c.t.Fatal(err)
	}
	return found, lost
}

func outsideWitness(t *testing.T, name string) *witnesstest.Outside {
	t.Helper()
	o, err := witnesstest.New(context.WithoutCancel(t.Context()), name, filepath.Join(t.TempDir(), "witness.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	})
	return o
}

// trust tells a witness of the log as the keys name it now.
func (c *watched) trust(list ...*witnesstest.Outside) {
	c.t.Helper()
	keys, err := seal.LoadOrGenerate(c.config.KeyFile(), app.Origin)
	if err != nil {
		c.t.Fatal(err)
	}
	known, err := keys.Verifiers()
	if err != nil {
		c.t.Fatal(err)
	}
	for _, o := range list {
		o.Trust(keys.Origin(), known[0])
	}
}

func TestHeadsArePublishedWithTheWitnessesLines(t *testing.T) {
	one, two := outsideWitness(t, "witness.example/1"), outsideWitness(t, "witness.example/2")
	gone := make(chan struct{})
	mute := outsideWitness(t, "witness.example/mute")
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			return
		}
		<-gone
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(gone) })
	c := newWatched(t, one.Named(), two.Named(), mute.Key+"@"+server.URL)
	c.config.WitnessWithin = time.Second
	c.trust(one, two)
	c.open()
	c.work(3)
	both := note.VerifierList(one.Signer.Verifier(), two.Signer.Verifier())
	c.until("the newest head is cosigned by two", func() bool {
		n, err := note.Open([]byte(c.whole("/journal/checkpoint")), both)
		return err == nil && len(n.Sigs) == 2
	})
	c.until("the silent one is an alarm", func() bool { return strings.Contains(c.alarm("witness/witness.example/mute"), "没有回应") })
	if a := c.alarm("witness/witness.example/1"); a != "" {
		t.Errorf("an alarm of the one that signs: %s", a)
	}
	_, before := c.get("/journal/cosigned")
	c.work(1) // and it stops nothing
	c.whole("/journal/cosigned")
	_, metrics := c.get("/metrics")
	for _, want := range []string{fmt.Sprintf(`bianmin_witness_entries{witness="witness.example/1"} %d`, c.count()), `bianmin_witness_errors_total{witness="witness.example/mute"}`, "bianmin_journal_altered 0"} {
		if !strings.Contains(metrics, want) {
			t.Errorf("no %s", want)
		}
	}
	if found, _ := c.findings(before); len(found) > 0 {
		t.Error(found)
	}
	c.close()
	for what, text := range map[string]string{
		"a witness's line": "note = SUBSTR(note, 1, LENGTH(note) - 3) || 'A=' || SUBSTR(note, -1)", "the size": "size = size - 1", "the origin": "origin = 'x'", "a key": "keys = 'x'",
	} {
		kept := filepath.Join(t.TempDir(), "kept")
		if err := os.CopyFS(kept, os.DirFS(c.config.Data)); err != nil {
			t.Fatal(err)
		}
		alter(t, kept, "UPDATE journal_cosigned SET "+text)
		altered := &watched{t: t, config: c.config}
		altered.config.Data = kept
		if found, _ := altered.findings(""); len(found) != 1 || !strings.HasPrefix(found[0], "journal_cosigned") {
			t.Errorf("%s altered: %v", what, found)
		}
	}
}

// alter does what somebody with the database alone can.
func alter(t *testing.T, data, text string) {
	t.Helper()
	pool, err := sql.Open("sqlite", "file:"+db.FileIn(data))
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec(text); err != nil {
		t.Fatal(err)
	}
}

// While witnesses are silent the newest head is served as it is, once the cosigned one is a minute old.
func TestAHeadIsPublishedWithinAMinuteWithoutWitnesses(t *testing.T) {
	one := outsideWitness(t, "witness.example/1")
	c := newWatched(t, one.Named())
	wall := &later{}
	c.config.Wall = wall
	c.trust(one)
	c.open()
	c.work(1)
	c.whole("/journal/cosigned")
	size := c.count()
	one.Trust(app.Origin, one.Signer.Verifier()) // from now on it refuses
	c.work(1)
	c.until("it refuses", func() bool { return c.alarm("witness/"+one.Name) != "" })
	c.until("the next head is signed", func() bool { _, n, err := c.app.Journal.Checkpoint(t.Context()); return err == nil && n == size+1 })
	if _, h := c.get("/journal/checkpoint"); !over(h, size) || !strings.Contains(h, one.Name) {
		t.Errorf("within the minute: %s", h)
	}
	wall.by(time.Minute)
	if _, h := c.get("/journal/checkpoint"); !over(h, size+1) || strings.Contains(h, one.Name) {
		t.Errorf("after it: %s", h)
	}
	if _, h := c.get("/journal/cosigned"); !over(h, size) {
		t.Errorf("the last cosigned head is gone: %s", h)
	}
	c.trust(one)
	c.until("the alarm goes with its cause", func() bool { return c.alarm("witness/"+one.Name) == "" })
}

// An old backup is put back. Nothing inside shows it; the witness does, and whoever kept a head. Then it is declared.
func TestAnOldBackupIsFoundAndDeclared(t *testing.T) {
	one := outsideWitness(t, "witness.example/1")
	c := newWatched(t, one.Named())
	c.trust(one)
	c.open()
	c.work(5)
	c.close()
	backup := filepath.Join(t.TempDir(), "backup")
	if err := os.CopyFS(backup, os.DirFS(c.config.Data)); err != nil {
		t.Fatal(err)
	}
	c.open()
	kept, early := c.count(), c.whole("/journal/cosigned")
	c.work(4)
	last := c.whole("/journal/cosigned")
	c.close()

	c.config.Data = backup
	c.added = 20
	for what, head := range map[string]string{"early": early, "last": last} {
		if found, lost := c.findings(head); (len(found) == 0) != (what == "early") || lost != nil {
			t.Errorf("the head %s: %v, %v", what, found, lost)
		}
	}
	if found, _ := c.findings(last); len(found) != 1 || !strings.Contains(found[0], fmt.Sprintf("外面留存的树头：有 %d 条，日志只有 %d 条", kept+4, kept)) {
		t.Errorf("it found: %v", found)
	}
	if found, _ := c.findings(""); len(found) != 0 {
		t.Errorf("and without a head: %v", found)
	}
	c.open()
	c.work(2)
	c.until("the witness tells", func() bool {
		return strings.Contains(c.alarm("witness/"+one.Name), fmt.Sprintf("见过更长的日志，有 %d 条", kept+4))
	})
	if _, h := c.get("/journal/cosigned"); over(h, kept+2) {
		t.Error("a rewound log is cosigned")
	}
	if _, err := app.DeclareEpoch(t.Context(), c.config, app.Loss{Reason: "x", Kept: kept, Head: last}); err == nil {
		t.Error("it is declared beside a server")
	}
	c.close()
	if _, err := app.DeclareEpoch(t.Context(), c.config, app.Loss{Reason: "x", Head: early}); err == nil {
		t.Error("a head that is there is declared lost")
	}
	e, err := app.DeclareEpoch(t.Context(), c.config, app.Loss{Reason: "机房停电，电话 13800138000", By: "command-line", Kept: kept, Head: last})
	if err != nil || e.Epoch != 2 || e.Kept != kept || e.Lost != kept+4 || e.Origin != app.Origin+"/2" {
		t.Fatalf("%+v, %v", e, err)
	}
	c.trust(one) // whoever keeps the witness is told of the new name
	c.open()
	c.work(1)
	if h := c.whole("/journal/cosigned"); !strings.HasPrefix(h, app.Origin+"/2\n") {
		t.Errorf("the cosigned head: %s", h)
	}
	c.until("the alarm is gone", func() bool { return c.alarm("witness/"+one.Name) == "" })
	if _, published := c.get("/journal/epochs"); !strings.Contains(published, fmt.Sprintf(`"kept":%d,`, kept)) || !strings.Contains(published, fmt.Sprintf(`"lost":%d,`, kept+4)) || strings.Contains(published, "13800138000") {
		t.Errorf("published: %s", published)
	}
	for head, want := range map[string]bool{early: false, last: true} {
		if found, lost := c.findings(head); len(found) > 0 || (lost != nil) != want {
			t.Errorf("after the declaration: %v, %+v", found, lost)
		}
	}
}

// What no declaration names stays a finding.
func TestALossThatIsNotNamedIsNotExcused(t *testing.T) {
	c := newWatched(t)
	c.open()
	c.work(2)
	c.close()
	backup := filepath.Join(t.TempDir(), "backup")
	if err := os.CopyFS(backup, os.DirFS(c.config.Data)); err != nil {
		t.Fatal(err)
	}
	var heads []string
	for range 2 {
		c.open()
		c.work(2)
		c.close() // which signs
		c.open()
		_, h := c.get("/journal/checkpoint")
		heads = append(heads, h)
		c.close()
	}
	c.config.Data = backup
	if _, err := app.DeclareEpoch(t.Context(), c.config, app.Loss{Reason: "x", Head: heads[0]}); err != nil {
		t.Fatal(err)
	}
	if found, lost := c.findings(heads[0]); len(found) > 0 || lost == nil {
		t.Errorf("what was named: %v", found)
	}
	if found, lost := c.findings(heads[1]); len(found) != 1 || lost != nil || !strings.Contains(found[0], "没有说到这里") {
		t.Errorf("what was not: %v", found)
	}
}

func TestKeysAndDataOfDifferentEpochsDoNotServe(t *testing.T) {
	c := newWatched(t)
	c.open()
	c.close()
	before, err := os.ReadFile(c.config.KeyFile())
	if err != nil {
		t.Fatal(err)
	}
	for epoch := int64(2); epoch < 4; epoch++ {
		e, err := app.DeclareEpoch(t.Context(), c.config, app.Loss{Reason: "x"})
		if err != nil || e.Epoch != epoch {
			t.Fatalf("%+v, %v", e, err)
		}
	}
	if err := os.WriteFile(c.config.KeyFile(), before, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Open(t.Context(), c.config, db.Serving); !errors.Is(err, app.ErrEpochKeys) {
		t.Fatalf("it starts: %v", err)
	}
	e, err := app.DeclareEpoch(t.Context(), c.config, app.Loss{Reason: "x"})
	if err != nil || e.Epoch != 4 {
		t.Fatalf("%+v, %v", e, err)
	}
	c.open()
	c.work(1)
}

// Who has the database alone alters an entry under a program that stands still.
func TestAnAlteredLogIsAnAlarm(t *testing.T) {
	c := newWatched(t)
	c.open()
	c.work(3)
	c.close()
	alter(t, c.config.Data, "UPDATE journal SET leaf = zeroblob(32) WHERE entry = (SELECT MAX(entry) FROM journal)")
	c.open()
	c.until("an alarm", func() bool { return strings.Contains(c.alarm("journal/altered"), "改动过") })
	if _, metrics := c.get("/metrics"); !strings.Contains(metrics, "bianmin_journal_altered 1") {
		t.Error("the metric does not show it")
	}
}

// With head and tiles deleted, a start signs whatever is there: inside nothing tells. A head that somebody kept does.
func TestAnEntryRewrittenWithHeadAndTilesGoneIsFoundFromOutside(t *testing.T) {
	c := newWatched(t)
	c.open()
	c.work(3)
	c.close()
	c.open()
	kept, size := c.whole("/journal/checkpoint"), c.count()
	c.close()
	d, err := db.Open(t.Context(), c.config.URL(), db.Tool)
	if err != nil {
		t.Fatal(err)
	}
	j := journal.New(d)
	last, err := j.After(t.Context(), size-1, 1)
	if err != nil {
		t.Fatal(err)
	}
	err = d.Write(t.Context(), func(ctx context.Context) error {
		for _, text := range []string{"DELETE FROM journal WHERE entry = (SELECT MAX(entry) FROM journal)", "DELETE FROM journal_tiles", "DELETE FROM journal_head"} {
			if _, err := d.Q(ctx).ExecContext(ctx, text); err != nil {
				return err
			}
		}
		last[0].At = last[0].At.Add(-time.Hour)
		return j.Append(ctx, last[0])
	})
	if err := errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	c.open()
	c.close()
	if found, _ := c.findings(""); len(found) > 0 {
		t.Errorf("the premise: inside, %v", found)
	}
	if found, _ := c.findings(kept); len(found) != 1 || !strings.Contains(found[0], fmt.Sprintf("前 %d 条和日志不一致", size)) {
		t.Errorf("from outside: %v", found)
	}
	if found, _ := c.findings(strings.Replace(kept, fmt.Sprintf("\n%d\n", size), fmt.Sprintf("\n%d\n", size-1), 1)); len(found) != 1 || !strings.Contains(found[0], "不是这个日志签的") {
		t.Errorf("a forged head: %v", found)
	}
}

func TestAPolicyThatCannotBeMetDoesNotStart(t *testing.T) {
	one := outsideWitness(t, "witness.example/1")
	for what, tt := range map[string]struct {
		list   []string
		quorum int
	}{
		"two of one": {[]string{one.Named()}, 2}, "one of none": {nil, 1}, "minus one": {[]string{one.Named()}, -1},
		"one twice": {[]string{one.Named(), one.Named()}, 1}, "no witness": {[]string{"x"}, 0},
	} {
		c := newWatched(t, tt.list...)
		c.config.WitnessQuorum = tt.quorum
		if a, err := app.Open(t.Context(), c.config, db.Serving); err == nil {
			t.Errorf("%s: it starts", what)
			errClosing(t, a)
		}
	}
}

// later is the machine's clock, and some more.
type later struct{ more atomic.Int64 }

func (l *later) Now() time.Time {
	return time.Now().Add(time.Duration(l.more.Load())).Truncate(time.Microsecond)
}
func (l *later) by(d time.Duration) { l.more.Store(int64(d)) }
