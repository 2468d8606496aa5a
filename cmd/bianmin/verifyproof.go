package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/mod/sumdb/note"

	"bianmin/internal/cases"
	"bianmin/internal/journal"
	"bianmin/internal/seal"
	"bianmin/internal/witness"
)

type verifyProofCommand struct {
	File    *os.File `arg:"" help:"The answer of GET /api/v1/cases/{number}/proof; - for standard input."`
	Key     string   `help:"The log's public key, as it was published; without it the one in the file is taken." placeholder:"VERIFIER"`
	Witness []string `help:"A witness who has to have cosigned the head, NAME+HASH+KEY; may be given several times." sep:"none" placeholder:"KEY"`
}

// Run checks a proof on a machine that has nothing but the file.
func (c *verifyProofCommand) Run() error {
	defer c.File.Close()
	return c.check(c.File, os.Stdout)
}

// errProof ends verify-proof with status 1; why is printed already.
var errProof = errors.New("the proof does not hold")

func (c *verifyProofCommand) check(file io.Reader, out io.Writer) error {
	p, err := journal.ReadProof(file)
	if err != nil {
		return refuse(out, err)
	}
	known, err := c.known(p)
	if err != nil {
		return refuse(out, err)
	}
	head, entry, err := p.Check(known)
	if err != nil {
		return refuse(out, err)
	}
	lines, err := witness.Cosignatures(p.Checkpoint, c.Witness)
	if err != nil {
		fmt.Fprintln(out, "不成立：见证人没有给这个树头签名，或者签名不对。")
		return fmt.Errorf("%w: %w", errProof, err)
	}
	fmt.Fprintf(out, "成立：%s 的日志，签名的树头有 %d 条，这是第 %d 条。\n", head.Origin, head.Size, entry.Number)
	fmt.Fprintf(out, "  %s 第 %d 次，%s，%s，经手 %s\n", entry.Subject, entry.Seq, cases.Kind(entry.Kind).Chinese(), shown(entry.At), entry.Actor)
	for _, l := range lines {
		fmt.Fprintf(out, "  见证：%s，%s\n", l.Name, shown(l.At))
	}
	if c.Key == "" {
		fmt.Fprintf(out, "公钥取自文件，请和公布的核对：%s\n", p.Verifier)
	}
	return nil
}

func (c *verifyProofCommand) known(p journal.Proof) (note.Verifier, error) {
	key := c.Key
	if key == "" {
		key = p.Verifier
	}
	v, err := seal.NewVerifier(key)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", journal.ErrProofHead, err)
	}
	return v, nil
}

// refuse says in Chinese what a proof does not show.
func refuse(out io.Writer, err error) error {
	why := "文件读不懂，不是一份证明。"
	switch {
	case errors.Is(err, journal.ErrProofHead):
		why = "树头不是这个日志签的，或者改动过。"
	case errors.Is(err, journal.ErrProofPath):
		why = "这一条不在签名的日志里。"
	case errors.Is(err, journal.ErrProofCommitment):
		why = "内容和日志里的不一致。"
	}
	fmt.Fprintln(out, "不成立："+why)
	return fmt.Errorf("%w: %w", errProof, err)
}

// shown is an instant as people here read it.
func shown(at time.Time) string {
	return at.In(time.FixedZone("Asia/Shanghai", 8*60*60)).Format("2006-01-02 15:04:05")
}
