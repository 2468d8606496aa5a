package item

import (
	"strings"
	"testing"
)

// 行政复议 and the court are against acts of the administration alone.
func TestRedressByRegime(t *testing.T) {
	for regime, court := range map[Regime]bool{Licence: true, Relief: true, Insurance: true, Household: true,
		Confirmation: true, Service: false, Utility: false, Party: false} {
		said := Definition{Regime: regime}.Redress("神木市人民政府")
		if strings.Contains(said, "向神木市人民政府申请行政复议") != court || said == "" {
			t.Errorf("%s: %s", regime, said)
		}
	}
}
