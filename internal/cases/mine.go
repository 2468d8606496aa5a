package cases

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"bianmin/internal/access"
	"bianmin/internal/problem"
)

// Mine is a case as its own applicant sees it who signed in: what following tells, and what can be done.
type Mine struct {
	Following
	Version   int64          `json:"version" doc:"send it back when you withdraw"`
	For       string         `json:"for" doc:"the applicant, masked: several may share a telephone"`
	FiledAt   string         `json:"filed_at"`
	Actions   []Verb         `json:"actions" enum:"withdraw,ask"`
	Questions []QuestionView `json:"questions"`
	Photos    []PhotosView   `json:"photos" doc:"the papers of which photographs can be sent, until it is accepted; none afterwards"`
	// ClosedAt is when it ended; null while it has not.
	ClosedAt *string `json:"closed_at"`
}

// MinePage is one page of them.
type MinePage struct {
	Cases []Mine  `json:"cases"`
	Next  *string `json:"next" doc:"give it as after for the next page; null on the last"`
}

// ofCitizens are the verbs that a citizen does.
var ofCitizens = []Verb{VerbWithdraw, VerbAsk}

// Mine gives a citizen's own case.
func (s *Service) Mine(ctx context.Context, a access.Actor, number Number) (Mine, error) {
	c, err := s.load(ctx, a, number)
	if err != nil {
		return Mine{}, err
	}
	m := s.viewer(a).mine(c)
	m.History, err = s.history(ctx, c.Number)
	return m, err
}

// MyCases gives a page of a citizen's own cases, the newest first, without their histories.
func (s *Service) MyCases(ctx context.Context, a access.Actor, limit int, after string) (MinePage, error) {
	q, wrong := s.listQuery(a, Filter{Sort: ByNewest, Limit: limit, After: after})
	if p := problem.WrongFields(wrong); p != nil {
		return MinePage{}, p
	}
	rows, err := s.searched(ctx, q)
	if err != nil {
		return MinePage{}, err
	}
	page, v := MinePage{Cases: []Mine{}}, s.viewer(a)
	for _, row := range rows[:min(len(rows), q.limit)] {
		page.Cases = append(page.Cases, v.mine(row.c))
	}
	if len(rows) > q.limit {
		last := rows[q.limit-1]
		next := cursor{Number: string(last.number), Filed: last.filed}.encode()
		page.Next = &next
	}
	return page, nil
}

func (v viewer) mine(c *Case) Mine {
	m := Mine{Following: v.following(c), Version: c.Version, For: maskedName(c.Applicant.Name), FiledAt: stamp(c.FiledAt),
		Actions: []Verb{}, Questions: v.questions(c), Photos: c.photos(v.actor), ClosedAt: moment(c.ClosedAt)}
	for _, verb := range c.Actions(v.actor) {
		if slices.Contains(ofCitizens, verb) {
			m.Actions = append(m.Actions, verb)
		}
	}
	return m
}

// maskedName is the first character of a name, with a star for each of the others, at most two.
func maskedName(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return ""
	}
	return string(first) + strings.Repeat("＊", min(2, utf8.RuneCountInString(name)-1))
}

// Look is one time that somebody looked at an applicant's data: a number in full, a file, or the case by who has no part in
// it (M61).
type Look struct {
	At        string `json:"at"`
	Number    Number `json:"number"`
	Item      string `json:"item" doc:"the item in everyday words"`
	By        string `json:"by"`
	PlaceName string `json:"place_name"`
	What      string `json:"what" doc:"what was looked at, in words"`
	Reason    string `json:"reason"`
}

// LookPage is one page of them: those at the cases of one page.
type LookPage struct {
	Looks []Look  `json:"looks"`
	Next  *string `json:"next" doc:"give it as after for those at earlier cases; null on the last page"`
}

// Looks lists who looked at the data in a citizen's own cases, the newest first.
func (s *Service) Looks(ctx context.Context, a access.Actor, limit int, after string) (LookPage, error) {
	own, err := s.MyCases(ctx, a, limit, after)
	if err != nil {
		return LookPage{}, err
	}
	page, v := LookPage{Looks: []Look{}, Next: own.Next}, s.viewer(a)
	for _, m := range own.Cases {
		openings, err := s.openings(ctx, m, v)
		if err != nil {
			return LookPage{}, err
		}
		page.Looks = append(page.Looks, openings...)
		entries, err := s.journal.About(ctx, m.Number.subject())
		if err != nil {
			return LookPage{}, err
		}
		for _, e := range entries {
			if Kind(e.Kind) == KindFileAdded {
				looks, err := s.fileLooks(ctx, m, e, v)
				if err != nil {
					return LookPage{}, err
				}
				page.Looks = append(page.Looks, looks...)
			}
			if Kind(e.Kind) != KindRevealed {
				continue
			}
			event, err := decode(KindRevealed, e.Data, metaOf(e))
			if err != nil {
				return LookPage{}, err
			}
			r := event.(*Revealed)
			page.Looks = append(page.Looks, Look{At: stamp(r.At), Number: m.Number, Item: m.Item, By: r.By, PlaceName: v.placeName(r.Place),
				What: "完整的" + FieldChinese[r.Field], Reason: r.Reason})
		}
	}
	slices.SortStableFunc(page.Looks, func(x, y Look) int { return strings.Compare(y.At, x.At) })
	return page, nil
}

// Ended is what is known of a case that is over, for whoever asks how it was.
type Ended struct {
	Number   Number
	Town     string
	Item     string
	ClosedAt Instant
}

// ratedStates are the ends after which one can be asked how it was.
var ratedStates = []State{Closed, NotAccepted, Lapsed}

// Ended gives a case that is over; ok is false while it is not, and for one that was withdrawn or void.
func (s *Service) Ended(ctx context.Context, number Number) (e Ended, ok bool, err error) {
	c, err := s.store.load(ctx, number, s.items())
	if err != nil {
		return e, false, err
	}
	return Ended{Number: number, Town: string(c.Town), Item: c.Def.Plain, ClosedAt: c.ClosedAt}, slices.Contains(ratedStates, c.State) && c.ClosedAt != 0, nil
}
