package app

import (
	"context"
	"errors"
	"fmt"

	"bianmin/internal/db"
	"bianmin/internal/ident"
	"bianmin/internal/journal"
	"bianmin/internal/seal"
)

// ErrServing says that a server works on the data.
var ErrServing = errors.New("a server works on this data; stop it first")

// Loss is what an operator declares after a backup was put back.
type Loss struct {
	Reason string
	By     string
	Kept   int64    // how many entries are those of the log before; 0: all there are
	Head   string   // the last head known of the log before; empty when none is
	Keys   []string // public keys that the key file does not have, when the head was signed later than the backup
}

// DeclareEpoch records a loss and gives the log new keys under a new name. The data and the keys change one after the
// other; a server starts only when both have.
func DeclareEpoch(ctx context.Context, c Config, loss Loss) (journal.Epoch, error) {
	d, err := db.Open(ctx, c.URL(), db.Serving)
	if err != nil {
		return journal.Epoch{}, err
	}
	e, err := declare(ctx, d, c, loss)
	return e, errors.Join(err, d.Close())
}

func declare(ctx context.Context, d *db.DB, c Config, loss Loss) (journal.Epoch, error) {
	if leads, err := d.Lead(ctx, journal.Leader); err != nil || !leads {
		return journal.Epoch{}, errors.Join(err, ErrServing)
	}
	keys, err := seal.Load(c.KeyFile())
	if err != nil {
		return journal.Epoch{}, fmt.Errorf("reading the keys: %w", err)
	}
	known, err := keys.Verifiers(loss.Keys...)
	if err != nil {
		return journal.Epoch{}, err
	}
	log := journal.New(d)
	e := journal.Epoch{At: c.Wall.Now().UTC(), Kept: loss.Kept, Reason: ident.MaskNumbers(loss.Reason)}
	if err := log.Measure(ctx, &e, loss.Head, known...); err != nil {
		return e, err
	}
	if err := name(ctx, log, keys, &e); err != nil {
		return e, err
	}
	err = seal.Update(c.KeyFile(), func(k *seal.Keys) error {
		for _, key := range loss.Keys {
			k.Remember(key)
		}
		return k.BeginEpoch(e.Origin)
	})
	if err != nil {
		return e, err
	}
	return e, log.Declare(ctx, e, loss.By)
}

// name numbers the epoch after all that are known of: those of the data, of the keys, and of the last head. A name that
// was used once is never used again, also when a declaration was lost with the data or was interrupted.
func name(ctx context.Context, log *journal.Journal, keys *seal.Keys, e *journal.Epoch) error {
	epochs, err := log.Epochs(ctx)
	if err != nil {
		return err
	}
	first, ofKeys := journal.EpochOf(keys.Origin())
	e.Epoch = max(lastEpoch(epochs), ofKeys)
	if e.Head != "" {
		_, ofHead := journal.EpochOf(journal.OriginOf(e.Head))
		e.Epoch = max(e.Epoch, ofHead)
	}
	e.Epoch++
	e.Origin = journal.OriginIn(first, e.Epoch)
	return nil
}
