package journal

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// audit looks at everything and gives what is wrong.
func (b *base) audit(ctx context.Context) []string {
	b.t.Helper()
	var found []string
	a, err := b.NewAudit(ctx, b.known(), func(what string) { found = append(found, what) })
	if err != nil {
		b.t.Fatal(err)
	}
	for last := int64(0); ; {
		page, err := b.After(ctx, last, 100)
		if err != nil {
			b.t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			a.Next(e)
			if err := a.Stored(ctx); err != nil {
				b.t.Fatal(err)
			}
		}
		last = page[len(page)-1].Number
	}
	if err := a.End(ctx); err != nil {
		b.t.Fatal(err)
	}
	return found
}

func TestAnAuditOfWhatIsRightFindsNothing(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		k := b.keeper()
		for _, size := range sizes {
			b.add(size - b.appended)
			b.advance(k)
			if found := b.audit(t.Context()); len(found) > 0 {
				t.Errorf("size %d: %v", size, found)
			}
		}
	})
}

// The check runs beside a program that works: entries wait for their head, and tiles come with it.
func TestAnAuditDoesNotMindEntriesThatWaitForTheirHead(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		k := b.keeper()
		for _, under := range []int{1, 255, 256, 300, 511} {
			b.add(under - b.appended)
			b.advance(k)
			for _, waiting := range []int{1, 255, 256, 257, 600} {
				err := b.db.Write(t.Context(), func(ctx context.Context) error {
					for range waiting {
						b.appended++
						e := entry("waiting/" + strings.Repeat("x", b.appended))
						if err := b.Append(ctx, e); err != nil {
							return err
						}
						b.exec(ctx, `UPDATE journal SET entry = $1 WHERE subject = $2`, b.appended, e.Subject)
					}
					if found := b.audit(ctx); len(found) > 0 {
						t.Errorf("%d entries under the head and %d that wait: %v", under, waiting, found)
					}
					return errUndo
				})
				b.appended = under
				if !errors.Is(err, errUndo) {
					t.Fatal(err)
				}
			}
		}
	})
}

// Each line alters the stored log; the audit has to say a word of it.
func TestAnAuditFindsWhatWasAltered(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		k := b.keeper()
		b.add(300)
		b.advance(k)
		older, _, err := b.Checkpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		b.add(300)
		b.advance(k)
		do := func(text string, args ...any) func(ctx context.Context) {
			return func(ctx context.Context) { b.exec(ctx, text, args...) }
		}
		forged := signed(t, keys(t, "bianmin.test"), 600, b.copied().root(t))
		altered := map[string]struct {
			alter func(ctx context.Context)
			word  string
		}{
			"an entry's data":               {do(`UPDATE journal SET data = '{}' WHERE entry = 5`), "journal 第 5 条"},
			"an entry's actor":              {do(`UPDATE journal SET actor = 'another' WHERE entry = 600`), "journal 第 600 条"},
			"an entry's instant":            {do(`UPDATE journal SET at = at + 1 WHERE entry = 256`), "journal 第 256 条"},
			"an entry, salt and leaf":       {func(ctx context.Context) { b.rewrite(ctx, 5) }, "journal_tiles：第 0 层第 0 块"},
			"the same and the tiles":        {func(ctx context.Context) { b.rewrite(ctx, 5); b.retile(ctx) }, "前 600 条和签名的树头不一致"},
			"one under no whole tile":       {func(ctx context.Context) { b.rewrite(ctx, 599) }, "前 600 条和签名的树头不一致"},
			"an entry is gone":              {do(`DELETE FROM journal WHERE entry = 300`), "第 299 条以后不是第 300 条"},
			"the first entry is gone":       {do(`DELETE FROM journal WHERE entry = 1`), "第 0 条以后不是第 1 条"},
			"an entry lost its number":      {do(`UPDATE journal SET entry = NULL WHERE entry = 300`), "第 299 条以后不是第 300 条"},
			"the last entry is gone":        {do(`DELETE FROM journal WHERE entry = 600`), "只剩 599 条"},
			"the last lost its number":      {do(`UPDATE journal SET entry = NULL WHERE entry = 600`), "只剩 599 条"},
			"the last three are gone":       {do(`DELETE FROM journal WHERE entry > 597`), "只剩 597 条"},
			"every entry is gone":           {do(`DELETE FROM journal`), "只剩 0 条"},
			"an entry has a later number":   {do(`UPDATE journal SET entry = 601 WHERE entry = 600`), "第 599 条以后不是第 600 条"},
			"an entry more before the rest": {do(`UPDATE journal SET entry = 0 WHERE entry = 1`), "journal"},
			"two neighbours swapped":        {func(ctx context.Context) { b.swap(ctx, 590, 591) }, "前 600 条和签名的树头不一致"},
			"two far ones swapped":          {func(ctx context.Context) { b.swap(ctx, 3, 400) }, "journal_tiles：第 0 层第 0 块"},
			"a tile changed":                {do(`UPDATE journal_tiles SET hashes = $1 WHERE level = 0 AND idx = 1`, make([]byte, 8192)), "journal_tiles：第 0 层第 1 块"},
			"a tile cut":                    {do(`UPDATE journal_tiles SET hashes = $1 WHERE level = 0 AND idx = 1`, []byte{}), "journal_tiles：第 0 层第 1 块"},
			"a tile gone":                   {do(`DELETE FROM journal_tiles WHERE idx = 0`), "journal_tiles：第 0 层第 0 块"},
			"the last tile gone":            {do(`DELETE FROM journal_tiles WHERE idx = 1`), "journal_tiles：第 0 层第 1 块"},
			"every tile gone":               {do(`DELETE FROM journal_tiles`), "journal_tiles：第 0 层第 0 块"},
			"a tile renamed":                {do(`UPDATE journal_tiles SET idx = 7 WHERE idx = 1`), "journal_tiles：第 0 层第 1 块"},
			"a tile of another level":       {do(`UPDATE journal_tiles SET level = 1 WHERE idx = 1`), "journal_tiles：第 0 层第 1 块"},
			"a tile more":                   {do(`INSERT INTO journal_tiles SELECT level, 2, hashes FROM journal_tiles WHERE idx = 1`), "journal_tiles：第 0 层"},
			"a tile more far off":           {do(`INSERT INTO journal_tiles SELECT level, 99, hashes FROM journal_tiles WHERE idx = 1`), "journal_tiles：第 0 层"},
			"a tile more above":             {do(`INSERT INTO journal_tiles SELECT 1, 0, hashes FROM journal_tiles WHERE idx = 1`), "journal_tiles：第 1 层"},
			"a tile more high above":        {do(`INSERT INTO journal_tiles SELECT 5, 0, hashes FROM journal_tiles WHERE idx = 1`), "journal_tiles：第 5 层"},
			"a tile more below":             {do(`INSERT INTO journal_tiles SELECT -1, 0, hashes FROM journal_tiles WHERE idx = 1`), "journal_tiles：第 -1 层"},
			"the head's text":               {do(`UPDATE journal_head SET note = REPLACE(note, '600', '599')`), "journal_head：签名不对"},
			"the head is another's":         {do(`UPDATE journal_head SET note = $1`, forged), "journal_head：签名不对"},
			"a line more under the head":    {do(`UPDATE journal_head SET note = note || $1`, "— bianmin.test AAAAAAAA\n"), "有一行签名认不出是谁的"},
			"the head is empty":             {do(`UPDATE journal_head SET note = ''`), "journal_head：签名不对"},
			"the head's size":               {do(`UPDATE journal_head SET size = 599`), "journal_head：和签名的内容不一致"},
			"the head's origin":             {do(`UPDATE journal_head SET origin = 'bianmin.other'`), "journal_head：和签名的内容不一致"},
			"the head is gone":              {do(`DELETE FROM journal_head`), "journal_head：没有签名的树头"},
			"a head more":                   {do(`INSERT INTO journal_head SELECT 'bianmin.a', size, note FROM journal_head`), "journal_head：多出一行"},
			"an older head of ours":         {do(`UPDATE journal_head SET note = $1, size = 300`, older), "journal_tiles：第 0 层"},
		}
		for what, tt := range altered {
			t.Run(what, func(t *testing.T) {
				err := b.db.Write(t.Context(), func(ctx context.Context) error {
					tt.alter(ctx)
					found := strings.Join(b.audit(ctx), "\n")
					if !strings.Contains(found, tt.word) {
						t.Errorf("it found:\n%s", found)
					}
					return errUndo
				})
				if !errors.Is(err, errUndo) {
					t.Fatal(err)
				}
			})
		}
		if found := b.audit(t.Context()); len(found) > 0 {
			t.Errorf("and at last: %v", found)
		}
	})
}

func (b *base) swap(ctx context.Context, one, two int) {
	b.t.Helper()
	for _, x := range [][2]int{{one, 1_000_000}, {two, one}, {1_000_000, two}} {
		b.exec(ctx, `UPDATE journal SET entry = $1 WHERE entry = $2`, x[1], x[0])
	}
}

// Tiles of tiles: one engine is enough, the log is long.
func TestAnAuditOfALongLog(t *testing.T) {
	b := onSQLite(t)
	k := b.keeper()
	b.add(65_500)
	b.advance(k)
	b.add(100)
	if found := b.audit(t.Context()); len(found) > 0 {
		t.Errorf("with a hundred that wait: %v", found)
	}
	b.advance(k)
	if found := b.audit(t.Context()); len(found) > 0 {
		t.Errorf("as it is: %v", found)
	}
	for what, text := range map[string]string{
		"a tile of tiles changed": `UPDATE journal_tiles SET hashes = zeroblob(8192) WHERE level = 1`,
		"a tile of tiles gone":    `DELETE FROM journal_tiles WHERE level = 1`,
		"a tile of tiles more":    `INSERT INTO journal_tiles SELECT 1, 1, hashes FROM journal_tiles WHERE level = 1`,
	} {
		err := b.db.Write(t.Context(), func(ctx context.Context) error {
			b.exec(ctx, text)
			if found := strings.Join(b.audit(ctx), "\n"); !strings.Contains(found, "journal_tiles：第 1 层") {
				t.Errorf("%s: %s", what, found)
			}
			return errUndo
		})
		if !errors.Is(err, errUndo) {
			t.Fatal(err)
		}
	}
}

func TestAnEngineThatDoesNotAnswerIsNoFinding(t *testing.T) {
	b := onSQLite(t)
	b.add(256)
	b.advance(b.keeper())
	all := b.everything()
	ended, cancel := context.WithCancel(t.Context())
	a, err := b.NewAudit(t.Context(), b.known(), func(what string) { t.Errorf("it found: %s", what) })
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all[:255] {
		a.Next(e)
	}
	if err := a.Stored(t.Context()); err != nil {
		t.Fatal(err)
	}
	cancel()
	a.Next(all[255])
	if err := a.Stored(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("the error: %v", err)
	}
	if err := a.End(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("the error at the end: %v", err)
	}
}
