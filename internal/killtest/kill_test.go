package killtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"time"

	"bianmin/internal/db"
	"bianmin/internal/enginetest"
)

// TestKilledAFewTimes is what every run of the tests asks; TestKill (tag kill) asks it two hundred times.
func TestKilledAFewTimes(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) { killed(t, database, 5) })
}

// killed starts, loads, kills, and checks, so many rounds.
func killed(t *testing.T, database string, rounds int) {
	p := newProgram(t, onlyPostgres(database))
	p.start(time.Minute) // the first start founds the demonstration
	book := &book{}
	random := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		book.load(t, p, round, time.Duration(50+random.IntN(400))*time.Millisecond)
		p.start(readyWithin)
		book.check(t, p)
		if round%10 == 9 || round == rounds-1 {
			p.kill()
			p.verify()
			p.start(readyWithin)
		}
	}
	t.Logf("%d rounds: %d cases acknowledged, %d more found to have happened", rounds, book.acknowledged, book.happened)
}

func onlyPostgres(database string) string {
	if db.IsPostgres(database) {
		return database
	}
	return ""
}

// book remembers every request: what was sent, and what was answered, if anything was.
type book struct {
	mu                     sync.Mutex
	open                   []*request // since the last check
	acknowledged, happened int
	seen                   map[string]string // case number → the key that made it
}

type request struct {
	key, name string
	answer    []byte // nil: no answer came
}

// load files cases from eight clients until the program dies.
func (b *book) load(t *testing.T, p *program, round int, life time.Duration) {
	token := signIn(t, p)
	var clients sync.WaitGroup
	for client := range 8 {
		clients.Go(func() {
			for n := 0; ; n++ {
				r := &request{key: fmt.Sprintf("%d-%d-%d", round, client, n), name: fmt.Sprintf("王%d之%d之%d末", round, client, n)}
				b.mu.Lock()
				b.open = append(b.open, r)
				b.mu.Unlock()
				status, body, err := file(p.base, token, r)
				if err != nil {
					return // it died
				}
				if status != http.StatusCreated {
					t.Errorf("filing: %d %s", status, body)
					return
				}
				r.answer = body
			}
		})
	}
	<-time.After(life) // the moment of death is the point of the test
	p.kill()
	clients.Wait()
}

// check sends every request again with its key: what had been answered is answered with the same bytes, what had not
// happens now or had happened; and each makes one case.
func (b *book) check(t *testing.T, p *program) {
	token := signIn(t, p)
	if b.seen == nil {
		b.seen = map[string]string{}
	}
	for _, r := range b.open {
		status, body, err := file(p.base, token, r)
		if err != nil || status != http.StatusCreated {
			t.Fatalf("sending %s again: %d %s %v", r.key, status, body, err)
		}
		if r.answer != nil {
			b.acknowledged++
			if !bytes.Equal(r.answer, body) {
				t.Fatalf("%s was answered otherwise before the kill:\n%s\n%s", r.key, r.answer, body)
			}
		} else {
			b.happened++
		}
		var made struct{ Number string }
		if err := json.Unmarshal(body, &made); err != nil || made.Number == "" {
			t.Fatalf("an answer without a case: %s", body)
		}
		if other, twice := b.seen[made.Number]; twice {
			t.Fatalf("%s is the case of both %s and %s", made.Number, other, r.key)
		}
		b.seen[made.Number] = r.key
	}
	made := newest(t, p, token, len(b.open)+200)
	for _, r := range b.open {
		if made[r.name] != 1 {
			t.Fatalf("%s made %d cases", r.key, made[r.name])
		}
	}
	b.open = nil
}

func signIn(t *testing.T, p *program) string {
	t.Helper()
	status, body, err := send(http.MethodPost, p.base+"/api/v1/sessions", "", "", `{"account":"clerk-610881101","password":"bianmin-demo-2026"}`)
	var got struct{ Token string }
	if err = errors.Join(err, json.Unmarshal(body, &got)); err != nil || status != http.StatusCreated {
		t.Fatalf("signing in: %d %s %v", status, body, err)
	}
	return got.Token
}

func file(base, token string, r *request) (int, []byte, error) {
	return send(http.MethodPost, base+"/api/v1/cases", token, r.key, `{"item":"BM-008","place":"610881101200","channel":"counter",`+
		`"applicant":{"kind":"person","name":`+strconv.Quote(r.name)+`,"id_number":"612722195410020026","phone":"13912345127"},`+
		`"materials":[{"name":"居民身份证"},{"name":"高龄补贴申请表"},{"name":"社会保障卡或者一卡通银行卡"}],"another":"同一个人反复办，试的是存不存得住"}`)
}

// newest counts the newest cases of the town by their applicants' names, at least so many cases.
func newest(t *testing.T, p *program, token string, atLeast int) map[string]int {
	names := map[string]int{}
	after := ""
	for seen := 0; seen < atLeast; {
		status, body, err := send(http.MethodGet, p.base+"/api/v1/cases?sort=newest&limit=200&after="+url.QueryEscape(after), token, "", "")
		var page struct {
			Cases []struct{ Applicant struct{ Name string } }
			Next  *string
		}
		if err = errors.Join(err, json.Unmarshal(body, &page)); err != nil || status != http.StatusOK {
			t.Fatalf("listing: %d %s %v", status, body, err)
		}
		for _, c := range page.Cases {
			names[c.Applicant.Name]++
		}
		seen += len(page.Cases)
		if page.Next == nil {
			break
		}
		after = *page.Next
	}
	return names
}

func send(method, address, token, key, body string) (int, []byte, error) {
	r, err := http.NewRequest(method, address, bytes.NewReader([]byte(body)))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Idempotency-Key", key)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	return response.StatusCode, raw, err
}
