package paper

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/item"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// bare is a case of which the events happened and nothing is known: every paper has to be refused.
func bare(t *testing.T, of ...cases.Kind) *source {
	t.Helper()
	places, err := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if err != nil {
		t.Fatal(err)
	}
	s := &source{places: places, cal: calendar.New(calendar.Official()), def: item.Version{}}
	s.view.Whole, s.view.Extension = &cases.Whole{}, &cases.ExtensionView{}
	for i, k := range of {
		data := `{}`
		if k == cases.KindDecided && i == len(of)-1 {
			data = `{"approve":true}`
		}
		s.events = append(s.events, cases.EventView{Seq: int64(i + 1), Kind: k, KindName: k.Chinese(), At: "2026-03-10T10:20:00+08:00", Data: json.RawMessage(data)})
	}
	return s
}

// TestAPaperIsRefusedWhileAnythingIsMissing takes each field out of each paper: refused, and said by its name.
func TestAPaperIsRefusedWhileAnythingIsMissing(t *testing.T) {
	events := map[Kind]cases.Kind{Receipt: cases.KindReceived, Notice: cases.KindNotified, Acceptance: cases.KindAccepted, Rejection: cases.KindRejected,
		Special: cases.KindSuspended, Extension: cases.KindExtended, Approval: cases.KindDecided, Refusal: cases.KindDecided, Delivery: cases.KindDelivered, Register: cases.KindReceived, Conveyance: cases.KindConveyed, Mandate: cases.KindEntrusted}
	for _, kind := range kinds {
		of := []cases.Kind{events[kind.Kind]}
		if kind.Kind == Refusal {
			of = []cases.Kind{cases.KindTaken, cases.KindDecided, cases.KindTaken}
		}
		_, err := kind.of(bare(t, of...))
		no := &problem.Problem{}
		if !errors.As(err, &no) || no.Code != "paper_field_missing" {
			t.Errorf("%s: %v", kind.Chinese, err)
			continue
		}
		lacks := no.Facts["missing"].([]string)
		w, happened, err := kind.write(bare(t, of...))
		if err != nil || !happened {
			t.Fatal(kind.Chinese, happened, err)
		}
		for _, want := range append(blankFields(reflect.ValueOf(w.words)), "出具单位") {
			if !slices.Contains(lacks, want) {
				t.Errorf("%s: %q is not said to be missing: %v", kind.Chinese, want, lacks)
			}
		}
	}
}

// blankFields are the named fields of a paper that are empty, blanks included.
func blankFields(v reflect.Value) (list []string) {
	for i := range v.NumField() {
		if v.Type().Field(i).Anonymous {
			list = append(list, blankFields(v.Field(i))...)
		} else if name := v.Type().Field(i).Tag.Get("must"); name != "" && v.Field(i).IsZero() {
			list = append(list, name)
		}
	}
	return list
}

func TestBlanksAreMissing(t *testing.T) {
	r := rejection{party{Applicant: "　 ", Item: "x", Case: "x"}, "x", "", "x"}
	if got := missing(r); !slices.Equal(got, []string{"申请人"}) {
		t.Error(got)
	}
}

func TestIDs(t *testing.T) {
	number := cases.NewNumber("610881101000", 2026, 421)
	good := string(number) + "-03-1"
	id, ok := ParseID(" " + good + " ")
	if !ok || string(id) != good || id.Case() != number || id.Short() != "03-1" || id.Subject() != "paper/"+good {
		t.Errorf("%v %q", ok, id)
	}
	other := string(number[:len(number)-1]) + string('0'+(number[len(number)-1]-'0'+1)%10) // another check digit
	for _, bad := range []string{"", good + "-1", string(number) + "-03", other + "-03-1", string(number) + "-99-1", string(number) + "-03-01",
		string(number) + "-03-x", string(number) + "-03-", string(number) + "-03-12345", "6108811012026000421703-1----"} {
		if id, ok := ParseID(bad); ok {
			t.Errorf("%q is %q", bad, id)
		}
	}
	at, day := place.Code("610881101000"), calendar.NewDate(2026, 3, 10)
	ledger := newID(dayOf(at, day), DayLedger, 2)
	id, ok = ParseID(string(ledger))
	if a, d, is := id.Day(); !ok || ledger != "610881101000-20260310-13-2" || !is || a != at || d != day || id.Case() != "" {
		t.Errorf("%v %q", ok, id)
	}
	if _, _, is := ID(good).Day(); is {
		t.Error("a paper of a case is a ledger")
	}
	for _, bad := range []string{"610881101000-20260230-13-1", "610881101000-2026031-13-1", "61088110100-20260310-13-1", "610881101000-20260310-03-1", "610881101000-20260310-13", good[:len(good)-4] + "13-1"} {
		if id, ok := ParseID(bad); ok {
			t.Errorf("%q is %q", bad, id)
		}
	}
	if shown("ABCDEFGHIJKLMNOP") != "ABCD-EFGH-IJKL-MNOP" || codeOf(" abcd-efgh ijkl-mnop") != "ABCDEFGHIJKLMNOP" {
		t.Error("a code is not what was typed")
	}
}

func TestNamesAndDays(t *testing.T) {
	a := cases.ApplicantView{Kind: cases.APerson, Name: "欧阳修竹"}
	for name, want := range map[string]string{"欧阳修竹": "欧＊＊", "张三": "张＊", "𠮷民": "𠮷＊", "": ""} {
		a.Name = name
		if got := masked(a); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
	if day := dayWords(calendar.DateOf(time.Date(2026, 3, 9, 17, 0, 0, 0, time.UTC))); day != "2026年3月10日" {
		t.Error(day)
	}
}

// TestAnExtensionSaysTheNewDay: whoever is told that it takes longer wants to know until when.
func TestAnExtensionSaysTheNewDay(t *testing.T) {
	due := "2026-04-01"
	for state, want := range map[cases.State]string{cases.Examining: "，最晚2026年4月1日办结。", cases.Suspended: "延长 5 个工作日。"} {
		s := bare(t, cases.KindExtensionAsked, cases.KindExtended)
		s.def.Limits.Promised = calendar.Limit{Days: 10, Unit: calendar.Working}
		s.events[1].Data = json.RawMessage(`{"days":5,"reason":"等外省回函"}`)
		s.view.State, s.view.Limits.Promised = state, &cases.Limit{Due: &due}
		w, happened, err := writeExtension(s)
		if err != nil || !happened {
			t.Fatal(happened, err)
		}
		_, _, blocks := w.words.body()
		if text := blocks[0].Text; !strings.Contains(text, "延长 5 个工作日") || !strings.HasSuffix(text, want) {
			t.Errorf("%s: %s", state, text)
		}
	}
}
