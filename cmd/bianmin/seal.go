package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"bianmin/internal/app"
	"bianmin/internal/place"
	"bianmin/internal/print"
	"bianmin/internal/seal"
)

type keysSeal struct {
	where
	Place  string `help:"Division code of the station, 12 digits." xor:"whose" required:""`
	Unit   string `help:"Code of the unit." xor:"whose" required:""`
	Number string `help:"The seal's number, as registered." required:""`
	SM2    bool   `name:"sm2" help:"Sign by SM2 and SM3 instead of ECDSA and SHA-256."`
}

// sealNumberMost is the most digits that a seal's number has.
const sealNumberMost = 20

// Run makes the seal.
func (c *keysSeal) Run() error {
	for _, r := range c.Number {
		if r < '0' || r > '9' || len(c.Number) > sealNumberMost {
			return fmt.Errorf("章的编号是数字，最多 %d 位", sealNumberMost)
		}
	}
	return c.with(func(_ context.Context, a *app.App) error {
		series, name := "unit:"+c.Unit, ""
		if c.Unit != "" {
			if u, known := a.City.Places.Unit(c.Unit); known {
				name = u.Name
			}
		} else if p, known := a.City.Places.Place(place.Code(c.Place)); known && p.Code.IsTown() {
			series, name = "station:"+c.Place, p.Service
		}
		if name == "" {
			return errors.New("没有这个服务站或者部门")
		}
		if err := seal.Update(a.KeyFile(), func(k *seal.Keys) error { return k.AddPlaceSeal(series, name, c.Number, c.SM2, time.Now()) }); err != nil {
			return err
		}
		fmt.Printf("%s的电子签章做好了，编号 %s。以后出的文书都由它签名，不用重启。\n证书是自己签的，要有法律上的效力，请由依法设立的认证机构认证公钥。请重新备份一次密钥。\n", name, c.Number)
		return nil
	})
}

type verifyPaperCommand struct {
	where
	File *os.File `arg:"" help:"The paper, as it was sent."`
}

// Run checks the seal of a paper against the key file.
func (c *verifyPaperCommand) Run() error {
	defer c.File.Close()
	file, err := io.ReadAll(c.File)
	if err != nil {
		return err
	}
	keys, err := seal.Load(c.config().KeyFile())
	if err != nil {
		return err
	}
	signature, signed, err := print.Signature(file)
	if err != nil {
		fmt.Println("不成立：这个文件没有电子签章，或者签章没有盖住整个文件。")
		return err
	}
	by, err := keys.Sealed(signature, signed)
	if err != nil {
		fmt.Println("不成立：不是我们的签章，或者文件被改过。")
		return err
	}
	fmt.Printf("成立：%s的电子签章，编号 %s，文件没有改过。\n", by.Name, by.Number)
	return nil
}
