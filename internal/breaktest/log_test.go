package breaktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"bianmin/internal/enginetest"
)

// What nobody may find in the log, whatever stands around it.
const (
	herName   = "折桂英"
	herNumber = "612722195410020026"
	herPhone  = "13912345127"
)

// namesThatBreakLogs hold her name and what would break a line, a terminal, or a reader of JSON. They are JSON strings.
var namesThatBreakLogs = []string{
	`"折桂英"`, `"折桂英\n{\"level\":\"ERROR\",\"msg\":\"forged\"}"`, `"折桂英\r\nlevel=ERROR"`, `"\"折桂英\\"`, `"折桂英\u001b[2J\u001b]0;x\u0007"`,
	`"折\u2028桂英折桂英"`, `"折桂英\u2029"`, `"折桂英\ud800"`, `"\udfff折桂英"`, `"折桂英\u0000"`, `"折桂英\u202e"`, `"折桂英\ufeff"`, `"\u6298\u6842\u82f1"`,
	"\"折桂英\xff\xfe\"", `"折桂英%s%n{}"`, `"` + strings.Repeat("折桂英", 500) + `"`, `{"折桂英":"` + herNumber + `"}`, `["折桂英"]`,
}

// bother sends the name every way into the program.
func bother(c *client, when, name string) {
	plain := strings.Trim(name, `"`)
	whole := strings.Replace(application("王"), `"name":"王"`, `"name":`+name, 1)
	for _, body := range []string{whole, strings.Replace(whole, `"counter"`, name, 1), strings.Replace(whole, `"channel"`, name, 1), whole + name, name} {
		c.send(http.MethodPost, "/api/v1/cases", when+strconv.Itoa(len(name)), body)
	}
	c.send(http.MethodPost, "/api/v1/cases", url.QueryEscape(plain), whole)
	c.file(when+"valid-"+strconv.Itoa(len(name)), herName)
	c.send(http.MethodPost, "/api/v1/sessions", "", `{"account":`+name+`,"password":`+name+`}`)
	for _, path := range []string{"/api/v1/cases/", "/cases/", "/"} {
		c.send(http.MethodGet, path+url.PathEscape(plain), "", "")
		c.page(path + url.PathEscape(plain) + "/" + herNumber + "?phone=" + herPhone)
		c.page(path + url.PathEscape(plain))
	}
	for _, path := range []string{"/api/v1/cases?q=", "/api/v1/follow?phone_last4=5127&number=", "/desk?q=", "/counter?q=", "/sign-in?next="} {
		c.send(http.MethodGet, path+url.QueryEscape(plain), "", "")
		c.page(path + url.QueryEscape(plain))
	}
}

// page asks for a page with the session in its cookie.
func (c *client) page(path string) {
	r, err := http.NewRequest(http.MethodGet, c.base+path, nil)
	if err != nil {
		return
	}
	r.AddCookie(&http.Cookie{Name: "bianmin", Value: c.token})
	if response, err := c.http.Do(r); err == nil {
		response.Body.Close()
	}
}

// TestTheLogIsLinesOfJSONWithoutPersonalData: while all is well, and while the storage errs at every step.
func TestTheLogIsLinesOfJSONWithoutPersonalData(t *testing.T) {
	for engine, broken := range map[string]func(t *testing.T) (p *program, breaks func()){
		"sqlite": func(t *testing.T) (*program, func()) {
			p := onSQLite(t)
			return p, func() { p.faultySync("") }
		},
		"postgres": func(t *testing.T) (*program, func()) {
			way, address := between(t, enginetest.PostgresURL(t))
			return newProgram(t, address), way.of.Stop
		},
	} {
		t.Run(engine, func(t *testing.T) {
			p, breaks := broken(t)
			p.start()
			clerk := signIn(t, p.base)
			for _, name := range namesThatBreakLogs {
				bother(clerk, "well-", name)
			}
			breaks()
			for _, name := range namesThatBreakLogs {
				bother(clerk, "broken-", name)
			}
			if got := clerk.file("last", herName); got.status != http.StatusServiceUnavailable {
				t.Errorf("the storage does not err: %v", got)
			}
			p.kill()
			faults := 0
			for line := range strings.Lines(p.said.text()) {
				if level := oneLine(t, line); level == "ERROR" {
					faults++
				}
			}
			if faults < len(namesThatBreakLogs) {
				t.Errorf("only %d faults were logged", faults)
			}
		})
	}
}

// oneLine holds a line to being one JSON object that tells nothing of her, and gives its level.
func oneLine(t *testing.T, line string) string {
	t.Helper()
	var said map[string]any
	if err := json.Unmarshal([]byte(line), &said); err != nil {
		t.Errorf("no JSON: %q: %v", line, err)
		return ""
	}
	if said["time"] == nil || said["level"] == nil || said["msg"] == nil {
		t.Errorf("no line of ours: %q", line)
	}
	decoded := fmt.Sprint(said)
	for _, never := range []string{herName, "桂英", herNumber, herPhone, url.PathEscape(herName), url.QueryEscape("桂英"), `\u6298`, "\x1b", "\u2028", "\ufffd", "forged"} {
		if strings.Contains(line, never) || strings.Contains(decoded, never) {
			t.Errorf("the log says %q: %.600s", never, line)
		}
	}
	level, _ := said["level"].(string)
	return level
}
