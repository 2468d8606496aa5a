package app_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bianmin/internal/cases"
	"bianmin/internal/paper"
	"bianmin/internal/seal"
)

// TestASealedPaper: signed by the station's key on issue, the same file again, found by its bytes, and an altered one is
// nobody's. What the applicant signs has no seal of the station.
func TestASealedPaper(t *testing.T) {
	eachLand(t, func(t *testing.T, l *land) {
		ctx := t.Context()
		for n, sm := range []bool{false, true} {
			if err := l.app.Keys.AddPlaceSeal("station:610881101000", "高家堡镇便民服务站", "6108811010001", sm, time.Now()); err != nil {
				t.Fatal(err)
			}
			v := l.does(ctx, clerk, l.files(ctx, clerk, gaoVillage), cases.Accept{})
			p, text := l.issues(clerk, v, paper.Acceptance)
			file, err := l.app.Papers.PDF(ctx, who(clerk), p.ID)
			if err != nil || !strings.Contains(text, "电子签章") || !strings.Contains(text, "6108811010001") {
				t.Fatal(explained(err), text)
			}
			g, code, err := l.app.Papers.GenuineFile(ctx, file)
			if err != nil || g.ID != p.ID || !g.Whole || g.Seal == nil || g.Seal.Number != "6108811010001" || code == "" {
				t.Fatalf("%+v %v", g, err)
			}
			packed, err := l.app.Papers.Zip(ctx, who(clerk), []paper.ID{p.ID})
			if err != nil {
				t.Fatal(err)
			}
			z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
			if err != nil || len(z.File) != 1 || z.File[0].Name != string(p.ID)+".pdf" {
				t.Fatalf("%v", err)
			}
			in, err := z.Open(z.File[0].Name)
			if err != nil {
				t.Fatal(err)
			}
			if inside, err := io.ReadAll(in); err != nil || !bytes.Equal(inside, file) {
				t.Errorf("in the zip stands another file than the one that was signed: %v", err)
			}
			altered := bytes.Replace(file, []byte("/Producer(bianmin)"), []byte("/Producer(bianmim)"), 1)
			if _, _, err := l.app.Papers.GenuineFile(ctx, altered); codeOf(err) != "no_such_paper" {
				t.Errorf("an altered file: %v", err)
			}
			again, err := l.app.Papers.PDF(ctx, who("inspector"), p.ID)
			if err != nil || !bytes.Equal(again, file) {
				t.Error("the file is another the second time")
			}
			keep(t, "sealed", file)
			if n == 0 {
				poppler(t, file)
			}
			if other, err := seal.Generate("other"); err != nil || other.Places != nil {
				t.Error(err)
			}
		}
		l.verifies()
	})
}

// poppler has its own reading of the signature: valid, over the whole file, by a certificate that it does not know.
func poppler(t *testing.T, file []byte) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := exec.CommandContext(t.Context(), "pdfsig", "-nocert", name).CombinedOutput() // it ends with 1 where it knows no authority
	if !bytes.Contains(out, []byte("Signature is Valid")) || !bytes.Contains(out, []byte("Total document signed")) {
		t.Errorf("pdfsig (poppler-utils): %s", out)
	}
}
