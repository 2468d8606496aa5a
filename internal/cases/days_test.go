package cases

import "testing"

func TestParseDays(t *testing.T) {
	for in, want := range map[string]string{"": "", "2026-03": "2026-03-01 2026-03-31", "2024-02": "2024-02-01 2024-02-29", "2026-12": "2026-12-01 2026-12-31",
		"2026-03-10": "2026-03-10 2026-03-10", "2026-03-10..2026-04-01": "2026-03-10 2026-04-01"} {
		d, ok := ParseDays(in)
		if got := d.From.String() + " " + d.To.String(); !ok || want != "" && got != want || d.IsZero() != (in == "") {
			t.Errorf("%q: %s, %v", in, got, ok)
		}
		if d.String() != in {
			t.Errorf("%q is written %q", in, d.String())
		}
	}
	for _, in := range []string{"2026-13", "2026", "x", "2026-03-10..2026-03-09", "2026-02-30", ".."} {
		if _, ok := ParseDays(in); ok {
			t.Errorf("%q was read", in)
		}
	}
}

func FuzzParseDays(f *testing.F) {
	for _, s := range []string{"2026-03", "2026-03-10", "2026-03-10..2026-04-01", ".."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := ParseDays(s)
		if !ok {
			return
		}
		if again, ok := ParseDays(d.String()); !ok || again != d {
			t.Errorf("%q is %v, and read again %v", s, d, again)
		}
	})
}
