package journey

import (
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/browser"
	"bianmin/internal/file"
	"bianmin/internal/paper"
)

// TestAPDFStandsBesideTheForm: a scan as PDF is shown in the page, in a frame of our own server, with the answers beside it.
func TestAPDFStandsBesideTheForm(t *testing.T) {
	h := open(t)
	v := h.examined(t)
	agent := access.Actor{Account: theAgent, Name: "白伟", Role: access.Agent, Place: "610881101200"}
	p0, _, err := h.Papers.Issue(t.Context(), agent, v.Number, paper.Acceptance)
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := h.Papers.PDF(t.Context(), agent, p0.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Files.Put(t.Context(), agent, v.Number, file.For{Material: v.Materials[0].Name}, "扫描.pdf", pdf); err != nil {
		t.Fatal(err)
	}
	p := browser.New(t)
	h.signIn(p, townDesk)
	p.Open(h.url + "/cases/" + string(v.Number) + "/files/1")
	p.WaitVisible("iframe.pdf")
	p.WaitVisible("#decide")
	// A frame that a policy stops is an error page of the browser's own, which no script of ours may look into.
	p.WaitFor("the frame has the file", `(() => { try { const f = document.querySelector("iframe.pdf"); return f.contentDocument !== null && f.contentWindow.location.pathname.endsWith("/content") } catch (e) { return false } })()`)
}
