package breaktest

import (
	"net/url"
	"strings"
	"testing"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"
)

// proxy stands between the program and PostgreSQL.
type proxy struct {
	t  *testing.T
	of *toxiproxy.Proxy
}

// between gives the address of a proxy in front of a database's.
func between(t *testing.T, database string) (*proxy, string) {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	p := toxiproxy.NewProxy(toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop()), "postgres", "127.0.0.1:0", u.Host)
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Stop)
	u.Host = p.Listen
	return &proxy{t, p}, u.String()
}

// cutReplies lets questions through and drops the answers, then the connection; what it gives ends it. A COMMIT then
// happens, and nobody hears of it.
func (p *proxy) cutReplies() (end func()) {
	p.t.Helper()
	_, err := p.of.Toxics.AddToxicJson(strings.NewReader(`{"name":"cut","type":"timeout","stream":"downstream","attributes":{"timeout":20}}`))
	if err != nil {
		p.t.Fatal(err)
	}
	return func() {
		if err := p.of.Toxics.RemoveToxic(p.t.Context(), "cut"); err != nil {
			p.t.Error(err)
		}
	}
}
