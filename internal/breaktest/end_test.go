package breaktest

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"bianmin/internal/enginetest"
)

// endsWithin is how long the program may take to end after it was told to.
const endsWithin = 5 * time.Second

// begun is a request of which the program has the half: it is in hand.
type begun struct {
	conn net.Conn
	rest string
}

// begin sends the head and half the body of a filing.
func begin(t *testing.T, c *client, key string) *begun {
	t.Helper()
	host, err := url.Parse(c.base)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", host.Host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	body := application("王在手")
	fmt.Fprintf(conn, "POST /api/v1/cases HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nAuthorization: Bearer %s\r\nIdempotency-Key: %s\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n",
		host.Host, c.token, key, len(body))
	// The program says that it reads on: the request is in its hands.
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil || !strings.Contains(line, "100") {
		t.Fatalf("it does not take the request: %q, %v", line, err)
	}
	fmt.Fprint(conn, body[:len(body)/2])
	return &begun{conn, body[len(body)/2:]}
}

// finish sends the rest and reads the answer.
func (b *begun) finish() (int, error) {
	if _, err := fmt.Fprint(b.conn, b.rest); err != nil {
		return 0, err
	}
	in := bufio.NewReader(b.conn)
	if _, err := in.Peek(1); err != nil {
		return 0, err
	}
	for {
		response, err := http.ReadResponse(in, nil)
		if err != nil {
			return 0, err
		}
		response.Body.Close()
		if response.StatusCode != http.StatusContinue {
			return response.StatusCode, nil
		}
	}
}

// TestAPoliteEndUnderLoad: what is in hand is answered, whoever is answered nothing finds nothing done, and it ends in
// time and without an error.
func TestAPoliteEndUnderLoad(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		p := on(t, database)
		p.start()
		clerk := signIn(t, p.base)
		crowd := work(clerk, 8, func(c *client, a *asked) bool {
			a.answer = c.file(a.key, a.name)
			return a.answer.err == nil
		})
		eventually(t, "everybody is at work", time.Minute, func() bool { return crowd.done() > 50 })
		var inHand []*begun
		for i := range 5 {
			inHand = append(inHand, begin(t, clerk, fmt.Sprintf("in hand %d", i)))
		}
		told := time.Now()
		if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		eventually(t, "it takes no more", endsWithin, func() bool { return p.status("/healthz") == 0 })
		for i, b := range inHand {
			if status, err := b.finish(); status != http.StatusCreated {
				t.Errorf("in hand %d: %d, %v", i, status, err)
			}
		}
		<-p.ended
		if took := time.Since(told); took > endsWithin || p.how != nil {
			t.Errorf("it ended %v after it was told, with %v: %s", took, p.how, p.said.text())
		}
		p.cmd = nil
		all := crowd.end()
		p.start()
		clerk = signIn(t, p.base)
		answered, reset := 0, 0
		for _, a := range all {
			switch {
			case a.answer.status == http.StatusCreated:
				answered++
			case a.answer.err == nil:
				t.Errorf("%s was answered %v", a.key, a.answer)
			case errors.Is(a.answer.err, syscall.ECONNREFUSED):
			default:
				reset++
				t.Logf("%s: %v", a.key, a.answer.err)
			}
		}
		if reset > 0 {
			t.Errorf("%d of %d connections were cut", reset, len(all))
		}
		ours := func(name string) bool { return ofCrowd(name) || name == "王在手" }
		if there := p.cases(clerk, ours); there != answered+len(inHand) {
			t.Errorf("%d were answered, %d are there", answered+len(inHand), there)
		}
		p.verify()
	})
}

// TestASecondCopyOnTheSameFile is refused in words that say what to do, and the first goes on.
func TestASecondCopyOnTheSameFile(t *testing.T) {
	p := onSQLite(t)
	p.start()
	clerk := signIn(t, p.base)
	said, err := p.run("serve", "--demo", "--data", p.data, "--listen", freeAddress(t))
	if err == nil || !strings.Contains(said, p.data) || !strings.Contains(said, "--data") || strings.Contains(said, "goroutine") {
		t.Errorf("a second copy: %v: %s", err, said)
	}
	if got := clerk.file("first", "王先来"); got.status != http.StatusCreated {
		t.Errorf("the first copy: %v", got)
	}
}
