package paper

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/journal"
	"bianmin/internal/paper/internal/query"
	"bianmin/internal/problem"
)

// Every kind of paper has its number; AllKinds stands for a wording of all of them.
const AllKinds Kind = "00"

// Wording is what a place words in its papers; what the law wants said is said anyway. Texts may name fields of the case
// in braces: {申请人}. A case that lacks a field which the wording names gets no paper.
type Wording struct {
	Heading   string `json:"heading" doc:"instead of the issuer's name on top"`
	Paragraph string `json:"paragraph" doc:"added after the text, a line each paragraph"`
	Closing   string `json:"closing" doc:"the last sentence: 特此告知。"`
	Contact   string `json:"contact" doc:"how to ask: address, telephone"`
	SealAt    string `json:"seal_at" enum:"date,signer,left" doc:"where the seal's text stands: over the date, over the signer, left of both"`
}

// SealPlaces are where the text of a seal may stand, the usual one first.
var SealPlaces = []struct{ Code, Chinese string }{{"date", "盖在日期上"}, {"signer", "盖在单位名称上"}, {"left", "在署名左边"}}

// Version is one version of a wording.
type Version struct {
	ID       string        `json:"id" doc:"station:610881101000/03/2: whose, which paper, which version"`
	Series   string        `json:"series"`
	Kind     Kind          `json:"kind" doc:"00: all papers"`
	KindName string        `json:"kind_name"`
	N        int64         `json:"n"`
	Since    calendar.Date `json:"since" format:"date" doc:"the first day"`
	At       string        `json:"at"`
	By       string        `json:"by" doc:"account"`
	InForce  bool          `json:"in_force"`
	Wording
}

// worded is the entry of the journal, and what is kept.
type worded struct {
	Series string        `json:"series"`
	Kind   Kind          `json:"kind"`
	N      int64         `json:"n"`
	Since  calendar.Date `json:"since"`
	By     string        `json:"by"`
	Wording
}

const (
	wordingPrefix = "wording/"
	kindWorded    = "worded"
)

func (w worded) id() string { return fmt.Sprintf("%s/%s/%d", w.Series, w.Kind, w.N) }

// KindChinese names a kind, also all of them.
func KindChinese(k Kind) string {
	if k == AllKinds {
		return "所有文书"
	}
	return k.Chinese()
}

// Fields are the fields of a case that a wording may name, in the order of a page.
var Fields = []string{"申请人", "事项", "办件编号", "联系电话", "住址", "负责人", "收件日期", "受理日期", "最晚办结日", "决定日期", "服务站"}

// fieldsOf are their values; a field that the case lacks is not there.
func fieldsOf(s *source) map[string]string {
	v := s.view
	all := map[string]string{"申请人": v.Applicant.Name, "事项": v.Item.Name, "办件编号": string(v.Number), "负责人": v.Responsible.Name, "服务站": s.station().Name}
	text := func(name string, p *string) {
		if p != nil {
			all[name] = *p
		}
	}
	day := func(name string, p *string) {
		if p == nil {
			return
		}
		if t, err := time.Parse(time.RFC3339, *p); err == nil {
			all[name] = dayWords(calendar.DateOf(t))
		}
	}
	text("联系电话", v.Applicant.Phone)
	text("住址", v.Applicant.Address)
	day("收件日期", v.ReceivedAt)
	day("受理日期", v.AcceptedAt)
	day("决定日期", v.DecidedAt)
	if p := v.Limits.Promised; p != nil && p.Due != nil {
		if due, err := calendar.ParseDate(*p.Due); err == nil {
			all["最晚办结日"] = dayWords(due)
		}
	}
	return all
}

var braces = regexp.MustCompile(`\{([^{}]*)\}`)

// filled puts the fields into a text, and says which of them are not there.
func filled(text string, fields map[string]string) (out string, lacks []string) {
	out = braces.ReplaceAllStringFunc(text, func(named string) string {
		name := strings.TrimSpace(named[1 : len(named)-1])
		value := strings.TrimSpace(fields[name])
		if value == "" && !slices.Contains(lacks, name) {
			lacks = append(lacks, name)
		}
		return value
	})
	return out, lacks
}

// fill gives the wording for a case.
func (w Wording) fill(fields map[string]string) (Wording, []string) {
	var all []string
	for _, text := range []*string{&w.Heading, &w.Paragraph, &w.Closing, &w.Contact} {
		out, lacks := filled(*text, fields)
		*text, all = out, append(all, lacks...)
	}
	slices.Sort(all)
	return w, slices.Compact(all)
}

// Check says what is wrong with a wording.
func (w Wording) Check() []problem.Field {
	var wrong []problem.Field
	field := func(path, code, message string) {
		wrong = append(wrong, problem.Field{Path: path, Code: code, Message: message})
	}
	for _, x := range []struct {
		path, name, text string
		most             int
		lines            bool
	}{{"heading", "抬头", w.Heading, 60, false}, {"paragraph", "增加的段落", w.Paragraph, 600, true}, {"closing", "结尾", w.Closing, 100, false}, {"contact", "联系方式", w.Contact, 200, false}} {
		hidden := func(r rune) bool { return unicode.IsControl(r) && (r != '\n' || !x.lines) || r == utf8.RuneError }
		if n := utf8.RuneCountInString(x.text); n > x.most {
			field(x.path, "too_long", fmt.Sprintf("%s最多 %d 个字，现在 %d 个", x.name, x.most, n))
		} else if strings.ContainsFunc(x.text, hidden) {
			field(x.path, "control_character", x.name+"里有看不见的字符，请重新写")
		}
		for _, named := range braces.FindAllStringSubmatch(x.text, -1) {
			if !slices.Contains(Fields, strings.TrimSpace(named[1])) {
				field(x.path, "unknown_field", "没有“"+named[1]+"”这一项。能用的有："+strings.Join(Fields, "、"))
			}
		}
		if strings.ContainsAny(braces.ReplaceAllString(x.text, ""), "{}") {
			field(x.path, "unbalanced", "花括号要成对，写成 {申请人} 这样")
		}
	}
	if w.SealAt != "" && !slices.ContainsFunc(SealPlaces, func(p struct{ Code, Chinese string }) bool { return p.Code == w.SealAt }) {
		field("seal_at", "not_one_of", "请选章盖在哪里")
	}
	return wrong
}

func (w Wording) trimmed() Wording {
	for _, text := range []*string{&w.Heading, &w.Paragraph, &w.Closing, &w.Contact} {
		*text = strings.TrimSpace(strings.ReplaceAll(*text, "\r\n", "\n"))
	}
	if w.SealAt == "" {
		w.SealAt = SealPlaces[0].Code
	}
	return w
}

// SeriesOf is whose papers an actor words: the station of a head, the unit of a chief.
func SeriesOf(a access.Actor) (series string, ok bool) {
	switch {
	case !access.Allows(a.Role, access.SettleWords):
		return "", false
	case a.Unit != "":
		return string(access.UnitPost(a.Unit, "")), true
	}
	return "station:" + string(a.Place.Town()), true
}

// Wordings are the versions that an actor's place has, the newest first.
func (s *Service) Wordings(ctx context.Context, a access.Actor) ([]Version, error) {
	series, ok := SeriesOf(a)
	if !ok {
		return nil, problem.ErrForbidden
	}
	list, err := s.versions(ctx, series)
	today := calendar.DateOf(s.Clock.Now())
	for i, v := range list {
		now, there := inForce(list, v.Kind, today)
		list[i].InForce = there && now.Kind == v.Kind && now.N == v.N
	}
	return list, err
}

func (s *Service) versions(ctx context.Context, series string) ([]Version, error) {
	rows, err := s.q(ctx).Wordings(ctx, series)
	list := make([]Version, len(rows))
	for i, r := range rows {
		var w worded
		if err := json.Unmarshal([]byte(r.Doc), &w); err != nil {
			return nil, fmt.Errorf("reading %s: %w", r.Subject, err)
		}
		list[i] = w.version(time.UnixMicro(r.At))
	}
	return list, err
}

func (w worded) version(at time.Time) Version {
	return Version{ID: w.id(), Series: w.Series, Kind: w.Kind, KindName: KindChinese(w.Kind), N: w.N, Since: w.Since, At: at.In(calendar.Shanghai).Format(time.RFC3339), By: w.By, Wording: w.Wording}
}

// inForce is the version that a paper of a kind is drawn by on a day: the kind's own before the one of all papers, the
// newest that has begun.
func inForce(list []Version, kind Kind, on calendar.Date) (Version, bool) {
	for _, k := range []Kind{kind, AllKinds} {
		for _, v := range list {
			if v.Kind == k && !v.Since.After(on) {
				return v, true
			}
		}
	}
	return Version{}, false
}

// Word sets a new version from a day on; what was issued keeps the version that it was drawn by.
func (s *Service) Word(ctx context.Context, a access.Actor, kind Kind, since string, w Wording) (Version, error) {
	series, ok := SeriesOf(a)
	if !ok {
		return Version{}, problem.ErrForbidden
	}
	w = w.trimmed()
	wrong := w.Check()
	if _, known := find(kind); !known && kind != AllKinds {
		wrong = append(wrong, problem.Field{Path: "kind", Code: "not_one_of", Message: "请选哪一种文书"})
	}
	now := s.Clock.Now()
	from, err := calendar.ParseDate(strings.TrimSpace(since))
	switch {
	case err != nil:
		wrong = append(wrong, problem.Field{Path: "since", Code: "not_date", Message: "从哪一天起用，写成 2026-03-10 这样"})
	case from.Before(calendar.DateOf(now)):
		wrong = append(wrong, problem.Field{Path: "since", Code: "out_of_range", Message: "这一天已经过了，请写今天或者以后"})
	}
	if p := problem.WrongFields(wrong); p != nil {
		return Version{}, p
	}
	var made worded
	err = s.DB.Write(ctx, func(ctx context.Context) error {
		list, err := s.versions(ctx, series)
		if err != nil {
			return err
		}
		made = worded{Series: series, Kind: kind, N: 1, Since: from, By: a.Account, Wording: w}
		for _, v := range list {
			if v.Kind == kind {
				made.N = max(made.N, v.N+1)
			}
		}
		doc, err := json.Marshal(made)
		if err != nil {
			return err
		}
		row := query.PaperWording{Subject: wordingPrefix + made.id(), Series: series, Kind: string(kind), N: made.N, Since: from.String(), At: now.UnixMicro(), Doc: string(doc)}
		if err := s.q(ctx).InsertWording(ctx, query.InsertWordingParams(row)); err != nil {
			return err
		}
		return s.Journal.Append(ctx, journal.Entry{Subject: row.Subject, Seq: 1, At: now, Kind: kindWorded, Actor: a.Account, Place: string(a.Place), Data: doc})
	})
	return made.version(now), err
}

// word gives a paper the wording of its issuer, refused when it names what the case lacks.
func (s *Service) word(ctx context.Context, src *source, kind kindOf, w *spoken) error {
	list, err := s.versions(ctx, w.from.Series)
	if err != nil {
		return err
	}
	v, there := inForce(list, kind.Kind, calendar.DateOf(s.Clock.Now()))
	if !there {
		return nil
	}
	return w.wordedBy(v, src, kind)
}

func (w *spoken) wordedBy(v Version, src *source, kind kindOf) error {
	text, lacks := v.fill(fieldsOf(src))
	if len(lacks) > 0 {
		return problem.Refuse("paper_field_missing", problem.Facts{"paper": kind.Chinese, "missing": lacks})
	}
	w.wording, w.version = text, v.ID
	return nil
}

// Preview is a paper of a case as a wording would have it: the sheet, without number and code.
func (s *Service) Preview(ctx context.Context, a access.Actor, kind Kind, w Wording, of cases.Number) (Sample, error) {
	w = w.trimmed()
	if p := problem.WrongFields(w.Check()); p != nil {
		return Sample{}, p
	}
	if _, ok := SeriesOf(a); !ok {
		return Sample{}, problem.ErrForbidden
	}
	src, err := s.source(ctx, a, of)
	if err != nil {
		return Sample{}, err
	}
	for _, x := range kinds {
		if kind != x.Kind && kind != AllKinds {
			continue
		}
		found, err := x.of(src)
		text := spoken{written: found}
		if kind == AllKinds && err != nil {
			continue // the first paper that the case has
		}
		if err == nil {
			err = text.wordedBy(Version{Wording: w}, src, x)
		}
		if err != nil {
			return Sample{}, err
		}
		sheet := text.sheet(x, "样张，不作凭据", calendar.DateOf(s.Clock.Now()), "")
		file, err := s.pdf(sheet)
		return Sample{Sheet: sheet, File: file}, err
	}
	return Sample{}, problem.ErrNotFound
}

// WordingRoom is the wordings' side of the check of the rows.
func (s *Service) WordingRoom() journal.Room {
	return journal.Room{Prefix: wordingPrefix, Tables: []string{"paper_wordings"}, Page: s.checkWordings, Rebuild: rebuildWording}
}

func (s *Service) checkWordings(ctx context.Context, after string) ([]journal.Stored, error) {
	rows, err := s.q(ctx).WordingsAfter(ctx, query.WordingsAfterParams{Subject: after, Most: checkRows})
	list := make([]journal.Stored, len(rows))
	for i, r := range rows {
		list[i] = wordingColumns(r)
	}
	return list, err
}

func rebuildWording(entries []journal.Entry) (journal.Stored, error) {
	if len(entries) != 1 || entries[0].Kind != kindWorded {
		return journal.Stored{}, fmt.Errorf("%s was worded %d times", entries[0].Subject, len(entries))
	}
	e := entries[0]
	var w worded
	if err := json.Unmarshal(e.Data, &w); err != nil {
		return journal.Stored{}, fmt.Errorf("reading the entry of %s: %w", e.Subject, err)
	}
	return wordingColumns(query.PaperWording{Subject: e.Subject, Series: w.Series, Kind: string(w.Kind), N: w.N, Since: w.Since.String(), At: e.At.UnixMicro(), Doc: string(e.Data)}), nil
}

func wordingColumns(r query.PaperWording) journal.Stored {
	n := func(v int64) string { return strconv.FormatInt(v, 10) }
	return journal.Stored{Subject: r.Subject, Columns: []journal.Column{{Name: "series", Value: r.Series}, {Name: "kind", Value: r.Kind}, {Name: "n", Value: n(r.N)},
		{Name: "since", Value: r.Since}, {Name: "at", Value: n(r.At)}, {Name: "doc", Value: r.Doc}}}
}
