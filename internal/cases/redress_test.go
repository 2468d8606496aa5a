package cases

import (
	"strings"
	"testing"

	"bianmin/internal/item"
)

// 行政复议 and the court are against acts of the administration alone.
func TestRedressByRegime(t *testing.T) {
	for regime, court := range map[item.Regime]bool{item.Licence: true, item.Relief: true, item.Insurance: true, item.Household: true,
		item.Confirmation: true, item.Service: false, item.Utility: false, item.Party: false} {
		said := redress(&item.Version{Definition: item.Definition{Regime: regime}})
		if strings.Contains(said, "行政复议") != court || said == "" {
			t.Errorf("%s: %s", regime, said)
		}
	}
}
