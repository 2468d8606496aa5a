package journal

import (
	"bytes"
	"context"

	"bianmin/internal/seal"
)

// Room is one room's side of the check of the rows: what the database holds about its subjects, and what the journal
// says that it must hold.
type Room struct {
	// Prefix begins the room's subjects: "case/".
	Prefix string
	// Tables are those that the check covers.
	Tables []string
	// Page gives what is stored about the subjects after one, in their order: a few hundred at a time, none at the end.
	Page func(ctx context.Context, after string) ([]Stored, error)
	// Rebuild folds all entries about one subject into what must be stored.
	Rebuild func(entries []Entry) (Stored, error)
}

// Stored is what the database holds about one subject, column by column.
type Stored struct {
	Subject string
	Columns []Column
}

// Column is one stored value, as text.
type Column struct{ Name, Value string }

// Intact says that the entry is what its commitment binds.
func (e *Entry) Intact() bool {
	leaf := seal.Commit(e.salt, e.body())
	return !e.foreign && len(e.salt) == seal.SaltSize && bytes.Equal(leaf[:], e.leaf)
}

// Leaf is the entry's commitment.
func (e *Entry) Leaf() []byte { return e.leaf }
