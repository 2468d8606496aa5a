package backup

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"bianmin/internal/app"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/demo"
	"bianmin/internal/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// quick is a passphrase that costs no second to try.
var quick = Passphrase{text: "correct horse battery", work: 4}

func silent(int64) {}

var clerks = &http.Client{Timeout: time.Minute}

// house is a demonstration that is being worked in.
type house struct {
	t      *testing.T
	config app.Config
	base   string
	token  string
}

func newHouse(t *testing.T, database string) *house {
	h := &house{t: t, config: app.Config{Data: t.TempDir(), Demo: true, Wall: clock.Func(time.Now), Log: slog.New(slog.DiscardHandler)}}
	if db.IsPostgres(database) {
		h.config.DatabaseURL = database
	}
	a, err := app.Open(t.Context(), h.config, db.Serving)
	if err != nil {
		t.Fatal(err)
	}
	a.Start(t.Context())
	server := httptest.NewServer(a)
	t.Cleanup(func() {
		server.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	h.base = server.URL
	var session struct{ Token string }
	status, body, err := h.post("/api/v1/sessions", "", `{"account":"clerk-610881101","password":"`+demo.Password+`"}`)
	if err != nil || json.Unmarshal(body, &session) != nil || status != http.StatusCreated {
		t.Fatalf("signing in: %d %s %v", status, body, err)
	}
	h.token = session.Token
	return h
}

func (h *house) post(path, key, body string) (int, []byte, error) {
	r, err := http.NewRequest(http.MethodPost, h.base+path, bytes.NewReader([]byte(body)))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+h.token)
	r.Header.Set("Idempotency-Key", key)
	response, err := clerks.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	return response.StatusCode, raw, err
}

// file files one case and gives its number.
func (h *house) file(key string) string {
	status, body, err := h.post("/api/v1/cases", key, `{"item":"BM-008","place":"610881101200","channel":"counter",`+
		`"applicant":{"kind":"person","name":"折桂英","id_number":"612722195410020026","phone":"13912345127"},`+
		`"materials":[{"name":"居民身份证"},{"name":"高龄补贴申请表"},{"name":"社会保障卡或者一卡通银行卡"}],"another":"同一个人反复办，试的是备份"}`)
	var made struct{ Number string }
	if err != nil || status != http.StatusCreated || json.Unmarshal(body, &made) != nil {
		h.t.Errorf("filing: %d %s %v", status, body, err)
	}
	return made.Number
}

// work files cases from four clients until it is ended. acknowledged gives what was answered so far.
func (h *house) work() (acknowledged func() []string, end func()) {
	var (
		mu      sync.Mutex
		numbers []string
		clients sync.WaitGroup
	)
	stop := make(chan struct{})
	for client := range 4 {
		clients.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				number := h.file(fmt.Sprintf("%d-%d", client, n))
				mu.Lock()
				numbers = append(numbers, number)
				mu.Unlock()
			}
		})
	}
	return func() []string {
			mu.Lock()
			defer mu.Unlock()
			return append([]string(nil), numbers...)
		}, func() {
			close(stop)
			clients.Wait()
		}
}

// place is where the house's data are.
func (h *house) place() Place { return placeOf(h.config) }

func placeOf(c app.Config) Place { return Place{URL: c.URL(), KeyFile: c.KeyFile()} }

// elsewhere is a new and empty place on the same engine.
func (h *house) elsewhere(t *testing.T) app.Config {
	c := h.config
	c.Data = filepath.Join(t.TempDir(), "new")
	if c.DatabaseURL != "" {
		c.DatabaseURL = enginetest.PostgresURL(t)
	}
	return c
}
