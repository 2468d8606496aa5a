package work

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/file"
	"bianmin/internal/gate"
	"bianmin/internal/place"
	"bianmin/internal/problem"
	"bianmin/internal/tus"
	"bianmin/internal/web/ui"
)

// registerFiles declares the pages of photographs and scans.
func (s *Site) registerFiles(g *gate.Gate) {
	add := func(route gate.Route, h http.HandlerFunc) {
		s.needs[route.Pattern] = route.Permission
		g.Handle(route, h)
	}
	add(gate.Route{Pattern: "POST /cases/{number}/uploads", Permission: access.AttachFile, OfCase: true}, s.uploadBegin)
	add(gate.Route{Pattern: "POST /uploads", Permission: access.AttachFile}, s.uploadBegin)
	add(gate.Route{Pattern: "GET /uploads", Permission: access.AttachFile}, s.uploadsList)
	add(gate.Route{Pattern: "HEAD /uploads/{token}", Permission: access.AttachFile}, s.uploadOffset)
	add(gate.Route{Pattern: "PATCH /uploads/{token}", Permission: access.AttachFile, Raw: tus.PieceType, RawMost: file.PieceMost}, s.uploadPiece)
	add(gate.Route{Pattern: "DELETE /uploads/{token}", Permission: access.AttachFile}, s.uploadDrop)
	add(gate.Route{Pattern: "GET /uploads/{token}/thumb", Permission: access.AttachFile}, s.uploadThumb)
	add(gate.Route{Pattern: "POST /cases/{number}/files", Permission: access.AttachFile, OfCase: true}, s.filesPost)
	add(gate.Route{Pattern: "GET /cases/{number}/files/{file}", Permission: access.SeeFile, OfCase: true}, s.fileView)
	add(gate.Route{Pattern: "GET /cases/{number}/files/{file}/content", Permission: access.SeeFile, OfCase: true}, s.fileContent)
	add(gate.Route{Pattern: "GET /cases/{number}/files/{file}/thumb", Permission: access.SeeFile, OfCase: true}, s.fileThumb)
	add(gate.Route{Pattern: "POST /cases/{number}/files/{file}/remove", Permission: access.AttachFile, OfCase: true}, s.fileRemove)
	add(gate.Route{Pattern: "GET /cases/{number}/looks", Permission: access.ReadCases, OfCase: true}, s.looks)
}

// fileOf reads which file an address names.
func fileOf(r *http.Request) (cases.Number, int, error) {
	n, err := strconv.Atoi(r.PathValue("file"))
	if err != nil || n < 1 || strconv.Itoa(n) != r.PathValue("file") {
		return "", 0, problem.ErrNotFound
	}
	return cases.Number(r.PathValue("number")), n, nil
}

// writeFile writes what belongs to one person and is kept in no browser.
func writeFile(w http.ResponseWriter, c file.Content, download string) {
	h := ui.NoStore(w).Header()
	h.Set("Content-Type", string(c.Type))
	h.Set("Content-Length", strconv.Itoa(len(c.Bytes)))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	if c.Type == file.PDF && download == "" {
		// A page of ours shows it beside the form. The browser's own viewer does not work in a sandbox; the type is fixed
		// (nosniff), so that nothing in the file runs as ours.
		h.Set("Content-Security-Policy", "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'")
		h.Set("X-Frame-Options", "SAMEORIGIN")
	}
	if download != "" {
		h.Set("Content-Disposition", `attachment; filename="`+download+`"`)
	}
	w.Write(c.Bytes)
}

// fileContent is the picture itself. Each look is on record, the downloading too.
func (s *Site) fileContent(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	number, n, err := fileOf(r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	why, name := "view", ""
	if r.URL.Query().Has("download") {
		why, name = "download", fmt.Sprintf("%s-%d", number, n)
	}
	c, err := s.Files.Look(r.Context(), actor, number, n, why)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	if name != "" {
		name += map[file.Kind]string{file.JPEG: ".jpg", file.PDF: ".pdf"}[c.Type]
	}
	writeFile(w, c, name)
}

func (s *Site) fileThumb(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	number, n, err := fileOf(r)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	b, err := s.Files.Thumb(r.Context(), actor, number, n)
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	writeFile(w, file.Content{Type: file.JPEG, Bytes: b}, "")
}

func (s *Site) fileRemove(w http.ResponseWriter, r *http.Request) {
	actor, _ := gate.Actor(r.Context())
	number, n, err := fileOf(r)
	if err == nil {
		err = s.Files.Remove(r.Context(), actor, number, n)
	}
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	redirect(w, r, casePath(number)+"#materials")
}

func (s *Site) whereOf(code place.Code) string {
	if p, ok := s.Places.Place(code); ok {
		return p.Name
	}
	return ""
}

// claim puts what was photographed on the form to the case that came of it. Pressed again after a failure, the form gives
// the same case, and each photograph is there once.
func (w counterWork) claim(ctx context.Context, number cases.Number) error {
	if w.site.Files == nil {
		return nil
	}
	_, err := w.site.Files.Claim(ctx, file.Staff(w.actor), w.form.Key, number)
	return err
}
