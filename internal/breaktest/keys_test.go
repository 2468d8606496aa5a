package breaktest

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"bianmin/internal/db"
	"bianmin/internal/enginetest"
)

// reveal shows the number of a case and gives it; version is what the case is at.
func (c *client) reveal(number string, version int, key string) (reply, string) {
	got := c.send(http.MethodPost, "/api/v1/cases/"+number+"/reveal", key, fmt.Sprintf(`{"version":%d,"field":"id_number","reason":"核对"}`, version))
	var v struct{ Revealed struct{ Value string } }
	if got.status == http.StatusOK && json.Unmarshal(got.body, &v) == nil {
		return got, v.Revealed.Value
	}
	return got, ""
}

// TestKeysAreRotatedUnderLoad: two copies (on PostgreSQL) share the key file while clerks file and reveal; rotated,
// resealed, dropped, nobody sees an error, all opens, and nothing is sealed with the dropped key any more.
func TestKeysAreRotatedUnderLoad(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		p := on(t, database)
		p.start()
		copies := []*program{p}
		if db.IsPostgres(database) {
			second := newProgram(t, database)
			second.data = p.data
			second.start()
			copies = append(copies, second)
		}
		var crowds []*crowd
		var oldest []reply // what was filed and revealed before, one a copy
		for i, copy := range copies {
			clerk := signIn(t, copy.base)
			first := clerk.file(fmt.Sprintf("oldest-%d", i), "王老")
			clerk.reveal(first.number(), 1, "kept")
			oldest = append(oldest, first)
			crowds = append(crowds, work(clerk, 2, func(c *client, a *asked) bool {
				a.key = fmt.Sprintf("%d/%s", i, a.key)
				if a.answer = c.file(a.key, a.name); a.answer.status != http.StatusCreated {
					t.Errorf("filing while keys change: %v", a.answer)
					return false
				}
				for _, number := range []string{a.answer.number(), first.number()} {
					if got, value := c.reveal(number, 1, "reveal/"+a.key+number); value != herNumber {
						t.Errorf("revealing while keys change: %v", got)
						return false
					}
				}
				return true
			}))
		}
		command := func(args ...string) (string, error) {
			return p.run(append([]string{"keys"}, append(args, "--data", p.data)...)...)
		}
		mustSay := func(want string, args ...string) {
			t.Helper()
			if said, err := command(args...); err != nil || !strings.Contains(said, want) {
				t.Errorf("keys %v: %v %s", args, err, said)
			}
		}
		goesOn := func() {
			t.Helper()
			for _, c := range crowds {
				before := c.done()
				eventually(t, "work goes on", time.Minute, func() bool { return c.done() > before+2 })
			}
		}
		goesOn()
		mustSay("第 2 把", "rotate", "--in", "2s")
		if said, err := command("drop", "1"); err == nil || !strings.Contains(said, "正在用") {
			t.Errorf("dropping the key in use: %v %s", err, said)
		}
		goesOn()
		eventually(t, "the old key is no longer in use, and still needed", 30*time.Second, func() bool {
			said, err := command("drop", "1")
			return err != nil && strings.Contains(said, "keys reseal")
		})
		goesOn()
		mustSay("换好了", "reseal")
		mustSay("第 1 把密钥删了", "drop", "1")
		mustSay("1  已删除\n2  正在用\n", "list")
		goesOn()
		for _, c := range crowds {
			c.end()
		}
		clerk := signIn(t, p.base)
		for _, first := range oldest {
			for _, key := range []string{"kept", "fresh"} { // the answer that was kept before, and a new one
				if got, value := clerk.reveal(first.number(), 1, key); value != herNumber {
					t.Errorf("a case of before, %s: %v", key, got)
				}
			}
		}
		for _, copy := range copies {
			if said := copy.said.text(); strings.Contains(said, `"level":"ERROR"`) {
				t.Errorf("the log tells of an error: %s", said)
			}
		}
		p.verify()
		p.wrongKeys(t)
	})
}

var english = regexp.MustCompile(`[A-Za-z]{2,}`)

// wrongKeys says that the program does not start with other keys, from before a rotation, or none, and says why.
func (p *program) wrongKeys(t *testing.T) {
	t.Helper()
	p.kill()
	file := filepath.Join(p.data, "keys.json")
	right, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var keys map[string]any
	if err := json.Unmarshal(right, &keys); err != nil {
		t.Fatal(err)
	}
	with := func(name string, value any) []byte {
		changed := map[string]any{}
		for k, v := range keys {
			changed[k] = v
		}
		changed[name] = value
		raw, err := json.Marshal(changed)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	other := strings.Repeat("A", 43) + "="
	name, _, _ := strings.Cut(keys["verifier"].(string), "+")
	signer, verifier, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		t.Fatal(err)
	}
	ofAnother := with("signer", signer)
	ofAnother = bytes.Replace(ofAnother, marshalled(t, keys["verifier"]), marshalled(t, verifier), 1)
	for what, c := range map[string]struct {
		content []byte
		says    string
	}{
		"another log's key": {ofAnother, "签日志的密钥不是原来那把"},
		"another index key": {with("index", other), "对不上"}, "another sealing key": {with("sealing", []any{nil, other}), "对不上"},
		"from before the rotation": {with("sealing", []any{other}), "对不上"}, "none": {nil, "不在"},
		"half of it": {right[:len(right)/2], "读不懂"}, "an empty one": {[]byte("{}"), "读不懂"},
	} {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if c.content != nil {
			if err := os.WriteFile(file, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		said, err := p.run("serve", "--demo", "--data", p.data, "--listen", freeAddress(t))
		if err == nil || !strings.Contains(said, c.says) || strings.Contains(said, "goroutine") {
			t.Errorf("%s: %v %s", what, err, said)
		}
		if english.MatchString(strings.NewReplacer("bianmin: ", "", "keys.json", "").Replace(said)) {
			t.Errorf("%s: is not said in Chinese alone: %s", what, said)
		}
		if _, err := os.Stat(file); c.content == nil && err == nil {
			t.Errorf("%s: new keys were made", what)
		}
		if c.content == nil {
			for _, command := range [][]string{{"keys", "list"}, {"verify"}} {
				said, err := p.run(append(command, "--data", p.data)...)
				if err == nil || !strings.Contains(said, "密钥文件 keys.json 不在") || english.MatchString(strings.NewReplacer("bianmin: ", "", "keys.json", "").Replace(said)) {
					t.Errorf("%v without keys: %v %s", command, err, said)
				}
			}
		}
		if err := os.WriteFile(file, right, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.start()
}

// marshalled is a value as it stands in the key file.
func marshalled(t *testing.T, value any) []byte {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
