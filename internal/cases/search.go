package cases

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"bianmin/internal/access"
	"bianmin/internal/ident"
	"bianmin/internal/place"
)

// search narrows by what was typed: a case number, a serial, a citizen number or credit code, a telephone, else the
// beginning of a name or of its initials, or when none begins so, a part of a name.
func (s *Service) search(q *listQuery, a access.Actor, typed string) {
	typed = strings.TrimSpace(typed)
	today := At(s.clock.Now()).Date()
	if number, ok := ParseNumber(typed); ok {
		q.only("c.number = ?", string(number))
		return
	}
	if id, err := ident.ParseCitizenNumber(typed, today); err == nil {
		q.only("c.id_index = ?", s.box.Index(FieldIDNumber, string(id)))
		return
	}
	if code, err := ident.ParseCreditCode(typed); err == nil {
		q.only("c.id_index = ?", s.box.Index(FieldIDNumber, string(code)))
		return
	}
	if phone, err := ident.ParsePhone(typed); err == nil {
		q.only("c.phone_index = ?", s.box.Index(FieldPhone, string(phone)))
		return
	}
	towns := s.townsOf(a)
	if serial, err := strconv.ParseInt(typed, 10, 64); err == nil && len(typed) <= 7 {
		q.and("c.serial = ? AND c.year = ?", serial, int64(today.Year()))
		q.and(towns)
		return
	}
	q.name = &named{column: "name", begins: typed, towns: towns}
	if initials := strings.ToLower(typed); isLatin(initials) { // the initials of a name in Latin letters are its letters
		q.name = &named{column: "initials", begins: initials, towns: towns}
	}
}

// townsOf is the condition that a case is of the towns in which the actor can see any. It says nothing new: it is for
// the indexes that begin with the town.
func (s *Service) townsOf(a access.Actor) string {
	if town := a.Place.Town(); town.IsTown() {
		return "c.town IN ('" + string(town) + "')"
	}
	var list []string
	for _, p := range s.places.Children(s.places.Root().Code) {
		if p.Kind == place.Station {
			list = append(list, "'"+string(p.Code)+"'")
		}
	}
	return "c.town IN (" + strings.Join(list, ", ") + ")"
}

// named is a column that begins with what was typed.
type named struct {
	column, begins string
	towns          string
}

// How many begin with a name decides how they are found.
const (
	// few are sorted as they are found.
	few = 300
	// often is how many are sorted at the most, by keys; where more begin so, it is quicker to walk through them in the
	// list's own order, if an index gives it.
	often = 8000
)

// searched asks a list. Which way is the shorter depends on how many begin with the name, which no planner knows. Few mostly
// do: the first query finds these, and nothing when there are more.
func (s *Service) searched(ctx context.Context, q *listQuery) ([]listed, error) {
	if q.name == nil {
		return s.store.list(ctx, q, s.items())
	}
	byIndex, n := *q, 0
	byIndex.where = append(byIndex.where[:len(q.where):len(q.where)], q.name.towns)
	byIndex.args = q.args[:len(q.args):len(q.args)]
	begins := byIndex.with("c."+q.name.column+" >= ? AND c."+q.name.column+" < ?", q.name.begins, after(q.name.begins))
	byIndex.and(begins)
	first := byIndex
	first.name, first.order = nil, q.keyed
	first.where = append(byIndex.where[:len(byIndex.where):len(byIndex.where)], fmt.Sprintf("(SELECT COUNT(*) FROM (SELECT 1 FROM cases c WHERE %s AND %s LIMIT %d) AS begun) <= %d", q.name.towns, begins, few+1, few))
	if rows, err := s.store.list(ctx, &first, s.items()); err != nil || len(rows) > 0 {
		return rows, err
	}
	count := "SELECT COUNT(*) FROM (SELECT 1 FROM cases c WHERE " + q.name.towns + " AND c." + q.name.column + " >= $1 AND c." + q.name.column + " < $2 LIMIT $3) AS begun"
	row := s.db.Q(ctx).QueryRowContext(ctx, count, q.name.begins, after(q.name.begins), often)
	if err := row.Scan(&n); err != nil {
		return nil, fmt.Errorf("counting names: %w", err)
	}
	walk := *q
	walk.name = nil
	switch {
	case n > 0 && n <= few: // none of them is meant
		return nil, nil
	case n > 0 && (n < often || !q.served):
		return s.store.list(ctx, &byIndex, s.items())
	case n > 0: // an expression, so that no planner takes the index
		walk.and("(c."+q.name.column+" || '') LIKE ? ESCAPE '\\'", escapeLike(q.name.begins)+"%")
	case q.name.column != "name":
		return nil, nil
	default:
		walk.and(`c.name LIKE ? ESCAPE '\'`, "%"+escapeLike(q.name.begins)+"%")
	}
	return s.store.list(ctx, &walk, s.items())
}

// after is the first text that follows all that begin so: texts are ordered by their bytes, and no character of UTF-8
// begins with the last byte.
func after(begins string) string { return begins + string(utf8.MaxRune) }

func isLatin(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}
