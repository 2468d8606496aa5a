// Package verify recomputes everything: the journal's tree and its signed head, and that replaying the events gives
// the stored rows, for every table but those it names (row M27: evidence that nobody, the database's owner included,
// can alter unseen). It reads only, in the order of the keys, and holds a few hundred rows at a time.
package verify

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/note"

	"bianmin/internal/db"
	"bianmin/internal/journal"
)

// NotCovered are the tables that no replay vouches for: they hold nothing that was decided. What stands in
// journal_cosigned has to be right, but nothing here tells whether it is missing: the witnesses do. Messages are on their
// way: what they tell stands in the journal. Citizens' codes and sessions are gone within hours, like those of accounts. A
// draft is what somebody has typed and not filed; a filing turn is what applications for one person wait at;
// uploads become files of a case, which are covered; sign_ins is a log of tries that is pruned, spent_challenges what was answered in the last minutes;
// brakes counts wrong tries, which are forgotten within the hour.
var NotCovered = []string{"sessions", "idempotency", "alarms", "journal_cosigned", "messages", "citizen_codes", "citizen_brakes", "citizen_sessions", "filing_drafts",
	"drafts", "filing_turns", "sign_ins", "spent_challenges", "uploads", "upload_pieces", "brakes"}

// Check is one run.
type Check struct {
	DB      *db.DB
	Journal *journal.Journal
	Known   []note.Verifier // the log's public keys, the earlier ones too
	Head    string          // a head that somebody outside kept; empty when there is none
	Rooms   []journal.Room
	// Totals check what no single subject shows: rows that belong to nothing.
	Totals []func(ctx context.Context, found func(what string)) error
	// Found is called for each thing that is wrong, Progress now and then.
	Found    func(what string)
	Progress func(doing string, done int64)
	// Lost is set when Head lies in what a declared epoch names as lost.
	Lost *journal.Epoch
}

// pageSize is how many rows are read at a time.
const pageSize = 500

// Run checks everything on one unchanging view of the data.
func (c *Check) Run(ctx context.Context) error {
	c.Found = oneAtATime(c.Found)
	return c.DB.Read(ctx, func(ctx context.Context) error {
		if err := c.tables(ctx); err != nil {
			return err
		}
		if err := c.log(ctx); err != nil {
			return fmt.Errorf("checking the journal: %w", err)
		}
		if err := c.rows(ctx); err != nil {
			return fmt.Errorf("replaying the events: %w", err)
		}
		for _, total := range c.Totals {
			if err := total(ctx, c.Found); err != nil {
				return fmt.Errorf("counting the rows: %w", err)
			}
		}
		return nil
	})
}

// tables finds tables that are missing or do not belong, and migrations that never were.
func (c *Check) tables(ctx context.Context) error {
	known := slices.Concat(NotCovered, []string{"journal", "journal_tiles", "journal_head", "schema_versions"})
	for _, r := range c.Rooms {
		known = append(known, r.Tables...)
	}
	have, err := c.DB.Tables(ctx)
	if err != nil {
		return err
	}
	for _, t := range have {
		if !slices.Contains(known, t) {
			c.Found(t + "：多出一张表")
		}
	}
	for _, t := range known {
		if !slices.Contains(have, t) {
			c.Found(t + "：少了一张表")
		}
	}
	ok, err := c.DB.VersionsAsShipped(ctx)
	if err == nil && !ok {
		c.Found("schema_versions：和程序带的不一致")
	}
	return err
}
