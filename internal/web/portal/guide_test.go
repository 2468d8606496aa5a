package portal

import (
	"strings"
	"testing"

	"bianmin/internal/guide"
)

// TestAPlaceToGoToShowsItsNumber, which cannot be tapped at a table or on paper.
func TestAPlaceToGoToShowsItsNumber(t *testing.T) {
	number := "0912-8331234"
	var page strings.Builder
	if err := whereLine(guide.Where{Service: "高家堡镇便民服务站", Telephone: &number}).Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	if said := saidBy(page.String()); !strings.Contains(said, number) || strings.Contains(said, "打电话") || !strings.Contains(page.String(), `href="tel:`+number+`"`) {
		t.Error(page.String())
	}
}
