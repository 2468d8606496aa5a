package cases

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/item"
	"bianmin/internal/journal"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// Attachment is a photograph or scan of one of the case's materials. What it shows is kept by package file; here stands what it
// is, whose it is, and the digest that holds the two together.
type Attachment struct {
	N        int    `json:"n"` // 1…n in the case
	Material string `json:"material"`
	Type     string `json:"type"` // image/jpeg, application/pdf
	Size     int    `json:"size"` // bytes
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
	Digest   string `json:"sha256"`             // of what is kept
	Replaces int    `json:"replaces,omitempty"` // the N of the one in whose place it came

	At         Instant  `json:"at"`
	By         Person   `json:"by"`
	ReplacedBy int      `json:"replaced_by,omitempty"`
	Removed    bool     `json:"removed,omitempty"`
	Unclear    *Unclear `json:"unclear,omitempty"`
}

// Unclear says why a file cannot be read, for whoever takes the picture again.
type Unclear struct {
	Reason string  `json:"reason"`
	By     Person  `json:"by"`
	At     Instant `json:"at"`
}

// Present says that the file still stands for its material.
func (f Attachment) Present() bool { return f.ReplacedBy == 0 && !f.Removed }

// FilesMost is how many files one case holds, those that were replaced among them.
const FilesMost = 200

// file is the case's file of a number; nil when there is none.
func (c *Case) file(n int) *Attachment {
	if n < 1 || n > len(c.Files) {
		return nil
	}
	return &c.Files[n-1]
}

// attaches says whether the role ever puts files to cases: whoever can own a step, and the applicant to the own case.
func attaches(r access.Role) bool {
	return access.Allows(r, access.AttachFile) || access.Allows(r, access.SendFile)
}

// MayAttach says whether this actor may add files to the case now; nil when so. It ends with the decision, for the applicant
// with the acceptance: what comes then, somebody asked for and takes in.
func (c *Case) MayAttach(a access.Actor) *problem.Problem {
	switch {
	case !attaches(a.Role):
		return problem.ErrForbidden
	case !slices.Contains(beforeDecision, c.State), a.Role == access.Citizen && !slices.Contains(stillGathered, c.State):
		return c.refuse("files_closed", problem.Facts{"state": string(c.State)})
	}
	return nil
}

// MayRemove says whether this actor may take a file away altogether: only what nobody has received yet. Afterwards it can
// be replaced, and the old one stays on record.
func (c *Case) MayRemove(a access.Actor) *problem.Problem {
	switch {
	case !attaches(a.Role):
		return problem.ErrForbidden
	case c.State != Submitted:
		return c.refuse("file_on_record", problem.Facts{"state": string(c.State)})
	}
	return nil
}

// attach decides on a new file, whose N it draws.
func (c *Case) attach(f Attachment, a access.Actor, now time.Time) (*FileAdded, error) {
	if no := c.MayAttach(a); no != nil {
		return nil, no
	}
	old := c.file(f.Replaces)
	switch {
	case indexOf(c.Materials, f.Material) < 0:
		return nil, problem.WrongFields([]problem.Field{{Path: "material", Code: "unknown_material", Message: "这个事项不要这份材料，请照清单选"}})
	case f.Replaces != 0 && (old == nil || !old.Present() || old.Material != f.Material || !old.in(a)):
		return nil, problem.WrongFields([]problem.Field{{Path: "replaces", Code: "unknown_file", Message: "要换的那一张已经不在了，请刷新再看"}})
	case len(c.Files) >= FilesMost:
		return nil, c.refuse("too_many_files", problem.Facts{"most": FilesMost})
	case a.Role == access.Citizen && c.sent(a) >= applicantMost:
		return nil, c.refuse("too_many_files", problem.Facts{"most": applicantMost})
	}
	f.N = len(c.Files) + 1
	e := &FileAdded{File: FileFacts{N: f.N, Material: f.Material, Type: f.Type, Size: f.Size, Width: f.Width, Height: f.Height, Digest: f.Digest, Replaces: f.Replaces}}
	stamped([]Event{e}, a, now)
	return e, nil
}

// FileFacts is what an entry says of a file.
type FileFacts struct {
	N        int    `json:"n"`
	Material string `json:"material"`
	Type     string `json:"type"`
	Size     int    `json:"size"`
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
	Digest   string `json:"sha256"`
	Replaces int    `json:"replaces,omitempty"`
}

// FileAdded is the adding of a file, or its coming in place of another. Files come beside the work on a case: they make
// nothing stale that somebody else is about to do.
type FileAdded struct {
	Meta
	File FileFacts `json:"file"`
}

// Kind is KindFileAdded.
func (e *FileAdded) Kind() Kind { return KindFileAdded }

func (e *FileAdded) apply(c *Case) {
	f := e.File
	if old := c.file(f.Replaces); old != nil {
		old.ReplacedBy = f.N
	}
	c.Files = append(c.Files, Attachment{N: f.N, Material: f.Material, Type: f.Type, Size: f.Size, Width: f.Width, Height: f.Height, Digest: f.Digest,
		Replaces: f.Replaces, At: e.At, By: e.person()})
}

// FileRemoved is the taking away of a file before the papers were received: its content is gone.
type FileRemoved struct {
	Meta
	N        int    `json:"n"`
	Material string `json:"material"`
}

// Kind is KindFileRemoved.
func (e *FileRemoved) Kind() Kind { return KindFileRemoved }

func (e *FileRemoved) apply(c *Case) {
	if f := c.file(e.N); f != nil {
		f.Removed = true
	}
}

// MarkUnclear says of a file that it cannot be read, and why: whoever meets the applicant takes it again.
type MarkUnclear struct {
	N      int
	Reason string
}

// Verb is unclear.
func (MarkUnclear) Verb() Verb { return VerbUnclear }

// Check wants a reason.
func (m MarkUnclear) Check(*item.Version) []problem.Field {
	return checkWords(words{"reason", "哪里不清楚", m.Reason, true})
}

func (m MarkUnclear) decide(c *Case, _ access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	f := c.file(m.N)
	if f == nil || !f.Present() {
		return nil, problem.WrongFields([]problem.Field{{Path: "file", Code: "unknown_file", Message: "请选是哪一张"}})
	}
	return []Event{&MarkedUnclear{N: m.N, Material: f.Material, Reason: m.Reason}}, nil
}

// MarkedUnclear is that mark.
type MarkedUnclear struct {
	Meta
	N        int    `json:"n"`
	Material string `json:"material"`
	Reason   string `json:"reason"`
}

// Kind is KindFileUnclear.
func (e *MarkedUnclear) Kind() Kind { return KindFileUnclear }

func (e *MarkedUnclear) apply(c *Case) {
	if f := c.file(e.N); f != nil {
		f.Unclear = &Unclear{Reason: e.Reason, By: e.person(), At: e.At}
	}
}

// hasFiles: there is something to be marked.
func hasFiles(c *Case, _ access.Actor) bool { return slices.ContainsFunc(c.Files, Attachment.Present) }

func noFiles(c *Case, _ access.Actor) *problem.Problem { return c.refuse("no_files", problem.Facts{}) }

// Held are the originals that the village's agent took along for the applicant and has not given back (M19): of what an
// agent filed, each received paper of which the item wants the original returned.
func (c *Case) Held() []Material {
	list := []Material{}
	if c.Channel != ByAgent || c.Def == nil {
		return list
	}
	for _, m := range c.Materials {
		if m.Status != MaterialReceived || m.Originals == 0 {
			continue
		}
		def, known := c.Def.Material(m.Name)
		back := slices.ContainsFunc(c.GivenBack, func(g GivenBack) bool { return g.Material == m.Name })
		if known && def.Return && !back {
			list = append(list, m)
		}
	}
	return list
}

// GivenBack is an original that its owner has again.
type GivenBack struct {
	Material string  `json:"material"`
	Receiver string  `json:"receiver"` // who signed for it
	By       Person  `json:"by"`
	At       Instant `json:"at"`
}

// GiveBack hands originals back to their owner, who signs for them.
type GiveBack struct {
	Materials []string
	Receiver  string
	// Signed: the owner has signed the slip. Without it nothing is on record as given back.
	Signed bool
}

// Verb is give-back.
func (GiveBack) Verb() Verb { return VerbGiveBack }

// Check wants papers, the name of who took them, and the signature.
func (g GiveBack) Check(*item.Version) []problem.Field {
	wrong := checkWords(words{"receiver", "谁签收的", g.Receiver, true})
	if len(g.Materials) == 0 {
		wrong = append(wrong, problem.Field{Path: "materials", Code: "required", Message: "请勾上还了哪几样"})
	}
	if !g.Signed {
		wrong = append(wrong, problem.Field{Path: "signed", Code: "required", Message: "请本人在收条上签了名再交"})
	}
	return wrong
}

func (g GiveBack) decide(c *Case, _ access.Actor, _ time.Time) ([]Event, *problem.Problem) {
	held := c.Held()
	for i, name := range g.Materials {
		if indexOf(held, name) < 0 || slices.Index(g.Materials, name) != i {
			return nil, problem.WrongFields([]problem.Field{{Path: "materials[" + strconv.Itoa(i) + "]", Code: "not_held", Message: "“" + name + "”的原件不在代办员手里，请刷新再看"}})
		}
	}
	return []Event{&GaveBack{Materials: g.Materials, Receiver: g.Receiver}}, nil
}

// GaveBack is that handing back.
type GaveBack struct {
	Meta
	Materials []string `json:"given"`
	Receiver  string   `json:"receiver"`
}

// Kind is KindGaveBack.
func (e *GaveBack) Kind() Kind { return KindGaveBack }

func (e *GaveBack) apply(c *Case) {
	for _, name := range e.Materials {
		c.GivenBack = append(c.GivenBack, GivenBack{Material: name, Receiver: e.Receiver, By: e.person(), At: e.At})
	}
}

func holds(c *Case, _ access.Actor) bool { return len(c.Held()) > 0 }

func nothingHeld(c *Case, _ access.Actor) *problem.Problem {
	return c.refuse("nothing_held", problem.Facts{})
}

// AddFile puts a file to a case, and does what goes with it in the same transaction: beside is told what the file became.
func (s *Service) AddFile(ctx context.Context, a access.Actor, number Number, f Attachment, beside func(ctx context.Context, f Attachment) error) (added Attachment, err error) {
	err = s.besideTheLaw(ctx, a, number, func(ctx context.Context, c *Case) error {
		if old := c.sentBefore(f, a); old != nil {
			added = *old
			return nil
		}
		e, err := c.attach(f, a, s.clock.Now())
		if err != nil {
			return err
		}
		after, err := s.save(ctx, c, []Event{e})
		if err != nil {
			return err
		}
		added = *after.file(e.File.N)
		return beside(ctx, added)
	})
	return added, err
}

// RemoveFile takes a file away before the papers were received, with what goes with it.
func (s *Service) RemoveFile(ctx context.Context, a access.Actor, number Number, n int, beside func(ctx context.Context) error) error {
	return s.besideTheLaw(ctx, a, number, func(ctx context.Context, c *Case) error {
		f := c.file(n)
		if f == nil || f.Removed || !f.in(a) {
			return problem.ErrNotFound
		}
		if no := c.MayRemove(a); no != nil {
			return no
		}
		e := &FileRemoved{N: n, Material: f.Material}
		stamped([]Event{e}, a, s.clock.Now())
		if _, err := s.save(ctx, c, []Event{e}); err != nil {
			return err
		}
		return beside(ctx)
	})
}

// besideTheLaw runs work on a case in one transaction; what the law has done meanwhile comes first, as in Do.
func (s *Service) besideTheLaw(ctx context.Context, a access.Actor, number Number, work func(ctx context.Context, c *Case) error) error {
	do := func(ctx context.Context) error {
		c, err := s.load(ctx, a, number)
		if err != nil {
			return err
		}
		if c.fallen(s.cal(), s.clock.Now()) != nil {
			return errOverdue
		}
		return work(ctx, c)
	}
	err := s.db.Write(ctx, do)
	if errors.Is(err, errOverdue) {
		if err := s.settle(ctx, number); err != nil {
			return err
		}
		err = s.db.Write(ctx, do)
	}
	return err
}

// FileView is a file as the API and the pages show it.
type FileView struct {
	N          int          `json:"n" doc:"1, 2, … in the case"`
	Material   string       `json:"material"`
	Type       string       `json:"type" enum:"image/jpeg,application/pdf"`
	Size       int          `json:"size" doc:"bytes"`
	Width      int          `json:"width" doc:"pixels; 0 of a PDF"`
	Height     int          `json:"height"`
	Digest     string       `json:"sha256" doc:"of what is kept"`
	At         string       `json:"at"`
	By         Person       `json:"by"`
	Replaces   *int         `json:"replaces" doc:"in whose place it came"`
	ReplacedBy *int         `json:"replaced_by" doc:"what came in its place"`
	Unclear    *UnclearView `json:"unclear" doc:"why it cannot be read"`
}

// UnclearView says who could not read it, and why.
type UnclearView struct {
	Reason string `json:"reason"`
	By     Person `json:"by"`
	At     string `json:"at"`
}

// Present says that the file still stands for its material.
func (f FileView) Present() bool { return f.ReplacedBy == nil }

// filesOf are the files that there are, in the order in which they came; what was removed is gone.
func filesOf(c *Case) []FileView {
	list := []FileView{}
	orNil := func(n int) *int {
		if n == 0 {
			return nil
		}
		return &n
	}
	for _, f := range c.Files {
		if f.Removed {
			continue
		}
		v := FileView{N: f.N, Material: f.Material, Type: f.Type, Size: f.Size, Width: f.Width, Height: f.Height, Digest: f.Digest,
			At: stamp(f.At), By: f.By, Replaces: orNil(f.Replaces), ReplacedBy: orNil(f.ReplacedBy)}
		if u := f.Unclear; u != nil {
			v.Unclear = &UnclearView{Reason: u.Reason, By: u.By, At: stamp(u.At)}
		}
		list = append(list, v)
	}
	return list
}

// GivenBackView is an original that its owner has again.
type GivenBackView struct {
	Material string `json:"material"`
	Receiver string `json:"receiver"`
	By       Person `json:"by"`
	At       string `json:"at"`
}

func givenBackOf(c *Case) []GivenBackView {
	list := []GivenBackView{}
	for _, g := range c.GivenBack {
		list = append(list, GivenBackView{Material: g.Material, Receiver: g.Receiver, By: g.By, At: stamp(g.At)})
	}
	return list
}

// unclear counts the files that wait for a better one.
func (c *Case) unclear() (n int) {
	for _, f := range c.Files {
		if f.Present() && f.Unclear != nil {
			n++
		}
	}
	return n
}

// FileSubject is what the journal knows a file of a case by, and FileSeen its entry for each look at it (package file).
func FileSubject(number Number, n int) string { return fmt.Sprintf("file/%s-%d", number, n) }

// FileSeen is the kind of the entry for a look at a file.
const FileSeen = "seen"

// FileLook is what that entry says; who it was stands in the journal's own columns.
type FileLook struct {
	By  string `json:"by"`
	Why string `json:"why"` // view, download
}

// fileLooks are the looks at one file of an applicant's own case, for the applicant.
func (s *Service) fileLooks(ctx context.Context, m Mine, added journal.Entry, v viewer) ([]Look, error) {
	event, err := decode(KindFileAdded, added.Data, metaOf(added))
	if err != nil {
		return nil, err
	}
	f := event.(*FileAdded).File
	entries, err := s.journal.About(ctx, FileSubject(m.Number, f.N))
	if err != nil {
		return nil, err
	}
	var list []Look
	for _, e := range entries {
		if e.Kind != FileSeen {
			continue
		}
		var what FileLook
		if err := json.Unmarshal(e.Data, &what); err != nil {
			return nil, fmt.Errorf("reading the entry of %s: %w", e.Subject, err)
		}
		list = append(list, Look{At: stamp(At(e.At)), Number: m.Number, Item: m.Item, By: what.By, PlaceName: v.placeName(place.Code(e.Place)),
			What: f.Material + "的图片", Reason: map[string]string{"view": "办件时查看", "download": "办件时下载"}[what.Why]})
	}
	return list, nil
}
