package work

import (
	"net/http"
	"net/url"

	"bianmin/internal/access"
	"bianmin/internal/web/ui"
)

// accountAsk asks once more, before an account loses at once what it had.
type accountAsk struct {
	Chrome            ui.Chrome
	Head, Lead, Press string
	Facts             accountRow
	To, Back          string
}

// askDisable and askReset are the questions before what cannot be taken back: whoever was at work is out at once.
func (s *Site) askDisable(w http.ResponseWriter, r *http.Request) {
	s.askAccount(w, r, "/disable", func(a access.Account) accountAsk {
		return accountAsk{Head: "停用" + a.Name + "的账号？", Press: "停用这个账号",
			Lead: "停用以后，" + a.Name + "在所有设备上马上退出，不能再登录。手上的办件不会跟着走，请先移交。以后可以再启用。"}
	})
}

func (s *Site) askReset(w http.ResponseWriter, r *http.Request) {
	s.askAccount(w, r, "/reset", func(a access.Account) accountAsk {
		return accountAsk{Head: "重设" + a.Name + "的密码？", Press: "重设这个密码",
			Lead: "重设以后，原来的密码马上用不了，恢复不了；" + a.Name + "在所有设备上马上退出。下一页给一个设新密码的链接，只显示一次，请当面或者打电话交给本人。"}
	})
}

func (s *Site) askAccount(w http.ResponseWriter, r *http.Request, do string, ask func(a access.Account) accountAsk) {
	a, err := s.Access.Account(r.Context(), r.PathValue("account"))
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	page, again := ask(a), listAgain(r.URL.Query())
	page.Facts = s.accountRow(a)
	path := "/accounts/" + url.PathEscape(a.Account)
	page.To, page.Back = path+do+again, "/accounts"+again
	if r.URL.Query().Has("one") {
		page.Back = path
	}
	page.Chrome = s.chrome(r, page.Head, "/accounts")
	s.render(w, r, http.StatusOK, accountAskSheet(page))
}
