package breaktest

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bianmin/internal/enginetest"
)

// onSmallDisk lets the program run in a mount name space of its own, in which its data folder is a small file system.
// What is in it is reached through the process, and ends with it.
func (p *program) onSmallDisk(size string) {
	p.t.Helper()
	unshare := []string{needs(p.t, "unshare", "util-linux"), "--mount"}
	if os.Geteuid() != 0 {
		unshare = append(unshare, "--user", "--map-root-user")
	}
	if out, err := exec.Command(unshare[0], append(unshare[1:], "mount", "-t", "tmpfs", "tmpfs", p.data)...).CombinedOutput(); err != nil {
		p.t.Fatalf("a small file system cannot be mounted here, not even in a name space of our own (%v: %s): run as root, or allow user name spaces", err, out)
	}
	script := `mount -t tmpfs -o size=` + size + ` tmpfs "$1" && shift && exec "$@"`
	p.inside = append(unshare, "sh", "-c", script, "sh", p.data)
}

// seen is the data folder as the process sees it.
func (p *program) seen() string {
	return fmt.Sprintf("/proc/%d/root%s", p.cmd.Process.Pid, p.data)
}

// there is a command line for nsenter, in the name space of the process: SQLite follows the links of a path, and would
// end up outside with the one above.
func (p *program) there(line ...string) []string {
	options := []string{"--target", fmt.Sprint(p.cmd.Process.Pid), "--mount"}
	if os.Geteuid() != 0 {
		options = append(options, "--user", "--preserve-credentials")
	}
	return append(options, line...)
}

// fill takes all the room that is left.
func fill(t *testing.T, file string) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 20; size > 0; {
		if _, err := f.Write(make([]byte, size)); errors.Is(err, syscall.ENOSPC) {
			size /= 2
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// TestAFullDisk: writing is refused in plain words, reading goes on, and writing goes on by itself when there is room.
func TestAFullDisk(t *testing.T) {
	p := newProgram(t, "")
	p.onSmallDisk("64m")
	p.start()
	p.fillsUp(filepath.Join(p.seen(), "ballast"))
	enter := exec.Command(needs(t, "nsenter", "util-linux"), p.there(p.binary, "verify", "--quiet", "--data", p.data)...)
	if out, err := enter.CombinedOutput(); err != nil {
		t.Errorf("the record is not clean: %v\n%s", err, out)
	}
}

// TestAFullDiskOfPostgres is the same where PostgreSQL keeps the tables on a disk of their own. Its log of writes lies
// elsewhere: a server that cannot write that one stops, which is TestPostgresIsTakenAway.
func TestAFullDiskOfPostgres(t *testing.T) {
	needs(t, "setpriv", "util-linux")
	// What is vacuumed meanwhile would let one more filing through.
	cluster, err := enginetest.Start(enginetest.WithSmallDisk("128m"), enginetest.With("autovacuum=off"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	conn, err := pgx.Connect(t.Context(), cluster.URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, order := range []string{`CREATE TABLESPACE small LOCATION '` + cluster.SmallDisk() + `'`,
		`CREATE DATABASE counters TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' TABLESPACE small`} {
		if _, err := conn.Exec(t.Context(), order); err != nil {
			t.Fatal(err)
		}
	}
	p := newProgram(t, cluster.URL("counters"))
	p.start()
	p.fillsUp(filepath.Join(cluster.SmallDiskSeen(), "ballast"))
	p.verify()
}

// fillsUp fills the disk under the program's data with a file, and makes room again.
func (p *program) fillsUp(ballast string) {
	t := p.t
	clerk, inspector := signIn(t, p.base), signInAs(t, p.base, "inspector")
	type filed struct {
		name   string
		answer reply
	}
	kept := map[string]filed{} // what was acknowledged
	file := func(key, name string) reply {
		got := clerk.file(key, name)
		if got.status == http.StatusCreated {
			kept[key] = filed{name, got}
		}
		return got
	}
	before := file("before", "王之前末")
	if before.status != http.StatusCreated {
		t.Fatalf("before: %v", before)
	}
	for n := range 20 {
		if got := file(fmt.Sprintf("before-%d", n), fmt.Sprintf("王先%d末", n)); got.status != http.StatusCreated {
			t.Fatalf("before: %v", got)
		}
	}
	its := "/api/v1/cases/" + before.number()
	fill(t, ballast)
	already := len(kept)
	var full reply
	for n := 0; full.status == 0 && n < 2000; n++ { // what the engine has room for inside its own files is still taken
		if got := file(fmt.Sprintf("full-%d", n), fmt.Sprintf("王满%d末", n)); got.status != http.StatusCreated {
			full = got
		}
	}
	if full.status != http.StatusInsufficientStorage || full.code() != "storage_full" {
		t.Fatalf("on a full disk: %v", full)
	}
	taken := len(kept) - already
	follow := url.Values{"number": {before.number()}, "phone_last4": {herPhone[len(herPhone)-4:]}}.Encode()
	for range 20 {
		if got := clerk.list(); got.status != http.StatusOK {
			t.Fatalf("reading on a full disk: %v", got)
		}
		if got := clerk.send(http.MethodGet, its, "", ""); got.status != http.StatusOK {
			t.Fatalf("reading a case of her own on a full disk: %v", got)
		}
		if got := clerk.send(http.MethodGet, "/api/v1/follow?"+follow, "", ""); got.status != http.StatusOK {
			t.Fatalf("following a case on a full disk: %v", got)
		}
		if got := p.status("/follow?" + follow); got != http.StatusOK {
			t.Fatalf("following a case on its page on a full disk: %d", got)
		}
		if got := file("again", "王又来末"); got.status != http.StatusInsufficientStorage || got.code() != "storage_full" {
			t.Fatalf("writing again on a full disk: %v", got)
		}
	}
	// Who has no part in a case opens it only where that can be put on record, and is told so.
	if got := inspector.list(); got.status != http.StatusOK {
		t.Errorf("the inspector's list on a full disk: %v", got)
	}
	if got := inspector.send(http.MethodGet, its, "", ""); got.status != http.StatusOK && !unrecorded(got, http.StatusInsufficientStorage) {
		t.Errorf("the inspector opens a case on a full disk: %v", got) // for so little there may be room left inside the files
	}
	page, err := clerk.http.Post(p.base+"/sign-in", "application/x-www-form-urlencoded", nil)
	if err != nil || page.StatusCode >= 500 && page.StatusCode != http.StatusInsufficientStorage {
		t.Errorf("a page on a full disk: %v, %v", page, err)
	} else {
		page.Body.Close()
	}
	if got := p.status("/readyz"); got != http.StatusOK {
		t.Errorf("ready to read: %d", got)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	took := eventually(t, "writing with room again", 10*time.Second, func() bool {
		return file("again", "王又来末").status == http.StatusCreated
	})
	if got := inspector.send(http.MethodGet, its, "", ""); got.status != http.StatusOK {
		t.Errorf("the inspector opens it with room again: %v", got)
	}
	t.Logf("%d were still taken; written again %v after there was room", taken, took)
	for key, was := range kept {
		if got := clerk.file(key, was.name); got.status != http.StatusCreated || got.number() != was.answer.number() {
			t.Errorf("%s was answered %v, now %v", key, was.answer, got)
		}
	}
	if there := p.cases(clerk, ofCrowd); there != len(kept) {
		t.Errorf("%d were acknowledged, %d are there", len(kept), there)
	}
}
