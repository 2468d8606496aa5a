package journey

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bianmin/internal/browser"
)

// asks gets an address as a citizen's browser does, and what came over the wire, still squeezed.
func asks(t *testing.T, address, held string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip")
	if held != "" {
		r.Header.Set("If-None-Match", held)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, body
}

// TestTheGuideOnPaper: one tap from the guide's page to the file; it says what the page says, for the place and the answer
// that stand in its address; whoever has it is not sent it again; what is not there is not found.
func TestTheGuideOnPaper(t *testing.T) {
	h := open(t)
	p := browser.New(t, browser.Phone, browser.NoScript)
	p.Open(h.url + "/guide/BM-001?s1=%E6%9C%89")
	href := browser.Eval[string](p, `document.querySelector(".take a").href`)
	if !strings.HasSuffix(href, "/guide/BM-001/guide.pdf?s1=%E6%9C%89") {
		t.Errorf("the page leads to %s", href)
	}
	answer, squeezed := asks(t, href+"&place=610881101000", "")
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "application/pdf" || answer.Header.Get("Content-Encoding") != "gzip" || len(squeezed) > 110<<10 {
		t.Errorf("%d %v, %d bytes", answer.StatusCode, answer.Header, len(squeezed))
	}
	tag := answer.Header.Get("ETag")
	if again, body := asks(t, href+"&place=610881101000", tag); tag == "" || again.StatusCode != http.StatusNotModified || len(body) > 0 {
		t.Errorf("who has %s is answered %d with %d bytes", tag, again.StatusCode, len(body))
	}
	plain, err := http.Get(href + "&place=610881101000")
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Body.Close()
	file, err := io.ReadAll(plain.Body)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "guide.pdf")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.CommandContext(t.Context(), "pdftotext", "-raw", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"申请低保", "残疾人证或者疾病诊断证明", "家里有残疾人，或者有得重病的人吗？有", "高家堡镇便民服务站", "20个工作日"} {
		if got := strings.Join(strings.Fields(string(text)), ""); !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	for address, want := range map[string]int{"/guide/BM-999/guide.pdf": 404, "/guide/nonsense/guide.pdf": 404, "/guide/BM-001/guide.pdf?place=1": 404,
		"/api/v1/guide/BM-001/guide.pdf?place=610881101000": 200, "/api/v1/guide/BM-999/guide.pdf": 404} {
		if answer, _ := asks(t, h.url+address, ""); answer.StatusCode != want {
			t.Errorf("%s is answered %d", address, answer.StatusCode)
		}
	}
	if answer, _ := asks(t, h.url+"/api/v1/guide/BM-001/guide.pdf?place=610881101000", asked(t, h.url)); answer.StatusCode != http.StatusNotModified {
		t.Errorf("over the API who has it is answered %d", answer.StatusCode)
	}
}

func asked(t *testing.T, url string) string {
	t.Helper()
	answer, _ := asks(t, url+"/api/v1/guide/BM-001/guide.pdf?place=610881101000", "")
	return answer.Header.Get("ETag")
}
