package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"bianmin/internal/backup"
)

// passphrase is where the passphrase of a backup comes from: a file, the environment, or the terminal. Never the
// command line, which every user of the machine can read.
type passphrase struct {
	PassphraseFile string `help:"File whose first line is the passphrase." type:"existingfile"`
}

// ask gives the passphrase; on a terminal a new one is asked twice.
func (p passphrase) ask(isNew bool) (backup.Passphrase, error) {
	text, err := p.text(isNew)
	if err != nil {
		return backup.Passphrase{}, err
	}
	return backup.NewPassphrase(text)
}

func (p passphrase) text(isNew bool) (string, error) {
	if p.PassphraseFile != "" {
		raw, err := os.ReadFile(p.PassphraseFile)
		line, _, _ := strings.Cut(string(raw), "\n")
		return strings.TrimSuffix(line, "\r"), err
	}
	if text, ok := os.LookupEnv("BIANMIN_PASSPHRASE"); ok {
		return text, nil
	}
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return "", errors.New("没有口令。请用 --passphrase-file、环境变量 BIANMIN_PASSPHRASE，或者在终端里输入")
	}
	text, err := typed("备份的口令：")
	if err != nil || !isNew {
		return text, err
	}
	again, err := typed("再输一遍：")
	if err == nil && again != text {
		err = errors.New("两遍不一样，没有备份。请再来一次")
	}
	return text, err
}

// typed reads a line that does not show.
func typed(prompt string) (string, error) {
	fmt.Fprint(os.Stderr, prompt)
	raw, err := term.ReadPassword(int(os.Stdin.Fd()))
	fmt.Fprintln(os.Stderr)
	return string(raw), err
}
