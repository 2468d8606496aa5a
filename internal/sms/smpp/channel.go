package smpp

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"sync"
	"time"

	"github.com/linxGnu/gosmpp/data"
	"github.com/linxGnu/gosmpp/pdu"

	"bianmin/internal/clock"
	"bianmin/internal/sms"
)

const (
	// answerWithin is how long the centre has for one answer.
	answerWithin = 15 * time.Second
	// idleFor is how long a connection may have been unused before it is asked whether it still stands: what is written to
	// one that the other side has left is in doubt.
	idleFor = 10 * time.Second
)

// Channel is the way to one short message centre. Safe for concurrent use: one message goes at a time.
type Channel struct {
	address, user, password, from, systemType string
	tls                                       bool
	wall                                      clock.Clock

	mu   sync.Mutex
	conn net.Conn
	read *bufio.Reader
	used time.Time
}

// Parse reads where the centre is: smpp://user:password@host:port?from=10690000. smpps goes through TLS. A password given
// apart wins. wall is the machine's clock.
func Parse(address, password string, wall clock.Clock) (*Channel, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the address of the short message centre cannot be read") // err would name the password
	}
	c := &Channel{address: u.Host, user: u.User.Username(), password: password, from: u.Query().Get("from"), systemType: u.Query().Get("system_type"),
		tls: u.Scheme == "smpps", wall: wall}
	if c.password == "" {
		c.password, _ = u.User.Password()
	}
	switch {
	case u.Scheme != "smpp" && u.Scheme != "smpps":
		return nil, errors.New("the address of the short message centre does not begin with smpp:// or smpps://")
	case u.Port() == "" || u.Hostname() == "":
		return nil, errors.New("the address of the short message centre lacks its host or port")
	case c.user == "" || len(c.user) > 15 || len(c.password) > 8:
		return nil, errors.New("the short message centre wants a user of at most 15 and a password of at most 8 characters")
	case c.from == "" || len(c.from) > 20:
		return nil, errors.New("the address of the short message centre lacks from=, the number that messages come from")
	}
	return c, nil
}

// trouble is what went wrong with the centre.
type trouble struct {
	kind   error // sms.ErrRefused, sms.ErrThrottled, or what happened
	reason string
}

func (t *trouble) Error() string  { return t.kind.Error() }
func (t *trouble) Unwrap() error  { return t.kind }
func (t *trouble) Reason() string { return t.reason }

// Send hands over the parts of a message that were not taken yet, one after the other.
func (c *Channel) Send(ctx context.Context, o sms.Outgoing) (taken int, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := parts(o.Text)
	for taken = o.From; taken < len(list); taken++ {
		if err := c.stand(ctx); err != nil {
			return taken, err
		}
		submit, err := c.submit(o, list, taken)
		if err != nil {
			return taken, err
		}
		answer, err := c.exchange(ctx, submit)
		if err != nil {
			return taken, err
		}
		if err := verdict(answer.GetHeader().CommandStatus); err != nil {
			return taken, err
		}
	}
	return taken, nil
}

// submit is one part as a PDU.
func (c *Channel) submit(o sms.Outgoing, list []string, i int) (*pdu.SubmitSM, error) {
	p := pdu.NewSubmitSM().(*pdu.SubmitSM)
	for _, a := range []struct {
		of       *pdu.Address
		ton, npi byte
		number   string
	}{{&p.SourceAddr, 0, 0, c.from}, {&p.DestAddr, 1, 1, "86" + string(o.To)}} {
		var err error
		if *a.of, err = pdu.NewAddressWithTonNpiAddr(a.ton, a.npi, a.number); err != nil {
			return nil, &trouble{sms.ErrRefused, "号码太长，短信通道不收"}
		}
	}
	encoded, err := data.UCS2.Encode(list[i])
	if err == nil {
		err = p.Message.SetMessageDataWithEncoding(encoded, data.UCS2)
	}
	if err != nil {
		return nil, &trouble{sms.ErrRefused, "内容写不成短信"}
	}
	if len(list) > 1 {
		p.EsmClass |= data.SM_UDH_GSM
		p.Message.SetUDH(pdu.UDH{pdu.NewIEConcatMessage(byte(len(list)), byte(i+1), o.Reference)})
	}
	return p, nil
}

// verdict is what the centre's answer means. What it has never heard of here it may take another time.
func verdict(status data.CommandStatusType) error {
	switch status {
	case data.ESME_ROK:
		return nil
	case data.ESME_RTHROTTLED, data.ESME_RMSGQFUL:
		return &trouble{sms.ErrThrottled, "短信通道要求慢一点"}
	case data.ESME_RSYSERR, data.ESME_RSUBMITFAIL, data.ESME_RINVBNDSTS, data.ESME_RUNKNOWNERR:
		return &trouble{fmt.Errorf("the centre answers %s", status), fmt.Sprintf("短信通道出了故障（0x%08X）", uint32(status))}
	case data.ESME_RINVDSTADR:
		return &trouble{fmt.Errorf("%w: %s", sms.ErrRefused, status), "短信通道说没有这个号码"}
	}
	return &trouble{fmt.Errorf("%w: %s", sms.ErrRefused, status), fmt.Sprintf("短信通道不收（0x%08X）", uint32(status))}
}

// stand makes sure of a connection.
func (c *Channel) stand(ctx context.Context) error {
	if c.conn != nil && c.wall.Now().Sub(c.used) > idleFor {
		if _, err := c.exchange(ctx, pdu.NewEnquireLink()); err != nil {
			c.drop()
		}
	}
	if c.conn != nil {
		return nil
	}
	if err := c.bind(ctx); err != nil {
		c.drop()
		return err
	}
	return nil
}

func (c *Channel) bind(ctx context.Context) error {
	conn, err := c.dial(ctx)
	if err != nil {
		return &trouble{fmt.Errorf("reaching the short message centre: %w", err), "短信通道没有连上"}
	}
	c.conn, c.read = conn, bufio.NewReader(conn)
	p := pdu.NewBindRequest(pdu.Transmitter)
	p.SystemID, p.Password, p.SystemType = c.user, c.password, c.systemType
	answer, err := c.exchange(ctx, p)
	if err != nil {
		return err
	}
	if status := answer.GetHeader().CommandStatus; status != data.ESME_ROK {
		return &trouble{fmt.Errorf("the short message centre refuses the binding: %s", status), fmt.Sprintf("短信通道不让登录（0x%08X），请核对账号和密码", uint32(status))}
	}
	return nil
}

func (c *Channel) dial(ctx context.Context) (net.Conn, error) {
	d := &net.Dialer{Timeout: answerWithin}
	if c.tls {
		return (&tls.Dialer{NetDialer: d}).DialContext(ctx, "tcp", c.address)
	}
	return d.DialContext(ctx, "tcp", c.address)
}

// exchange sends a PDU and waits for its answer. What the centre asks meanwhile is answered. After an error the connection
// is given up: an answer that comes late must not be taken for the next one's.
func (c *Channel) exchange(ctx context.Context, p pdu.PDU) (pdu.PDU, error) {
	answer, err := c.talk(ctx, p)
	if err != nil {
		c.drop()
		return nil, &trouble{fmt.Errorf("talking to the short message centre: %w", err), "和短信通道的连接断了"}
	}
	c.used = c.wall.Now()
	return answer, nil
}

func (c *Channel) talk(ctx context.Context, p pdu.PDU) (pdu.PDU, error) {
	until := c.wall.Now().Add(answerWithin)
	if end, ok := ctx.Deadline(); ok && end.Before(until) {
		until = end
	}
	if err := c.conn.SetDeadline(until); err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { _ = c.conn.SetDeadline(time.Unix(1, 0)) }) // whoever ends us does not wait
	defer stop()
	if err := c.write(p); err != nil {
		return nil, err
	}
	for {
		in, err := pdu.Parse(c.read)
		switch {
		case err != nil:
			return nil, err
		case in.CanResponse():
			if err := c.write(in.GetResponse()); err != nil {
				return nil, err
			}
			if _, leaving := in.(*pdu.Unbind); leaving {
				return nil, errors.New("the short message centre ends the session")
			}
		case in.GetSequenceNumber() == p.GetSequenceNumber() || binds(p) && bound(in): // some centres count bindings by themselves
			return in, nil
		}
	}
}

func binds(p pdu.PDU) bool { _, is := p.(*pdu.BindRequest); return is }
func bound(p pdu.PDU) bool { _, is := p.(*pdu.BindResp); return is }

func (c *Channel) write(p pdu.PDU) error {
	b := pdu.NewBuffer(nil)
	p.Marshal(b)
	_, err := c.conn.Write(b.Bytes())
	return err
}

func (c *Channel) drop() {
	if c.conn != nil {
		_ = c.conn.Close() // nothing more is expected of it
		c.conn = nil
	}
}

// unbindWithin is how long the centre has to say goodbye.
const unbindWithin = 2 * time.Second

// Close ends the session.
func (c *Channel) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), unbindWithin)
	defer cancel()
	_, err := c.exchange(ctx, pdu.NewUnbind())
	c.drop()
	return err
}
