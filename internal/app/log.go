package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/gate"
	"bianmin/internal/journal"
	"bianmin/internal/paper"
	"bianmin/internal/problem"
	"bianmin/internal/seal"
	"bianmin/internal/witness"
)

// ErrEpochKeys says that the key file and the data are of different epochs of the log: a backup was put back, or a
// declaration was interrupted.
var ErrEpochKeys = errors.New("the key file and the data are of different epochs of the log; declare what happened: bianmin epoch declare")

// keep makes the keeper of the log.
func (a *App) keep(ctx context.Context) error {
	epochs, err := a.Journal.Epochs(ctx)
	if err != nil {
		return err
	}
	if _, epoch := journal.EpochOf(a.Keys.Origin()); epoch != lastEpoch(epochs) {
		return fmt.Errorf("%w (keys: %d, data: %d)", ErrEpochKeys, epoch, lastEpoch(epochs))
	}
	signers, err := a.Keys.Signers()
	if err != nil {
		return err
	}
	known, err := a.Keys.Verifiers()
	if err != nil {
		return err
	}
	switch err := a.Journal.Recognise(ctx, known...); {
	case errors.Is(err, journal.ErrOtherKey): // it could sign nothing, and every page would say that the log was altered
		return fmt.Errorf("%w（签日志的密钥不是原来那把）", ErrOtherKeys)
	case err != nil:
		return err
	}
	a.Keeper = journal.NewKeeper(a.DB, signers, known, a.Log)
	a.Keeper.Watch = a.watchKeeper
	return nil
}

func lastEpoch(epochs []journal.Epoch) int64 {
	if len(epochs) == 0 {
		return 1
	}
	return epochs[len(epochs)-1].Epoch
}

const alteredAlarm = "journal/altered"

// watchKeeper is told how each step of the keeper went.
func (a *App) watchKeeper(_ context.Context, err error) {
	switch {
	case err == nil:
		a.metrics.log.altered.Set(0)
		a.Clear(alteredAlarm)
	case errors.Is(err, journal.ErrAltered):
		a.metrics.log.altered.Set(1)
		a.Alarm(alteredAlarm, "办件记录被改动过，已经停止签名。请保存现场，马上运行 bianmin verify 看哪里不一致")
	}
}

// logRoutes registers what outsiders hold us to the log by: they are open to all, and hold no personal data.
func (a *App) logRoutes() {
	public := func(pattern string, h http.HandlerFunc) {
		a.Gate.Handle(gate.Route{Pattern: pattern, Permission: access.Public, Face: gate.API}, h)
	}
	public("GET /journal/checkpoint", a.checkpoint)
	public("GET /journal/cosigned", a.cosigned)
	public("GET /journal/tile/{path...}", a.tile)
	public("GET /journal/keys", func(w http.ResponseWriter, _ *http.Request) {
		say(w, http.StatusOK, strings.Join(a.Keys.PublicKeys(), "\n")+"\n")
	})
	public("GET /journal/epochs", a.epochs)
}

// cosignedWithin is how old a cosigned head may be and still be served for the newest.
const cosignedWithin = time.Minute

// checkpoint serves the newest head that enough witnesses cosigned. When they fall behind, it serves the newest head as
// it is: what is signed is published within a minute, whatever witnesses do.
func (a *App) checkpoint(w http.ResponseWriter, r *http.Request) {
	text, size, err := a.Journal.Checkpoint(r.Context())
	if err == nil && len(a.witnesses) > 0 {
		var kept journal.Cosigned
		if kept, err = a.Journal.Cosigned(r.Context()); err == nil && (kept.Size == size && size > 0 || a.fresh(kept)) {
			text = kept.Note
		}
	}
	a.sayHead(w, text, err)
}

// fresh says that a cosigned head is young enough to stand for the newest.
func (a *App) fresh(kept journal.Cosigned) bool {
	lines, err := witness.Cosignatures(kept.Note, kept.Keys)
	if err != nil || len(lines) == 0 {
		return false
	}
	newest := lines[0].At
	for _, l := range lines {
		if l.At.After(newest) {
			newest = l.At
		}
	}
	return a.Wall.Now().Sub(newest) < cosignedWithin
}

// cosigned serves the newest head that enough witnesses cosigned, however old.
func (a *App) cosigned(w http.ResponseWriter, r *http.Request) {
	kept, err := a.Journal.Cosigned(r.Context())
	a.sayHead(w, kept.Note, err)
}

func (a *App) sayHead(w http.ResponseWriter, text string, err error) {
	switch {
	case err != nil:
		a.Log.Error("the head could not be read", "error", err)
		say(w, http.StatusServiceUnavailable, "the head cannot be read")
	case text == "":
		say(w, http.StatusNotFound, "no head is signed yet")
	default:
		say(w, http.StatusOK, text)
	}
}

// tile serves what never changes again, the rows of a tile that still grows too.
func (a *App) tile(w http.ResponseWriter, r *http.Request) {
	p, ok := journal.ParseTilePath(r.PathValue("path"))
	if !ok {
		say(w, http.StatusNotFound, "there is no such tile")
		return
	}
	read := func() ([]byte, error) { return a.Journal.Tile(r.Context(), p.Level, p.Index, p.Width) }
	if p.Entries {
		read = func() ([]byte, error) { return a.Journal.Bundle(r.Context(), p.Index, p.Width) }
	}
	body, err := read()
	switch {
	case errors.Is(err, journal.ErrNoTile):
		say(w, http.StatusNotFound, "there is no such tile")
	case err != nil:
		a.Log.Error("a tile could not be read", "tile", p.String(), "error", err)
		say(w, http.StatusServiceUnavailable, "the tile cannot be read")
	default:
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		w.Write(body)
	}
}

// epochs publishes the log's name and every declared loss.
func (a *App) epochs(w http.ResponseWriter, r *http.Request) {
	epochs, err := a.Journal.Epochs(r.Context())
	if err != nil {
		a.Log.Error("the epochs could not be read", "error", err)
		say(w, http.StatusServiceUnavailable, "the epochs cannot be read")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	body, err := json.Marshal(map[string]any{"origin": a.Keys.Origin(), "epochs": epochs})
	if err != nil {
		a.Log.Error("the epochs could not be written", "error", err)
	}
	w.Write(body)
}

// provenWithin is how long a proof of what was just done waits for its head.
const provenWithin = 4 * time.Second

// Prove makes the proof of a case's entry, the last one when seq is 0.
func (a *App) Prove(ctx context.Context, number string, seq int64) (journal.Proof, error) {
	return a.prove(ctx, "case/"+number, seq)
}

// ProvePaper makes the proof of a paper's issue.
func (a *App) ProvePaper(ctx context.Context, id paper.ID) (journal.Proof, error) {
	return a.prove(ctx, id.Subject(), 1)
}

func (a *App) prove(ctx context.Context, subject string, seq int64) (journal.Proof, error) {
	waiting, cancel := context.WithTimeout(ctx, provenWithin)
	defer cancel()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		p, err := a.Journal.Prove(ctx, subject, seq)
		switch {
		case err == nil:
			p.Verifier, err = signedBy(a.Keys, p.Checkpoint)
			return p, err
		case errors.Is(err, journal.ErrNoEntry):
			return p, problem.ErrNotFound
		case !errors.Is(err, journal.ErrNotYet):
			return p, err
		}
		select {
		case <-waiting.Done():
			return p, &problem.Problem{Kind: problem.Unavailable, Code: "not_signed_yet"}
		case <-again.C:
		}
	}
}

// signedBy finds the public key under which a head is to be checked: the present one, unless the head is older.
func signedBy(keys *seal.Keys, checkpoint string) (string, error) {
	for _, key := range keys.PublicKeys() {
		v, err := seal.NewVerifier(key)
		if err != nil {
			return "", err
		}
		if _, err := journal.OpenHead(checkpoint, v); err == nil {
			return key, nil
		}
	}
	return "", errors.New("no key of the log opens its head")
}
