package work

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"

	"bianmin/internal/cases"
	"bianmin/internal/db"
	"bianmin/internal/file"
	"bianmin/internal/gate"
	"bianmin/internal/problem"
	"bianmin/internal/tus"
	"bianmin/internal/web/ui"
)

// The uploads of a page's own script: the protocol of package tus, with the page's session.

// uploadBegin opens an upload to a case, or into the basket of a form whose case is not there yet.
func (s *Site) uploadBegin(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	meta, err := tus.Metadata(r.Header.Get("Upload-Metadata"))
	size, noSize := strconv.ParseInt(r.Header.Get("Upload-Length"), 10, 64)
	if err != nil || noSize != nil || r.Header.Get("Tus-Resumable") != tus.Version {
		s.refuseUpload(w, r, file.Upload{}, &problem.Problem{Kind: problem.Malformed, Code: "tus_version"})
		return
	}
	replaces, _ := strconv.Atoi(meta["replaces"]) // none is 0
	u, err := s.Files.Begin(r.Context(), file.Staff(actor), file.Beginning{Case: cases.Number(r.PathValue("number")), Basket: meta["basket"],
		Material: meta["material"], Replaces: replaces, Name: meta["filename"], Size: size})
	if err != nil {
		s.refuseUpload(w, r, u, err)
		return
	}
	w.Header().Set("Location", "/uploads/"+u.Token)
	uploadHead(w, u)
	w.WriteHeader(http.StatusCreated)
}

// uploadHead says how far an upload is.
func uploadHead(w http.ResponseWriter, u file.Upload) {
	h := ui.NoStore(w).Header()
	h.Set("Tus-Resumable", tus.Version)
	if u.Token == "" {
		return
	}
	h.Set("Upload-Offset", strconv.FormatInt(u.Offset, 10))
	h.Set("Upload-Length", strconv.FormatInt(u.Size, 10))
	h.Set("Upload-Expires", u.Expires.UTC().Format(http.TimeFormat))
	if u.File > 0 {
		h.Set("Bianmin-File", strconv.Itoa(u.File))
	}
}

func (s *Site) uploadOffset(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	u, err := s.Files.Upload(r.Context(), file.Staff(actor), r.PathValue("token"))
	if err != nil {
		s.refuseUpload(w, r, u, err)
		return
	}
	uploadHead(w, u)
}

func (s *Site) uploadPiece(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	offset, err := strconv.ParseInt(r.Header.Get("Upload-Offset"), 10, 64)
	if err != nil {
		s.refuseUpload(w, r, file.Upload{}, &problem.Problem{Kind: problem.Malformed, Code: "bad_request"})
		return
	}
	piece, err := io.ReadAll(r.Body) // the gate has read it, within its bounds
	if err != nil {
		s.refuseUpload(w, r, file.Upload{}, err)
		return
	}
	u, err := s.Files.Append(r.Context(), file.Staff(actor), r.PathValue("token"), offset, piece)
	if err != nil {
		s.refuseUpload(w, r, u, err)
		return
	}
	uploadHead(w, u)
	w.WriteHeader(http.StatusNoContent)
}

func (s *Site) uploadDrop(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	if err := s.Files.Drop(r.Context(), file.Staff(actor), r.PathValue("token")); err != nil {
		s.refuseUpload(w, r, file.Upload{}, err)
		return
	}
	uploadHead(w, file.Upload{})
	w.WriteHeader(http.StatusNoContent)
}

// uploadsList is what lies in a form's basket, for its script: what was photographed before the page was loaded again.
func (s *Site) uploadsList(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	list, err := s.Files.Basket(r.Context(), file.Staff(actor), r.URL.Query().Get("basket"))
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	ui.NoStore(w).Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(list) // a client that is gone reads nothing
}

func (s *Site) uploadThumb(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	b, err := s.Files.BasketThumb(r.Context(), file.Staff(actor), r.PathValue("token"))
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	writeFile(w, file.Content{Type: file.JPEG, Bytes: b}, "")
}

// refuseUpload says in plain words what is wrong: the script puts them at the field.
func (s *Site) refuseUpload(w http.ResponseWriter, r *http.Request, u file.Upload, err error) {
	var p *problem.Problem
	if !errors.As(err, &p) {
		s.Log.ErrorContext(r.Context(), "an upload could not be taken", "route", r.Pattern, "error", err)
		if p = db.Trouble(err); p == nil {
			p = &problem.Problem{Kind: problem.Unavailable, Code: "unavailable"}
		}
	}
	uploadHead(w, u)
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(statusFor(p))
	title, detail := pageWords(p)
	if len(p.Fields) > 0 {
		title, detail = p.Fields[0].Message, ""
	}
	_, _ = io.WriteString(w, withStop(title)+withStop(detail)) // a client that is gone reads nothing
}
