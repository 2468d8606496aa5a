package main

import (
	"fmt"
	"strings"

	"bianmin/internal/seal"
)

type journalCommand struct {
	Keys      journalKeys   `cmd:"" help:"List the public keys of the log, to be handed to whoever wants to hold us to it."`
	RotateKey journalRotate `cmd:"" help:"Make a new key that signs the log; the one before signs beside it until retire-key. A server takes it up when it starts again."`
	RetireKey journalRetire `cmd:"" help:"Let earlier keys sign no more; their public keys stay known."`
	AddSm2    journalSM2    `cmd:"" name:"add-sm2-key" help:"Make an SM2 key whose line stands beside the log's own on every head."`
}

type journalKeys struct{ where }

// Run lists the public keys.
func (c *journalKeys) Run() error {
	keys, err := seal.Load(c.config().KeyFile())
	if err != nil {
		return err
	}
	fmt.Println(strings.Join(keys.PublicKeys(), "\n"))
	return nil
}

type journalRotate struct{ where }

// Run adds a key.
func (c *journalRotate) Run() error {
	return c.change((*seal.Keys).RotateLog, "换了新的签名密钥，旧的在停用以前一起签。重新启动服务以后生效。公钥：")
}

type journalSM2 struct{ where }

// Run adds an SM2 key.
func (c *journalSM2) Run() error {
	return c.change((*seal.Keys).AddSM2, "加了国密（SM2）签名密钥。重新启动服务以后生效。公钥：")
}

type journalRetire struct{ where }

// Run retires the earlier keys.
func (c *journalRetire) Run() error {
	return c.change(func(k *seal.Keys) error { k.RetireLog(); return nil }, "旧密钥不再签名。重新启动服务以后生效。公钥都还认：")
}

// change alters the key file, and says so with the public keys that are known now.
func (w where) change(how func(*seal.Keys) error, said string) error {
	var keys []string
	err := seal.Update(w.config().KeyFile(), func(k *seal.Keys) error {
		err := how(k)
		keys = k.PublicKeys()
		return err
	})
	if err == nil {
		fmt.Println(said)
		fmt.Println(strings.Join(keys, "\n"))
	}
	return err
}
