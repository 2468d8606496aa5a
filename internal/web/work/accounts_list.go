package work

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/place"
	"bianmin/internal/web/ui"
)

type accountRow struct {
	Account, Name, Role, Place string
	Path                       string // what is done to it begins with this
	Again                      string // and ends with this: the list as it is now
	Disabled                   bool
	State                      markedWords
	Factor                     string
}

type markedWords struct {
	Mark  ui.Mark
	Words string
}

// accountQuery is what the list asks.
type accountQuery struct {
	access.Query
	Page int
}

// accountSorts are the columns that the list can be sorted by; the first is how it is when nothing is said.
var accountSorts = []struct{ key, head string }{{"account", "账号"}, {"name", "姓名"}, {"role", "岗位"}, {"place", "在哪里"}, {"state", "状态"}}

func accountQueryOf(v url.Values) accountQuery {
	q := accountQuery{Query: access.Query{Text: strings.TrimSpace(v.Get("q")), State: v.Get("state"), Sort: v.Get("sort"), Role: access.Role(v.Get("role"))}}
	if code, err := place.ParseCode(v.Get("place")); err == nil {
		q.Place = code
	}
	if n, err := strconv.Atoi(v.Get("page")); err == nil {
		q.Page = n
	}
	return q
}

func (q accountQuery) at(path string) string {
	v := url.Values{}
	page := ""
	if q.Page > 1 {
		page = strconv.Itoa(q.Page)
	}
	for name, value := range map[string]string{"q": q.Text, "role": string(q.Role), "place": string(q.Place), "state": q.State, "sort": q.Sort, "page": page} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// sortHead is a head of the list that sorts by its column.
type sortHead struct {
	Words, To string
	On        bool
}

func accountHeads(q accountQuery) []sortHead {
	heads := make([]sortHead, len(accountSorts))
	for i, x := range accountSorts {
		to := q
		to.Sort, to.Page = x.key, 1
		heads[i] = sortHead{Words: x.head, To: to.at("/accounts"), On: q.Sort == x.key || q.Sort == "" && i == 0}
	}
	return heads
}

func (s *Site) accountFilters(q accountQuery) []ui.Input {
	places := []ui.Option{{Value: "", Label: "不限"}, {Value: string(s.Places.Root().Code), Label: "市里"}}
	places = append(places, placesAs(s.Places.Children(s.Places.Root().Code))...)
	return []ui.Input{
		{Name: "q", ID: "find-account", Label: "账号、姓名、地方", Value: q.Text, Max: 60},
		{Name: "role", ID: "role-filter", Label: "岗位", Type: "select", Value: string(q.Role), Options: roleOptions("不限")},
		{Name: "place", ID: "place-filter", Label: "镇（街道）", Type: "select", Value: string(q.Place), Options: places},
		{Name: "state", ID: "state-filter", Label: "状态", Type: "select", Value: q.State, Options: []ui.Option{{Value: "", Label: "不限"}, {Value: access.StateOpen, Label: "能用"},
			{Value: access.StateNoPassword, Label: "还没设密码"}, {Value: access.StateDisabled, Label: "停用"}, {Value: access.StateNoFactor, Label: "该设登录验证还没设"}}},
	}
}

// pageOf is one page of a list, counted from 1, and the way to the others.
func pageOf[T any](list []T, page, rows int, at func(page int) string) ([]T, pagerShown) {
	pages := max(1, (len(list)+rows-1)/rows)
	page = min(max(page, 1), pages)
	var p pagerShown
	if pages > 1 {
		p.Words = fmt.Sprintf("第 %d 页，共 %d 页", page, pages)
	}
	if page > 1 {
		p.First, p.Before = at(1), at(page-1)
	}
	if page < pages {
		p.Next = at(page + 1)
	}
	return list[(page-1)*rows : min(page*rows, len(list))], p
}

// listAgain is the question of the list, for the addresses that answer with the list.
func listAgain(v url.Values) string {
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}

func (s *Site) accountRow(a access.Account) accountRow {
	row := accountRow{Account: a.Account, Name: a.Name, Role: a.Role.Chinese(), Place: access.PlaceWords(s.Places, a.Seat()), Disabled: a.Disabled, Factor: "没设"}
	switch {
	case a.Disabled:
		row.State = markedWords{ui.Stopped, "停用"}
	case !a.HasPassword():
		row.State = markedWords{ui.Amber, "还没设密码"}
	default:
		row.State = markedWords{ui.Done, "能用"}
	}
	switch {
	case a.Factors().Code != nil && len(a.Factors().Passkeys) > 0:
		row.Factor = "验证码、通行密钥"
	case a.Factors().Code != nil:
		row.Factor = "验证码"
	case len(a.Factors().Passkeys) > 0:
		row.Factor = "通行密钥"
	}
	return row
}
