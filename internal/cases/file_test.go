package cases

import (
	"strings"
	"testing"

	"bianmin/internal/access"
)

const aDigest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

// attaches puts a file to a paper of the case.
func (s *story) attaches(a access.Actor, material string, replaces int) *story {
	s.t.Helper()
	e, err := s.c.attach(Attachment{Material: material, Type: "image/jpeg", Size: 9, Digest: aDigest, Replaces: replaces}, a, s.now)
	if err != nil {
		s.t.Fatalf("%s cannot attach to %s: %v", a.Account, material, err)
	}
	s.take([]Event{e})
	return s
}

// photographed is a case with a file of each fate: replaced after it was unclear, removed, and standing.
func photographed(t teller) *story {
	t.Helper()
	s := filed(t, elders, theAgent, ByAgent, gaojiabuRoom)
	name := s.c.Materials[0].Name
	s.attaches(theAgent, name, 0).does(theClerk, MarkUnclear{N: 1, Reason: "反光"}).attaches(theAgent, name, 1).attaches(theAgent, name, 0)
	s.take(stamped([]Event{&FileRemoved{N: 3, Material: name}}, theAgent, s.now))
	return s.does(theAgent, GiveBack{Materials: []string{s.c.Held()[0].Name}, Receiver: "折桂英", Signed: true})
}

func TestFilesOfACase(t *testing.T) {
	s := photographed(t)
	if s.c.Files[0].Present() || s.c.Files[0].ReplacedBy != 2 || !s.c.Files[1].Present() || !s.c.Files[2].Removed || s.c.unclear() != 0 {
		t.Errorf("%+v", s.c.Files)
	}
	version := s.c.Version
	s.attaches(theAgent, s.c.Materials[0].Name, 0)
	if s.c.Version != version {
		t.Error("a photograph makes stale what somebody else is about to do")
	}
	for _, c := range []struct {
		f    Attachment
		a    access.Actor
		want string
	}{
		{Attachment{Material: "没有这份"}, theAgent, "invalid"}, {Attachment{Material: s.c.Materials[0].Name, Replaces: 1}, theAgent, "invalid"},
		{Attachment{Material: s.c.Materials[1].Name, Replaces: 2}, theAgent, "invalid"}, {Attachment{Material: s.c.Materials[0].Name}, theInspector, "forbidden"},
	} {
		if _, err := s.c.attach(c.f, c.a, s.now); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%+v by %s: %v, want %s", c.f, c.a.Account, err, c.want)
		}
	}
	if no := s.c.MayRemove(theAgent); no == nil || no.Code != "file_on_record" {
		t.Errorf("after receipt a file can be taken away: %v", no)
	}
}
