package work

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/web/ui"
)

// placesPage lists every place, with how it is reached and what was never told.
type placesPage struct {
	Chrome  ui.Chrome
	Said    string
	Count   string
	Filters []ui.Input
	Rows    []placeRow
	Pager   pagerShown
	Sheet   string
	Import  *placesImportForm
	Preview *placesPreview
}

type placeRow struct {
	Service, To, Telephone, Hours, Address string
	Open                                   markedWords
	Lacking                                []string
}

// placePage is one place.
type placePage struct {
	Chrome  ui.Chrome
	Said    string
	Title   string
	Facts   []placeFact
	Week    []placeDay
	Except  []string
	Open    markedWords
	Edit    *placeForm
	Record  []recordLine
	Unknown bool // the hours were never told
}

type placeFact struct{ Label, Value, Lack, Call string }

type placeDay struct {
	Name         string
	Hours, Extra []string
}

// placeForm asks for everything about how a place is reached.
type placeForm struct {
	To                           string
	Telephone, Address, Position ui.Input
	Days                         []placeDayForm
	Except                       ui.Input
	Errors                       []ui.Mistake
	Open                         bool
}

type placeDayForm struct {
	Name        string
	Days, Extra ui.Input
}

const placeRows = 50

type placeQuery struct {
	Text, Lack string
	Town       place.Code
	Page       int
}

func placeQueryOf(v url.Values) placeQuery {
	q := placeQuery{Text: strings.TrimSpace(v.Get("q")), Lack: v.Get("lack")}
	if code, err := place.ParseCode(v.Get("town")); err == nil {
		q.Town = code
	}
	if n, err := strconv.Atoi(v.Get("page")); err == nil {
		q.Page = n
	}
	return q
}

func (q placeQuery) at(path string) string {
	v := url.Values{}
	page := ""
	if q.Page > 1 {
		page = strconv.Itoa(q.Page)
	}
	for name, value := range map[string]string{"q": q.Text, "lack": q.Lack, "town": string(q.Town), "page": page} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// placesLike keeps of all places what the query asks for.
func (s *Site) placesLike(q placeQuery) []place.Place {
	var found []place.Place
	text := strings.ToLower(q.Text)
	for _, p := range s.Places.All() {
		c := s.Contacts.Of(p.Code)
		like := strings.Contains(strings.ToLower(p.Service+" "+access.PlaceWords(s.Places, access.Seat{Place: p.Code})+" "+c.Telephone+" "+c.Address+" "+string(p.Code)), text)
		if like && access.InTown(p.Code, q.Town) && placeLacks(c, q.Lack) {
			found = append(found, p)
		}
	}
	return found
}

func placeLacks(c place.Contact, what string) bool {
	if what == "" {
		return true
	}
	for _, l := range c.Lacking() {
		if l == what || what == "any" {
			return true
		}
	}
	return false
}

func (s *Site) places(w http.ResponseWriter, r *http.Request) {
	page := placesPage{}
	if n, err := strconv.Atoi(r.URL.Query().Get("imported")); err == nil {
		page.Said = fmt.Sprintf("导入好了，改了 %d 个地方", n)
	}
	s.showPlaces(w, r, http.StatusOK, page)
}

func (s *Site) showPlaces(w http.ResponseWriter, r *http.Request, status int, page placesPage) {
	actor, _ := gate.Actor(r.Context())
	v := r.URL.Query()
	q := placeQueryOf(v)
	if !v.Has("town") && actor.Role == access.Head {
		q.Town = actor.Place // one's own first
	}
	found := s.placesLike(q)
	page.Count = fmt.Sprintf("%d 个地方", len(found))
	shown, pager := pageOf(found, q.Page, placeRows, func(n int) string { q := q; q.Page = n; return q.at("/places") })
	page.Pager, page.Sheet = pager, q.at("/places.xlsx")
	for _, p := range shown {
		page.Rows = append(page.Rows, s.placeRow(p))
	}
	towns := append([]ui.Option{{Value: "", Label: "不限"}, {Value: string(s.Places.Root().Code), Label: "市里"}}, placesAs(s.Places.Children(s.Places.Root().Code))...)
	lack := []ui.Option{{Value: "", Label: "不限"}, {Value: "any", Label: "有没填的"}}
	for _, l := range []string{place.LacksTelephone, place.LacksHours, place.LacksAddress, place.LacksPosition} {
		lack = append(lack, ui.Option{Value: l, Label: place.LackChinese(l)})
	}
	page.Filters = []ui.Input{
		{Name: "q", ID: "find-place", Label: "名称、电话、地址", Value: q.Text, Max: 60},
		{Name: "town", ID: "town-filter", Label: "镇（街道）", Type: "select", Value: string(q.Town), Options: towns},
		{Name: "lack", ID: "lack-filter", Label: "没填的", Type: "select", Value: q.Lack, Options: lack},
	}
	if page.Import == nil && access.Allows(actor.Role, access.EditPlaces) {
		page.Import = importPlacesForm("")
	}
	wrong := 0
	if page.Import != nil {
		wrong = len(page.Import.Errors)
	}
	page.Chrome = s.chrome(r, ui.ErrorTitle("地方", wrong), "/places")
	s.render(w, r, status, placesSheet(page))
}

func (s *Site) placeRow(p place.Place) placeRow {
	c := s.Contacts.Of(p.Code)
	row := placeRow{Service: s.placeName(p), To: "/places/" + string(p.Code), Telephone: c.Telephone, Address: c.Address, Open: s.openWords(c)}
	for _, l := range c.Lacking() {
		row.Lacking = append(row.Lacking, place.LackChinese(l))
	}
	return row
}

// placeName is the sign, of a room with its town before it.
func (s *Site) placeName(p place.Place) string {
	if above, ok := s.Places.Place(p.Parent); ok && p.Kind == place.Room {
		return above.Name + p.Service
	}
	return p.Service
}

// openWords says whether it is open now, and when next.
func (s *Site) openWords(c place.Contact) markedWords {
	if !c.Hours.Known() {
		return markedWords{ui.Amber, "时间没填"}
	}
	now := s.Clock.Now()
	o := c.Hours.At(now, s.Calendar())
	switch {
	case o.Open:
		return markedWords{ui.Done, "开着，到 " + clockWords(o.Until, now)}
	case o.Next.IsZero():
		return markedWords{ui.Stopped, "没有开门的时间"}
	}
	return markedWords{ui.Stopped, "没开，" + clockWords(o.Next, now) + " 开"}
}

// clockWords is 18:00 today, else 3月16日 8:30.
func clockWords(t, now time.Time) string {
	t = t.In(calendar.Shanghai)
	switch day, today := calendar.DateOf(t), calendar.DateOf(now); {
	case day == today:
		return t.Format("15:04")
	case day == today.AddDays(1) && t.Hour() == 0 && t.Minute() == 0:
		return "24:00"
	default:
		return ui.ShortDay(day) + " " + t.Format("15:04")
	}
}

// placeOf finds the place of the address.
func (s *Site) placeOf(w http.ResponseWriter, r *http.Request) (place.Place, bool) {
	code, err := place.ParseCode(r.PathValue("code"))
	p, ok := s.Places.Place(code)
	if err != nil || !ok {
		s.Refuse(w, r, problem.ErrNotFound)
		return place.Place{}, false
	}
	return p, true
}

func (s *Site) placeShow(w http.ResponseWriter, r *http.Request) {
	if p, ok := s.placeOf(w, r); ok {
		page := placePage{}
		if r.URL.Query().Get("done") != "" {
			page.Said = "存好了"
		}
		s.showPlace(w, r, http.StatusOK, p, page)
	}
}

func (s *Site) showPlace(w http.ResponseWriter, r *http.Request, status int, p place.Place, page placePage) {
	actor, _ := gate.Actor(r.Context())
	c := s.Contacts.Of(p.Code)
	page.Title, page.Open, page.Unknown = s.placeName(p), s.openWords(c), !c.Hours.Known()
	position := ""
	if c.Position != nil {
		position = "北纬 " + fmt.Sprintf("%.5f", c.Position.Lat) + "，东经 " + fmt.Sprintf("%.5f", c.Position.Lon)
	}
	page.Facts = []placeFact{{Label: "电话", Value: c.Telephone, Lack: "没填", Call: c.Telephone}, {Label: "地址", Value: c.Address, Lack: "没填"},
		{Label: "位置", Value: position, Lack: "没填"}, {Label: "区划代码", Value: string(p.Code)}}
	for i, name := range place.Weekdays {
		page.Week = append(page.Week, placeDay{Name: name, Hours: strings.Fields(orRest(place.SpansText(c.Hours.Days[i]))), Extra: strings.Fields(place.SpansText(c.Hours.Extra[i]))})
	}
	if text := place.ExceptionsText(c.Hours.Except); text != "" {
		page.Except = strings.Split(text, "\n")
	}
	if page.Edit == nil && actor.EditsPlace(p.Code) {
		page.Edit = placeFormOf(p.Code, c.Text(), nil)
	}
	var err error
	if page.Record, err = s.placeRecord(r, p.Code); err != nil {
		s.Refuse(w, r, err)
		return
	}
	wrong := 0
	if page.Edit != nil {
		wrong = len(page.Edit.Errors)
	}
	page.Chrome = s.chrome(r, ui.ErrorTitle(page.Title, wrong), "/places")
	s.render(w, r, status, placeSheet(page))
}

func orRest(s string) string {
	if s == "" {
		return "休息"
	}
	return s
}

// placeRecord says who told what about a place, the latest first.
func (s *Site) placeRecord(r *http.Request, code place.Code) ([]recordLine, error) {
	history, err := s.ContactHistory(r.Context(), code)
	if err != nil {
		return nil, err
	}
	lines := make([]recordLine, len(history))
	for i, h := range history {
		before := place.Contact{Code: code}
		if i+1 < len(history) {
			before = history[i+1].Contact
		}
		by, err := s.Access.NameOf(r.Context(), h.By)
		if err != nil {
			return nil, err
		}
		lines[i] = recordLine{At: ui.Moment(h.At), By: by, What: before.Difference(h.Contact)}
	}
	return lines, nil
}

func placeFormOf(code place.Code, text place.ContactText, wrong []problem.Field) *placeForm {
	f := &placeForm{To: "/places/" + string(code), Errors: ui.Mistakes(wrong), Open: len(wrong) > 0}
	box := func(name, label, hint, value string, most int) ui.Input {
		return ui.Input{Name: name, Label: label, Hint: hint, Value: value, Max: most, Error: ui.ErrorAt(wrong, name)}
	}
	f.Telephone = box("telephone", "电话", "例如 0912-8331234", text.Telephone, 30)
	f.Telephone.InputMode = "tel"
	f.Address = box("address", "地址", "到门口怎么找，写到路和门牌", text.Address, 100)
	f.Position = box("position", "位置", "北纬和东经的度数，例如 38.83512, 110.49901，地图上点一下能看到", text.Position, 40)
	for i, name := range place.Weekdays {
		days := box(fmt.Sprintf("days[%d]", i), name+"上班时间", "", text.Days[i], 80)
		extra := box(fmt.Sprintf("extra[%d]", i), name+"延时服务", "", text.Extra[i], 80)
		days.Hidden, extra.Hidden, extra.Placeholder = true, true, "延时服务"
		f.Days = append(f.Days, placeDayForm{Name: name, Days: days, Extra: extra})
	}
	f.Except = box("except", "特别的日子", "一天一行，例如 2026-05-02 休息 五一，或者 2026-05-03 9:00-12:00 值班", text.Except, 0)
	f.Except.Type, f.Except.Rows = "textarea", 4
	return f
}

func (s *Site) placePost(w http.ResponseWriter, r *http.Request) {
	posted, err := form(w, r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	actor, _ := gate.Actor(r.Context())
	p, ok := s.placeOf(w, r)
	if !ok {
		return
	}
	if !actor.EditsPlace(p.Code) {
		s.Refuse(w, r, problem.ErrForbidden)
		return
	}
	text := contactPosted(posted)
	c, wrong := text.Read(p.Code)
	if len(wrong) > 0 {
		s.showPlace(w, r, http.StatusUnprocessableEntity, p, placePage{Edit: placeFormOf(p.Code, text, wrong)})
		return
	}
	if s.Contacts.Of(p.Code).Difference(c) != "" {
		if err := s.SetContacts(r.Context(), actor, []place.Contact{c}); err != nil {
			s.Refuse(w, r, err)
			return
		}
	}
	redirect(w, r, "/places/"+string(p.Code)+"?done=1")
}

func contactPosted(v url.Values) place.ContactText {
	t := place.ContactText{Telephone: v.Get("telephone"), Address: v.Get("address"), Position: v.Get("position"), Except: v.Get("except")}
	for i := range 7 {
		t.Days[i], t.Extra[i] = v.Get(fmt.Sprintf("days[%d]", i)), v.Get(fmt.Sprintf("extra[%d]", i))
	}
	return t
}
