package work

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"bianmin/internal/problem"
)

// caseProof hands out the proof of one record as a file, which bianmin verify-proof checks without the database.
func (s *Site) caseProof(w http.ResponseWriter, r *http.Request) {
	number := r.PathValue("number")
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil || seq < 1 {
		s.Refuse(w, r, problem.ErrNotFound)
		return
	}
	proof, err := s.Prove(r.Context(), number, seq)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	body, err := json.MarshalIndent(proof, "", "  ")
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="proof-%s-%d.json"`, number, seq))
	w.Write(body)
}
