package cases

import (
	"fmt"
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

// TestApplicantsPhotographs: until it is accepted the applicant sends photographs of the papers, takes away the own ones before
// anybody has taken them in, replaces the own ones that could not be read, and touches nothing that others brought.
func TestApplicantsPhotographs(t *testing.T) {
	s := filed(t, elders, theClerk, Online, gaojiabuRoom)
	first, second := s.c.Materials[0].Name, s.c.Materials[1].Name
	s.attaches(theCitizen, first, 0).attaches(theCitizen, second, 0).attaches(theAgent, first, 0)
	sent := func() string {
		var list []string
		for _, of := range s.c.photos(theCitizen) {
			for _, p := range of.Sent {
				word := fmt.Sprint(p.N, " ", of.Material == first)
				if p.Unclear != nil {
					word += " " + *p.Unclear
				}
				if p.Removable {
					word += " removable"
				}
				list = append(list, word)
			}
		}
		return strings.Join(list, "; ")
	}
	same(t, "sent", sent(), "1 true removable; 2 false removable")
	same(t, "who sent it", s.c.Files[0].By.Name, "申请人 139****5127")
	for _, f := range []Attachment{{Material: first, Replaces: 3}, {Material: "没有这份"}} {
		if _, err := s.c.attach(f, theCitizen, s.now); err == nil || !strings.HasPrefix(err.Error(), "invalid") {
			t.Errorf("%+v: %v", f, err)
		}
	}
	s.does(theAgent, Receive{Materials: s.c.Materials}).does(theClerk, MarkUnclear{N: 1, Reason: "反光"})
	same(t, "received", sent(), "1 true 反光; 2 false")
	if no := s.c.MayRemove(theCitizen); no == nil || no.Code != "file_on_record" {
		t.Errorf("after receipt one can be taken away: %v", no)
	}
	s.attaches(theCitizen, first, 1)
	same(t, "replaced", sent(), "4 true; 2 false")
	for s.c.sent(theCitizen) < applicantMost {
		s.attaches(theCitizen, first, 0)
	}
	if _, err := s.c.attach(Attachment{Material: first}, theCitizen, s.now); err == nil || !strings.HasPrefix(err.Error(), "too_many_files") {
		t.Errorf("one more than %d: %v", applicantMost, err)
	}
	s.attaches(theAgent, first, 0) // whoever works on it may still
	s.does(theClerk, Accept{})
	same(t, "accepted", sent(), "")
	if no := s.c.MayAttach(theCitizen); no == nil || no.Code != "files_closed" {
		t.Errorf("after acceptance: %v", no)
	}
	if s.c.MayAttach(theClerk) != nil {
		t.Error("the counter cannot add any more")
	}
}
