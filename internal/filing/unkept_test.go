package filing

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/filing/internal/query"
	"bianmin/internal/item"
)

// TestNetworks: neighbours are one network, whatever the port's or the zone's writing; what is no address is one, too.
func TestNetworks(t *testing.T) {
	for address, want := range map[string]string{
		"113.200.1.2": "113.200.1.0/24", "113.200.1.254": "113.200.1.0/24", "113.200.2.2": "113.200.2.0/24", "::ffff:113.200.1.9": "113.200.1.0/24",
		"2408:8670:1:2::3": "2408:8670:1::/48", "2408:8670:1:ffff::9": "2408:8670:1::/48", "2408:8670:2::1": "2408:8670:2::/48", "fe80::1%eth0": "fe80::/48",
		"": "", "somewhere": "",
	} {
		if got := NetworkOf(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

// TestDraftsOfANetworkAreBounded: what is begun without a sign-in from one network, until some are a day old or claimed; who
// signed in, and who comes from elsewhere, begins on.
func TestDraftsOfANetworkAreBounded(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		from := func() Owner { return Owner{Browser: NewBrowser(), Network: NetworkOf("113.200.1.7")} }
		var last, whose Owner
		var first Draft
		for i := range networkMost {
			last = from()
			if d := r.begins(last); i == 0 {
				first, whose = d, last
			}
		}
		full := func(o Owner) bool {
			_, err := r.Begin(t.Context(), o, "BM-008")
			if err != nil && !errors.Is(err, ErrNotKept) {
				t.Fatal(err)
			}
			return err != nil
		}
		if !full(from()) {
			t.Error("one more is kept")
		}
		r.saves(whose, first.ID, Name, "折桂英") // what was begun goes on
		elsewhere := from()
		elsewhere.Network = NetworkOf("113.200.2.7")
		signedIn := from()
		signedIn.Phone = "p1"
		if full(elsewhere) || full(signedIn) {
			t.Error("others are refused with them")
		}
		claims := last
		claims.Phone = "p2"
		list, err := r.Of(t.Context(), last)
		if err != nil || len(list) != 1 {
			t.Fatalf("%v (%v)", list, err)
		}
		if err := r.Claim(t.Context(), claims, list[0]); err != nil {
			t.Fatal(err)
		}
		if full(from()) || !full(from()) {
			t.Error("one was claimed, so one more is kept, and not two")
		}
		r.wall.Add(KeptHere + time.Second)
		if full(from()) {
			t.Error("a day later")
		}
	})
}

// TestDraftsOfAllAreBounded: from however many networks.
func TestDraftsOfAllAreBounded(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		err := r.DB.Write(t.Context(), func(ctx context.Context) error {
			_, err := r.DB.Q(ctx).ExecContext(ctx, `INSERT INTO filing_drafts (id, browser, item, version, saved, doc, network)
				WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) SELECT 'd' || i, 'b', 'BM-008', 1, $2, '', 'n' || i FROM n`, unsignedMost-1, noon.UnixMicro())
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		r.begins(Owner{Browser: NewBrowser(), Network: "a"})
		if _, err := r.Begin(t.Context(), Owner{Browser: NewBrowser(), Network: "b"}, "BM-008"); !errors.Is(err, ErrNotKept) {
			t.Errorf("%v", err)
		}
		n, err := r.q(t.Context()).Unsigned(t.Context(), query.UnsignedParams{Since: noon.Add(-KeptHere).UnixMicro(), Most: 2 * unsignedMost})
		if err != nil || n != unsignedMost {
			t.Errorf("%d (%v)", n, err)
		}
	})
}

// TestAnUnkeptDraftGoesOn: its browser carries it, sealed; nothing is kept until somebody signs in, and then once, for them.
func TestAnUnkeptDraftGoesOn(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		d, err := r.Unkept("BM-008")
		if err != nil || !d.Unkept || d.ID != Here {
			t.Fatalf("%+v (%v)", d, err)
		}
		for _, x := range [][2]string{{ForWhom, Myself}, {Name, "折桂英"}} {
			if d, err = r.Answered(d, x[0], x[1]); err != nil {
				t.Fatal(err)
			}
		}
		text, err := r.Carry(d)
		if err != nil || strings.Contains(text, "折") || strings.Contains(text, "BM-008") {
			t.Fatalf("%s (%v)", text, err)
		}
		back, err := r.Carried(text)
		if err != nil || back.Answers[Name] != "折桂英" || back.Item != "BM-008" || !back.Unkept || !back.Saved.Equal(d.Saved) {
			t.Errorf("%+v (%v)", back, err)
		}
		for _, wrong := range []string{"", "x", text[:len(text)-3], text + "x"} {
			if _, err := r.Carried(wrong); !isNotFound(err) {
				t.Errorf("%q: %v", wrong, err)
			}
		}
		browser := NewBrowser()
		if _, err := r.Keep(t.Context(), Owner{Browser: browser}, back); !isNotFound(err) {
			t.Errorf("kept for nobody: %v", err)
		}
		o := Owner{Browser: browser, Phone: "p1"}
		kept, err := r.Keep(t.Context(), o, back)
		if err != nil || kept.Unkept || kept.Answers[Name] != "折桂英" {
			t.Fatalf("%+v (%v)", kept, err)
		}
		r.saves(o, kept.ID, Name, "折梅英")
		again, err := r.Keep(t.Context(), o, back)
		if err != nil || again.ID != kept.ID || again.Answers[Name] != "折梅英" {
			t.Errorf("%+v (%v)", again, err)
		}
		if list, err := r.Of(t.Context(), o); err != nil || len(list) != 1 {
			t.Errorf("%v (%v)", list, err)
		}
		if _, err := r.Keep(t.Context(), Owner{Browser: browser, Phone: "p2"}, back); !isNotFound(err) {
			t.Errorf("another's: %v", err)
		}
		r.wall.Add(KeptHere + time.Second)
		if _, err := r.Carried(text); !isNotFound(err) {
			t.Errorf("a day later: %v", err)
		}
		if _, err := r.Unkept("BM-035"); err == nil {
			t.Error("one with fingerprints is begun")
		}
		if _, err := r.HandIn(t.Context(), access.Actor{}, o, Here); !isNotFound(err) {
			t.Errorf("%v", err)
		}
	})
}

// TestWhatIsCarriedFits: the longest answers of every item fit into what a browser carries.
func TestWhatIsCarriedFits(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for _, v := range r.Items.All() {
			if !v.Online() {
				continue
			}
			a := Answers{ForWhom: Another, Filer: strings.Repeat("折", 200), Name: strings.Repeat("𠮷", 200), Town: "610881101000", Village: "610881101200", Phone: "13991234567", IDNumber: "612722195410020026"}
			var papers []string
			for _, m := range v.Materials {
				papers = append(papers, m.Name)
			}
			a[Papers] = strings.Join(papers, "\n")
			for _, x := range v.Situations {
				for _, o := range x.Options {
					if len(o.Answer) > len(a[OwnPrefix+x.ID]) {
						a[OwnPrefix+x.ID] = o.Answer
					}
				}
			}
			text, err := r.Carry(Draft{Item: item.Code(v.Code), Answers: a, Saved: noon, later: strings.Repeat("a", 26)})
			if err != nil || len(text) > 3*3500 {
				t.Errorf("%s: %d bytes (%v)", v.Code, len(text), err)
			}
		}
	})
}
