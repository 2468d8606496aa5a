package work

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/place"
	workbook "bianmin/internal/sheet"
	"bianmin/internal/web/ui"
)

// seatsPage shows who holds which post, and which are empty.
type seatsPage struct {
	Chrome  ui.Chrome
	Filters []ui.Input
	Towns   []townSeats // when no town is chosen
	Rows    []seatRow
	Count   string
	Pager   pagerShown
	Sheet   string
}

// townSeats is a town's posts in figures.
type townSeats struct {
	Name, To      string
	Seats, Empty  int
	EmptyTo       string
	EmptyCounters int
}

type seatRow struct {
	Place, Role string
	Holders     []seatHolder
	Add         string // where somebody is made for an empty one
}

type seatHolder struct {
	Name, To string
	Off      string // why they cannot work
}

const seatRows = 100

// seatsHeld gives every seat with those who sit in it, in the order of the places.
func (s *Site) seatsHeld(r *http.Request) ([]access.Seat, map[access.Seat][]access.Account, error) {
	held := map[access.Seat][]access.Account{}
	all, err := s.Access.All(r.Context())
	for _, a := range all {
		held[a.Seat()] = append(held[a.Seat()], a)
	}
	return access.Establishment(s.Places), held, err
}

// emptySeat: nobody sits there who can work.
func emptySeat(list []access.Account) bool {
	for _, a := range list {
		if !a.Disabled {
			return false
		}
	}
	return true
}

type seatQuery struct {
	Place place.Code
	Role  access.Role
	Empty bool
	Page  int
}

func seatQueryOf(v url.Values) seatQuery {
	q := accountQueryOf(v)
	return seatQuery{Place: q.Place, Role: q.Role, Empty: v.Get("empty") != "", Page: q.Page}
}

func (q seatQuery) at(path string) string {
	to := accountQuery{Query: access.Query{Place: q.Place, Role: q.Role}, Page: q.Page}.at(path)
	if !q.Empty {
		return to
	}
	sep := "?"
	if strings.Contains(to, "?") {
		sep = "&"
	}
	return to + sep + "empty=1"
}

func (q seatQuery) asks() bool { return q.Place != "" || q.Role != "" || q.Empty }

func (q seatQuery) keeps(seat access.Seat, held []access.Account) bool {
	return access.InTown(seat.Place, q.Place) && (q.Role == "" || seat.Role == q.Role) && (!q.Empty || emptySeat(held))
}

func (s *Site) seats(w http.ResponseWriter, r *http.Request) {
	seats, held, err := s.seatsHeld(r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	q := seatQueryOf(r.URL.Query())
	page := seatsPage{Chrome: s.chrome(r, "岗位", "/seats"), Sheet: q.at("/seats.xlsx")}
	page.Filters = s.accountFilters(accountQuery{Query: access.Query{Place: q.Place, Role: q.Role}})[1:3]
	empty := ui.Input{Name: "empty", ID: "empty-filter", Label: "有没有人", Type: "select", Options: []ui.Option{{Value: "", Label: "不限"}, {Value: "1", Label: "只看空着的", On: q.Empty}}}
	page.Filters = append(page.Filters, empty)
	if !q.asks() {
		page.Towns = s.townSeats(seats, held)
		s.render(w, r, http.StatusOK, seatsSheet(page))
		return
	}
	var found []access.Seat
	for _, seat := range seats {
		if q.keeps(seat, held[seat]) {
			found = append(found, seat)
		}
	}
	page.Count = fmt.Sprintf("%d 个岗位", len(found))
	shown, pager := pageOf(found, q.Page, seatRows, func(n int) string { q := q; q.Page = n; return q.at("/seats") })
	page.Pager = pager
	for _, seat := range shown {
		page.Rows = append(page.Rows, s.seatRow(seat, held[seat]))
	}
	s.render(w, r, http.StatusOK, seatsSheet(page))
}

func (s *Site) seatRow(seat access.Seat, held []access.Account) seatRow {
	row := seatRow{Place: access.PlaceWords(s.Places, seat), Role: seat.Role.Chinese()}
	for _, a := range held {
		h := seatHolder{Name: a.Name, To: "/accounts/" + url.PathEscape(a.Account)}
		switch {
		case a.Disabled:
			h.Off = "停用"
		case !a.HasPassword():
			h.Off = "还没设密码"
		}
		row.Holders = append(row.Holders, h)
	}
	if emptySeat(held) {
		row.Add = "/accounts?" + url.Values{"add_role": {string(seat.Role)}, "add_place": {string(seat.Place)}, "add_unit": {seat.Unit}}.Encode()
	}
	return row
}

// townSeats counts the posts of the centre and of each town.
func (s *Site) townSeats(seats []access.Seat, held map[access.Seat][]access.Account) []townSeats {
	root := s.Places.Root()
	towns := append([]place.Place{root}, s.Places.Children(root.Code)...)
	list := make([]townSeats, len(towns))
	for i, t := range towns {
		list[i] = townSeats{Name: t.Name, To: seatQuery{Place: t.Code}.at("/seats"), EmptyTo: seatQuery{Place: t.Code, Empty: true}.at("/seats")}
		for _, seat := range seats {
			if !access.InTown(seat.Place, t.Code) {
				continue
			}
			list[i].Seats++
			if emptySeat(held[seat]) {
				list[i].Empty++
			}
		}
	}
	return list
}

// seatsSheet gives the posts as a workbook: a row for each who holds one, and for each that is empty.
func (s *Site) seatsSheet(w http.ResponseWriter, r *http.Request) {
	seats, held, err := s.seatsHeld(r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	type row struct {
		seat access.Seat
		by   access.Account
	}
	var rows []row
	q := seatQueryOf(r.URL.Query())
	for _, seat := range seats {
		if !q.keeps(seat, held[seat]) {
			continue
		}
		for _, a := range held[seat] {
			rows = append(rows, row{seat, a})
		}
		if len(held[seat]) == 0 {
			rows = append(rows, row{seat: seat})
		}
	}
	text := func(head string, width float64, get func(row) string) workbook.Column[row] {
		return workbook.Column[row]{Head: head, Width: width, Value: func(x row) any { return get(x) }}
	}
	columns := []workbook.Column[row]{
		text("在哪里", 28, func(x row) string { return access.PlaceWords(s.Places, x.seat) }),
		text("岗位", 14, func(x row) string { return x.seat.Role.Chinese() }),
		text("姓名", 12, func(x row) string {
			if x.by.Account == "" {
				return "空着"
			}
			return x.by.Name
		}),
		text("账号", 26, func(x row) string { return x.by.Account }),
		text("状态", 12, func(x row) string {
			if x.by.Account == "" {
				return ""
			}
			return s.accountRow(x.by).State.Words
		}),
		text("区划代码", 16, func(x row) string { return string(x.seat.Place) }),
	}
	s.sendSheet(w, r, "岗位", func() error { return workbook.Write(w, "岗位", columns, rows) })
}
