package counterwalk

import (
	"testing"

	"bianmin/internal/browser"
)

func TestLarge(t *testing.T) {
	h := build(t)
	p := browser.New(t)
	p.Open(h.address(clerk, "/counter?item=BM-001%26x&size=large"))
	p.Open(h.server.URL + "/counter?item=BM-001")
	p.WaitFocus("#f-applicant-name")
	who(p)
	p.Press("2", "b")
	p.WaitFocus(".why")
	p.Type("长子没有签名按手印")
	p.Press("Enter", "3", "q")
	p.WaitText("#c-out", "长子没有签名")
	shot(p, "l1")
	p.Press("Enter")
	p.WaitText(".actionbar .btn:not(.grey)", "发告知书")
	shot(p, "l2")
	q := browser.New(t, browser.Size(1280, 720))
	q.Open(h.address(clerk, "/counter?item=BM-015"))
	q.WaitFocus("#f-applicant-name")
	shot(q, "l3")
	q.Press("Escape")
	q.Press("a")
	q.WaitText("#c-said", "收到")
	shot(q, "l4")
}
