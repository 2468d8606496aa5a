package reference

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"bianmin/internal/place"
)

// Contacts reads how every place is reached that was ever told.
func (r *Reference) Contacts(ctx context.Context) ([]place.Contact, error) {
	return read[place.Contact](ctx, r, kindContact)
}

// SetContacts sets how places are reached, all of them or none.
func (r *Reference) SetContacts(ctx context.Context, by string, at time.Time, list []place.Contact) error {
	return r.db.Write(ctx, func(ctx context.Context) error {
		for _, c := range list {
			if err := r.put(ctx, by, at, kindContact+"/"+string(c.Code), c); err != nil {
				return err
			}
		}
		return nil
	})
}

// ContactSet is one entry about how a place is reached: who set it to what.
type ContactSet struct {
	At      time.Time
	By      string
	Contact place.Contact
}

// ContactHistory is what a place's contact was set to, the latest first.
func (r *Reference) ContactHistory(ctx context.Context, code place.Code) ([]ContactSet, error) {
	entries, err := r.journal.About(ctx, kindContact+"/"+string(code))
	if err != nil {
		return nil, err
	}
	list := make([]ContactSet, len(entries))
	for i, e := range entries {
		set := ContactSet{At: e.At, By: e.Actor}
		if err := json.Unmarshal(e.Data, &set.Contact); err != nil {
			return nil, fmt.Errorf("reading %s %d: %w", e.Subject, e.Seq, err)
		}
		list[len(entries)-1-i] = set
	}
	return list, nil
}
