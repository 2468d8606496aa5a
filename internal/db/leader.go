package db

import (
	"context"
	"database/sql"
	"hash/fnv"
	"sync"
)

// leadership holds the advisory locks of this program, each on a connection of its own: the lock ends with it.
type leadership struct {
	mu    sync.Mutex
	conns map[string]*sql.Conn
}

// Lead says whether this program is the one that does the work of that name in the whole deployment, and becomes it
// when nobody is. With SQLite the file's lock has settled it.
func (d *DB) Lead(ctx context.Context, work string) (bool, error) {
	if d.engine == SQLite {
		return true, nil
	}
	d.lead.mu.Lock()
	defer d.lead.mu.Unlock()
	if c := d.lead.conns[work]; c != nil {
		if c.PingContext(ctx) == nil {
			return true, nil
		}
		delete(d.lead.conns, work)
		c.Close() // it is broken: with it the lock is gone
	}
	c, err := d.write.Conn(ctx)
	if err != nil {
		return false, wrap("asking to lead "+work, err)
	}
	var won bool
	if err := c.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", lockKey(work)).Scan(&won); err != nil || !won {
		c.Close()
		return false, wrap("asking to lead "+work, err)
	}
	if d.lead.conns == nil {
		d.lead.conns = map[string]*sql.Conn{}
	}
	d.lead.conns[work] = c
	return true, nil
}

func (l *leadership) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for work, c := range l.conns {
		c.Close()
		delete(l.conns, work)
	}
}

func lockKey(work string) int64 {
	h := fnv.New64a()
	h.Write([]byte("bianmin " + work))
	return int64(h.Sum64())
}
