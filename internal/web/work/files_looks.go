package work

import (
	"net/http"
	"slices"
	"strings"

	"bianmin/internal/cases"
	"bianmin/internal/file"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/web/ui"
)

// looksPage is who looked at the files of a case.
type looksPage struct {
	Chrome ui.Chrome
	Back   string
	Rows   []lookRow
}

type lookRow struct{ At, Who, What, Why string }

func (s *Site) looks(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	number := cases.Number(r.PathValue("number"))
	v, err := s.Cases.Get(r.Context(), actor, number)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	list, err := s.Files.Looks(r.Context(), actor, number)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	p := looksPage{Back: casePath(number) + "#materials"}
	slices.SortStableFunc(list, func(a, b file.Seen) int { return strings.Compare(b.At, a.At) })
	for _, l := range list {
		row := lookRow{At: momentOf(l.At), Who: l.By, Why: map[string]string{"view": "看了", "download": "下载了"}[l.Why]}
		if where := s.whereOf(place.Code(l.Place)); where != "" {
			row.Who += "（" + where + "）"
		}
		for _, f := range v.Files {
			if f.N == l.N {
				row.What = f.Material
			}
		}
		p.Rows = append(p.Rows, row)
	}
	p.Chrome = s.chrome(r, "谁看过图片", "/desk")
	s.render(w, r, http.StatusOK, looksView(p))
}
