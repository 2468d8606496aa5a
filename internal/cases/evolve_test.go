package cases

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bianmin/internal/calendar"
)

// diff compares two cases, or lists of anything of this room, value by value.
func diff(a, b any) string { return cmp.Diff(a, b, cmpopts.EquateComparable(calendar.Date{})) }

// eventful is a case to which everything happens that can happen to one case.
func eventful(t teller) *story {
	s := filed(t, elders, theClerk, Online, gaojiabuRoom).on("2026-03-11 09:00").does(theAgent, Receive{})
	s.does(theClerk, Notify{Missing: []Lack{{Material: "居民身份证", What: MaterialAbsent}, {Material: "委托书", What: MaterialDefective, Note: "没有按手印"}}})
	s.on("2026-03-12 09:00").does(theClerk, Correct{[]Material{paper("居民身份证", MaterialReceived), paper("委托书", MaterialReceived)}})
	s.does(theClerk, Accept{}, amendName, amendNumber, amendPhone, amendAddress).does(theAgent, Take{}, Pass{Note: "属实"})
	s.on("2026-03-16 09:00").does(theDesk, Return{Reason: "请补签字"}).does(theAgent, Pass{}).does(theDesk, Pass{})
	s.does(minzheng, anAppraisal, Reveal{FieldIDNumber, "核对本人"}).on("2026-03-23 09:00").does(minzheng, Resume{Evidence: "鉴定意见书 榆鉴〔2026〕7号", Note: "属实"})
	s.does(theColleague, convey, entrust, serve).conveys(theAgent).arrives(theClerk, false).does(theHead, EndMove{N: s.c.Moves[0].N, Reason: "补办了一份"})
	return s.does(minzheng, DecideOn{Approve: false, Reason: "不满 70 周岁"}).does(theColleague, Deliver{"agent", "折桂英"})
}

// ends are short cases that come to the other ends.
func ends(t teller) []*story {
	return []*story{
		receivedAtCounter(t).does(theClerk, Reject{Ground: "户籍不在本市", Whose: "户籍所在地"}),
		receivedAtCounter(t).does(theClerk, Withdraw{"本人不办了"}),
		receivedAtCounter(t).does(theHead, VoidCommand{"重复收件"}),
	}
}

// lawful are cases to which all that happens by the law's clock happens, and what people may ask of it.
func lawful(t teller) []*story {
	calendars := toBeDecided(t)
	calendars.take(stamped([]Event{&Recounted{Shifts: []Shift{{Limit: "promised", From: calendar.NewDate(2026, 3, 24), To: calendar.NewDate(2026, 3, 25)}}}}, theAdmin, calendars.now))
	calendars.take(stamped([]Event{&Resealed{IDNumber: anotherNumber, Phone: &herPhone}}, theAdmin, calendars.now))
	return []*story{
		receivedAtCounter(t).passes("2026-03-18 00:00").does(theHead, handTo(theAgent)).does(theAgent, Take{}),
		receivedAtCounter(t).does(theClerk, oneNotice).does(theColleague, unforeseen).passes("2026-05-01 00:00"),
		toBeDecided(t).does(minzheng, anAppraisal).passes("2026-04-01 00:00").does(minzheng, theReport, moreTime).does(theChief, RefuseExtension{"还有时间"}).
			does(minzheng, moreTime).does(theChief, Approve{}),
		calendars,
		photographed(t),
		receivedAtCounter(t).does(theCitizen, Ask{"钱什么时候到"}).does(theClerk, AnswerTo{"受理以后二十天"}),
	}
}

// TestTheFoldOfTheJournal: the case is the fold of its events, also of events that went to the journal and back.
func TestTheFoldOfTheJournal(t *testing.T) {
	kinds := map[Kind]bool{}
	for _, s := range slices.Concat(ends(t), lawful(t), []*story{eventful(t)}) {
		replayed := s.replayed()
		if d := diff(s.c, replayed); d != "" {
			t.Errorf("the replay differs: %s", d)
		}
		same(t, "as stored", asJSON(replayed), asJSON(s.c))
		for _, e := range s.events {
			kinds[e.Kind()] = true
		}
	}
	for _, k := range Kinds { // so that none is forgotten here
		if !kinds[k.Kind] {
			t.Errorf("%s does not happen", k.Kind)
		}
	}
}

// replayed folds the events as the journal gives them back.
func (s *story) replayed() *Case {
	s.t.Helper()
	c := &Case{Number: s.c.Number, Def: s.c.Def}
	for _, e := range s.events {
		m := e.meta()
		back, err := decode(e.Kind(), json.RawMessage(asJSON(e)), Meta{Account: m.Account, Place: m.Place, At: m.At})
		if err != nil {
			s.t.Fatalf("%v", err)
		}
		c.Evolve(back)
	}
	return c
}

// TestEventsStayAsTheyWere: what happens later changes nothing of an event that has happened, nor of the words that
// were said with it.
func TestEventsStayAsTheyWere(t *testing.T) {
	s := receivedAtCounter(t)
	written := []string{asJSON(s.last())}
	for _, cmd := range []Command{
		oneNotice, Correct{[]Material{paper("居民身份证", MaterialReceived)}}, amendName, amendNumber, amendPhone,
		Amend{Field: FieldPhone, Secret: &anotherNumber, Reason: "换了号"}, Accept{},
	} {
		said := asJSON(cmd)
		s.does(theClerk, cmd)
		written = append(written, asJSON(s.last()))
		same(t, "what was said", asJSON(cmd), said)
		for i, e := range s.events {
			same(t, string(e.Kind())+" after "+string(cmd.Verb()), asJSON(e), written[i])
		}
	}
}

// stored is the case as the store reads it back from what was written of it.
func stored(c *Case) (*Case, error) { return readBack(asJSON(c)) }

func readBack(doc string) (*Case, error) {
	c := &Case{}
	if err := jsonv2.Unmarshal([]byte(doc), c); err != nil {
		return nil, err
	}
	return c, c.define(theItems())
}

// TestWrittenAndRead: a case is what was stored of it.
func TestWrittenAndRead(t *testing.T) {
	for _, at := range everyState {
		s := at.tell(t)
		back, err := stored(s.c)
		if err != nil {
			t.Fatal(err)
		}
		if d := diff(s.c, back); d != "" {
			t.Errorf("%s: %s", at.name, d)
		}
		copied := sure(s.c.copy())
		copied.Steps[0].Note, copied.Applicant.Name = "changed", "changed"
		copied.Materials[0].Status = "changed"
		if diff(s.c, back) != "" {
			t.Errorf("%s: the copy is not one", at.name)
		}
	}
	for what, doc := range map[string]string{"half a case": "{", "a version that is not there": `{"item":"BM-008","item_version":2}`} {
		if c, err := readBack(doc); err == nil {
			t.Errorf("%s was read: %v", what, c)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	for kind, data := range map[Kind]string{"lost": "{}", KindPassed: `{"step":"three"}`, KindReceived: "["} {
		if e, err := decode(kind, json.RawMessage(data), Meta{}); err == nil {
			t.Errorf("%s %s was read as %v", kind, data, e)
		}
	}
	e := sure(decode(KindPassed, json.RawMessage(`{"by":"高海燕","step":3}`), Meta{By: "x", Account: theAgent.Account, Place: gaojiabuRoom, At: 7}))
	same(t, "the name is the event's own, the rest the journal's", *e.meta(), Meta{"高海燕", theAgent.Account, gaojiabuRoom, 7})
}

// TestCounting: the version is the number of the last event that changed anything.
func TestCounting(t *testing.T) {
	s := eventful(t)
	same(t, "events", s.c.Events, int64(len(s.events)))
	same(t, "version", s.c.Version, s.c.Events)
	s.does(theSupervisor, Reveal{FieldPhone, "回访"}, Reveal{FieldPhone, "再回访"})
	same(t, "version after looking", s.c.Version, s.c.Events-2)
	same(t, "last", s.c.Last.Kind, KindDelivered)
}

// TestTimelineHidesWhatIsSealed: an event as it goes out holds no sealed value and no index of one.
func TestTimelineHidesWhatIsSealed(t *testing.T) {
	s := eventful(t)
	for _, e := range s.events {
		h, ok := e.(interface{ hide() })
		if !ok {
			continue
		}
		h.hide()
		for _, secret := range []string{`"s1"`, `"s2"`, `"s3"`, `"i1"`, `"i2"`, `"i3"`, "sealed\":\"s", "index"} {
			if strings.Contains(asJSON(e), secret) {
				t.Errorf("%s shows %s: %s", e.Kind(), secret, asJSON(e))
			}
		}
	}
}
