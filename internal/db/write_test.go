package db

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestWriteCommitsOrUndoesWhole(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		d.write(d.marking("kept"))
		err := d.Write(t.Context(), func(ctx context.Context) error {
			return errors.Join(d.mark(ctx, "first"), d.mark(ctx, "second"), errNo)
		})
		if !errors.Is(err, errNo) {
			t.Errorf("the error of the work came back as %v", err)
		}
		d.holds("kept")
	})
}

func TestWriteSeesItselfAndOthersDoNot(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		d.write(func(ctx context.Context) error {
			if err := d.mark(ctx, "new"); err != nil {
				return err
			}
			if got := d.names(ctx); !slices.Equal(got, []string{"new"}) {
				t.Errorf("inside: %v", got)
			}
			if got := d.names(t.Context()); len(got) > 0 {
				t.Errorf("outside, before the commit: %v", got)
			}
			return nil
		})
	})
}

func TestWriteOutlivesReopening(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		d.write(d.marking("kept"))
		d.reopen()
		d.holds("kept")
	})
}

// part is a write with writes inside it; what happens at its end is "", "error" or "panic".
type part struct {
	name   string
	inside []part
	end    string
}

// do runs the part. An error of a part inside ends nothing else; a panic ends all.
func (p part) do(ctx context.Context, d *base) error {
	return d.Write(ctx, func(ctx context.Context) error {
		if err := d.mark(ctx, p.name); err != nil {
			return err
		}
		for _, x := range p.inside {
			if err := x.do(ctx, d); err != nil && !errors.Is(err, errNo) {
				return err
			}
		}
		switch p.end {
		case "panic":
			panic("at the disco")
		case "error":
			return errNo
		}
		return nil
	})
}

func TestNestedWriteIsUndoneAlone(t *testing.T) {
	cases := map[string]struct {
		part part
		want []string
		fail bool // the whole
	}{
		"all kept":                        {part{"a", []part{{"b", nil, ""}, {"c", nil, ""}}, ""}, []string{"a", "b", "c"}, false},
		"one part fails":                  {part{"a", []part{{"b", nil, "error"}, {"c", nil, ""}}, ""}, []string{"a", "c"}, false},
		"a part of a part fails":          {part{"a", []part{{"b", []part{{"c", nil, "error"}}, ""}}, ""}, []string{"a", "b"}, false},
		"a part fails, its parts did not": {part{"a", []part{{"b", []part{{"c", nil, ""}}, "error"}}, ""}, []string{"a"}, false},
		"the whole fails":                 {part{"a", []part{{"b", nil, ""}}, "error"}, nil, true},
		"the whole panics":                {part{"a", []part{{"b", nil, ""}}, "panic"}, nil, true},
		"a part panics":                   {part{"a", []part{{"b", nil, "panic"}}, ""}, nil, true},
		"a part of a part panics":         {part{"a", []part{{"b", []part{{"c", nil, "panic"}}, ""}}, ""}, nil, true},
	}
	each(t, func(t *testing.T, d *base) {
		for what, tt := range cases {
			t.Run(what, func(t *testing.T) {
				if err := tt.part.do(t.Context(), d); (err != nil) != tt.fail {
					t.Errorf("the whole: %v", err)
				}
				if got := d.names(t.Context()); !slices.Equal(got, tt.want) {
					t.Errorf("stored %v, want %v", got, tt.want)
				}
				d.write(func(ctx context.Context) error { return d.exec(ctx, `DELETE FROM marks`) })
			})
		}
	})
}

func TestPanicIsTheErrorOfItsWriteAndHoldsNothing(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		for range 40 { // more than PostgreSQL has connections: each must come back
			err := d.Write(t.Context(), func(ctx context.Context) error {
				if err := d.mark(ctx, "lost"); err != nil {
					return err
				}
				panic("at the disco")
			})
			if err == nil || !strings.Contains(err.Error(), "at the disco") {
				t.Fatalf("the panic became %v", err)
			}
		}
		soon(t, "the next write", func() {
			if err := d.Write(t.Context(), d.marking("next")); err != nil {
				t.Error(err)
			}
		})
		d.holds("next")
	})
}

func TestWriteOfAnEndedContextIsDoneOrNotAndSaysWhich(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
			err := d.Write(ended, d.marking(name))
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			if there := slices.Contains(d.names(t.Context()), name); there != (err == nil) {
				t.Errorf("%s is there: %v, and the answer was %v", name, there, err)
			}
		}
	})
}

func TestWriteIsNotInterrupted(t *testing.T) {
	each(t, func(t *testing.T, d *base) {
		ctx, cancel := context.WithCancel(t.Context())
		err := d.Write(ctx, func(ctx context.Context) error {
			if err := d.mark(ctx, "before"); err != nil {
				return err
			}
			cancel()
			return d.mark(ctx, "after")
		})
		if err != nil {
			t.Error(err)
		}
		d.holds("after", "before")
	})
}
