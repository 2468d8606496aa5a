package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"bianmin/internal/app"
	"bianmin/internal/db"
	"bianmin/internal/demo"
)

type serveCommand struct {
	where
	Listen        string   `help:"Address to serve on." default:"127.0.0.1:8080"`
	Public        string   `help:"Where citizens reach the program; the codes on papers lead there. The address it serves on, when left out." placeholder:"URL"`
	Proxy         []string `help:"The web server in front, by its network or address, whose X-Forwarded-For and X-Forwarded-Proto are believed: 127.0.0.1/32; several by commas. Without it these headers are never believed." env:"BIANMIN_PROXY" placeholder:"CIDR"`
	Scanner       string   `help:"Where clamd listens, to scan what is uploaded: tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl." placeholder:"URL"`
	Witness       []string `help:"A witness that cosigns the log's heads, NAME+HASH+KEY@URL (C2SP tlog-witness); may be given several times." sep:"none" placeholder:"WITNESS"`
	WitnessQuorum int      `help:"How many witnesses are enough; more than half of them when left out."`
	SMS           string   `name:"sms" help:"Where messages to telephones are handed over by SMPP 3.4: smpp://USER:PASSWORD@HOST:PORT?from=NUMBER (smpps:// with TLS). Without it citizens cannot sign in, but follow by number." env:"BIANMIN_SMS" placeholder:"URL"`
	SMSPassword   string   `name:"sms-password" help:"The password for it, best given by the environment." env:"BIANMIN_SMS_PASSWORD" placeholder:"PASSWORD"`
	MetricsToken  string   `name:"metrics-token" help:"What a monitoring system on another machine shows as its bearer token to read /metrics; without one this machine alone reads it." env:"BIANMIN_METRICS_TOKEN" placeholder:"TOKEN"`
	Demo          bool     `help:"Run the demonstration: Shenmu with accounts and cases, on a clock of its own."`
}

// graceful is how long requests in hand have to end after the program is told to.
const graceful = 4 * time.Second

// Run serves until the program is told to end.
func (s *serveCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	listener, err := listen(s.Listen)
	if err != nil {
		return err
	}
	config := s.config()
	config.Public = cmp.Or(strings.TrimRight(s.Public, "/"), "http://"+listener.Addr().String())
	config.Proxies = s.Proxy
	config.SMS, config.SMSPassword, config.MetricsToken = s.SMS, s.SMSPassword, s.MetricsToken
	config.Demo, config.Scanner, config.Witnesses, config.WitnessQuorum = s.Demo, s.Scanner, s.Witness, s.WitnessQuorum
	a, err := app.Open(ctx, config, db.Serving)
	if errors.Is(err, db.ErrInUse) {
		return &exit{1, said(err) + "（" + s.Data + "）"}
	}
	if err != nil {
		return err
	}
	a.Start(ctx)
	app.CollectSeldom()
	server := &http.Server{Handler: a, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(config.Log.Handler(), slog.LevelWarn)}
	s.greet(ctx, a, "http://"+listener.Addr().String())
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err = <-served:
	case <-ctx.Done():
		stop() // a second signal ends it at once
		ending, cancel := context.WithTimeout(context.Background(), graceful)
		defer cancel()
		err = server.Shutdown(ending)
	}
	return errors.Join(err, a.Close())
}

// listen takes the address; a busy one is said, with what to do.
func listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("地址 %s 已经有别的程序在用\n  请先停掉它，或者换一个：bianmin serve --listen 127.0.0.1:8081（make run LISTEN=127.0.0.1:8081）", address)
	}
	return listener, err
}

// greet says where to look and how to sign in. address is where it serves; a session that https alone carries needs the
// public one.
func (s *serveCommand) greet(ctx context.Context, a *app.App, address string) {
	if strings.HasPrefix(a.Public, "https://") {
		address = a.Public
	}
	fmt.Printf("\n  便民服务平台  %s\n", address)
	if s.Demo {
		fmt.Printf("\n  演示：打开网页，点一个岗位就能试。\n")
		fmt.Printf("  也可以登录：clerk-610881101（高家堡镇窗口）、desk-610881101、head-610881101、\n")
		fmt.Printf("  agent-610881101200（高家堡村代办员）、unit-minzheng（市民政局）、supervisor、inspector、admin\n")
		fmt.Printf("  密码都是 %s\n", demo.Password)
		fmt.Printf("  从头再来：make reset\n\n")
		return
	}
	account, err := a.Access.Account(ctx, "admin")
	if err == nil && !account.HasPassword() {
		token, err := a.Access.LinkToken(ctx, account.Account)
		if err == nil {
			fmt.Printf("\n  第一次使用，请打开这个一次性链接，设置系统管理员（admin）的密码：\n  %s/set-password?token=%s\n\n", address, token)
		}
	}
}
