package smpp_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiorix/go-smpp/smpp/pdu"
	"github.com/fiorix/go-smpp/smpp/pdu/pdufield"
	"github.com/fiorix/go-smpp/smpp/smpptest"

	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/enginetest"
	"bianmin/internal/seal"
	"bianmin/internal/sms"
	"bianmin/internal/sms/smpp"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// TestNothingIsLostAndNothingDoubledOverACutAndARestart: of a text in four parts the centre takes two and then cuts the
// connection before it has read the third; the program is started anew, and the rest arrives, each part once.
func TestNothingIsLostAndNothingDoubledOverACutAndARestart(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		d, err := db.Open(t.Context(), url, db.Serving)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		keys, err := seal.Generate("bianmin.test")
		if err != nil {
			t.Fatal(err)
		}
		box, err := keys.Box()
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		var got []byte // the numbers of the parts that came
		centre := smpptest.NewUnstartedServer()
		centre.Handler = func(c smpptest.Conn, m pdu.Body) {
			if m.Header().ID != pdu.SubmitSMID {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			if len(got) == 2 {
				got = append(got, 0) // the cut, as it were before the third was read
				c.Close()
				return
			}
			h := m.Fields()[pdufield.GSMUserData]
			part := byte(0)
			if h != nil && len(h.Bytes()) > 4 {
				part = h.Bytes()[4]
			} else {
				part = m.Fields()[pdufield.ShortMessage].Bytes()[5]
			}
			got = append(got, part)
			r := pdu.NewSubmitSMResp()
			r.Header().Seq = m.Header().Seq
			r.Fields().Set(pdufield.MessageID, "1")
			_ = c.Write(r)
		}
		centre.Start()
		t.Cleanup(centre.Close)
		wall := clock.NewManual(time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))
		outbox := func() *sms.Service {
			channel, err := smpp.Parse("smpp://client:secret@"+centre.Addr()+"?from=10690000", "", clock.Func(time.Now))
			if err != nil {
				t.Fatal(err)
			}
			return sms.New(sms.Parts{DB: d, Box: box, Work: wall, Wall: wall, Provider: channel})
		}
		first := outbox()
		err = d.Write(t.Context(), func(ctx context.Context) error {
			return first.Put(ctx, sms.Message{To: "13912345127", Purpose: sms.Answer, Text: strings.Repeat("好", 240)})
		})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := first.Drain(t.Context()); n != 0 || err != nil {
			t.Fatal(n, err)
		}
		wall.Set(wall.Now().Add(time.Minute))
		if n, err := outbox().Drain(t.Context()); n != 1 || err != nil { // the program anew
			t.Fatal(n, err)
		}
		mu.Lock()
		defer mu.Unlock()
		if want := []byte{1, 2, 0, 3, 4}; !slices.Equal(got, want) {
			t.Errorf("%v came, want %v", got, want)
		}
	})
}
