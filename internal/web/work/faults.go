package work

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/gate"
	"bianmin/internal/web/ui"
)

// faultsShown is how many faults a page holds.
const faultsShown = 50

// faultsPage lists faults: of the city, of a town, or one's own.
type faultsPage struct {
	Chrome      ui.Chrome
	Lead        string
	Rows        []faultRow
	Next, First string
	Empty       string
}

type faultRow struct{ At, Who, Kind, About, Item, Number, Href string }

// faults shows them, the newest first.
func (s *Site) faults(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64) // what is no number is the first page
	list, err := s.Cases.Faults(r.Context(), actor, cases.Instant(before), faultsShown)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page := faultsPage{Chrome: s.chrome(r, "过错记录", "/faults"), Lead: faultsLead(actor), Empty: "没有过错记录"}
	page.Rows = s.faultRows(list)
	if list.Next != nil {
		page.Next = "/faults?" + url.Values{"before": {strconv.FormatInt(int64(*list.Next), 10)}}.Encode()
	}
	if before > 0 {
		page.First, page.Empty = "/faults", "再往前没有了"
	}
	s.render(w, r, http.StatusOK, faults(page))
}

func (s *Site) faultRows(list cases.FaultPage) []faultRow {
	var rows []faultRow
	for _, f := range list.Faults {
		rows = append(rows, faultRow{At: momentOf(f.At), Who: personWords(f.Who, s.Places), Kind: f.KindName,
			About: strings.Join(f.About, "、"), Item: f.ItemName + "，" + f.Town, Number: string(f.Number), Href: casePath(f.Number)})
	}
	return rows
}

// faultsLead says whose faults these are.
func faultsLead(a access.Actor) string {
	whose := "自己的"
	switch {
	case a.SeesAll():
		whose = "全市的"
	case a.Role == access.Head:
		whose = "全镇的"
	}
	return whose + "，新的在前。记的是事，责任按规定另行认定。"
}
