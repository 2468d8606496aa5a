package smpp

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/fiorix/go-smpp/smpp/pdu"
	"github.com/fiorix/go-smpp/smpp/pdu/pdufield"
	"github.com/fiorix/go-smpp/smpp/smpptest"
	"pgregory.net/rapid"

	"bianmin/internal/clock"
	"bianmin/internal/sms"
)

// centre is a short message centre of another library.
type centre struct {
	*smpptest.Server
	mu     sync.Mutex
	got    []string // "reference/part/of text" of each part that came, in order
	answer func(n int, c smpptest.Conn, m pdu.Body) pdu.Status
}

// cut is an answer that is none: the connection ends.
const cut = pdu.Status(0xffffffff)

func newCentre(t *testing.T, answer func(n int, c smpptest.Conn, m pdu.Body) pdu.Status) *centre {
	t.Helper()
	c := &centre{Server: smpptest.NewUnstartedServer(), answer: answer}
	c.Handler = c.handle
	c.Start()
	t.Cleanup(c.Close)
	return c
}

func (c *centre) handle(conn smpptest.Conn, m pdu.Body) {
	switch m.Header().ID {
	case pdu.SubmitSMID:
		c.mu.Lock()
		n := len(c.got)
		c.got = append(c.got, partOf(m))
		c.mu.Unlock()
		status := pdu.Status(0)
		if c.answer != nil {
			status = c.answer(n, conn, m)
		}
		if status == cut {
			conn.Close()
			return
		}
		r := pdu.NewSubmitSMResp()
		r.Header().Seq, r.Header().Status = m.Header().Seq, status
		r.Fields().Set(pdufield.MessageID, fmt.Sprint(n))
		conn.Write(r)
	case pdu.EnquireLinkID:
		r := pdu.NewEnquireLinkRespSeq(m.Header().Seq)
		conn.Write(r)
	case pdu.UnbindID:
		r := pdu.NewUnbindResp()
		r.Header().Seq = m.Header().Seq
		conn.Write(r)
	}
}

// partOf reads a part with the eyes of the other library.
func partOf(m pdu.Body) string {
	f := m.Fields()
	raw := f[pdufield.ShortMessage].Bytes()
	head := ""
	if f[pdufield.ESMClass].Bytes()[0]&0x40 != 0 {
		if udh, ok := f[pdufield.GSMUserData]; ok && len(udh.Bytes()) > 0 {
			h := udh.Bytes()
			head = fmt.Sprintf("%d/%d/%d ", h[2], h[4], h[3])
		} else {
			head, raw = fmt.Sprintf("%d/%d/%d ", raw[3], raw[5], raw[4]), raw[6:]
		}
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return head + string(utf16.Decode(units))
}

func (c *centre) parts() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.got)
}

func (c *centre) channel(t *testing.T) *Channel {
	t.Helper()
	ch, err := Parse("smpp://"+smpptest.DefaultUser+":"+smpptest.DefaultPasswd+"@"+c.Addr()+"?from=10690000", "", clock.Func(time.Now))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ch.Close() })
	return ch
}

const code = "【神木市便民服务】验证码 012345，5 分钟内有效。"

func long() string { return strings.Repeat("办好了请来取𠮷", 30) } // 7 characters of 8 units: 240 units

func TestAMessageArrivesAsItWasWritten(t *testing.T) {
	c := newCentre(t, func(_ int, _ smpptest.Conn, m pdu.Body) pdu.Status {
		f := m.Fields()
		if f[pdufield.DestinationAddr].String() != "8613912345127" || f[pdufield.SourceAddr].String() != "10690000" || f[pdufield.DataCoding].Bytes()[0] != 8 {
			t.Errorf("%v", f)
		}
		return 0
	})
	ch := c.channel(t)
	for range 2 { // over one connection
		if taken, err := ch.Send(t.Context(), sms.Outgoing{To: "13912345127", Text: code, Reference: 7}); err != nil || taken != 1 {
			t.Fatal(taken, err)
		}
	}
	if taken, err := ch.Send(t.Context(), sms.Outgoing{To: "13912345127", Text: long(), Reference: 7}); err != nil || taken != 4 {
		t.Fatal(taken, err)
	}
	got := c.parts()
	if len(got) != 6 || got[0] != code || got[1] != code {
		t.Fatalf("%q", got)
	}
	whole := ""
	for i, p := range got[2:] {
		head, text, _ := strings.Cut(p, " ")
		if head != fmt.Sprintf("7/%d/4", i+1) {
			t.Errorf("part %d: %s", i+1, head)
		}
		whole += text
	}
	if whole != long() {
		t.Errorf("joined: %s", whole)
	}
	if err := ch.Close(); err != nil {
		t.Error(err)
	}
}

func TestWhatTheCentreAnswers(t *testing.T) {
	for name, x := range map[string]struct {
		status pdu.Status
		kind   error
		reason string
	}{
		"accepted":       {0, nil, ""},
		"no such number": {0x0B, sms.ErrRefused, "短信通道说没有这个号码"},
		"refused":        {0x0A, sms.ErrRefused, "短信通道不收（0x0000000A）"},
		"throttled":      {0x58, sms.ErrThrottled, "短信通道要求慢一点"},
		"queue full":     {0x14, sms.ErrThrottled, "短信通道要求慢一点"},
		"out of order":   {0x08, nil, "短信通道出了故障（0x00000008）"},
		"cut":            {cut, nil, "和短信通道的连接断了"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCentre(t, func(int, smpptest.Conn, pdu.Body) pdu.Status { return x.status })
			taken, err := c.channel(t).Send(t.Context(), sms.Outgoing{To: "13912345127", Text: code})
			if (err == nil) != (x.status == 0) || x.kind != nil && !errors.Is(err, x.kind) || x.kind == nil && (errors.Is(err, sms.ErrRefused) || errors.Is(err, sms.ErrThrottled)) {
				t.Errorf("%v", err)
			}
			if err != nil && (sms.Reason(err) != x.reason || taken != 0) {
				t.Errorf("%d %q", taken, sms.Reason(err))
			}
		})
	}
}

func TestAfterACutOnlyWhatWasNotAnsweredGoesAgain(t *testing.T) {
	c := newCentre(t, func(n int, _ smpptest.Conn, _ pdu.Body) pdu.Status {
		if n == 2 {
			return cut // the third part came, its answer did not
		}
		return 0
	})
	ch := c.channel(t)
	o := sms.Outgoing{To: "13912345127", Text: long(), Reference: 9}
	taken, err := ch.Send(t.Context(), o)
	if taken != 2 || err == nil {
		t.Fatal(taken, err)
	}
	o.From = taken
	if taken, err = ch.Send(t.Context(), o); taken != 4 || err != nil {
		t.Fatal(taken, err)
	}
	var heads []string
	for _, p := range c.parts() {
		head, _, _ := strings.Cut(p, " ")
		heads = append(heads, head)
	}
	if want := []string{"9/1/4", "9/2/4", "9/3/4", "9/3/4", "9/4/4"}; !slices.Equal(heads, want) {
		t.Errorf("%v, want %v", heads, want)
	}
}

func TestAWrongPasswordIsSaid(t *testing.T) {
	c := newCentre(t, nil)
	ch := c.channel(t)
	ch.password = "wrong"
	if _, err := ch.Send(t.Context(), sms.Outgoing{To: "13912345127", Text: code}); err == nil || errors.Is(err, sms.ErrRefused) {
		t.Errorf("%v", err)
	}
	if len(c.parts()) != 0 {
		t.Error("something was sent")
	}
}

func TestACentreThatIsNotThere(t *testing.T) {
	c := newCentre(t, nil)
	ch := c.channel(t)
	c.Close()
	if _, err := ch.Send(t.Context(), sms.Outgoing{To: "13912345127", Text: code}); err == nil || sms.Reason(err) != "短信通道没有连上" {
		t.Errorf("%v", err)
	}
}

func TestAddresses(t *testing.T) {
	for address, fits := range map[string]bool{
		"smpp://u:p@h:2775?from=1069": true, "smpps://u:p@h:3550?from=1069": true, "smpp://u@h:2775?from=1069": true,
		"": false, "http://u:p@h:1?from=1": false, "smpp://u:p@h?from=1": false, "smpp://h:1?from=1": false, "smpp://u:p@h:1": false,
		"smpp://u:longpassword@h:1?from=1": false, "smpp://u:se%zzcret@h:1?from=1": false,
	} {
		c, err := Parse(address, "", clock.Func(time.Now))
		if (err == nil) != fits {
			t.Errorf("%s: %v", address, err)
		}
		if err != nil && strings.Contains(err.Error(), "cret") {
			t.Errorf("the password stands in the error: %v", err)
		}
		if fits {
			if again, err := Parse(address, "other", clock.Func(time.Now)); err != nil || again.password != "other" || c.user != "u" {
				t.Errorf("%s: %v", address, err)
			}
		}
	}
}

func TestPartsHaveRoomAndLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("办好𠮷𡈼a1，"))).Draw(t, "text")
		list := parts(text)
		if strings.Join(list, "") != text {
			t.Fatalf("%q became %q", text, list)
		}
		for _, p := range list {
			if n := units(p); len(list) == 1 && n > unitsAlone || len(list) > 1 && (n > unitsPart || n < unitsPart-1 && p != list[len(list)-1]) {
				t.Fatalf("a part of %d units among %d", n, len(list))
			}
		}
	})
}
