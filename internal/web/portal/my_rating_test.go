package portal

import (
	"strings"
	"testing"
	"time"

	"bianmin/internal/rating"
)

// TestTheAnswerToARatingTellsItsDaysApart: the call comes within working days, the change is counted in days of any kind.
func TestTheAnswerToARatingTellsItsDaysApart(t *testing.T) {
	var page strings.Builder
	if err := followRatePaper(followRatePage{Done: true, Call: 5, Change: int(rating.ChangeWithin / (24 * time.Hour))}).Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"站长 5 个工作日里给您打电话", "从第一次评价起 5 天里都可以来改，周末和放假的日子也算在里面"} {
		if said := saidBy(page.String()); !strings.Contains(said, want) {
			t.Errorf("does not say %q:\n%s", want, said)
		}
	}
}
