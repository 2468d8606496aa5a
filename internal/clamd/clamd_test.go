package clamd

import "testing"

func TestVerdict(t *testing.T) {
	for answer, want := range map[string]string{"stream: OK": "", "stream: Eicar-Signature FOUND": "Eicar-Signature"} {
		if got, err := verdict(answer); got != want || err != nil {
			t.Errorf("%q: %q, %v", answer, got, err)
		}
	}
	for _, answer := range []string{"", "OK", "stream: ", "stream:  FOUND", "INSTREAM size limit exceeded. ERROR", "stream: OK and more"} {
		if got, err := verdict(answer); err == nil {
			t.Errorf("%q passes for %q", answer, got)
		}
	}
}

func TestAddresses(t *testing.T) {
	for _, good := range []string{"tcp://127.0.0.1:3310", "unix:///run/clamav/clamd.ctl"} {
		if _, err := New(good); err != nil {
			t.Error(err)
		}
	}
	for _, bad := range []string{"", "127.0.0.1:3310", "tcp://127.0.0.1", "http://x:1", "unix://"} {
		if _, err := New(bad); err == nil {
			t.Errorf("%q is an address", bad)
		}
	}
}

func FuzzVerdict(f *testing.F) {
	f.Add("stream: OK")
	f.Fuzz(func(t *testing.T, answer string) {
		if found, err := verdict(answer); err == nil && found == "" && answer != "stream: OK" {
			t.Errorf("%q passes for clean", answer)
		}
	})
}
