package work

import (
	"context"
	"net/url"
	"strings"

	"bianmin/internal/access"
	"bianmin/internal/place"
)

type accountRow struct {
	Account, Name, Role, Place string
	Path                       string // what is done to it begins with this
	Again                      string // and ends with this: the list as it is now
	Disabled, NoPassword       bool
}

// accountsLike keeps of all accounts what is like the query.
func (s *Site) accountsLike(ctx context.Context, query string, role access.Role) (found []access.Account, err error) {
	query = strings.ToLower(strings.TrimSpace(query))
	err = s.eachAccount(ctx, func(a access.Account) {
		row := s.accountRow(a)
		like := strings.Contains(strings.ToLower(row.Account+" "+row.Name+" "+row.Place), query)
		if like && (role == "" || a.Role == role) {
			found = append(found, a)
		}
	})
	return found, err
}

// eachAccount reads all accounts: there are some hundreds.
func (s *Site) eachAccount(ctx context.Context, do func(access.Account)) error {
	const most = 500
	for after := ""; ; {
		list, err := s.Access.Accounts(ctx, after, most)
		if err != nil {
			return err
		}
		for _, a := range list {
			do(a)
		}
		if len(list) < most {
			return nil
		}
		after = list[len(list)-1].Account
	}
}

// pageOf is the part of the list behind an account, and the account that the next part is behind; empty on the last.
func pageOf(list []access.Account, after string) (part []access.Account, next string) {
	from := 0
	for from < len(list) && list[from].Account <= after {
		from++
	}
	part = list[from:]
	if len(part) > accountRows {
		return part[:accountRows], part[accountRows-1].Account
	}
	return part, ""
}

// listAgain is the question of the list, for the addresses that answer with the list.
func listAgain(v url.Values) string {
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}

func accountsAt(query, role, after string) string {
	v := url.Values{}
	for name, value := range map[string]string{"q": query, "role": role, "after": after} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return "/accounts?" + v.Encode()
}

func (s *Site) accountRow(a access.Account) accountRow {
	row := accountRow{Account: a.Account, Name: a.Name, Role: a.Role.Chinese(), Disabled: a.Disabled, NoPassword: !a.HasPassword()}
	if p, ok := s.Places.Place(a.Place); ok {
		row.Place = p.Name
		if above, ok := s.Places.Place(p.Parent); ok && p.Kind == place.Room {
			row.Place = above.Name + p.Name
		}
	}
	if a.Unit != "" {
		row.Place = s.Places.UnitName(a.Unit, a.Place)
	}
	return row
}
