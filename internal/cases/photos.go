package cases

import "bianmin/internal/access"

// stillGathered are the states in which the front looks whether everything is there: so long applicants send photographs.
var stillGathered = []State{Submitted, Received, Correcting}

// applicantMost is how many files the applicant sends for one case.
const applicantMost = 60

// in says whether the file is in the actor's hands: an applicant changes nothing that others brought.
func (f Attachment) in(a access.Actor) bool {
	return a.Role != access.Citizen || f.By.Account == a.Account
}

// sentBefore is the applicant's file that is the same as this one: what is sent again because the line broke stands once.
func (c *Case) sentBefore(f Attachment, a access.Actor) *Attachment {
	for i := range c.Files {
		if old := &c.Files[i]; a.Role == access.Citizen && old.Present() && old.Digest == f.Digest && old.Material == f.Material && old.in(a) {
			return old
		}
	}
	return nil
}

// sent counts what an applicant has sent, those that were replaced or removed among them.
func (c *Case) sent(a access.Actor) (n int) {
	for _, f := range c.Files {
		if f.By.Account == a.Account {
			n++
		}
	}
	return n
}

// PhotosView is a paper of which the applicant can send photographs now, with those that came from the applicant.
type PhotosView struct {
	Material string      `json:"material"`
	Sent     []PhotoView `json:"sent"`
}

// PhotoView is a photograph or scan that the applicant sent.
type PhotoView struct {
	N         int     `json:"n" doc:"1, 2, … in the case"`
	Type      string  `json:"type" enum:"image/jpeg,application/pdf"`
	At        string  `json:"at"`
	Unclear   *string `json:"unclear" doc:"why it cannot be read: send another in its place"`
	Removable bool    `json:"removable"`
}

// photos are the papers of which this applicant can send photographs; none when it is too late.
func (c *Case) photos(a access.Actor) []PhotosView {
	list := []PhotosView{}
	if c.MayAttach(a) != nil {
		return list
	}
	removable := c.MayRemove(a) == nil
	for _, m := range c.Materials {
		of := PhotosView{Material: m.Name, Sent: []PhotoView{}}
		for _, f := range c.Files {
			if f.Material != m.Name || !f.Present() || f.By.Account != a.Account {
				continue
			}
			p := PhotoView{N: f.N, Type: f.Type, At: stamp(f.At), Removable: removable}
			if f.Unclear != nil {
				p.Unclear = &f.Unclear.Reason
			}
			of.Sent = append(of.Sent, p)
		}
		list = append(list, of)
	}
	return list
}
