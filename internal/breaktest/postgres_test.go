package breaktest

import (
	"bytes"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bianmin/internal/enginetest"
)

// TestPostgresIsTakenAway: replies are cut, backends are killed, the whole server is killed while replies are cut, all
// under load. Meanwhile the program says 503 and when to come back; afterwards it goes on by itself. Whoever asks again
// with the same key gets one case for it, and the same answer.
func TestPostgresIsTakenAway(t *testing.T) {
	cluster, err := enginetest.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	direct := cluster.URL("postgres")
	way, address := between(t, direct)
	p := newProgram(t, address)
	p.start()
	clerk := signIn(t, p.base)
	unanswered := &counted{}
	crowd := work(clerk, 8, func(c *client, a *asked) bool { return untilAnswered(t, c, a, unanswered) })
	progress := func(what string) {
		t.Helper()
		before := crowd.done()
		eventually(t, "work goes on "+what, 30*time.Second, func() bool { return crowd.done() > before+20 })
	}
	progress("at first")
	for range 3 {
		end := way.cutReplies()
		eventually(t, "replies are cut", 10*time.Second, unanswered.more())
		end()
		progress("after replies were cut")
	}
	for range 3 {
		endBackends(t, direct)
		progress("after its backends were ended")
	}
	end := way.cutReplies() // what was committed last is not heard of either
	eventually(t, "replies are cut", 10*time.Second, unanswered.more())
	if err := cluster.Crash(); err != nil {
		t.Fatal(err)
	}
	end()
	for _, got := range []reply{clerk.file("gone", "王不见"), clerk.list()} {
		if got.status != http.StatusServiceUnavailable || got.code() != "unavailable" || got.retryAfter == "" {
			t.Errorf("PostgreSQL is gone: %v, Retry-After %q", got, got.retryAfter)
		}
	}
	for _, path := range []string{"/", "/follow?number=610881101-2026-000001-5&phone_last4=1234", "/journal/checkpoint", "/readyz"} {
		got, err := prober.Get(p.base + path)
		if err != nil {
			t.Fatal(err)
		}
		got.Body.Close()
		if again := got.Header.Get("Retry-After"); got.StatusCode != http.StatusServiceUnavailable || again == "" {
			t.Errorf("PostgreSQL is gone, %s: %d, Retry-After %q", path, got.StatusCode, again)
		}
	}
	if err := cluster.Again(); err != nil {
		t.Fatal(err)
	}
	progress("after a crash")
	eventually(t, "it says that it is ready", 10*time.Second, func() bool { return p.status("/readyz") == http.StatusOK })
	checkHistory(t, p, clerk, direct, crowd.end())
	t.Logf("%d intentions, %d answers short of success", crowd.done(), unanswered.n.Load())
}

// untilAnswered sends one intention again, with its key, until it is answered.
func untilAnswered(t *testing.T, c *client, a *asked, unanswered *counted) bool {
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for range 2000 {
		a.answer = c.file(a.key, a.name)
		switch a.answer.status {
		case http.StatusCreated:
			return true
		case http.StatusServiceUnavailable:
			unanswered.n.Add(1)
			<-again.C
		default:
			t.Errorf("%s: %v", a.key, a.answer)
			return false
		}
	}
	t.Errorf("%s is never answered: %v", a.key, a.answer)
	return false
}

// checkHistory holds what was answered against the database: every intention is one case, and no case is more.
func checkHistory(t *testing.T, p *program, clerk *client, direct string, all []asked) {
	t.Helper()
	numbers := map[string]string{}
	for _, a := range all {
		number := a.answer.number()
		if other, twice := numbers[number]; twice || number == "" {
			t.Errorf("%s and %s made the case %q", a.key, other, number)
		}
		numbers[number] = a.key
		if got := clerk.file(a.key, a.name); !bytes.Equal(got.body, a.answer.body) {
			t.Errorf("%s was answered %v, now %v", a.key, a.answer, got)
		}
	}
	p.verify()
	conn, err := pgx.Connect(t.Context(), direct)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	rows, err := conn.Query(t.Context(), `SELECT name, number FROM cases WHERE name LIKE '王%末'`)
	if err != nil {
		t.Fatal(err)
	}
	stored := 0
	for rows.Next() {
		var name, number string
		if err := rows.Scan(&name, &number); err != nil {
			t.Fatal(err)
		}
		stored++
		var client, n int
		if _, err := fmt.Sscanf(name, "王%d之%d末", &client, &n); err != nil || numbers[number] != fmt.Sprintf("%d-%d", client, n) {
			t.Errorf("%s, %s was never answered so", number, name)
		}
	}
	if err := rows.Err(); err != nil || stored != len(all) {
		t.Errorf("%d intentions, %d cases, %v", len(all), stored, err)
	}
}

func endBackends(t *testing.T, direct string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), direct)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'`); err != nil {
		t.Fatal(err)
	}
}
