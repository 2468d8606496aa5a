package place

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bianmin/internal/calendar"
)

var official = calendar.New(calendar.Official())

func spans(t testing.TB, s string) []Span {
	t.Helper()
	list, err := ParseSpans(s)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return list
}

// usual is an office: Monday to Friday, at noon on Mondays, Saturday mornings beyond office hours.
func usual(t testing.TB) Hours {
	var h Hours
	for i := range 5 {
		h.Days[i] = spans(t, "8:30-12:00 14:30-18:00")
	}
	h.Extra[0] = spans(t, "12:00-14:30")
	h.Extra[5] = spans(t, "9:00-11:00")
	return h
}

func TestHoursAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{
		"8:30-12:00 14:30-18:00": "08:30-12:00 14:30-18:00", "8：30—12：00，14：30至18：00": "08:30-12:00 14:30-18:00", "8-12": "08:00-12:00", "08:30 - 12:00": "08:30-12:00",
		"全天": "00:00-24:00", "": "", "休息": "", " ": "", "9:00到24:00": "09:00-24:00", "8:30-12:00、12:00-13:00": "08:30-12:00 12:00-13:00",
	} {
		list, err := ParseSpans(typed)
		if got := SpansText(list); got != want || err != nil {
			t.Errorf("%q: %q (%v)", typed, got, err)
		}
	}
	for _, typed := range []string{"8:30", "12:00-8:30", "8:30-8:30", "8:60-9:00", "24:01-25:00", "上午", "8:3-9:00", "-", "8:30-12:00 11:00-13:00", "1-2 3-4 5-6 7-8 9-10 11-12 13-14", "008:30-9:00", "+8-9"} {
		if list, err := ParseSpans(typed); err == nil {
			t.Errorf("%q was read as %v", typed, list)
		}
	}
}

func TestWhenIsItOpen(t *testing.T) {
	h := usual(t)
	h.Except = []Exception{{Date: calendar.NewDate(2026, 3, 11), Note: "停电"}, {Date: calendar.NewDate(2026, 10, 2), Spans: spans(t, "9:00-12:00"), Note: "值班"}}
	for at, want := range map[string]string{
		"2026-03-10 08:29": "closed, next 03-10 08:30", // a Tuesday
		"2026-03-10 08:30": "open to 12:00, next 03-10 14:30",
		"2026-03-10 12:00": "closed, next 03-10 14:30",
		"2026-03-10 17:59": "open to 18:00, next 03-12 08:30", // on the day after there is no power
		"2026-03-11 10:00": "closed, next 03-12 08:30",
		"2026-03-09 10:00": "open to 18:00, next 03-10 08:30", // Monday goes on at noon
		"2026-03-09 13:00": "open (extra) to 18:00, next 03-10 08:30",
		"2026-03-14 10:00": "open (extra) to 11:00, next 03-16 08:30", // a Saturday
		"2026-03-15 10:00": "closed, next 03-16 08:30",
		"2026-10-01 10:00": "closed, next 10-02 09:00", // National Day; the day after somebody is on duty
		"2026-10-02 10:00": "open to 12:00, next 10-08 08:30",
		"2026-10-10 10:00": "open to 12:00, next 10-10 14:30", // a Saturday that is worked
		"2026-10-03 10:00": "closed, next 10-08 08:30",        // a Saturday of the holiday
	} {
		when, err := time.ParseInLocation("2006-01-02 15:04", at, calendar.Shanghai)
		if err != nil {
			t.Fatal(err)
		}
		o := h.At(when, official)
		got := "closed"
		if o.Open {
			got = "open"
			if o.Extra {
				got += " (extra)"
			}
			got += " to " + o.Until.In(calendar.Shanghai).Format("15:04")
		}
		got += ", next " + o.Next.In(calendar.Shanghai).Format("01-02 15:04")
		if got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
	if o := (Hours{}).At(time.Now(), official); o != (Opening{}) || (Hours{}).Known() {
		t.Errorf("of nothing: %+v", o)
	}
}

func anySpans(t *rapid.T, label string) []Span {
	var list []Span
	from := 0
	for range rapid.IntRange(0, 3).Draw(t, label) {
		if from >= dayMinutes-1 {
			break
		}
		a := rapid.IntRange(from, dayMinutes-1).Draw(t, "from")
		b := rapid.IntRange(a+1, dayMinutes).Draw(t, "to")
		list = append(list, Span{a, b})
		from = b
	}
	return list
}

func anyHours(t *rapid.T) Hours {
	var h Hours
	for i := range 7 {
		h.Days[i], h.Extra[i] = anySpans(t, "days"), anySpans(t, "extra")
	}
	for range rapid.IntRange(0, 3).Draw(t, "exceptions") {
		d := calendar.NewDate(2026, 9, 20).AddDays(rapid.IntRange(0, 40).Draw(t, "day"))
		h.Except = append(h.Except, Exception{Date: d, Spans: anySpans(t, "then")})
	}
	return h
}

// TestOpenIsWhatTheDaySays holds At to a second, plainer reckoning: minute by minute.
func TestOpenIsWhatTheDaySays(t *testing.T) {
	openAt := func(h Hours, t time.Time) bool {
		d := calendar.DateOf(t)
		minute := int(t.Sub(d.Start()) / time.Minute)
		for _, s := range h.On(d, official) {
			if s.From <= minute && minute < s.To {
				return true
			}
		}
		return false
	}
	rapid.Check(t, func(t *rapid.T) {
		h := anyHours(t)
		now := calendar.NewDate(2026, 9, 20).Start().Add(time.Duration(rapid.IntRange(0, 40*dayMinutes).Draw(t, "minute")) * time.Minute)
		o := h.At(now, official)
		if o.Open != openAt(h, now) {
			t.Fatalf("open: %v", o.Open)
		}
		if o.Open && (!o.Until.After(now) || !openAt(h, o.Until.Add(-time.Minute)) || openAt(h, o.Until)) {
			t.Fatalf("open until %v", o.Until)
		}
		if o.Next.IsZero() {
			return
		}
		if !o.Next.After(now) || !openAt(h, o.Next) {
			t.Fatalf("next %v", o.Next)
		}
		from := now
		if o.Open {
			from = o.Until
		}
		for m := from; m.Before(o.Next); m = m.Add(time.Minute) {
			if openAt(h, m) {
				t.Fatalf("open before the next opening, at %v", m)
			}
		}
	})
}

func TestExceptionsAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := anyHours(t)
		list, err := ParseExceptions(ExceptionsText(h.Except))
		var line *LineError
		if errors.As(err, &line) && line.What == "这一天写了两次" {
			return
		}
		again, err2 := ParseExceptions(ExceptionsText(list))
		if err != nil || err2 != nil || !reflect.DeepEqual(list, again) {
			t.Fatalf("%v and %v (%v, %v)", list, again, err, err2)
		}
		raw, err := json.Marshal(h)
		var back Hours
		if err == nil {
			err = json.Unmarshal(raw, &back)
		}
		if err != nil || SpansText(back.Days[3]) != SpansText(h.Days[3]) || len(back.Except) != len(h.Except) {
			t.Fatalf("%s (%v)", raw, err)
		}
	})
	for typed, line := range map[string]int{"2026-05-02 休息 五一\n五一 休息": 2, "2026-05-02": 1, "2026-05-02 八点": 1, "\n2026-05-02 休息\n2026-05-02 8-9": 3} {
		var wrong *LineError
		if _, err := ParseExceptions(typed); !errors.As(err, &wrong) || wrong.Line != line {
			t.Errorf("%q: %v", typed, err)
		}
	}
	list, err := ParseExceptions("2026-05-03 9:00-12:00 14:00-15:00 值班 找王芳\r\n2026-05-02 休息 五一")
	if err != nil || len(list) != 2 || list[0].Note != "五一" || list[1].Note != "值班 找王芳" || SpansText(list[1].Spans) != "09:00-12:00 14:00-15:00" {
		t.Errorf("%+v (%v)", list, err)
	}
}

// FuzzHours: no text makes the parsers fail, and what they take they write so that they take it again.
func FuzzHours(f *testing.F) {
	for _, seed := range []string{"8:30-12:00 14:30-18:00", "全天", "2026-05-02 休息 五一", "—", "8：30—", "2026-05-02 8-9\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if list, err := ParseSpans(s); err == nil {
			if again, err := ParseSpans(SpansText(list)); err != nil || !reflect.DeepEqual(again, list) {
				t.Errorf("%q: %v, then %v (%v)", s, list, again, err)
			}
		}
		if list, err := ParseExceptions(s); err == nil {
			if again, err := ParseExceptions(ExceptionsText(list)); err != nil || len(again) != len(list) {
				t.Errorf("%q: %v, then %v (%v)", s, list, again, err)
			}
		}
	})
}

func TestTelephonesOfPlaces(t *testing.T) {
	for typed, want := range map[string]string{"0912-8331234": "0912-8331234", "（0912）833 1234": "0912-8331234", "０９１２８３３１２３４": "0912-8331234", "13991234567": "13991234567",
		"139 9123 4567": "13991234567", "12345": "12345", "0912-8331234转801": "0912-8331234转801", "01062345678": "010-62345678", "400-1234567": "4001234567"} {
		if got, ok := ParseTelephone(typed); !ok || got != want {
			t.Errorf("%q: %q", typed, got)
		}
	}
	for _, typed := range []string{"", "8331234", "0912-133123", "1399123456", "12345678901", "电话", "0912-8331234 13991234567", "=1+1"} {
		if got, ok := ParseTelephone(typed); ok {
			t.Errorf("%q was taken as %q", typed, got)
		}
	}
}

func TestPositions(t *testing.T) {
	for typed, want := range map[string]string{"38.83512, 110.49901": "38.83512, 110.49901", "110.49901，38.83512": "38.83512, 110.49901", "38 110": "38.00000, 110.00000"} {
		if p, ok := ParsePosition(typed); !ok || p.String() != want {
			t.Errorf("%q: %v", typed, p)
		}
	}
	for _, typed := range []string{"", "38", "1 2", "38 200", "NaN 110", "38 110 1", "北 东"} {
		if p, ok := ParsePosition(typed); ok {
			t.Errorf("%q was taken as %v", typed, p)
		}
	}
}

func TestWhomToCall(t *testing.T) {
	d, err := NewDirectory(Shenmu(), ShenmuUnits())
	if err != nil {
		t.Fatal(err)
	}
	const room, town, city = Code("610881101200"), Code("610881101000"), Code("610881000000")
	b := NewBook(nil)
	ask := func(want string) {
		t.Helper()
		if who, number := b.Ask(d, room); who+" "+number != want {
			t.Errorf("%s %s, want %s", who, number, want)
		}
	}
	ask("政务服务便民热线 12345")
	b.Set([]Contact{{Code: city, Telephone: "0912-8330000"}})
	ask("神木市政务服务中心 0912-8330000")
	b.Set([]Contact{{Code: city, Telephone: "0912-8330000"}, {Code: town, Telephone: "0912-8331234"}})
	ask("高家堡镇便民服务站 0912-8331234")
	if got := b.Of(room).Lacking(); !reflect.DeepEqual(got, []string{LacksTelephone, LacksHours, LacksAddress, LacksPosition}) {
		t.Errorf("%v", got)
	}
	if (*Book)(nil).Of(room).Code != room {
		t.Error("no book")
	}
}

// TestAContactIsReadAsItIsWritten: what a sheet gives out it takes back.
func TestAContactIsReadAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Contact{Code: "610881101000", Hours: anyHours(t), Telephone: rapid.SampledFrom([]string{"", "12345", "0912-8331234"}).Draw(t, "telephone")}
		if rapid.Bool().Draw(t, "placed") {
			c.Position = &Position{Lat: 38.5, Lon: 110.25}
		}
		back, wrong := c.Text().Read(c.Code)
		if len(wrong) > 0 {
			return // extra hours within office hours, or a day twice: refused below
		}
		again, wrong := back.Text().Read(c.Code)
		if d := back.Difference(again); d != "" || len(wrong) > 0 || back.Telephone != c.Telephone || SpansText(back.Hours.Extra[3]) != SpansText(c.Hours.Extra[3]) {
			t.Fatalf("%s, %v", d, wrong)
		}
	})
}

func TestWhatIsWrongWithAContact(t *testing.T) {
	text := ContactText{Telephone: "x", Position: "x", Except: "x", Address: string(make([]rune, 101))}
	text.Days[0], text.Days[2], text.Extra[2], text.Extra[6] = "x", "8:00-12:00", "11:00-13:00", "y"
	_, wrong := text.Read("610881101000")
	var paths []string
	for _, w := range wrong {
		paths = append(paths, w.Path)
	}
	if want := []string{"telephone", "address", "position", "days[0]", "extra[2]", "extra[6]", "except"}; !reflect.DeepEqual(paths, want) {
		t.Errorf("%v, want %v", paths, want)
	}
	was, is := Contact{Telephone: "12345"}, Contact{Address: "高家堡村"}
	is.Hours.Days[0] = []Span{{510, 720}}
	if got := was.Difference(is); got != "电话清空了，原来是 12345；地址填了 高家堡村；周一填了 08:30-12:00" {
		t.Error(got)
	}
}

func TestTheWeekInOneLine(t *testing.T) {
	spans := func(s string) []Span {
		list, err := ParseSpans(s)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	office, half := spans("8:30-12:00 14:30-18:00"), spans("9:00-12:00")
	var h Hours
	if got := h.Line(); got != "" {
		t.Errorf("nothing is told: %q", got)
	}
	h.Days = [7][]Span{office, office, office, office, office, nil, nil}
	h.Extra[5] = half
	if got, want := h.Line(), "星期一到星期五 08:30-12:00 14:30-18:00，星期六 延时 09:00-12:00"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	h = Hours{Days: [7][]Span{half, office, half, half, nil, nil, half}}
	if got, want := h.Line(), "星期一 09:00-12:00，星期二 08:30-12:00 14:30-18:00，星期三到星期四 09:00-12:00，星期日 09:00-12:00"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
