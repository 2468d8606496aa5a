package journal

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"bianmin/internal/seal"
)

func (b *base) proof(subject string, seq int64) Proof {
	b.t.Helper()
	p, err := b.Prove(b.t.Context(), subject, seq)
	if err != nil {
		b.t.Fatal(err)
	}
	return p
}

func TestEveryEntryCanBeProved(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.add(600)
		b.advance(b.keeper())
		for i, e := range b.everything() {
			if i%37 > 0 && i < 590 {
				continue
			}
			head, got, err := b.proof(e.Subject, e.Seq).Check(b.known()...)
			if err != nil || head.Size != 600 || got.Number != int64(i)+1 || got.Subject != e.Subject || !got.At.Equal(e.At) || string(got.Data) != string(e.Data) ||
				got.Kind != e.Kind || got.Actor != e.Actor || got.Place != e.Place || got.OnBehalf != "" {
				t.Errorf("entry %d: %+v under %+v, %v", i+1, got, head, err)
			}
		}
	})
}

func TestTheLastEntryIsProvedWhenNoneIsNamed(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		second := entry("case/1")
		second.Seq, second.Kind = 2, "accepted"
		b.write(func(ctx context.Context) error { return b.Append(ctx, entry("case/1"), second, entry("case/2")) })
		if _, err := b.Prove(t.Context(), "case/1", 0); !errors.Is(err, ErrNotYet) {
			t.Errorf("before it is signed: %v", err)
		}
		b.advance(b.keeper())
		if _, e, err := b.proof("case/1", 0).Check(b.known()...); err != nil || e.Seq != 2 || e.Kind != "accepted" {
			t.Errorf("%+v, %v", e, err)
		}
		for _, none := range []string{"case/3", "case", ""} {
			if _, err := b.Prove(t.Context(), none, 0); !errors.Is(err, ErrNoEntry) {
				t.Errorf("%q: %v", none, err)
			}
		}
		if _, err := b.Prove(t.Context(), "case/1", 3); !errors.Is(err, ErrNoEntry) {
			t.Errorf("the third of two: %v", err)
		}
	})
}

// Every field altered, and who notices.
func TestAnAlteredProofDoesNotHold(t *testing.T) {
	b := onSQLite(t)
	b.add(300)
	k := b.keeper()
	b.advance(k)
	early := b.proof("case/000001", 1)
	b.add(1)
	b.advance(k)
	other, elsewhere := b.proof("case/000002", 1), on2(t)
	for what, tt := range map[string]struct {
		alter func(p *Proof)
		want  error
	}{
		"index":                   {func(p *Proof) { p.Index++ }, ErrProofPath},
		"index below":             {func(p *Proof) { p.Index = -1 }, ErrProofPath},
		"index beyond":            {func(p *Proof) { p.Index = p.Size }, ErrProofPath},
		"size":                    {func(p *Proof) { p.Size-- }, ErrProofHead},
		"leaf":                    {func(p *Proof) { p.Leaf[3] ^= 1 }, ErrProofPath},
		"leaf and body another's": {func(p *Proof) { p.Leaf, p.Salt, p.Body = other.Leaf, other.Salt, other.Body }, ErrProofPath},
		"body another's":          {func(p *Proof) { p.Salt, p.Body = other.Salt, other.Body }, ErrProofCommitment},
		"a hash":                  {func(p *Proof) { p.Hashes[1][0] ^= 1 }, ErrProofPath},
		"a hash less":             {func(p *Proof) { p.Hashes = p.Hashes[1:] }, ErrProofPath},
		"a hash more":             {func(p *Proof) { p.Hashes = append(p.Hashes, p.Hashes[0]) }, ErrProofPath},
		"a hash cut":              {func(p *Proof) { p.Hashes[0] = p.Hashes[0][1:] }, ErrProofPath},
		"no hashes":               {func(p *Proof) { p.Hashes = nil }, ErrProofPath},
		"checkpoint":              {func(p *Proof) { p.Checkpoint = strings.Replace(p.Checkpoint, "\n301\n", "\n302\n", 1) }, ErrProofHead},
		"checkpoint of before":    {func(p *Proof) { p.Checkpoint = early.Checkpoint }, ErrProofHead},
		"checkpoint and size":     {func(p *Proof) { p.Checkpoint, p.Size = early.Checkpoint, early.Size }, ErrProofPath},
		"checkpoint another's":    {func(p *Proof) { p.Checkpoint = elsewhere.Checkpoint }, ErrProofHead},
		"salt":                    {func(p *Proof) { p.Salt[0] ^= 1 }, ErrProofCommitment},
		"no salt":                 {func(p *Proof) { p.Salt = nil }, ErrProofCommitment},
		"body":                    {func(p *Proof) { p.Body = strings.Replace(p.Body, "received", "accepted", 1) }, ErrProofCommitment},
		"no body":                 {func(p *Proof) { p.Body = "" }, ErrProofCommitment},
		"salt into the body":      {func(p *Proof) { p.Body = string(p.Salt[8:]) + p.Body; p.Salt = p.Salt[:8] }, ErrProofCommitment},
	} {
		p := b.proof("case/000001", 1)
		if _, _, err := p.Check(b.known()...); err != nil {
			t.Fatal(err)
		}
		tt.alter(&p)
		if _, _, err := p.Check(b.known()...); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// on2 is a proof of another log, with other keys.
func on2(t *testing.T) Proof {
	b := onSQLite(t)
	b.add(301)
	b.advance(b.keeper())
	return b.proof("case/000001", 1)
}

func TestAFileHoldsAProofOrIsRefused(t *testing.T) {
	b := onSQLite(t)
	b.add(3)
	b.advance(b.keeper())
	raw, err := json.Marshal(b.proof("case/000001", 1))
	if err != nil {
		t.Fatal(err)
	}
	p, err := ReadProof(strings.NewReader(string(raw) + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.Check(b.known()...); err != nil {
		t.Error(err)
	}
	for _, wrong := range []string{"", "null and void", "[]", "1", string(raw[1:]), string(raw[:len(raw)-1]), string(raw) + "{}", `{"what":1}`, `{"index":"1"}`} {
		if p, err := ReadProof(strings.NewReader(wrong)); !errors.Is(err, ErrProofForm) {
			t.Errorf("%.30q: %+v, %v", wrong, p, err)
		}
	}
}

// What a fuzzer finds to be a proof has to be this one.
func FuzzReadProof(f *testing.F) {
	own, salt := keys(f, "bianmin.test"), seal.Salt()
	e := entry("case/000001")
	leaf, other := seal.Commit(salt, e.body()), tlog.RecordHash([]byte("another"))
	head := signed(f, own, 2, tlog.NodeHash(tlog.RecordHash(leaf[:]), other))
	p := Proof{Size: 2, Leaf: leaf[:], Hashes: [][]byte{other[:]}, Checkpoint: head, Salt: salt, Body: string(e.body())}
	known := verifier(f, own.Verifier)
	if _, _, err := p.Check(known); err != nil {
		f.Fatal(err)
	}
	raw, err := json.Marshal(p)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(raw))
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadProof(strings.NewReader(text))
		if err != nil {
			return
		}
		if _, e, err := p.Check(known); err == nil && (e.Subject != "case/000001" || !e.At.Equal(began) || e.Kind != "received") {
			t.Errorf("it proves %+v", e)
		}
	})
}

func TestABodyIsReadBackOrRefused(t *testing.T) {
	e := Entry{Subject: "case/1", Seq: 12, At: time.UnixMicro(-5).UTC(), Kind: "随", Actor: "a", OnBehalf: "王,5:x,", Data: []byte(`{"x":"~,"}`)}
	text := string(e.body())
	back, err := readBody(text)
	if err != nil || string(back.body()) != text || back.OnBehalf != e.OnBehalf || back.Place != "" || !back.At.Equal(e.At) {
		t.Errorf("%+v, %v", back, err)
	}
	for _, wrong := range []string{"", "6:case/1,", text + "x", text + "~,", text[:len(text)-1], "0" + text, strings.Replace(text, "6:case/1,", "7:case/1,", 1),
		strings.Replace(text, "~,", "0:,", 1), strings.Replace(text, "2:12,", "3:012,", 1), strings.Replace(text, "2:12,", "1:x,", 1), "-1:," + text, "99999999999999999999:," + text} {
		if e, err := readBody(wrong); err == nil {
			t.Errorf("%q: %+v", wrong, e)
		}
	}
}
