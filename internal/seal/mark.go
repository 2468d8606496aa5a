package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
)

// Marks tell keys apart without telling anything of them: a keyed fingerprint each, to be kept where the data are, so
// that a program with other keys stops before it seals or looks anything up.
type Marks struct {
	Index   string         `json:"index"`
	Sealing map[int]string `json:"sealing"`
}

// Misfit says that the data were sealed with keys that are not at hand, and which.
type Misfit struct {
	Sealing int  // the number of a sealing key; 0 is the key of the search indexes
	Missing bool // rather than another one
}

func (m *Misfit) Error() string {
	switch {
	case m.Sealing == 0:
		return "these are not the keys of this data: the key of the search indexes is another one"
	case m.Missing:
		return fmt.Sprintf("these are not the keys of this data: sealing key %d is missing", m.Sealing)
	}
	return fmt.Sprintf("these are not the keys of this data: sealing key %d is another one", m.Sealing)
}

// Marks gives the marks of the keys at hand, beside those known before: a dropped key keeps its mark.
func (k *Keys) Marks(before Marks) Marks {
	m := Marks{Index: mark(k.Index), Sealing: map[int]string{}}
	for n, known := range before.Sealing {
		m.Sealing[n] = known
	}
	for i, key := range k.Sealing {
		if key != nil {
			m.Sealing[i+1] = mark(key)
		}
	}
	return m
}

// Fit says nothing when the keys are those that made the marks, else with a *Misfit what is wrong first; a key that was
// dropped on purpose is not missed.
func (k *Keys) Fit(m Marks) error {
	if mark(k.Index) != m.Index {
		return &Misfit{}
	}
	for _, n := range slices.Sorted(maps.Keys(m.Sealing)) {
		switch {
		case n < 1 || n > len(k.Sealing):
			return &Misfit{Sealing: n, Missing: true}
		case k.Sealing[n-1] != nil && mark(k.Sealing[n-1]) != m.Sealing[n]:
			return &Misfit{Sealing: n}
		}
	}
	return nil
}

func mark(key []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("bianmin key mark"))
	return hex.EncodeToString(h.Sum(nil)[:8])
}
