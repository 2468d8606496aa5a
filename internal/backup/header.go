package backup

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"bianmin/internal/db"
	"bianmin/internal/seal"
)

// form is the first word of a backup; another form gets another.
const form = "bianmin-backup-1"

// Header says what a backup holds. It is the first line inside the seal.
type Header struct {
	Form   string    `json:"form"`
	Engine db.Engine `json:"engine"`
	// Entry is the journal's last number; Waiting are entries that PostgreSQL's keeper had not numbered yet.
	Entry   int64 `json:"entry"`
	Waiting int64 `json:"waiting"`
	// HeadSize is how many entries the last signed head covers.
	HeadSize int64 `json:"head_size"`
	// Bytes is the length of a SQLite database; of a dump it is not known beforehand.
	Bytes int64      `json:"bytes,omitempty"`
	Keys  *seal.Keys `json:"keys"`
}

func (h *Header) write(w io.Writer) error { return json.NewEncoder(w).Encode(h) }

// headerMost bounds the first line: what was sealed by somebody else must not fill the memory.
const headerMost = 1 << 20

func readHeader(r *bufio.Reader) (*Header, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		if err == nil {
			break
		}
		if !errors.Is(err, bufio.ErrBufferFull) || len(line) > headerMost {
			return nil, broken(err)
		}
	}
	h := &Header{}
	if err := json.Unmarshal(line, h); err != nil || h.Form != form || h.Keys == nil {
		return nil, ErrNotABackup
	}
	return h, nil
}

// String says what is in it, as the operator is told.
func (h *Header) String() string {
	said := fmt.Sprintf("到日志第 %d 条，签名的树头到第 %d 条", h.Entry, h.HeadSize)
	if h.Waiting > 0 {
		said += fmt.Sprintf("，另有 %d 条还没编号", h.Waiting)
	}
	return said
}
