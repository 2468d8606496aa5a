package draft

import (
	"net/url"
	"time"

	"bianmin/internal/problem"
)

// KeptFor is how long a draft is kept after it was saved last [usual].
const KeptFor = 30 * 24 * time.Hour

// endedFor is how long it is known of a draft that it was filed: a page that is still open may save it once more.
const endedFor = 24 * time.Hour

const (
	formMost  = 64 << 10 // bytes of one draft
	countMost = 100      // drafts of one account
	idMost    = 60
)

// Draft is one application that is not filed yet.
type Draft struct {
	ID      string
	Tab     string // the page that saved it last
	Aside   bool   // put aside by its person; else it was interrupted
	Version int64  // 1, 2, … with each save
	Since   time.Time
	Saved   time.Time
	Form    url.Values // as typed
}

// Until is when it is forgotten.
func (d Draft) Until() time.Time { return d.Saved.Add(KeptFor) }

// yields says whether the stored draft gives way to what a page now saves: to the page that has read it as it is, and to
// the page that saved it. The second is for an answer that was lost on the way.
func (d Draft) yields(to Draft) bool {
	return d.Version == to.Version || d.Tab != "" && d.Tab == to.Tab
}

// check says what is wrong with a draft that is to be saved.
func (d Draft) check() *problem.Problem {
	var wrong []problem.Field
	if d.ID == "" || len(d.ID) > idMost {
		wrong = append(wrong, problem.Field{Path: "id", Code: "out_of_range", Message: "编号要有，最多 60 个字符"})
	}
	if len(d.Tab) > idMost {
		wrong = append(wrong, problem.Field{Path: "tab", Code: "too_long", Message: "最多 60 个字符"})
	}
	if len(d.Form.Encode()) > formMost {
		wrong = append(wrong, problem.Field{Path: "form", Code: "too_long", Message: "一份最多 64 KB"})
	}
	return problem.WrongFields(wrong)
}
