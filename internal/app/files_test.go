package app_test

import (
	"bytes"
	"encoding/base64"
	bits "encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	files "bianmin/internal/file"
	"bianmin/internal/problem"
	"bianmin/internal/tus"
)

var resumable = header("Tus-Resumable", tus.Version)

// photograph is a picture like no other: a seed makes it.
func photograph(t *testing.T, seed uint64) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 500, 300))
	r := rand.New(rand.NewPCG(seed, 1))
	for y := range 300 {
		for x := range 500 {
			v := uint8(150 + r.IntN(100))
			img.SetRGBA(x, y, color.RGBA{v, v, v, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// actorOf is who an account is.
func (h *house) actorOf(t *testing.T, account string) access.Actor {
	t.Helper()
	a, err := h.app.Access.Account(t.Context(), account)
	if err != nil {
		t.Fatal(err)
	}
	return a.Actor()
}

// attached puts a photograph to the i-th material of a case.
func (h *house) attached(t *testing.T, account string, v cases.View, i int) cases.Attachment {
	t.Helper()
	f, err := h.app.Files.Put(t.Context(), h.actorOf(t, account), v.Number, files.For{Material: v.Materials[i].Name}, "a.jpg", photograph(t, rand.Uint64()))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// about is Upload-Metadata.
func about(pairs ...string) option {
	var list []string
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, pairs[i]+" "+base64.StdEncoding.EncodeToString([]byte(pairs[i+1])))
	}
	return header("Upload-Metadata", strings.Join(list, ","))
}

// begins opens an upload and gives its address.
func (c *client) begins(t *testing.T, at string, size int, with option) string {
	t.Helper()
	return c.send(t, http.MethodPost, at, nil, resumable, header("Upload-Length", strconv.Itoa(size)), with).want(t, 201).header.Get("Location")
}

func (c *client) sendsPiece(t *testing.T, at string, offset int, piece []byte) reply {
	t.Helper()
	return c.send(t, http.MethodPatch, at, piece, resumable, header("Upload-Offset", strconv.Itoa(offset)), header("Content-Type", tus.PieceType))
}

// sends brings all of a file, piece by piece.
func (c *client) sendsAll(t *testing.T, at string, content []byte) (last reply) {
	t.Helper()
	return c.sendsRest(t, at, 0, content)
}

func (c *client) sendsRest(t *testing.T, at string, offset int, content []byte) (last reply) {
	t.Helper()
	for ; offset < len(content); offset += files.PieceMost {
		last = c.sendsPiece(t, at, offset, content[offset:min(offset+files.PieceMost, len(content))])
	}
	return last
}

func (h *house) whole(t *testing.T, v cases.View) cases.View {
	t.Helper()
	return h.as(t, clerkOf(v)).get(t, path(v)).want(t, 200).view(t)
}

// TestAnUploadGoesOnWhereItStopped: the same piece twice does nothing twice, a piece too early neither; after a restart of
// the program it goes on; what is kept is there once, with its digest in the case's entry.
func TestAnUploadGoesOnWhereItStopped(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage)
		c, content := h.as(t, clerk), photograph(t, 1)
		content = append(content, make([]byte, 90_000)...) // what lies behind a picture is dropped
		at := c.begins(t, path(v, "uploads"), len(content), about("filename", "身份证.jpg", "material", v.Materials[0].Name))
		first, second := content[:files.PieceMost], content[files.PieceMost:files.PieceMost+1000]
		c.sendsPiece(t, at, 0, first).want(t, 204)
		if got := c.sendsPiece(t, at, 0, first).want(t, 409, "upload_elsewhere"); got.problem(t).Facts["offset"] != float64(len(first)) {
			t.Errorf("it goes on at %v", got.problem(t).Facts)
		}
		c.sendsPiece(t, at, len(first)+5, second).want(t, 409, "upload_elsewhere")
		c.sendsPiece(t, at, len(first), make([]byte, files.PieceMost+1)).want(t, 413, "piece_too_large")
		c.sendsPiece(t, at, len(first), second).want(t, 204)
		h.restart(t)
		c = h.as(t, clerk)
		offset := len(first) + len(second)
		if got := c.send(t, http.MethodHead, at, nil, resumable).want(t, 200); got.header.Get("Upload-Offset") != strconv.Itoa(offset) || got.header.Get("Upload-Length") != strconv.Itoa(len(content)) {
			t.Errorf("after the restart: %v", got.header)
		}
		for offset < len(content) {
			n := min(files.PieceMost, len(content)-offset)
			c.sendsPiece(t, at, offset, content[offset:offset+n]).want(t, 204)
			offset += n
		}
		c.sendsPiece(t, at, offset, []byte{}).want(t, 204) // its answer may have been lost
		c.sendsPiece(t, at, 0, first).want(t, 409, "upload_elsewhere")
		kept := h.whole(t, v).Files
		if len(kept) != 1 || kept[0].Material != v.Materials[0].Name || kept[0].By.Account != clerk || kept[0].Size > files.KeptMost {
			t.Fatalf("%+v", kept)
		}
		seen := c.get(t, path(v, "files", "1")).want(t, 200)
		if seen.header.Get("Content-Type") != "image/jpeg" || seen.header.Get("Cache-Control") != "no-store" || len(seen.raw) != kept[0].Size {
			t.Errorf("%v, %d bytes", seen.header, len(seen.raw))
		}
		h.verifies(t)
	})
}

// TestManyAtOnceAreEachThereOnce: ten uploads at the same time, each sent by two at once.
func TestManyAtOnceAreEachThereOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage)
		c := h.as(t, clerk)
		var all sync.WaitGroup
		for i := range 10 {
			content := photograph(t, uint64(100+i))
			at := c.begins(t, path(v, "uploads"), len(content), about("filename", "a.jpg", "material", v.Materials[i%2].Name))
			for range 2 {
				all.Go(func() { c.sendsAll(t, at, content) })
			}
		}
		all.Wait()
		digests := map[string]bool{}
		for _, f := range h.whole(t, v).Files {
			digests[f.Digest] = true
		}
		if len(digests) != 10 || len(h.whole(t, v).Files) != 10 {
			t.Errorf("%d files, %d different ones", len(h.whole(t, v).Files), len(digests))
		}
		h.verifies(t)
	})
}

// TestWhatAnUploadIsRefusedFor: at its field, also when asked again; nothing of it is kept.
func TestWhatAnUploadIsRefusedFor(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage)
		c := h.as(t, clerk)
		program := []byte("MZ\x90\x00 this program cannot be run in DOS mode")
		at := c.begins(t, path(v, "uploads"), len(program), about("filename", "身份证.jpg", "material", v.Materials[0].Name))
		c.sendsPiece(t, at, 0, program).at(t, "file:not_what_it_says")
		c.sendsPiece(t, at, len(program), []byte{}).at(t, "file:not_what_it_says")
		c.send(t, http.MethodDelete, at, nil).want(t, 204)
		c.send(t, http.MethodHead, at, nil, resumable).want(t, 404)
		begin := func(size string, with option) reply {
			return c.send(t, http.MethodPost, path(v, "uploads"), nil, resumable, header("Upload-Length", size), with)
		}
		begin("10", about("filename", "a.exe", "material", v.Materials[0].Name)).at(t, "file:unknown_type")
		begin("0", about("filename", "a.jpg", "material", v.Materials[0].Name)).at(t, "file:empty_file")
		begin("90000000", about("filename", "a.jpg", "material", v.Materials[0].Name)).at(t, "file:file_too_large")
		begin("10", about("filename", "a.jpg")).at(t, "material:required")
		begin("10", header("Upload-Metadata", "filename !!")).want(t, 400, "bad_request")
		c.send(t, http.MethodPost, path(v, "uploads"), nil, header("Upload-Length", "10")).want(t, 412, "tus_version")
		good := photograph(t, 2)
		at = c.begins(t, path(v, "uploads"), len(good), about("filename", "a.jpg", "material", "没有这份材料"))
		c.sendsAll(t, at, good).at(t, "material:unknown_material")
		if n := len(h.whole(t, v).Files); n != 0 {
			t.Errorf("%d files are kept", n)
		}
	})
}

// TestFilesAreTheCasesOwn: of another town's case and another account's upload there is nothing to be seen; each look is
// on record; after the decision nothing is added; what was received can be replaced and not removed.
func TestFilesAreTheCasesOwn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage)
		f := h.attached(t, clerk, v, 0)
		c, other := h.as(t, clerk), h.as(t, otherClerk)
		for _, address := range []string{path(v, "files", "1"), path(v, "files", "1", "thumb"), path(v, "looks")} {
			other.get(t, address).want(t, 404, "not_found")
			c.get(t, address).want(t, 200)
		}
		c.get(t, path(v, "files", "2")).want(t, 404)
		other.send(t, http.MethodPost, path(v, "uploads"), nil, resumable, header("Upload-Length", "9"), about("filename", "a.jpg", "material", "x")).want(t, 404, "not_found")
		at := c.begins(t, path(v, "uploads"), 9, about("filename", "a.jpg", "material", v.Materials[0].Name))
		other.send(t, http.MethodHead, at, nil, resumable).want(t, 404)
		other.sendsPiece(t, at, 0, []byte("x")).want(t, 404, "upload_gone")
		other.send(t, http.MethodDelete, at, nil).want(t, 404, "upload_gone")
		h.as(t, "inspector").get(t, path(v, "files", "1")).want(t, 403, "forbidden")

		var looks struct{ Looks []files.Seen }
		c.get(t, path(v, "looks")).want(t, 200).into(t, &looks)
		if len(looks.Looks) != 1 || looks.Looks[0].Account != clerk || looks.Looks[0].N != f.N || looks.Looks[0].Why != "download" {
			t.Errorf("%+v", looks)
		}

		v = h.whole(t, v)
		marked := h.as(t, desk).did(t, v, "unclear", form{"file": 1, "reason": "反光"})
		if marked.UnclearFiles != 1 || marked.Files[0].Unclear == nil {
			t.Errorf("%+v", marked.Files)
		}
		c.send(t, http.MethodDelete, path(v, "files", "1"), nil).want(t, 409, "file_on_record")
		good := photograph(t, 3)
		at = c.begins(t, path(v, "uploads"), len(good), about("filename", "a.jpg", "material", v.Materials[0].Name, "replaces", "1"))
		c.sendsAll(t, at, good).want(t, 204)
		v = h.whole(t, v)
		if v.UnclearFiles != 0 || len(v.Files) != 2 || v.Files[0].Present() || *v.Files[1].Replaces != 1 {
			t.Errorf("%+v", v.Files)
		}
		c.get(t, path(v, "files", "1")).want(t, 200) // on record
		v = c.did(t, v, "withdraw", form{"reason": someReason})
		c.send(t, http.MethodPost, path(v, "uploads"), nil, resumable, header("Upload-Length", "9"), about("filename", "a.jpg", "material", v.Materials[0].Name)).want(t, 409, "files_closed")
		h.verifies(t)
	})
}

// TestBeforeReceiptAFileCanBeTakenAway: its content is gone for good, and that it was there stays on record.
func TestBeforeReceiptAFileCanBeTakenAway(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage, func(f form) { f["channel"] = "online" })
		h.attached(t, clerk, v, 0)
		c := h.as(t, clerk)
		c.send(t, http.MethodDelete, path(v, "files", "1"), nil).want(t, 204)
		c.send(t, http.MethodDelete, path(v, "files", "1"), nil).want(t, 404)
		c.get(t, path(v, "files", "1")).want(t, 404)
		if n := len(h.whole(t, v).Files); n != 0 {
			t.Errorf("%d files", n)
		}
		h.verifies(t)
	})
}

// TestABasketBecomesTheCases: what was photographed before filing is claimed once, in order; what was still on its way
// goes to the case by itself.
func TestABasketBecomesTheCases(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage)
		c, a := h.as(t, clerk), h.actorOf(t, clerk)
		basket := "draft-" + string(v.Number)
		var pictures [3][]byte
		var at [3]string
		for i := range at {
			pictures[i] = photograph(t, uint64(10+i))
			at[i] = c.begins(t, "/api/v1/uploads", len(pictures[i]), about("filename", "a.jpg", "material", v.Materials[i%2].Name, "basket", basket))
		}
		c.sendsAll(t, at[0], pictures[0]).want(t, 204)
		c.sendsAll(t, at[1], pictures[1]).want(t, 204)
		c.sendsPiece(t, at[2], 0, pictures[2][:10]).want(t, 204)
		var list struct{ Uploads []files.Upload }
		c.get(t, "/api/v1/uploads?basket="+basket).want(t, 200).into(t, &list)
		if len(list.Uploads) != 3 || list.Uploads[0].State != files.Ready || list.Uploads[2].Offset != 10 {
			t.Errorf("%+v", list)
		}
		for range 2 {
			if _, err := h.app.Files.Claim(t.Context(), files.Staff(a), basket, v.Number); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(h.whole(t, v).Files); n != 2 {
			t.Fatalf("%d files, want 2", n)
		}
		c.sendsRest(t, at[2], 10, pictures[2]).want(t, 204)
		if got := h.whole(t, v).Files; len(got) != 3 || got[1].Material != v.Materials[1].Name {
			t.Errorf("%+v", got)
		}
		h.verifies(t)
	})
}

// TestOriginalsGoBack: what an agent took along is held until its owner has signed for it.
func TestOriginalsGoBack(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := application(h, oldAge, gaoVillage, newPerson())
		f["channel"] = "agent"
		c := h.as(t, agent)
		v := c.post(t, filing, f).want(t, 201).view(t)
		if len(v.Held) == 0 {
			t.Fatal("nothing is held")
		}
		name := v.Held[0].Name
		c.does(t, v, "give-back", form{"materials": []string{name}, "receiver": "", "signed": false}).want(t, 422)
		c.does(t, v, "give-back", form{"materials": []string{"没有这份"}, "receiver": "折桂英", "signed": true}).want(t, 422)
		held := len(v.Held)
		v = c.did(t, v, "give-back", form{"materials": []string{name}, "receiver": "折桂英", "signed": true})
		if len(v.Held) != held-1 || len(v.GivenBack) != 1 || v.GivenBack[0].Receiver != "折桂英" {
			t.Errorf("%+v, %+v", v.Held, v.GivenBack)
		}
		c.does(t, v, "give-back", form{"materials": []string{name}, "receiver": "折桂英", "signed": true}).want(t, 422+boolInt(len(v.Held) == 0)*(409-422))
		h.verifies(t)
	})
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestThePlainForm: without a script several files come at once; what is good is kept, what is not is said at its place.
func TestThePlainForm(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage)
		visitor := h.visitor(t)
		opens(t, visitor, http.MethodPost, h.server.URL+"/demo/enter", url.Values{"account": {clerk}})
		post := func(list map[string][]byte) (int, string) {
			var body bytes.Buffer
			w := multipart.NewWriter(&body)
			_ = w.WriteField("material", v.Materials[0].Name)
			for name, content := range list {
				part, _ := w.CreateFormFile("file", name)
				_, _ = part.Write(content)
			}
			_ = w.Close() // a buffer takes everything
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.server.URL+"/cases/"+string(v.Number)+"/files", &body)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", w.FormDataContentType())
			answer, err := visitor.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			var page bytes.Buffer
			_, _ = page.ReadFrom(answer.Body)
			return answer.StatusCode, page.String()
		}
		if status, page := post(map[string][]byte{"a.jpg": photograph(t, 20), "b.jpg": photograph(t, 21)}); status != 200 || !strings.Contains(page, "收下了 2 个文件") {
			t.Errorf("%d", status)
		}
		if status, page := post(map[string][]byte{"身份证.jpg": []byte("MZ program"), "b.jpg": photograph(t, 22)}); status != 422 || !strings.Contains(page, "内容不是，没有收") || !strings.Contains(page, "收下了 1 个") {
			t.Errorf("%d", status)
		}
		if status, page := post(nil); status != 422 || !strings.Contains(page, "请先选照片或者 PDF") {
			t.Errorf("%d", status)
		}
		if n := len(h.whole(t, v).Files); n != 3 {
			t.Errorf("%d files, want 3", n)
		}
	})
}

// clamdLike speaks clamd's protocol, and finds what says "EICAR".
func clamdLike(t *testing.T) (address string, stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				command := make([]byte, len("zINSTREAM\x00"))
				if _, err := readFull(conn, command); err != nil || string(command) != "zINSTREAM\x00" {
					return
				}
				var content bytes.Buffer
				for {
					var n [4]byte
					if _, err := readFull(conn, n[:]); err != nil {
						return
					}
					size := bits.BigEndian.Uint32(n[:])
					if size == 0 {
						break
					}
					piece := make([]byte, size)
					if _, err := readFull(conn, piece); err != nil {
						return
					}
					content.Write(piece)
				}
				answer := "stream: OK\x00"
				if bytes.Contains(content.Bytes(), []byte("EICAR")) {
					answer = "stream: Eicar-Test-Signature FOUND\x00"
				}
				_, _ = conn.Write([]byte(answer))
			}()
		}
	}()
	t.Cleanup(func() { l.Close() })
	return "tcp://" + l.Addr().String(), func() { l.Close() }
}

func readFull(conn net.Conn, b []byte) (int, error) {
	n := 0
	for n < len(b) {
		m, err := conn.Read(b[n:])
		if n += m; err != nil {
			return n, err
		}
	}
	return n, nil
}

// TestAScannerAtHand: what it finds is refused; when it is silent nothing is kept, and the same upload goes on afterwards.
func TestAScannerAtHand(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		v := h.filed(t, oldAge, gaoVillage)
		address, stop := clamdLike(t)
		h.config.Scanner = address
		defer func() { h.config.Scanner = ""; h.restart(t) }()
		h.restart(t)
		c := h.as(t, clerk)
		sends := func(content []byte) (string, reply) {
			at := c.begins(t, path(v, "uploads"), len(content), about("filename", "a.jpg", "material", v.Materials[0].Name))
			return at, c.sendsAll(t, at, content)
		}
		_, got := sends(append(photograph(t, 30), "EICAR"...))
		got.at(t, "file:malware")
		_, got = sends(photograph(t, 31))
		got.want(t, 204)
		stop()
		content, staff := photograph(t, 32), files.Staff(h.actorOf(t, clerk))
		at := c.begins(t, path(v, "uploads"), len(content), about("filename", "a.jpg", "material", v.Materials[0].Name))
		token := at[strings.LastIndex(at, "/")+1:]
		var err error
		for offset := 0; offset < len(content); offset += files.PieceMost {
			_, err = h.app.Files.Append(t.Context(), staff, token, int64(offset), content[offset:min(offset+files.PieceMost, len(content))])
		}
		var p *problem.Problem
		if !errors.As(err, &p) || p.Code != "scanner_silent" {
			t.Fatal(err)
		}
		if n := len(h.whole(t, v).Files); n != 1 {
			t.Errorf("%d files", n)
		}
		h.config.Scanner = ""
		h.restart(t)
		c = h.as(t, clerk)
		c.sendsPiece(t, at, len(content), []byte{}).want(t, 204)
		if n := len(h.whole(t, v).Files); n != 2 {
			t.Errorf("%d files", n)
		}
	})
}
