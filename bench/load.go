package main

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// filing is the application that is filed over and over, each time for somebody else: what is under way of one person is
// looked for. The name and the number of the applicant stand in it.
const filing = `{"item":"BM-008","place":"610881101200","channel":"counter","applicant":{"kind":"person","name":"%s","id_number":"%s","phone":"13912345127","address":"神木市高家堡镇高家堡村"},"materials":[{"name":"居民身份证","originals":1,"copies":0},{"name":"高龄补贴申请表","originals":1,"copies":0},{"name":"社会保障卡或者一卡通银行卡","originals":0,"copies":1}],"green":null,"another":"压测，同一个人各轮都办"}`

// filingFor is the application of the nth person.
func filingFor(n int64) string {
	return fmt.Sprintf(filing, "王"+strconv.FormatInt(n, 10), citizen(n))
}

// citizen is a citizen number, another one for each n up to 16 million (GB 11643).
func citizen(n int64) string {
	digits := fmt.Sprintf("612722%04d%02d%02d%03d", 1940+n/336_000%50, 1+n/28_000%12, 1+n/1000%28, n%1000)
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(digits[i]-'0') * weight
	}
	return digits + string("10X98765432"[sum%11])
}

// load sends requests from so many clients for a time and gives the rate at which they were answered as wanted.
func load(clients int, each time.Duration, request func(client *http.Client, n int64) error) (perSecond float64, err error) {
	transport := &http.Transport{MaxIdleConnsPerHost: clients, MaxConnsPerHost: clients}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	var done, next atomic.Int64
	var failed atomic.Value
	var all sync.WaitGroup
	began := time.Now()
	end := began.Add(each)
	for range clients {
		all.Go(func() {
			for time.Now().Before(end) && failed.Load() == nil {
				if err := request(client, next.Add(1)); err != nil {
					failed.Store(err)
					return
				}
				done.Add(1)
			}
		})
	}
	all.Wait()
	if err, ok := failed.Load().(error); ok {
		return 0, err
	}
	return float64(done.Load()) / time.Since(began).Seconds(), nil
}

// files is the request that files a case. mark makes the keys of one measurement its own.
func files(s *server, token, mark string) func(*http.Client, int64) error {
	return func(client *http.Client, n int64) error {
		body := filingFor(n)
		r, err := http.NewRequest(http.MethodPost, s.base+"/api/v1/cases", strings.NewReader(body))
		if err != nil {
			return err
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", mark+strconv.FormatInt(n, 10))
		return send(client, r, token, http.StatusCreated)
	}
}

// lists is the request for a town's list.
func lists(s *server, token string) func(*http.Client, int64) error {
	return func(client *http.Client, _ int64) error {
		r, err := http.NewRequest(http.MethodGet, s.base+"/api/v1/cases?open=true&limit=50", nil)
		if err != nil {
			return err
		}
		return send(client, r, token, http.StatusOK)
	}
}

func send(client *http.Client, r *http.Request, token string, want int) error {
	r.Header.Set("Authorization", "Bearer "+token)
	response, err := client.Do(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if err := response.Body.Close(); err != nil {
		return err
	}
	if response.StatusCode != want {
		return fmt.Errorf("%s %s: %d %.300s", r.Method, r.URL.Path, response.StatusCode, body)
	}
	return nil
}
