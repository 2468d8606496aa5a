package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/transparency-dev/tessera/api"
	tessera "github.com/transparency-dev/tessera/client"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"bianmin/internal/app"
	"bianmin/internal/gate"
	"bianmin/internal/journal"
)

// stranger is a client of the format that is not ours: tessera's.
func (h *house) stranger(t *testing.T) *tessera.HTTPFetcher {
	t.Helper()
	root, err := url.Parse(h.server.URL + "/journal/")
	if err != nil {
		t.Fatal(err)
	}
	f, err := tessera.NewHTTPFetcher(root, h.server.Client())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (h *house) verifier(t *testing.T) note.Verifier {
	t.Helper()
	known, err := h.app.Keys.Verifiers()
	if err != nil {
		t.Fatal(err)
	}
	return known[0]
}

func TestAStrangersClientFollowsTheLog(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.stranger(t)
		own := tessera.UnilateralConsensus(f.ReadCheckpoint)
		log, err := tessera.NewLogStateTracker(t.Context(), f.ReadTile, nil, h.verifier(t), app.Origin, own)
		if err != nil {
			t.Fatal(err)
		}
		before := log.Latest()
		h.filed(t, oldAge, gaoVillage)
		h.eventually(t, time.Second, "the log grows", func() bool {
			if _, _, _, err := log.Update(t.Context()); err != nil { // which proves that it goes on from before
				t.Fatal(err)
			}
			return log.Latest().Size > before.Size
		})
	})
}

// Every entry, from the bundles, hashes to the signed head: by the stranger's fetcher and the library's tree.
func TestAStrangerRecomputesTheHeadFromTheEntries(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.stranger(t)
		cp, _, _, err := tessera.FetchCheckpoint(t.Context(), f.ReadCheckpoint, h.verifier(t), app.Origin)
		if err != nil {
			t.Fatal(err)
		}
		hashes, err := tessera.FetchLeafHashes(t.Context(), f.ReadTile, 0, cp.Size, cp.Size)
		if err != nil || uint64(len(hashes)) != cp.Size || cp.Size < 1000 {
			t.Fatalf("%d hashes of %d entries, %v", len(hashes), cp.Size, err)
		}
		tree := &memory{}
		var bundle api.EntryBundle
		for i, hash := range hashes {
			i256 := i % 256
			if i256 == 0 {
				if bundle, err = tessera.GetEntryBundle(t.Context(), f.ReadEntryBundle, uint64(i)/256, cp.Size); err != nil {
					t.Fatal(err)
				}
			}
			if leaf := tlog.RecordHash(bundle.Entries[i256]); !bytes.Equal(leaf[:], hash) {
				t.Fatalf("entry %d hashes to %x, the tile has %x", i, leaf, hash)
			}
			more, err := tlog.StoredHashes(int64(i), bundle.Entries[i256], tree)
			if err != nil {
				t.Fatal(err)
			}
			tree.hashes = append(tree.hashes, more...)
		}
		if root, err := tlog.TreeHash(int64(cp.Size), tree); err != nil || !bytes.Equal(root[:], cp.Hash) {
			t.Errorf("root %v, signed %x, %v", root, cp.Hash, err)
		}
		proofs, err := tessera.NewProofBuilder(t.Context(), cp.Size, f.ReadTile)
		if err != nil {
			t.Fatal(err)
		}
		for _, index := range []uint64{0, 255, 256, cp.Size - 1} {
			proof, err := proofs.InclusionProof(t.Context(), index)
			if err != nil {
				t.Fatal(err)
			}
			var path tlog.RecordProof
			for _, x := range proof {
				path = append(path, tlog.Hash(x))
			}
			if err := tlog.CheckRecord(path, int64(cp.Size), tlog.Hash(cp.Hash), int64(index), tlog.Hash(hashes[index])); err != nil {
				t.Errorf("entry %d: %v", index, err)
			}
		}
	})
}

type memory struct{ hashes []tlog.Hash }

func (m *memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		list[i] = m.hashes[x]
	}
	return list, nil
}

func TestTilesAreServedAsTheFormatSays(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for path, size := range map[string]int{"0/000": 8192, "0/000.p/1": 32, "1/000.p/2": 64, "entries/000": 256 * 34, "entries/001.p/3": 3 * 34} {
			got := h.nobody().get(t, "/journal/tile/"+path).want(t, 200)
			if len(got.raw) != size || got.header.Get("Content-Type") != "application/octet-stream" || !strings.Contains(got.header.Get("Cache-Control"), "immutable") {
				t.Errorf("%s: %d bytes, %v", path, len(got.raw), got.header)
			}
		}
		for _, path := range []string{"0/x999/999", "0/0", "1/000", "2/000.p/1", "64/000", "entries/x999/999", "x", "0/000.p/256"} {
			if got := h.nobody().get(t, "/journal/tile/"+path).want(t, 404); strings.Contains(got.header.Get("Cache-Control"), "immutable") {
				t.Errorf("%s: what is not there yet is kept for ever: %v", path, got.header)
			}
		}
		if keys := string(h.nobody().get(t, "/journal/keys").want(t, 200).raw); keys != h.app.Keys.Verifier+"\n" {
			t.Errorf("the keys: %s", keys)
		}
		if o := h.nobody().get(t, "/journal/epochs").want(t, 200).object(t); o["origin"] != app.Origin || len(o["epochs"].([]any)) != 0 {
			t.Errorf("the epochs: %v", o)
		}
		h.nobody().get(t, "/journal/cosigned").want(t, 404)
	})
}

func TestAnEntryOfACaseIsProved(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage)
		path := "/api/v1/cases/" + string(v.Number) + "/proof"
		for _, query := range []string{"", "?seq=1"} {
			got := h.as(t, clerk).get(t, path+query).want(t, 200)
			var fields map[string]json.RawMessage
			got.into(t, &fields)
			for _, name := range []string{"index", "size", "leaf", "hashes", "checkpoint", "salt", "body", "verifier"} {
				if fields[name] == nil {
					t.Errorf("no %s", name)
				}
			}
			p, err := journal.ReadProof(bytes.NewReader(got.raw))
			if err != nil {
				t.Fatal(err)
			}
			head, e, err := p.Check(h.verifier(t))
			if err != nil || head.Origin != app.Origin || e.Subject != "case/"+string(v.Number) || query != "" && e.Seq != 1 || p.Verifier != h.app.Keys.Verifier {
				t.Errorf("%+v under %+v: %v", e, head, err)
			}
			p.Body = strings.Replace(p.Body, "case/", "cast/", 1)
			if _, _, err := p.Check(h.verifier(t)); !errors.Is(err, journal.ErrProofCommitment) {
				t.Errorf("an altered body: %v", err)
			}
		}
		h.as(t, clerk).get(t, path+"?seq=99").want(t, 404, "not_found")
		h.as(t, clerk).get(t, path+"?seq=0").want(t, 422)
		h.as(t, otherClerk).get(t, path).want(t, 404, "not_found")
		h.nobody().get(t, path).want(t, 401)
	})
}

// The page of a case hands the same proof out as a file.
func TestARecordsProofIsHandedOutAsAFile(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage)
		as := func(account string) (*client, option) {
			return h.nobody(), header("Cookie", gate.CookieName+"="+h.signIn(t, account).token)
		}
		browser, signedIn := as(clerk)
		path := "/cases/" + string(v.Number) + "/proof/1"
		h.eventually(t, time.Second, "the record has its number, and its link", func() bool {
			page := string(browser.get(t, "/cases/"+string(v.Number), signedIn).want(t, 200).raw)
			return strings.Contains(page, `href="`+path+`"`)
		})
		got := browser.get(t, path, signedIn).want(t, 200)
		if name := got.header.Get("Content-Disposition"); !strings.Contains(name, "attachment") || !strings.Contains(name, string(v.Number)) {
			t.Errorf("it is handed out as %q", name)
		}
		p, err := journal.ReadProof(bytes.NewReader(got.raw))
		if err != nil {
			t.Fatal(err)
		}
		if _, e, err := p.Check(h.verifier(t)); err != nil || e.Subject != "case/"+string(v.Number) || e.Seq != 1 {
			t.Errorf("%+v: %v", e, err)
		}
		browser.get(t, "/cases/"+string(v.Number)+"/proof/0", signedIn).want(t, 404)
		browser.get(t, "/cases/"+string(v.Number)+"/proof/x", signedIn).want(t, 404)
		stranger, elsewhere := as(otherClerk)
		stranger.get(t, path, elsewhere).want(t, 404)
	})
}
