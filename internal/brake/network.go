package brake

import "net/netip"

// Network is what tries are counted by when they come from an address: the address itself, of IPv6 the /64, which is one
// household or office and has more addresses than anybody can count.
func Network(address string) string {
	if a, err := netip.ParseAddr(address); err == nil && a.Is6() && !a.Is4In6() {
		if p, err := a.WithZone("").Prefix(64); err == nil {
			return p.String()
		}
	}
	return address
}
