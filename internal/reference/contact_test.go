package reference

import (
	"context"
	"errors"
	"testing"
	"time"

	"bianmin/internal/place"
)

func TestHowAPlaceIsReachedIsOnRecord(t *testing.T) {
	each(t, func(t *testing.T, b *base) {
		b.found()
		if list, err := b.Contacts(t.Context()); err != nil || len(list) != 0 {
			t.Fatalf("at first: %v (%v)", list, err)
		}
		const room, town = place.Code("610881101200"), place.Code("610881101000")
		hours := place.Hours{}
		hours.Days[0] = []place.Span{{From: 510, To: 720}}
		first := []place.Contact{{Code: room, Telephone: "0912-8331234", Hours: hours}, {Code: town, Address: "高家堡村", Position: &place.Position{Lat: 38.5, Lon: 110.25}}}
		before := b.revision()
		if err := b.SetContacts(t.Context(), "admin", founded, first); err != nil {
			t.Fatal(err)
		}
		if b.revision() <= before {
			t.Error("other copies do not learn of it")
		}
		if err := b.SetContacts(t.Context(), "head-610881101", founded.Add(time.Hour), []place.Contact{{Code: room, Telephone: "12345"}}); err != nil {
			t.Fatal(err)
		}
		err := b.db.Write(t.Context(), func(ctx context.Context) error {
			return errors.Join(b.SetContacts(ctx, "admin", founded, []place.Contact{{Code: town}, {Code: "610881000000"}}), errUndo)
		})
		if !errors.Is(err, errUndo) {
			t.Fatal(err)
		}
		list, err := b.Contacts(t.Context())
		if err != nil || len(list) != 2 || list[0].Code != town || asJSON(t, list[0]) != asJSON(t, first[1]) || list[1].Telephone != "12345" {
			t.Errorf("%+v (%v)", list, err)
		}
		history, err := b.ContactHistory(t.Context(), room)
		if err != nil || len(history) != 2 || history[0].By != "head-610881101" || asJSON(t, history[1].Contact) != asJSON(t, first[0]) {
			t.Errorf("%+v (%v)", history, err)
		}
		if n := b.number(`SELECT events FROM documents WHERE subject = 'contact/610881101200'`); n != 2 {
			t.Errorf("%d events", n)
		}
	})
}
