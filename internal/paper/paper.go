package paper

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/paper/internal/query"
	"bianmin/internal/print"
)

// Paper is one that was issued.
type Paper struct {
	ID       ID      `json:"id" doc:"610881101-2026-000421-7-03-1: case, kind, which of that kind; of a ledger 610881101000-20260310-13-1"`
	Kind     Kind    `json:"kind" enum:"01,02,03,04,05,06,07,08,09,10,11,12,13"`
	KindName string  `json:"kind_name"`
	Number   string  `json:"number" doc:"高家堡镇便民〔2026〕受字第 12 号"`
	Issuer   string  `json:"issuer"`
	At       string  `json:"at"`
	Replaces *ID     `json:"replaces" doc:"the paper that it corrects"`
	Replaced *ID     `json:"replaced_by" doc:"the paper that corrects it"`
	File     string  `json:"file" doc:"SHA-256 of the PDF"`
	Wording  *string `json:"wording" doc:"version of the place's wording that it was drawn by"`
}

// kept is every word of a paper, and what says whether another would say the same.
type kept struct {
	Sheet print.Sheet `json:"sheet"`
	Basis string      `json:"basis"` // digest of what it was written from
	Code  string      `json:"code"`  // whoever holds the paper has it
	For   string      `json:"for"`   // the applicant, masked; empty on a ledger
	Item  string      `json:"item"`  // of a ledger the day
	By    string      `json:"by"`    // who issues it
	// Signature is that of the seal over the file; a paper without a seal has none.
	Signature []byte `json:"signature,omitempty"`
	// Wording is the version of the place's wording that it was drawn by; empty when there was none.
	Wording string `json:"wording,omitempty"`
}

// issued is the entry of the journal: nothing personal, since whoever has the code sees it with its proof.
type issued struct {
	Kind     Kind   `json:"kind"`
	Number   string `json:"number"`
	Series   string `json:"series"`
	Year     int    `json:"year"`
	Serial   int64  `json:"serial"`
	About    int64  `json:"about"`
	Replaces ID     `json:"replaces,omitempty"`
	Words    string `json:"words"` // SHA-256 of all that is kept; the code in it keeps it from being guessed
	File     string `json:"file"`  // SHA-256 of the PDF
	Wording  string `json:"wording,omitempty"`
}

// kindIssued is the one kind of entry about a paper.
const kindIssued = "issued"

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// basisOf is the digest of what a paper is written from: two of one basis say the same.
func basisOf(w written) (string, error) {
	raw, err := json.Marshal(struct {
		From  issuer
		Words content
	}{w.from, w.words})
	return digest(raw), err
}

func readKept(r query.Paper) (k kept, err error) {
	if err = json.Unmarshal([]byte(r.Doc), &k); err != nil {
		err = fmt.Errorf("reading %s: %w", r.Subject, err)
	}
	return k, err
}

func paperOf(r query.Paper, k kept) Paper {
	p := Paper{ID: ID(r.Subject[len(subjectPrefix):]), Kind: Kind(r.Kind), KindName: Kind(r.Kind).Chinese(), Number: k.Sheet.Number, Issuer: k.By,
		At: time.UnixMicro(r.At).In(calendar.Shanghai).Format(time.RFC3339), File: r.File}
	if k.Wording != "" {
		p.Wording = &k.Wording
	}
	if r.Replaces != "" {
		id := ID(r.Replaces)
		p.Replaces = &id
	}
	return p
}

// sheet lays a paper out. The number and the date are those of its issue; replaces is the number of the paper that this
// one corrects.
func (w spoken) sheet(kind kindOf, number string, on calendar.Date, replaces string) print.Sheet {
	size, to, blocks := w.words.body()
	blocks = append(blocks, texts(strings.Split(w.wording.Paragraph, "\n")...)...)
	if replaces != "" {
		blocks = append(blocks, print.Block{Text: "本文书替代" + replaces + "，原来的那份作废。"})
	}
	contact := w.wording.Contact
	if contact == "" && size != print.Wide {
		contact = w.reach
	}
	blocks = append(blocks, texts(w.wording.Closing, contact)...)
	if _, own := w.words.(interface{ ownHand() }); own {
		return print.Sheet{Edition: print.Edition, Size: size, Title: []string{kind.Chinese}, Number: number, To: to, Body: blocks}
	}
	heading := w.from.Name
	if w.wording.Heading != "" {
		heading = w.wording.Heading
	}
	return print.Sheet{Edition: print.Edition, Size: size, Title: []string{heading, kind.Chinese}, Number: number, To: to, Body: blocks, Signer: w.from.Name, Date: dayWords(on)}
}

// number is a paper's number as it is written.
func number(from issuer, kind kindOf, year int, serial int64) string {
	return fmt.Sprintf("%s〔%d〕%s字第 %d 号", from.Prefix, year, kind.word, serial)
}

// Sample is a paper that is not issued: to look at.
type Sample struct {
	Sheet print.Sheet
	File  []byte
}
