package breaktest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// client is a clerk at the API.
type client struct {
	base, token string
	http        *http.Client
}

// reply is an answer of the program; err when there was none.
type reply struct {
	status     int
	body       []byte
	retryAfter string
	err        error
}

// code is the code of a problem.
func (r reply) code() string {
	var p struct{ Code string }
	if json.Unmarshal(r.body, &p) != nil {
		return ""
	}
	return p.Code
}

// number is the case that was made.
func (r reply) number() string {
	var made struct{ Number string }
	if r.status != http.StatusCreated || json.Unmarshal(r.body, &made) != nil {
		return ""
	}
	return made.Number
}

func (r reply) String() string {
	return fmt.Sprintf("%d %.300s %v", r.status, r.body, r.err)
}

func signIn(t *testing.T, base string) *client {
	t.Helper()
	return signInAs(t, base, "clerk-610881101")
}

func signInAs(t *testing.T, base, account string) *client {
	t.Helper()
	// Everybody keeps a connection, as browsers and web servers do: whoever dials while the program closes its door stands
	// in the kernel's queue, of which the program knows nothing, and is cut by the kernel.
	kept := &http.Transport{MaxIdleConnsPerHost: 100}
	c := &client{base: base, http: &http.Client{Timeout: 30 * time.Second, Transport: kept}}
	t.Cleanup(c.http.CloseIdleConnections)
	got := c.send(http.MethodPost, "/api/v1/sessions", "", `{"account":"`+account+`","password":"bianmin-demo-2026"}`)
	var session struct{ Token string }
	if got.status != http.StatusCreated || json.Unmarshal(got.body, &session) != nil {
		t.Fatalf("signing in: %v", got)
	}
	c.token = session.Token
	return c
}

func (c *client) send(method, path, key, body string) reply {
	r, err := http.NewRequest(method, c.base+path, bytes.NewReader([]byte(body)))
	if err != nil {
		return reply{err: err}
	}
	r.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	response, err := c.http.Do(r)
	if err != nil {
		return reply{err: err}
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	return reply{status: response.StatusCode, body: raw, retryAfter: response.Header.Get("Retry-After"), err: err}
}

// file files a case for somebody.
func (c *client) file(key, name string) reply {
	return c.send(http.MethodPost, "/api/v1/cases", key, application(name))
}

func application(name string) string {
	return `{"item":"BM-008","place":"610881101200","channel":"counter",` +
		`"applicant":{"kind":"person","name":` + strconv.Quote(name) + `,"id_number":"612722195410020026","phone":"13912345127"},` +
		`"materials":[{"name":"居民身份证"},{"name":"高龄补贴申请表"},{"name":"社会保障卡或者一卡通银行卡"}],"another":"同一个人反复办，试的是存不存得住"}`
}

// get reads the newest cases.
func (c *client) list() reply {
	return c.send(http.MethodGet, "/api/v1/cases?sort=newest&limit=20", "", "")
}

// crowd is several clients that file one case after the other until they are told to stop.
type crowd struct {
	stop    chan struct{}
	clients sync.WaitGroup
	mu      sync.Mutex
	asked   []asked
}

// asked is one intention and how it was answered in the end.
type asked struct {
	key, name string
	answer    reply
}

// work lets so many clients work. do carries out one intention and says whether its client goes on.
func work(c *client, clients int, do func(c *client, a *asked) bool) *crowd {
	w := &crowd{stop: make(chan struct{})}
	for i := range clients {
		w.clients.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-w.stop:
					return
				default:
				}
				a := asked{key: fmt.Sprintf("%d-%d", i, n), name: fmt.Sprintf("王%d之%d末", i, n)}
				goesOn := do(c, &a)
				w.mu.Lock()
				w.asked = append(w.asked, a)
				w.mu.Unlock()
				if !goesOn {
					return
				}
			}
		})
	}
	return w
}

// ofCrowd tells the names that a crowd gave.
func ofCrowd(name string) bool {
	return strings.HasPrefix(name, "王") && strings.HasSuffix(name, "末")
}

// done is how many were answered so far.
func (w *crowd) done() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.asked)
}

func (w *crowd) end() []asked {
	close(w.stop)
	w.clients.Wait()
	return w.asked
}

// cases counts the cases of a test, by the name it gave, and holds the whole list to having each case once.
func (p *program) cases(c *client, ours func(name string) bool) int {
	p.t.Helper()
	seen := map[string]bool{}
	count := 0
	for after := ""; ; {
		got := c.send(http.MethodGet, "/api/v1/cases?sort=newest&limit=200&after="+url.QueryEscape(after), "", "")
		var page struct {
			Cases []struct {
				Number    string
				Applicant struct{ Name string }
			}
			Next *string
		}
		if got.status != http.StatusOK || json.Unmarshal(got.body, &page) != nil {
			p.t.Fatalf("listing: %v", got)
		}
		for _, x := range page.Cases {
			if seen[x.Number] {
				p.t.Errorf("%s is listed twice", x.Number)
			}
			seen[x.Number] = true
			if ours(x.Applicant.Name) {
				count++
			}
		}
		if page.Next == nil {
			return count
		}
		after = *page.Next
	}
}

// counted counts from several goroutines.
type counted struct{ n atomic.Int64 }

// more says whether anything was counted since.
func (c *counted) more() func() bool {
	before := c.n.Load()
	return func() bool { return c.n.Load() > before }
}
