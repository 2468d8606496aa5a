package proxy

import (
	"bytes"
	"crypto/tls"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func parsed(t testing.TB, texts ...string) Trusted {
	t.Helper()
	list, err := Parse(texts)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWhoIsBelieved(t *testing.T) {
	for text, want := range map[string]string{"127.0.0.1/32": "127.0.0.1/32", " 10.1.2.3/8 ": "10.0.0.0/8", "192.0.2.7": "192.0.2.7/32", "::1": "::1/128",
		"fd00::/8": "fd00::/8", "::ffff:192.0.2.7": "192.0.2.7/32"} {
		list, err := Parse([]string{text})
		if err != nil || len(list) != 1 || list[0].String() != want {
			t.Errorf("%q: %v, %v; want %s", text, list, err, want)
		}
	}
	for _, text := range []string{"nginx", "10.0.0.0/33", "0.0.0.0/0", "::/0", "127.0.0.1:80", "::ffff:10.0.0.0/104", "fe80::1%eth0", "10.0.0.0/8 10.0.0.1"} {
		if list, err := Parse([]string{"127.0.0.1/32", text}); err == nil {
			t.Errorf("%q is %v", text, list)
		}
	}
	if list, err := Parse([]string{"", " "}); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
}

func TestTheClientBehindTheProxies(t *testing.T) {
	for name, c := range map[string]struct {
		trusted   string
		remote    string
		forwarded []string
		want      string
	}{
		"nobody is trusted":            {"", "127.0.0.1:5", []string{"203.0.113.9"}, "127.0.0.1"},
		"from elsewhere":               {"127.0.0.1/32", "192.0.2.1:5", []string{"203.0.113.9"}, "192.0.2.1"},
		"the neighbour of a proxy":     {"127.0.0.1/32", "127.0.0.2:5", []string{"203.0.113.9"}, "127.0.0.2"},
		"one proxy":                    {"127.0.0.1/32", "127.0.0.1:5", []string{"203.0.113.9"}, "203.0.113.9"},
		"the client makes one up":      {"127.0.0.1/32", "127.0.0.1:5", []string{"198.51.100.1, 203.0.113.9"}, "203.0.113.9"},
		"it makes up a proxy of ours":  {"127.0.0.1/32", "127.0.0.1:5", []string{"127.0.0.1, 203.0.113.9"}, "203.0.113.9"},
		"in a header of its own":       {"127.0.0.1/32", "127.0.0.1:5", []string{"198.51.100.1", "203.0.113.9"}, "203.0.113.9"},
		"two proxies":                  {"127.0.0.1/32,10.0.0.0/8", "127.0.0.1:5", []string{"198.51.100.1,203.0.113.9, 10.2.3.4"}, "203.0.113.9"},
		"proxies alone":                {"127.0.0.1/32,10.0.0.0/8", "127.0.0.1:5", []string{"10.0.0.9, 10.2.3.4"}, "10.0.0.9"},
		"no header":                    {"127.0.0.1/32", "127.0.0.1:5", nil, "127.0.0.1"},
		"an empty one":                 {"127.0.0.1/32", "127.0.0.1:5", []string{""}, "127.0.0.1"},
		"no address":                   {"127.0.0.1/32", "127.0.0.1:5", []string{"unknown"}, "127.0.0.1"},
		"no address, then a proxy":     {"127.0.0.1/32,10.0.0.0/8", "127.0.0.1:5", []string{"203.0.113.9, unknown, 10.2.3.4"}, "10.2.3.4"},
		"no address left of the last":  {"127.0.0.1/32", "127.0.0.1:5", []string{"<script>, 203.0.113.9"}, "203.0.113.9"},
		"an empty entry":               {"127.0.0.1/32,10.0.0.0/8", "127.0.0.1:5", []string{"203.0.113.9,,10.2.3.4"}, "10.2.3.4"},
		"with a port":                  {"127.0.0.1/32", "127.0.0.1:5", []string{"203.0.113.9:4711"}, "203.0.113.9"},
		"IPv6":                         {"::1", "[::1]:5", []string{"2001:DB8:0::1"}, "2001:db8::1"},
		"IPv6 in brackets":             {"::1", "[::1]:5", []string{"[2001:db8::1]"}, "2001:db8::1"},
		"IPv6 with a port":             {"::1", "[::1]:5", []string{"[2001:db8::1]:443"}, "2001:db8::1"},
		"IPv4 in IPv6":                 {"127.0.0.1/32", "[::ffff:127.0.0.1]:5", []string{"::ffff:203.0.113.9"}, "203.0.113.9"},
		"a zone":                       {"fe80::/64", "[fe80::2%eth0]:5", []string{"203.0.113.9"}, "203.0.113.9"},
		"a connection without address": {"127.0.0.1/32", "@", []string{"203.0.113.9"}, "@"},
	} {
		t.Run(name, func(t *testing.T) {
			var list []string
			if c.trusted != "" {
				list = strings.Split(c.trusted, ",")
			}
			if got := parsed(t, list...).Client(c.remote, c.forwarded); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// address is one of a proxy of ours (10.0.0.0/8) or of anybody else.
func address(t *rapid.T, name string) string {
	b := rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, name)
	if rapid.Bool().Draw(t, name+" is ours") {
		b[0] = 10
	}
	return netip.AddrFrom4([4]byte(b)).String()
}

// TestNobodyMakesUpAnAddress: whatever a client writes into the header, what it is known by is what the first trusted
// proxy saw; and without a trusted proxy the header changes nothing.
func TestNobodyMakesUpAnAddress(t *testing.T) {
	ours := parsed(t, "10.0.0.0/8")
	rapid.Check(t, func(t *rapid.T) {
		made := rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.Custom(func(t *rapid.T) string { return address(t, "made up") }))).Draw(t, "made")
		client := address(t, "client")
		var hops []string
		for n := range rapid.IntRange(0, 3).Draw(t, "hops") {
			hops = append(hops, netip.AddrFrom4([4]byte{10, 0, 0, byte(n)}).String())
		}
		if strings.HasPrefix(client, "10.") {
			client = "192.0.2.1"
		}
		header := []string{strings.Join(append(append(made, client), hops...), ", ")}
		if got := ours.Client("10.9.9.9:80", header); got != client {
			t.Fatalf("%q is %s, want %s", header, got, client)
		}
		if got := ours.Client(client+":80", header); got != client {
			t.Fatalf("%q, without a proxy, is %s, want %s", header, got, client)
		}
		if got := Trusted(nil).Client("10.9.9.9:80", header); got != "10.9.9.9" {
			t.Fatalf("%q, nobody trusted, is %s", header, got)
		}
	})
}

// FuzzClient: the answer is the connection's address or one that stands in the header, and always an address.
func FuzzClient(f *testing.F) {
	for _, header := range []string{"", "203.0.113.9", "203.0.113.9, 10.0.0.1", "[2001:db8::1]:443, unknown,10.0.0.1", ",,", "fe80::1%eth0", "::ffff:10.0.0.1"} {
		f.Add(header)
	}
	ours := parsed(f, "10.0.0.0/8", "::1")
	f.Fuzz(func(t *testing.T, header string) {
		got := ours.Client("10.9.9.9:80", []string{header})
		a, err := netip.ParseAddr(got)
		if err != nil || a.Zone() != "" || a.Is4In6() {
			t.Fatalf("%q is %q: %v", header, got, err)
		}
		if got == "10.9.9.9" {
			return
		}
		for entry := range strings.SplitSeq(header, ",") {
			if b, ok := addrOf(strings.TrimSpace(entry)); ok && b == a {
				return
			}
		}
		t.Fatalf("%q is %s, which stands nowhere in it", header, got)
	})
}

// asked is what a handler behind the front is told of a request.
func asked(h func(http.Handler) http.Handler, remote string, change func(*http.Request)) (address string, encrypted bool) {
	r := httptest.NewRequest(http.MethodGet, "http://example.com/", nil)
	r.RemoteAddr = remote
	change(r)
	h(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { address, encrypted = Address(r), Encrypted(r) })).ServeHTTP(httptest.NewRecorder(), r)
	return address, encrypted
}

func TestEncrypted(t *testing.T) {
	set := func(values ...string) func(*http.Request) {
		return func(r *http.Request) { r.Header["X-Forwarded-Proto"] = values }
	}
	for name, c := range map[string]struct {
		public, remote string
		change         func(*http.Request)
		want           bool
	}{
		"plain":                         {"http://example.com", "127.0.0.1:5", set(), false},
		"TLS here":                      {"", "192.0.2.1:5", func(r *http.Request) { r.TLS = &tls.ConnectionState{} }, true},
		"the proxy says so":             {"", "127.0.0.1:5", set("https"), true},
		"in capitals":                   {"", "127.0.0.1:5", set("HTTPS"), true},
		"the proxy says http":           {"", "127.0.0.1:5", set("http"), false},
		"the nearest says http":         {"", "127.0.0.1:5", set("https, http"), false},
		"the nearest says https":        {"", "127.0.0.1:5", set("http", "https"), true},
		"anybody says so":               {"http://example.com", "192.0.2.1:5", set("https"), false},
		"the public address":            {"https://example.com", "192.0.2.1:5", set(), true},
		"the public one, in capitals":   {"HTTPS://example.com", "192.0.2.1:5", set("http"), true},
		"something that begins like it": {"httpsx://example.com", "192.0.2.1:5", set(), false},
	} {
		front := Front{Trusted: parsed(t, "127.0.0.1/32"), Public: c.public, Log: slog.New(slog.DiscardHandler)}
		if _, got := asked(front.Handler, c.remote, c.change); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	bare := func(h http.Handler) http.Handler { return h }
	if address, encrypted := asked(bare, "192.0.2.1:5", set("https")); encrypted || address != "192.0.2.1" {
		t.Errorf("without a front: %s, %v", address, encrypted)
	}
}

// TestAProxyThatWasNotNamedIsSaidOnce, without the address of anybody.
func TestAProxyThatWasNotNamedIsSaidOnce(t *testing.T) {
	forwarded := func(r *http.Request) { r.Header.Set("X-Forwarded-For", "203.0.113.9") }
	for name, c := range map[string]struct {
		trusted []string
		remote  string
		change  func(*http.Request)
		want    int
	}{
		"not named":      {nil, "127.0.0.1:5", forwarded, 1},
		"IPv6":           {nil, "[::1]:5", forwarded, 1},
		"named":          {[]string{"127.0.0.1"}, "127.0.0.1:5", forwarded, 0},
		"from elsewhere": {nil, "192.0.2.1:5", forwarded, 0},
		"no header":      {nil, "127.0.0.1:5", func(*http.Request) {}, 0},
	} {
		var log bytes.Buffer
		h := Front{Trusted: parsed(t, c.trusted...), Log: slog.New(slog.NewTextHandler(&log, nil))}.Handler(http.NotFoundHandler())
		for range 3 {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = c.remote
			c.change(r)
			h.ServeHTTP(httptest.NewRecorder(), r)
		}
		if got := strings.Count(log.String(), "level=WARN"); got != c.want || strings.Contains(log.String(), "203.") {
			t.Errorf("%s: %d times: %s", name, got, log.String())
		}
	}
}
