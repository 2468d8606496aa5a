package cases

import (
	"context"
	"crypto/subtle"
	"errors"
	"strings"
	"time"

	"bianmin/internal/brake"
	"bianmin/internal/calendar"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// Following is what an applicant sees of a case by its number and telephone: no name, no number, only how it stands.
type Following struct {
	Number    Number         `json:"number"`
	Item      string         `json:"item" doc:"the item in everyday words"`
	PlaceName string         `json:"place_name"`
	Place     place.Code     `json:"-"`
	State     State          `json:"state"`
	StateName string         `json:"state_name"`
	Plain     string         `json:"plain" doc:"how it stands, in plain words"`
	Next      string         `json:"next" doc:"what happens next"`
	By        *string        `json:"by" doc:"by when; null when nothing is awaited"`
	Presumed  bool           `json:"provisional" doc:"the official calendar of that year is not known yet"`
	Bring     []BringView    `json:"bring" doc:"what is still to be brought"`
	Remarks   []string       `json:"remarks" doc:"an extension with its reason, a special procedure and how long it takes"`
	History   []HistoryView  `json:"history"`
	Limits    []CountingView `json:"limits" doc:"each limit day by day"`
}

// BringView is one paper to bring.
type BringView struct {
	Material  string  `json:"material"`
	Originals int     `json:"originals"`
	Copies    int     `json:"copies"`
	Note      *string `json:"note" doc:"what was wrong with the one that was brought"`
}

// HistoryView is one thing that happened, as the applicant needs to know it.
type HistoryView struct {
	At   string `json:"at"`
	What string `json:"what"`
}

// followPause is how long a case cannot be followed after five wrong tries at it, and no case at all from an address after
// followsFromMost of them within a clock hour: more than the errors of a station's hall, which shares one address, and
// of the 10^4 ends of a telephone next to nothing.
const (
	followPause     = time.Hour
	followsFromMost = 20
)

// errNothing is the one answer for a number that there is not and for a telephone that is not the case's.
var errNothing = &problem.Problem{Kind: problem.NotFound, Code: "nothing_to_follow"}

// Follow shows a case to whoever knows its number and the last four digits of the telephone that was left. address is
// where the question comes from. Tries at one number, and tries from one address, are checked one after the other, and
// counted whether there is such a case or not. A right one does not forget the wrong ones of the address: who has a case
// could otherwise try at others' for ever.
func (s *Service) Follow(ctx context.Context, typed, last4, address string) (Following, error) {
	key, from := followKey(typed), followFrom(address)
	// The address's first: who holds a number's turn waits for none.
	fromTurn, turn := s.followsFrom.Turn(from), s.follows.Turn(key)
	fromTurn.Lock()
	defer fromTurn.Unlock()
	turn.Lock()
	defer turn.Unlock()
	now := s.wall.Now()
	wait, err := s.followWait(ctx, from, key, now)
	if err != nil {
		return Following{}, err
	}
	if wait > 0 {
		return Following{}, tooMany("too_many_tries", wait)
	}
	c, err := s.followed(ctx, typed, strings.TrimSpace(last4))
	if errors.Is(err, errNothing) {
		if uncounted := s.countWrong(ctx, from, key, now); uncounted != nil {
			err = uncounted // what cannot be counted is not answered
		}
	}
	if err != nil {
		return Following{}, err
	}
	s.follows.Succeeded(ctx, key)
	return s.following(ctx, c)
}

// FollowByPaper shows a case to whoever holds a paper that was handed to its applicant: the paper's code, which is not to be
// found by trying, is checked by the caller.
func (s *Service) FollowByPaper(ctx context.Context, number Number) (Following, error) {
	c, err := s.store.load(ctx, number, s.items())
	if err != nil {
		return Following{}, err
	}
	return s.following(ctx, c)
}

func (s *Service) following(ctx context.Context, c *Case) (Following, error) {
	f := viewer{places: s.places, cal: s.cal(), now: s.clock.Now()}.following(c)
	var err error
	f.History, err = s.history(ctx, c.Number)
	return f, err
}

// tooMany asks to come back after a pause.
func tooMany(code string, wait time.Duration) *problem.Problem {
	return &problem.Problem{Kind: problem.TooMany, Code: code,
		Facts: problem.Facts{"minutes": int((wait + time.Minute - 1) / time.Minute), "retry_after": int((wait + time.Second - 1) / time.Second)}}
}

// followWait is how long the address has to wait, else how long the number has. A pause that began in the hour before
// lasts into this one.
func (s *Service) followWait(ctx context.Context, from, key string, now time.Time) (wait time.Duration, err error) {
	for _, hour := range []time.Time{now, now.Add(-time.Hour)} {
		if wait, err = s.followsFrom.Wait(ctx, withinHour(from, hour), now); err != nil || wait > 0 {
			return wait, err
		}
	}
	return s.follows.Wait(ctx, key, now)
}

func (s *Service) countWrong(ctx context.Context, from, key string, now time.Time) error {
	return s.db.Write(ctx, func(ctx context.Context) error {
		if _, err := s.followsFrom.Failed(ctx, withinHour(from, now), now); err != nil {
			return err
		}
		_, err := s.follows.Failed(ctx, key, now)
		return err
	})
}

// ForgetTries drops the wrong tries at following, and at searching, that have run out.
func (s *Service) ForgetTries(ctx context.Context) error {
	return errors.Join(s.follows.Forget(ctx, s.wall.Now()), s.guesses.Forget(ctx, s.wall.Now()))
}

// history is what happened, as the applicant needs to know it.
func (s *Service) history(ctx context.Context, number Number) ([]HistoryView, error) {
	entries, err := s.journal.About(ctx, number.subject())
	list := []HistoryView{}
	for _, e := range entries {
		if what := tells[Kind(e.Kind)]; what != "" {
			list = append(list, HistoryView{At: stamp(At(e.At)), What: what})
		}
	}
	return list, err
}

// followKey is what tries are counted by: the number however it was typed.
func followKey(typed string) string {
	if n, ok := ParseNumber(strings.TrimSpace(typed)); ok {
		return string(n)
	}
	return strings.ReplaceAll(strings.TrimSpace(typed), "\x00", "") // what has one is an address's, see followFrom
}

// followFrom is what tries are counted by beside the number: where they come from. No key of a number has a zero byte in it.
func followFrom(address string) string { return "from\x00" + brake.Network(address) }

// withinHour is the key of an address in a clock hour. Counted without an end, the errors of a large hall or of a carrier's
// shared address would add up over the day to a pause.
func withinHour(from string, at time.Time) string {
	return from + "\x00" + at.UTC().Truncate(time.Hour).Format(time.RFC3339)
}

// followed finds the case when the telephone is its own.
func (s *Service) followed(ctx context.Context, typed, last4 string) (*Case, error) {
	number, ok := ParseNumber(strings.TrimSpace(typed))
	if !ok {
		return nil, errNothing
	}
	c, err := s.store.load(ctx, number, s.items())
	if errors.Is(err, problem.ErrNotFound) {
		return nil, errNothing
	}
	if err != nil {
		return nil, err
	}
	if c.Applicant.Phone == nil {
		return nil, errNothing
	}
	phone, err := s.box.Open(FieldPhone, c.Applicant.Phone.Sealed)
	if err != nil {
		return nil, err
	}
	if len(last4) != 4 || len(phone) < 4 || subtle.ConstantTimeCompare([]byte(phone[len(phone)-4:]), []byte(last4)) != 1 {
		return nil, errNothing
	}
	return c, nil
}

// tells is what an applicant is told of what happened; the rest is the office's own.
var tells = map[Kind]string{
	KindSubmitted: "您交了申请", KindReceived: "收到了您的申请", KindTakenIn: "收到了您的申请", KindNotified: "告诉您还缺什么材料",
	KindCorrected: "收到了您补的材料", KindAccepted: "受理了", KindSilent: "视为受理了", KindRejected: "决定不予受理", KindSuspended: "进入特别程序",
	KindResumed: "特别程序结束", KindOverran: "特别程序超过了告诉您的时间", KindExtended: "批准延期", KindDecided: "作出了决定", KindDelivered: "结果送达",
	KindWithdrawn: "撤回了申请", KindVoided: "作废了", KindLapsed: "没有按时补齐材料，办结", KindReminded: "提醒您补材料", KindAsked: "您问了一个问题", KindAnswered: "回复了您的问题", KindRecounted: "官方日历变动，期限重算",
}

func (v viewer) following(c *Case) Following {
	f := Following{Number: c.Number, Item: c.Def.Plain, PlaceName: v.placeName(c.Place), Place: c.Place, State: c.State, StateName: c.State.Chinese(),
		Bring: []BringView{}, Remarks: v.remarks(c), History: []HistoryView{}, Limits: views(c.Counted(v.cal, v.now))}
	by := func(day calendar.Date, provisional bool) {
		text := day.String()
		f.By, f.Presumed = &text, provisional
	}
	switch c.State {
	case Submitted, Received:
		f.Plain = "材料收到了，正在看齐不齐"
		if c.State == Submitted {
			f.Plain = "申请交上来了，等窗口收件"
		}
		r, runs := c.silence(v.cal)
		if !runs {
			f.Plain, f.Next = "申请交上来了，等您把材料交来", "请把下面的材料交到"+v.whereToBring(c)+"；材料交到以后 5 个工作日里，告诉您受理了，或者一次说清还缺什么"
			f.Bring = c.stillToCome()
			break
		}
		f.Next = "最晚这天告诉您受理了，或者一次说清还缺什么；到时没有告诉您，就视为受理"
		by(r.Due, r.Provisional)
	case Correcting:
		until := c.Notice.until(v.cal)
		f.Plain, f.Next = "材料还不齐，等您补", "请最晚这天把下面的材料交到"+v.whereToBring(c)+"；到时没有补齐，这件就办结了，材料备齐以后可以重新申请"
		f.Bring = c.toBring()
		by(until, !v.cal.Known(until))
	case Accepted, Examining:
		f.Plain, f.Next = "已经受理，正在办", v.stepWords(c)
		if c.Silent {
			f.Plain = "已经视为受理，正在办"
		}
		r := c.reckoned(v.cal, c.promised(), v.now)
		by(r.Due, r.Provisional)
		if r.Left < 0 {
			f.Plain += "，已经超过承诺的时间"
		}
	case Suspended:
		ends := c.Special.ends(v.cal)
		f.Plain, f.Next = "正在"+c.Special.Kind.Chinese()+"，这段时间不算在期限里", "预计这天结束，结束以后接着办"
		by(ends, !v.cal.Known(ends))
	case Decided:
		f.Plain, f.Next = "已经作出决定："+approvedWords(c), "结果最晚这天送到您手里"
		r := v.cal.Reckon(deliveryLimit, c.DecidedAt.Date(), nil, v.now)
		by(r.Due, r.Provisional)
	default:
		f.Plain, f.Next = endWords(c)
	}
	return f
}

// deliveryLimit: a decision is handed over within ten working days (行政许可法 第四十四条).
var deliveryLimit = calendar.Limit{Days: 10, Unit: calendar.Working}

// reckoned is where a limit of the whole case stands.
func (c *Case) reckoned(cal *calendar.Calendar, limit calendar.Limit, now time.Time) calendar.Reckoning {
	stops, at := c.stops(now)
	return cal.Reckon(limit, c.From, stops, at)
}

func approvedWords(c *Case) string {
	if c.Approved != nil && *c.Approved {
		return "同意"
	}
	return "没有同意"
}

func endWords(c *Case) (plain, next string) {
	switch c.State {
	case Delivered, Closed:
		if c.Approved != nil && !*c.Approved {
			return "办完了：没有同意", "理由和不服怎么办，写在决定书里"
		}
		return "办好了", ""
	case NotAccepted:
		return "没有受理", "理由和不服怎么办，写在不予受理决定书里，也可以到窗口问"
	case Withdrawn:
		return "申请已经撤回", "要办的话可以重新申请"
	case Lapsed:
		return "没有按时补齐材料，这件办结了", "材料备齐以后可以重新申请"
	}
	return "这件已经作废", "要办的话请到窗口问"
}

// whereToBring is who takes the missing papers.
func (v viewer) whereToBring(c *Case) string {
	where := v.placeName(c.Town) + "便民服务站窗口"
	if c.Place.IsRoom() {
		where += "，或者交给" + v.placeName(c.Place) + "代办员"
	}
	return where
}

// stepWords says what the case is waiting for, and with whom.
func (v viewer) stepWords(c *Case) string {
	var steps []string
	for _, i := range c.open() {
		steps = append(steps, "“"+c.Def.Steps[i].Name+"”（"+v.ownerName(c, i)+"）")
	}
	if len(steps) == 0 {
		return "最晚这天办完"
	}
	return "正在办" + strings.Join(steps, "和") + "，最晚这天办完"
}

// remarks are what the law wants the applicant told: an extension with its reason, a special procedure and its length.
func (v viewer) remarks(c *Case) []string {
	list := []string{}
	if c.Silent {
		basis := "按一次性告知制"
		if c.Def.Regime == item.Licence {
			basis = "按行政许可法第三十二条"
		}
		list = append(list, basis+"，5 个工作日里没有告诉您缺什么，从收到材料那天起就视为受理，期限从"+c.From.Chinese()+"起算")
	}
	if x := c.Extension; x.granted() {
		list = append(list, "延期 "+calendar.Limit{Days: x.Days, Unit: c.Def.Limits.Promised.Unit}.Chinese()+"，理由："+x.Reason)
	}
	if s := c.Special; s != nil {
		list = append(list, s.Kind.Chinese()+"预计 "+calendar.Limit{Days: s.Days, Unit: calendar.Working}.Chinese()+"，从"+s.Since.Date().Chinese()+"起")
		if s.Overran {
			list = append(list, "已经比告诉您的时间长，可以到窗口问原因")
		}
	}
	return list
}

// stillToCome are the papers that the applicant said would be brought.
func (c *Case) stillToCome() []BringView {
	list := []BringView{}
	for _, m := range c.Materials {
		if m.Status == MaterialAbsent {
			list = append(list, BringView{Material: m.Name, Originals: m.Originals, Copies: m.Copies})
		}
	}
	return list
}

// toBring lists what the notice asks for that has not come.
func (c *Case) toBring() []BringView {
	list := []BringView{}
	for _, lack := range c.stillMissing(nil) {
		asked, _ := c.Def.Material(lack.Material)
		list = append(list, BringView{Material: lack.Material, Originals: asked.Originals, Copies: asked.Copies, Note: text(lack.Note)})
	}
	return list
}
