package citizen

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/brake"
	"bianmin/internal/citizen/internal/query"
	"bianmin/internal/clock"
	"bianmin/internal/db"
	"bianmin/internal/ident"
	"bianmin/internal/journal"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/seal"
	"bianmin/internal/sms"
)

// The purposes under which telephone, code and address are sealed or hashed. The telephone's is the one under which cases
// find theirs.
const (
	sealedPhone   = "phone"
	hashedCode    = "citizen-code"
	hashedAddress = "citizen-address"
)

// Parts are what the service is put together from.
type Parts struct {
	DB       *db.DB
	Journal  *journal.Journal
	Box      *seal.Box
	Messages *sms.Service
	// Root is the centre: a citizen stands at no counter.
	Root place.Place
	// Work stamps the journal, Wall times codes and sessions.
	Work, Wall clock.Clock
}

// Service is the room's use cases.
type Service struct{ Parts }

// New puts the room together.
func New(p Parts) *Service { return &Service{p} }

func (s *Service) q(ctx context.Context) *query.Queries { return query.New(s.DB.Q(ctx)) }

// tokenMark begins the token of a citizen's session, so that none is ever taken for an account's.
const tokenMark = "c."

var (
	errNoSession = &problem.Problem{Kind: problem.Unauthenticated, Code: "not_signed_in"}
	errWrongCode = &problem.Problem{Kind: problem.Unauthenticated, Code: "wrong_sms_code"}
)

func tooMany(code string, wait time.Duration) error {
	return &problem.Problem{Kind: problem.TooMany, Code: code, Facts: problem.Facts{"retry_after": int((wait + time.Second - 1) / time.Second),
		"minutes": int((wait + time.Minute - 1) / time.Minute)}}
}

// parsePhone reads a telephone that messages reach.
func parsePhone(typed string) (ident.Phone, error) {
	phone, err := ident.ParsePhone(typed)
	if err == nil && !phone.Mobile() {
		err = &ident.Problem{Code: ident.NotAPhone, Message: "座机收不到短信，请写手机号"}
	}
	var p *ident.Problem
	if errors.As(err, &p) {
		return "", problem.WrongFields([]problem.Field{{Path: "phone", Code: p.Code, Message: p.Message}})
	}
	return phone, err
}

// Ask sends a code to a telephone. Whether the telephone was ever heard of makes no difference.
func (s *Service) Ask(ctx context.Context, typed, address string) error {
	phone, err := parsePhone(typed)
	if err != nil {
		return err
	}
	if !s.Messages.Able() {
		return sms.ErrUnable
	}
	code, err := newCode()
	if err != nil {
		return err
	}
	index, from := s.Box.Index(sealedPhone, string(phone)), s.from(address)
	return s.DB.Write(ctx, func(ctx context.Context) error {
		now := s.Wall.Now()
		if err := s.mayAsk(ctx, index, from, now); err != nil {
			return err
		}
		err := s.q(ctx).InsertCode(ctx, query.InsertCodeParams{Phone: index, At: now.UnixMicro(), Address: from, Code: s.Box.Index(hashedCode, index+code)})
		if err != nil {
			return err
		}
		return s.Messages.Put(ctx, sms.Message{To: phone, Purpose: sms.Code, Secret: code, Life: CodeLife,
			Text: "【" + s.Root.Name + "便民服务】验证码 " + code + "，5 分钟内有效。不要告诉别人；不是您本人登录的，不用理会。"})
	})
}

func newCode() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return "", fmt.Errorf("drawing a code: %w", err)
	}
	return fmt.Sprintf("%0*d", CodeDigits, n), nil
}

// from is what codes and tries are counted by: where they come from, so that it is not to be read.
func (s *Service) from(address string) string {
	return s.Box.Index(hashedAddress, brake.Network(address))
}

// mayAsk says how long to wait when a code was asked for too often, from the telephone's side or the address's. Those who
// ask at once wait for each other.
func (s *Service) mayAsk(ctx context.Context, phone, address string, now time.Time) error {
	q := s.q(ctx)
	if err := errors.Join(q.Hold(ctx, phoneKey(phone)), q.Hold(ctx, addressKey(address))); err != nil {
		return err
	}
	for key, most := range map[string]int64{pairKey(phone, address): TriesMost, phoneKey(phone): TriesOfAll} {
		b, err := q.Brake(ctx, key)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return err
		}
		if wait := triesWait(b.Tries+1, most, time.UnixMicro(b.Last), now); wait > 0 {
			return tooMany("code_paused", wait)
		}
	}
	since := now.Add(-CodesWithin).UnixMicro()
	codes, err := q.CodesOf(ctx, query.CodesOfParams{Phone: phone, Since: since, Most: CodesMost})
	if err != nil {
		return err
	}
	times := make([]time.Time, len(codes))
	for i, c := range codes {
		times[i] = time.UnixMicro(c.At)
	}
	if wait := askWait(times, now); wait > 0 {
		return tooMany("code_too_soon", wait)
	}
	from, err := q.CodesFrom(ctx, query.CodesFromParams{Address: address, Since: since, Most: AddressMost})
	if err != nil || len(from) == 0 {
		return err
	}
	if wait := addressWait(len(from), time.UnixMicro(from[len(from)-1]), now); wait > 0 {
		return tooMany("code_too_many_here", wait)
	}
	return nil
}

func phoneKey(index string) string         { return "phone/" + index }
func pairKey(index, address string) string { return "phone/" + index + "/" + address }
func addressKey(index string) string       { return "address/" + index }

// SignIn opens a session for whoever knows the code that went to the telephone last. A telephone that never got one, a
// code that ran out and a wrong code are one answer.
func (s *Service) SignIn(ctx context.Context, typedPhone, typedCode, address string) (token string, who access.Actor, err error) {
	phone, err := parsePhone(typedPhone)
	if err != nil {
		return "", access.Actor{}, err
	}
	code, ok := digits(typedCode)
	if !ok {
		return "", access.Actor{}, problem.WrongFields([]problem.Field{{Path: "code", Code: "bad_code", Message: "验证码是 6 位数字，在短信里"}})
	}
	index := s.Box.Index(sealedPhone, string(phone))
	var refused error
	err = s.DB.Write(ctx, func(ctx context.Context) (err error) {
		// A refusal is kept, too: the try was counted.
		if refused, err = s.try(ctx, index, s.from(address), code); err != nil || refused != nil {
			return err
		}
		token, err = s.open(ctx, phone, index, address)
		return err
	})
	if err = errors.Join(err, refused); err != nil {
		return "", access.Actor{}, unjoined(err, refused)
	}
	return token, ActorOf(index, phone.Masked(), s.Root.Code), nil
}

// unjoined is the refusal itself when there is nothing else.
func unjoined(err, refused error) error {
	if refused != nil {
		return refused
	}
	return err
}

// try counts a try and checks the code. Tries count for the telephone at the address that they come from, so that nobody
// shuts another out; and, because addresses are many, for the telephone at all.
func (s *Service) try(ctx context.Context, phone, address, code string) (refused, err error) {
	now, q := s.Wall.Now(), s.q(ctx)
	for key, most := range map[string]int64{pairKey(phone, address): TriesMost, phoneKey(phone): TriesOfAll} {
		b, err := q.Count(ctx, query.CountParams{Key: key, Now: now.UnixMicro(), Ended: now.Add(-TriesPause).UnixMicro(), Most: most})
		if err != nil {
			return nil, err
		}
		if wait := triesWait(b.Tries, most, time.UnixMicro(b.Last), now); wait > 0 {
			refused = tooMany("code_paused", wait)
		}
	}
	if refused != nil {
		return refused, nil
	}
	codes, err := q.CodesOf(ctx, query.CodesOfParams{Phone: phone, Since: now.Add(-CodeLife).UnixMicro(), Most: 1})
	if err != nil {
		return nil, err
	}
	want := s.Box.Index(hashedCode, phone+code)
	if len(codes) == 0 || codes[0].Spent || subtle.ConstantTimeCompare([]byte(codes[0].Code), []byte(want)) != 1 {
		return errWrongCode, nil
	}
	spent, err := q.Spend(ctx, query.SpendParams{Phone: phone, At: codes[0].At})
	if err != nil || spent == 0 {
		return errWrongCode, err
	}
	return nil, errors.Join(q.Release(ctx, pairKey(phone, address)), q.Release(ctx, phoneKey(phone)))
}

// open makes a session.
func (s *Service) open(ctx context.Context, phone ident.Phone, index, address string) (string, error) {
	now := s.Wall.Now()
	raw := make([]byte, 32)
	rand.Read(raw)
	token := tokenMark + base64.RawURLEncoding.EncodeToString(raw)
	sum := sha256.Sum256([]byte(token))
	err := s.q(ctx).OpenSession(ctx, query.OpenSessionParams{Token: sum[:], Phone: index, Telephone: s.Box.Seal(sealedPhone, string(phone)),
		Masked: phone.Masked(), Since: now.UnixMicro(), Seen: now.UnixMicro()})
	if err != nil {
		return "", err
	}
	return token, s.record(ctx, index, KindSignedIn, fromAddress{address})
}

// AccountPrefix begins the account under which a citizen stands in the journal: behind it is the telephone's keyed index.
const AccountPrefix = "citizen:"

// ActorOf is the citizen who holds a telephone, known by its keyed index and shown masked.
func ActorOf(index, masked string, root place.Code) access.Actor {
	return access.Actor{Account: AccountPrefix + index, Name: masked, Role: access.Citizen, Place: root, Phone: index}
}

// Authenticate gives who holds the token. The actor's name is the masked telephone.
func (s *Service) Authenticate(ctx context.Context, token string) (access.Actor, error) {
	row, err := s.session(ctx, token)
	if err != nil {
		return access.Actor{}, err
	}
	now := s.Wall.Now()
	if now.Sub(time.UnixMicro(row.Seen)) >= seenPace {
		s.touch(ctx, row.Token, now)
	}
	return ActorOf(row.Phone, row.Masked, s.Root.Code), nil
}

func (s *Service) session(ctx context.Context, token string) (query.CitizenSession, error) {
	if len(token) <= len(tokenMark) || token[:len(tokenMark)] != tokenMark {
		return query.CitizenSession{}, errNoSession
	}
	sum := sha256.Sum256([]byte(token))
	row, err := s.q(ctx).Session(ctx, sum[:])
	if errors.Is(err, sql.ErrNoRows) {
		return row, errNoSession
	}
	if err == nil && over(time.UnixMicro(row.Since), time.UnixMicro(row.Seen), s.Wall.Now()) {
		err = errNoSession
	}
	return row, err
}

// touch notes the request. When it cannot be written the session merely ends earlier, so the request goes on.
func (s *Service) touch(ctx context.Context, sum []byte, now time.Time) {
	go func() {
		_ = s.DB.Write(context.WithoutCancel(ctx), func(ctx context.Context) error {
			return s.q(ctx).Seen(ctx, query.SeenParams{Token: sum, Seen: now.UnixMicro()})
		})
	}()
}

// Phone gives the telephone of the session in full: for what its holder files. It goes nowhere else.
func (s *Service) Phone(ctx context.Context, token string) (ident.Phone, error) {
	row, err := s.session(ctx, token)
	if err != nil {
		return "", err
	}
	phone, err := s.Box.Open(sealedPhone, row.Telephone)
	return ident.Phone(phone), err
}

// SignOut ends the session of the token.
func (s *Service) SignOut(ctx context.Context, who access.Actor, token string) error {
	sum := sha256.Sum256([]byte(token))
	return s.DB.Write(ctx, func(ctx context.Context) error {
		if err := s.q(ctx).EndSession(ctx, sum[:]); err != nil {
			return err
		}
		return s.record(ctx, who.Phone, KindSignedOut, struct{}{})
	})
}

// SignOutEverywhere ends every session of the telephone, and gives how many there were.
func (s *Service) SignOutEverywhere(ctx context.Context, who access.Actor) (ended int64, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context) error {
		if ended, err = s.q(ctx).EndSessions(ctx, who.Phone); err != nil {
			return err
		}
		return s.record(ctx, who.Phone, KindSignedOutEverywhere, struct{}{})
	})
	return ended, err
}

// Forget drops sessions, codes and counts that have run out.
func (s *Service) Forget(ctx context.Context) error {
	now := s.Wall.Now()
	return s.DB.Write(ctx, func(ctx context.Context) error {
		q := s.q(ctx)
		return errors.Join(
			q.ForgetSessions(ctx, query.ForgetSessionsParams{Since: now.Add(-SessionWhole).UnixMicro(), Seen: now.Add(-SessionIdle).UnixMicro()}),
			q.ForgetCodes(ctx, now.Add(-CodesWithin).UnixMicro()), q.ForgetBrakes(ctx, now.Add(-TriesPause).UnixMicro()))
	})
}

// Reseal seals the telephones of sessions anew, with the newest key.
func (s *Service) Reseal(ctx context.Context) (done int, err error) {
	err = s.DB.Write(ctx, func(ctx context.Context) error {
		done = 0
		rows, err := s.q(ctx).Sessions(ctx)
		for _, r := range rows {
			if !s.Box.Old(r.Telephone) {
				continue
			}
			phone, err := s.Box.Open(sealedPhone, r.Telephone)
			if err != nil {
				return err
			}
			if err := s.q(ctx).PutTelephone(ctx, query.PutTelephoneParams{Token: r.Token, Telephone: s.Box.Seal(sealedPhone, phone)}); err != nil {
				return err
			}
			done++
		}
		return err
	})
	return done, err
}

// SealedWith says whether the telephone of any session is sealed with the key of this number.
func (s *Service) SealedWith(ctx context.Context, key int) (bool, error) {
	rows, err := s.q(ctx).Sessions(ctx)
	for _, r := range rows {
		var n int
		if _, wrong := fmt.Sscanf(r.Telephone, "%d.", &n); wrong == nil && n == key {
			return true, nil
		}
	}
	return false, err
}

// record writes an entry about the citizen, with the row that follows from it.
func (s *Service) record(ctx context.Context, phone, kind string, data any) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return err
	}
	row, err := s.q(ctx).Citizen(ctx, AccountPrefix+phone)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	e := journal.Entry{Subject: subjectOf(AccountPrefix + phone), Seq: row.Events + 1, At: s.Work.Now(), Kind: kind, Actor: AccountPrefix + phone, Data: raw}
	if err := s.q(ctx).PutCitizen(ctx, query.PutCitizenParams(evolve(row, e))); err != nil {
		return err
	}
	return s.Journal.Append(ctx, e)
}
