package witness

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	cosign "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"

	"bianmin/internal/journal"
	"bianmin/internal/witness/witnesstest"
)

// trusted makes a real witness that trusts the log's keys.
func (b *base) trusted(t *testing.T, name string) *witnesstest.Outside {
	o := newOutside(t, name)
	o.Trust(origin, b.known()[0])
	return o
}

func TestARealWitnessCosignsALogThatGrows(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		o := b.trusted(t, "witness.example/town")
		a := b.asking(1, known(t, o))
		if told := a.round(); len(told) != 0 {
			t.Errorf("asked before there is a head: %v", told)
		}
		for _, size := range []int{1, 2, 255, 256, 257, 300, 700} {
			b.grow(size)
			if told := a.round(); told[o.Name] != nil {
				t.Fatalf("size %d: %v", size, told[o.Name])
			}
			c := b.cosigned()
			if c.Size != int64(size) {
				t.Errorf("a cosigned head over %d of %d", c.Size, size)
			}
			// The witness's own code has to find its line right, and in this minute.
			n, err := note.Open([]byte(c.Note), note.VerifierList(o.Signer.Verifier()))
			if err != nil {
				t.Fatal(err)
			}
			at, err := cosign.CoSigV1Timestamp(n.Sigs[0])
			lines, err2 := Cosignatures(c.Note, c.Keys)
			if err != nil || err2 != nil || !lines[0].At.Equal(at) || lines[0].Name != o.Name {
				t.Errorf("%v %v: %v, and %v", err, err2, lines, at)
			}
		}
		if told := a.round(); len(told) != 0 {
			t.Errorf("asked again for the same head: %v", told)
		}
	})
}

// A program that starts anew does not know where the witness is; the witness tells.
func TestAWitnessTellsWhereItIs(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		o := b.trusted(t, "witness.example/town")
		b.grow(300)
		b.asking(1, known(t, o)).round()
		end(t, o)
		if err := o.Start(context.WithoutCancel(t.Context())); err != nil { // with what it wrote down
			t.Fatal(err)
		}
		b.grow(700)
		if told := b.asking(1, known(t, o)).round(); told[o.Name] != nil || b.cosigned().Size != 700 {
			t.Errorf("%v, a cosigned head over %d", told, b.cosigned().Size)
		}
		if told := b.asking(1, known(t, o)).round(); told[o.Name] != nil {
			t.Errorf("the same head again: %v", told)
		}
	})
}

func TestARewoundLogGetsNoCosignature(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		o := b.trusted(t, "witness.example/town")
		a := b.asking(1, known(t, o))
		b.grow(300)
		a.round()
		old, _, err := b.Checkpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		b.grow(700)
		a.round()

		// The database of before is put back: everything in it agrees, and nobody inside could tell.
		b.exec(`DELETE FROM journal WHERE entry > 300`)
		b.exec(`DELETE FROM journal_tiles WHERE idx > 0`)
		b.exec(`UPDATE journal_head SET size = 300, note = $1`, old)
		b.exec(`DELETE FROM journal_cosigned`)
		b.appended = 300
		for _, size := range []int{300, 301, 500} {
			b.grow(size)
			for what, x := range map[string]*asking{"the same program": a, "another": b.asking(1, known(t, o))} {
				if told := x.round(); !errors.Is(told[o.Name], ErrAhead) {
					t.Errorf("size %d, %s: %v", size, what, told[o.Name])
				}
			}
			if c := b.cosigned(); c.Size != 0 {
				t.Errorf("a cosigned head over %d", c.Size)
			}
		}
		b.grow(900) // past what the witness has seen, but not from it
		if told := a.round(); !errors.Is(told[o.Name], ErrFork) || b.cosigned().Size != 0 {
			t.Errorf("and past it: %v, a cosigned head over %d", told[o.Name], b.cosigned().Size)
		}
	})
}

// Who owns machine and key can rewrite an entry and have everything signed afresh, once head and tiles are deleted. The
// witness is who finds it.
func TestAForkedLogGetsNoCosignature(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		o := b.trusted(t, "witness.example/town")
		a := b.asking(1, known(t, o))
		b.grow(600)
		a.round()
		before := b.cosigned().Note
		b.exec(`DELETE FROM journal WHERE entry = 5`)
		e := journal.Entry{Subject: "case/000005", Seq: 1, Kind: "received", Actor: "another", Data: []byte(`{}`)}
		b.write(func(ctx context.Context) error { return b.Append(ctx, e) })
		b.exec(`UPDATE journal SET entry = 5 WHERE subject = 'case/000005'`)
		b.exec(`DELETE FROM journal_tiles`)
		b.exec(`DELETE FROM journal_head`)
		for _, size := range []int{600, 601, 900} {
			b.grow(size)
			for what, x := range map[string]*asking{"the same program": a, "another": b.asking(1, known(t, o))} {
				if told := x.round(); !errors.Is(told[o.Name], ErrFork) || !strings.Contains(told[o.Name].Error(), "422") {
					t.Errorf("size %d, %s: %v", size, what, told[o.Name])
				}
			}
			if b.cosigned().Note != before {
				t.Errorf("size %d: it is cosigned", size)
			}
		}
	})
}

// broken is a witness with a right key whose server does as it likes.
func broken(t *testing.T, name string, h http.HandlerFunc) (*witnesstest.Outside, Witness) {
	o := newOutside(t, name)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return o, parsed(t, o.Key+"@"+server.URL)
}

// silent answers nothing until the others have; then it hangs up.
func silent(others <-chan struct{}) http.HandlerFunc {
	return func(http.ResponseWriter, *http.Request) {
		<-others
		panic(http.ErrAbortHandler)
	}
}

func TestEnoughOfSeveralWitnesses(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		one, two := b.trusted(t, "witness.example/1"), b.trusted(t, "witness.example/2")
		others := make(chan struct{}, 100)
		_, mute := broken(t, "witness.example/mute", silent(others))
		_, ill := broken(t, "witness.example/ill", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
		for quorum, want := range map[int]int64{1: 300, 2: 300, 3: 0, 4: 0} {
			b.exec(`DELETE FROM journal_cosigned`)
			b.grow(300)
			a := b.asking(quorum, known(t, one), mute, known(t, two), ill)
			tell := a.Told
			a.Told = func(ctx context.Context, name string, size int64, err error) {
				tell(ctx, name, size, err)
				if len(a.told) == 3 && name != mute.Name {
					others <- struct{}{} // the silent one alone is left
				}
			}
			told := a.round()
			if told[one.Name] != nil || told[two.Name] != nil || told[mute.Name] == nil || !errors.Is(told[ill.Name], ErrAnswer) {
				t.Errorf("%d of 4: %v", quorum, told)
			}
			c := b.cosigned()
			if c.Size != want || want > 0 && len(c.Keys) != 2 {
				t.Errorf("%d of 4: a cosigned head over %d, by %d", quorum, c.Size, len(c.Keys))
			}
			others <- struct{}{}
			if again := a.round(); len(again) != 2 || again[mute.Name] == nil || again[ill.Name] == nil {
				t.Errorf("%d of 4, again: %v", quorum, again)
			}
		}
	})
}

func TestASilentWitnessIsGivenUp(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		never := make(chan struct{})
		_, mute := broken(t, "witness.example/mute", silent(never))
		t.Cleanup(func() { close(never) }) // before the server is closed
		b.grow(3)
		a := b.asking(1, mute)
		a.Client = &http.Client{Timeout: time.Millisecond}
		if told := a.round(); told[mute.Name] == nil || b.cosigned().Size != 0 {
			t.Errorf("%v", told)
		}
	})
}

func TestWhoDoesNotLeadAsksNobody(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.grow(3)
		a := b.asking(1, known(t, b.trusted(t, "witness.example/town")))
		a.Leads = func(context.Context) (bool, error) { return false, nil }
		if told := a.round(); len(told) != 0 || b.cosigned().Size != 0 {
			t.Errorf("told: %v", told)
		}
		a.Leads = func(context.Context) (bool, error) { return false, errors.New("the database is gone") }
		if err := a.Round(t.Context()); err == nil {
			t.Error("no error")
		}
	})
}

// After a declared loss the log has another name: to the witness it is another log.
func TestAfterADeclaredLossTheWitnessBeginsAnew(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		o := b.trusted(t, "witness.example/town")
		a := b.asking(1, known(t, o))
		b.grow(300)
		a.round()
		if err := b.keys.BeginEpoch(origin + "/2"); err != nil {
			t.Fatal(err)
		}
		b.grow(310)
		if told := a.round(); !errors.Is(told[o.Name], ErrAnswer) || b.cosigned().Size != 300 {
			t.Errorf("before it knows the new name: %v, a cosigned head over %d", told[o.Name], b.cosigned().Size)
		}
		o.Trust(origin+"/2", b.known()[0])
		if told := a.round(); told[o.Name] != nil {
			t.Errorf("and after: %v", told[o.Name])
		}
		if c := b.cosigned(); c.Size != 310 || c.Origin != origin+"/2" {
			t.Errorf("%+v", c)
		}
	})
}

func TestAnswersThatAreNoSignature(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.grow(3)
		head, _, err := b.Checkpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		other := newOutside(t, "witness.example/other")
		line := func(o *witnesstest.Outside, text string) string {
			signed, err := note.Sign(&note.Note{Text: text}, o.Signer)
			if err != nil {
				t.Fatal(err)
			}
			return string(signed[len(text)+1:])
		}
		text, _, _ := strings.Cut(head, "\n\n")
		for what, tt := range map[string]struct {
			answer func(o *witnesstest.Outside) (int, string, string)
			want   error
		}{
			"nothing":        {func(*witnesstest.Outside) (int, string, string) { return 200, "", "" }, ErrAnswer},
			"another's line": {func(*witnesstest.Outside) (int, string, string) { return 200, "", line(other, text+"\n") }, ErrAnswer},
			"a line of else": {func(o *witnesstest.Outside) (int, string, string) {
				return 200, "", line(o, origin+"\n3\n"+base64.StdEncoding.EncodeToString(make([]byte, 32))+"\n")
			}, ErrAnswer},
			"no line":  {func(*witnesstest.Outside) (int, string, string) { return 200, "", "<html>" }, ErrAnswer},
			"its line": {func(o *witnesstest.Outside) (int, string, string) { return 200, "", line(o, text+"\n") }, nil},
			"its and another's": {func(o *witnesstest.Outside) (int, string, string) {
				return 200, "", line(other, text+"\n") + line(o, text+"\n")
			}, nil},
			"not found":           {func(*witnesstest.Outside) (int, string, string) { return 404, "", "" }, ErrAnswer},
			"moved":               {func(*witnesstest.Outside) (int, string, string) { return 301, "", "" }, ErrAnswer},
			"a conflict, no size": {func(*witnesstest.Outside) (int, string, string) { return 409, "text/x.tlog.size", "x\n" }, ErrAnswer},
			"a negative size":     {func(*witnesstest.Outside) (int, string, string) { return 409, "text/x.tlog.size", "-1\n" }, ErrAnswer},
			"always at 2":         {func(*witnesstest.Outside) (int, string, string) { return 409, "text/x.tlog.size", "2\n" }, ErrAnswer},
			"always at 9":         {func(*witnesstest.Outside) (int, string, string) { return 409, "text/x.tlog.size", "9\n" }, ErrAhead},
			"another root":        {func(*witnesstest.Outside) (int, string, string) { return 409, "", "" }, ErrFork},
		} {
			var o *witnesstest.Outside
			o, w := broken(t, "witness.example/town", func(w http.ResponseWriter, _ *http.Request) {
				status, kind, body := tt.answer(o)
				if kind != "" {
					w.Header().Set("Content-Type", kind)
				}
				w.WriteHeader(status)
				w.Write([]byte(body))
			})
			b.exec(`DELETE FROM journal_cosigned`)
			told := b.asking(1, w).round()
			if !errors.Is(told[w.Name], tt.want) || tt.want == nil && told[w.Name] != nil {
				t.Errorf("%s: %v", what, told[w.Name])
			}
			if c := b.cosigned(); (c.Size == 3) != (tt.want == nil) || strings.Contains(c.Note, "other") {
				t.Errorf("%s: kept %+v", what, c)
			}
		}
	})
}
