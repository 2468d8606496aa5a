package access

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"bianmin/internal/journal"
	"bianmin/internal/problem"
)

// Line is one thing on record about an account, in words.
type Line struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	ByName string    `json:"by_name"`
	Kind   string    `json:"kind"`
	What   string    `json:"what"`
}

// Record tells what was done to an account, the latest first: everything but signing in and out, which has a list of its
// own.
func (s *Service) Record(ctx context.Context, account string) ([]Line, error) {
	entries, err := s.History(ctx, account)
	if err != nil {
		return nil, err
	}
	list, names := []Line{}, map[string]string{}
	var post changed
	for _, e := range entries {
		what, err := s.entryWords(e, &post)
		if err != nil {
			return nil, err
		}
		if what == "" {
			continue
		}
		if names[e.Actor] == "" {
			if names[e.Actor], err = s.nameOf(ctx, e.Actor); err != nil {
				return nil, err
			}
		}
		list = append([]Line{{At: e.At, By: e.Actor, ByName: names[e.Actor], Kind: e.Kind, What: what}}, list...)
	}
	return list, nil
}

// NameOf is who did something, as people read it.
func (s *Service) NameOf(ctx context.Context, account string) (string, error) {
	return s.nameOf(ctx, account)
}

func (s *Service) nameOf(ctx context.Context, account string) (string, error) {
	switch account {
	case journal.System:
		return "系统", nil
	case "command-line":
		return "服务器上的命令", nil
	}
	a, err := s.Account(ctx, account)
	var p *problem.Problem
	if errors.As(err, &p) && p.Kind == problem.NotFound {
		return account, nil
	}
	return a.Name, err
}

// entryWords says what an entry did; empty for what is in the list of sign-ins. post is where the account stood before,
// and afterwards where it stands.
func (s *Service) entryWords(e journal.Entry, post *changed) (string, error) {
	var err error
	read := func(into any) {
		if err == nil {
			err = json.Unmarshal(e.Data, into)
		}
	}
	var words string
	switch e.Kind {
	case KindAdded:
		var d added
		read(&d)
		*post = changed{Name: d.Name, Role: d.Role, Place: d.Place, Unit: d.Unit}
		words = "建了账号：" + d.Name + "，" + s.postWords(*post)
	case KindChanged:
		var d changed
		read(&d)
		words = s.changeWords(*post, d)
		*post = d
	case KindPasskeyAdded:
		var d Passkey
		read(&d)
		words = "加了通行密钥“" + d.Name + "”"
	case KindPasskeyRemoved:
		var d passkeyRemoved
		read(&d)
		words = "去掉了通行密钥“" + d.Name + "”"
	case KindEnded:
		var d ended
		read(&d)
		if words = "退出了其他设备"; !d.All {
			words = strings.TrimSuffix("退出了一台设备："+d.Device+" "+d.Address, " ")
		}
	case KindPaused:
		var d signedIn
		read(&d)
		words = "连错 5 次，停了 30 分钟"
		if d.With == ByCode {
			words = "验证码" + words
		}
	default:
		words = plainEntries[e.Kind]
	}
	if err != nil {
		return "", fmt.Errorf("%s %d: %w", e.Subject, e.Seq, err)
	}
	return words, nil
}

var plainEntries = map[string]string{
	KindPasswordSet: "设了密码", KindReset: "重设了密码，给了设密码的链接", KindDisabled: "停用了账号", KindEnabled: "启用了账号",
	KindCodeSet: "设了验证码", KindCodeRemoved: "去掉了验证码", KindRecoverySet: "换了一套恢复码", KindFactorsReset: "清除了登录验证，要重新设",
}

func (s *Service) changeWords(from, to changed) string {
	var said []string
	if from.Name != to.Name {
		said = append(said, "姓名 "+from.Name+" 改成 "+to.Name)
	}
	if from.Role != to.Role || from.Place != to.Place || from.Unit != to.Unit {
		said = append(said, "岗位 "+s.postWords(from)+" 改成 "+s.postWords(to))
	}
	return strings.Join(said, "；")
}

func (s *Service) postWords(c changed) string {
	return SeatWords(s.places, Seat{Role: c.Role, Place: c.Place, Unit: c.Unit})
}
