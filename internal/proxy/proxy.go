// Package proxy says where a request comes from, and whether it came encrypted, when a web server stands in front. That
// server's word is taken only when the operator named its address; anybody else can write the same headers. Rows M55
// (signing in), M29 (a citizen's following of a case): what slows guessing counts by address.
package proxy

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
)

// Trusted are the addresses of the web servers in front whose forwarded headers are believed.
type Trusted []netip.Prefix

// Parse reads networks (10.0.0.0/8) and single addresses.
func Parse(texts []string) (Trusted, error) {
	var list Trusted
	for _, text := range texts {
		if text = strings.TrimSpace(text); text == "" {
			continue // BIANMIN_PROXY= names nobody
		}
		p, err := netip.ParsePrefix(text)
		if a, single := netip.ParseAddr(text); single == nil && a.Zone() == "" {
			a = a.Unmap()
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		switch {
		case err != nil || p.Addr().Is4In6():
			return nil, fmt.Errorf("the proxy %q is neither a network as 10.0.0.0/8 nor an address", text)
		case p.Bits() == 0:
			return nil, fmt.Errorf("the proxy %q is everybody, so that anybody could say to come from anywhere", text)
		}
		list = append(list, p.Masked())
	}
	return list, nil
}

func (t Trusted) has(a netip.Addr) bool {
	return slices.ContainsFunc(t, func(p netip.Prefix) bool { return p.Contains(a) })
}

// believes says whether the connection is from a trusted proxy. remote is host and port.
func (t Trusted) believes(remote string) bool {
	a, ok := addrOf(hostOf(remote))
	return ok && t.has(a)
}

// Client is the address of who sent a request. remote is host and port of the connection, forwarded the values of
// X-Forwarded-For in their order. Each proxy adds at the right whom it had it from, so that what stands left of the first
// address that is no proxy of ours may be made up; so may what stands left of an entry that is no address.
func (t Trusted) Client(remote string, forwarded []string) string {
	if !t.believes(remote) {
		return hostOf(remote)
	}
	at, _ := addrOf(hostOf(remote))
	entries := strings.Split(strings.Join(forwarded, ","), ",")
	for _, entry := range slices.Backward(entries) {
		a, ok := addrOf(strings.TrimSpace(entry))
		if !ok {
			break
		}
		if at = a; !t.has(a) {
			break
		}
	}
	return at.String()
}

// Encrypted says whether a trusted proxy had the request over TLS. proto are the values of X-Forwarded-Proto; the last is
// the nearest proxy's.
func (t Trusted) Encrypted(remote string, proto []string) bool {
	all := strings.Join(proto, ",")
	return t.believes(remote) && strings.EqualFold(strings.TrimSpace(all[strings.LastIndexByte(all, ',')+1:]), "https")
}

// addrOf reads an address with or without a port, [in brackets] or not. The zone is this machine's matter.
func addrOf(text string) (netip.Addr, bool) {
	a, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	if err != nil {
		at, portErr := netip.ParseAddrPort(text)
		if portErr != nil {
			return netip.Addr{}, false
		}
		a = at.Addr()
	}
	return a.Unmap().WithZone(""), true
}

func hostOf(remote string) string {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		return remote
	}
	return host
}

// Front is how the program is reached.
type Front struct {
	Trusted Trusted
	// Public is where citizens reach the program; when that is https, every request counts as encrypted.
	Public string
	Log    *slog.Logger
}

type way struct {
	address   string
	encrypted bool
}

type wayKey struct{}

// Handler notes with each request how it came, for Address and Encrypted.
func (f Front) Handler(h http.Handler) http.Handler {
	public := len(f.Public) >= 8 && strings.EqualFold(f.Public[:8], "https://")
	var warned sync.Once
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		forwarded := r.Header.Values("X-Forwarded-For")
		came := way{address: f.Trusted.Client(r.RemoteAddr, forwarded),
			encrypted: public || r.TLS != nil || f.Trusted.Encrypted(r.RemoteAddr, r.Header.Values("X-Forwarded-Proto"))}
		if len(f.Trusted) == 0 && len(forwarded) > 0 {
			if a, ok := addrOf(came.address); ok && a.IsLoopback() {
				warned.Do(func() {
					f.Log.Warn("a web server in front is not believed, so that all clients have one address; name it: serve --proxy 127.0.0.1/32")
				})
			}
		}
		h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), wayKey{}, came)))
	})
}

// Address is where a request comes from: the connection's address unless a Front knows better.
func Address(r *http.Request) string {
	if came, ok := r.Context().Value(wayKey{}).(way); ok {
		return came.address
	}
	return hostOf(r.RemoteAddr)
}

// Encrypted says whether the browser's connection is TLS, here or at the web server in front.
func Encrypted(r *http.Request) bool {
	if came, ok := r.Context().Value(wayKey{}).(way); ok {
		return came.encrypted
	}
	return r.TLS != nil
}
