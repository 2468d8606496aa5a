package brake

import "testing"

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"10.8.1.101": "10.8.1.101", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "2001:db8:1:2::": "2001:db8:1:2::/64",
		"fe80::1%eth0": "fe80::/64", "::ffff:10.8.1.101": "::ffff:10.8.1.101", "": "", "nowhere": "nowhere",
	} {
		if got := Network(address); got != want {
			t.Errorf("%q is counted as %q, not %q", address, got, want)
		}
	}
}
