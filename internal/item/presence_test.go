package item_test

import (
	"strings"
	"testing"

	"bianmin/internal/item"
)

// TestWhatIsAskedForFromAfar: fingerprints and a first talk keep the person there; an older definition, which says nothing, is
// filed as before.
func TestWhatIsAskedForFromAfar(t *testing.T) {
	for code, want := range map[item.Code]struct {
		presence item.Presence
		online   bool
		words    string
	}{
		"BM-001": {item.Partly, true, "跑 1 趟：交原件、签授权书；入户调查那天家里要有人"},
		"BM-011": {item.Partly, true, "跑 2 趟：到定点医院做残疾评定，评完再领证"},
		"BM-034": {item.InPerson, false, "跑 2 趟：本人照相、按指纹，办好了来领证"},
		"BM-035": {item.InPerson, false, "跑 2 趟：本人照相、按指纹，办好了来领证"},
		"BM-066": {item.InPerson, false, "跑 2 趟：申请书本人当面交，党组织还要找本人谈话"},
		"BM-070": {item.InPerson, false, "跑 1 趟：本人来报到、谈话"},
		"BM-089": {item.NoVisit, true, "不用跑"},
		"BM-015": {item.InPerson, false, "跑 1 趟：到窗口当场办，人来一趟就办好"},
		"BM-053": {item.NoVisit, false, "不用跑"},
	} {
		d := byCode(t, code)
		if d.Presence != want.presence || d.Online() != want.online || d.VisitWords() != want.words {
			t.Errorf("%s: %s %v %s", code, d.Presence, d.Online(), d.VisitWords())
		}
	}
	old := byCode(t, "BM-034")
	old.Presence, old.PresentFor = "", nil
	if !old.Online() || old.InPersonOnly() || old.VisitWords() != "跑 2 趟" {
		t.Error("an older definition changes by itself")
	}
	if said := byCode(t, "BM-034").InPersonWords(); !strings.Contains(said, "按指纹") || !strings.Contains(said, "户政服务窗口") {
		t.Error(said)
	}
}

// TestNoFingerprintIsTakenFromAfar: whichever step names what only a person can give keeps the item at the counter.
func TestNoFingerprintIsTakenFromAfar(t *testing.T) {
	for _, d := range item.Demonstration() {
		for _, s := range d.Steps {
			if strings.Contains(s.Name, "指纹") && d.Online() {
				t.Errorf("%s %s is filed online: %s", d.Code, d.Plain, s.Name)
			}
		}
	}
}
