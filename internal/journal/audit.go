package journal

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"bianmin/internal/journal/internal/query"
)

// Audit recomputes the log entry by entry: numbers, commitments, tiles, and the signed head.
type Audit struct {
	q        *query.Queries
	tree     tree
	head     Head
	expected []expected
	whole    []tile // and not yet compared
	// Found is called for each thing that is wrong.
	Found func(what string)
}

// expected is a head that the log has to agree with: one that somebody outside kept, or that witnesses cosigned.
type expected struct {
	Head
	whose string
}

// NewAudit begins with the stored heads, whose signatures are checked with the keys that are known.
func (j *Journal) NewAudit(ctx context.Context, known []note.Verifier, found func(what string)) (*Audit, error) {
	a := &Audit{q: query.New(j.db.Q(ctx)), Found: found}
	heads, err := a.q.Heads(ctx)
	if err != nil {
		return nil, err
	}
	if len(heads) == 0 {
		found("journal_head：没有签名的树头")
		return a, nil
	}
	if len(heads) > 1 {
		found("journal_head：多出一行")
	}
	for _, h := range heads {
		opened, err := OpenHead(h.Note, known...)
		if err != nil {
			found("journal_head：签名不对")
			continue
		}
		if strangers(h.Note, known...) > 0 {
			found("journal_head：有一行签名认不出是谁的")
		}
		if opened.Origin != h.Origin || opened.Size != h.Size {
			found("journal_head：和签名的内容不一致")
		}
		a.head = opened
	}
	return a, nil
}

// Expect makes the audit compare the log with a head that was kept outside, or cosigned.
func (a *Audit) Expect(h Head, whose string) { a.expected = append(a.expected, expected{h, whose}) }

// Next takes the next numbered entry. It reads nothing, so that the next entries can be read meanwhile.
func (a *Audit) Next(e Entry) {
	if e.Number != a.tree.size+1 {
		a.Found(fmt.Sprintf("journal：第 %d 条以后不是第 %d 条，是第 %d 条", a.tree.size, a.tree.size+1, e.Number))
		a.tree.size = e.Number - 1
	}
	if !e.Intact() {
		a.Found(fmt.Sprintf("journal 第 %d 条（%s 第 %d 次）：内容和它的承诺不一致", e.Number, e.Subject, e.Seq))
	}
	// Tiles are stored together with the head over them: of entries that still wait for theirs there are none.
	if whole := a.tree.add(e.leaf); a.tree.size <= a.head.Size {
		a.whole = append(a.whole, whole...)
	}
	if a.tree.size == a.head.Size && a.tree.root() != a.head.Root {
		a.Found(fmt.Sprintf("journal：前 %d 条和签名的树头不一致", a.head.Size))
	}
	for _, x := range a.expected {
		if a.tree.size == x.Size && a.tree.root() != x.Root {
			a.Found(fmt.Sprintf("%s：前 %d 条和日志不一致", x.whose, x.Size))
		}
	}
}

// Stored compares the tiles that have become whole since the last time with the stored ones.
func (a *Audit) Stored(ctx context.Context) error {
	for _, t := range a.whole {
		stored, err := a.q.Tile(ctx, query.TileParams{Level: t.level, Idx: t.index})
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("reading tile %d/%d: %w", t.level, t.index, err)
		}
		if err != nil || !bytes.Equal(stored, t.hashes) {
			a.Found(fmt.Sprintf("journal_tiles：第 %d 层第 %d 块和各条不一致", t.level, t.index))
		}
	}
	a.whole = a.whole[:0]
	return nil
}

// End closes the audit: nothing may be missing under the head, nothing stored beyond.
func (a *Audit) End(ctx context.Context) error {
	if err := a.Stored(ctx); err != nil {
		return err
	}
	if a.tree.size < a.head.Size {
		a.Found(fmt.Sprintf("journal：签名的树头有 %d 条，只剩 %d 条", a.head.Size, a.tree.size))
	}
	for _, x := range a.expected {
		if a.tree.size < x.Size {
			a.Found(fmt.Sprintf("%s：有 %d 条，日志只有 %d 条", x.whose, x.Size, a.tree.size))
		}
	}
	levels, err := a.q.LastTiles(ctx)
	if err != nil {
		return err
	}
	for i, l := range levels {
		whole := a.head.Size
		for range l.Level + 1 {
			whole /= tileWidth
		}
		if l.Level != int64(i) || l.Tiles > whole {
			a.Found(fmt.Sprintf("journal_tiles：第 %d 层多出一块", l.Level))
		}
	}
	return nil
}
