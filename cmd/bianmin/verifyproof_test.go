package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"bianmin/internal/journal"
	"bianmin/internal/seal"
)

// proven is the proof of one entry of a log of two, as its file has it.
func proven(t *testing.T) (file []byte, key string) {
	t.Helper()
	keys, err := seal.Generate("bianmin.610881000000")
	if err != nil {
		t.Fatal(err)
	}
	signers, err := keys.Signers()
	if err != nil {
		t.Fatal(err)
	}
	body := `6:case/1,1:2,16:1773109200000000,8:accepted,15:clerk-610881101,~,~,2:{},`
	salt, other := seal.Salt(), tlog.RecordHash([]byte("another"))
	leaf := seal.Commit(salt, []byte(body))
	root := tlog.NodeHash(tlog.RecordHash(leaf[:]), other)
	head, err := note.Sign(&note.Note{Text: "bianmin.610881000000\n2\n" + root.String() + "\n"}, signers...)
	if err != nil {
		t.Fatal(err)
	}
	file, err = json.Marshal(journal.Proof{Size: 2, Leaf: leaf[:], Hashes: [][]byte{other[:]}, Checkpoint: string(head), Salt: salt, Body: body, Verifier: keys.Verifier})
	if err != nil {
		t.Fatal(err)
	}
	return file, keys.Verifier
}

func TestAProofIsCheckedWithoutTheData(t *testing.T) {
	file, key := proven(t)
	for _, c := range []verifyProofCommand{{}, {Key: key}} {
		var out bytes.Buffer
		if err := c.check(bytes.NewReader(file), &out); err != nil {
			t.Fatal(err)
		}
		at := time.UnixMicro(1773109200000000).UTC().Add(8 * time.Hour).Format("2006-01-02 15:04:05")
		for _, want := range []string{"成立：bianmin.610881000000 的日志，签名的树头有 2 条，这是第 1 条", "case/1 第 2 次", "受理", "clerk-610881101", at} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("no %q in %s", want, out.String())
			}
		}
		if strings.Contains(out.String(), key) != (c.Key == "") {
			t.Errorf("whose key: %s", out.String())
		}
	}
}

func TestAProofThatDoesNotHoldIsRefused(t *testing.T) {
	file, key := proven(t)
	_, other := proven(t)
	for what, tt := range map[string]struct {
		c    verifyProofCommand
		file string
		said string
	}{
		"another log's key":   {verifyProofCommand{Key: other}, string(file), "不成立：树头"},
		"no key":              {verifyProofCommand{Key: "x"}, string(file), "不成立：树头"},
		"another key inside":  {verifyProofCommand{}, strings.Replace(string(file), key, other, 1), "不成立：树头"},
		"no witness":          {verifyProofCommand{Key: key, Witness: []string{key}}, string(file), "不成立：见证人"},
		"index":               {verifyProofCommand{Key: key}, strings.Replace(string(file), `"index":0`, `"index":1`, 1), "不成立：这一条"},
		"body":                {verifyProofCommand{Key: key}, strings.Replace(string(file), "accepted", "rejected", 1), "不成立：内容"},
		"the file is cut":     {verifyProofCommand{Key: key}, string(file[:len(file)-9]), "不成立：文件"},
		"the file is no file": {verifyProofCommand{Key: key}, "", "不成立：文件"},
	} {
		var out bytes.Buffer
		if err := tt.c.check(strings.NewReader(tt.file), &out); err == nil || !strings.HasPrefix(out.String(), tt.said) {
			t.Errorf("%s: %v, %s", what, err, out.String())
		}
	}
}
