package item

import (
	"strings"

	"bianmin/internal/calendar"
)

// licenceDays: a licence is decided within 20 working days (行政许可法 Art. 42), and a law may
// only shorten that.
const licenceDays = 20

func (d Definition) checkLimits(f *findings) {
	legal, promised := d.Limits.Legal, d.Limits.Promised
	if err := promised.Validate(); err != nil {
		f.add("limits.promised", "limit", "%s", err)
	}
	f.require((promised.Days == 0) == d.SpotFinish(), "limits.promised.days", "kind",
		"即办件的承诺时限是0天，承诺件至少1天")
	if d.Regime == Licence {
		f.require(legal != nil && legal.Unit == calendar.Working && legal.Days <= licenceDays, "limits.legal", "licence_limit",
			"行政许可的法定时限不超过%d个工作日（行政许可法第四十二条）", licenceDays)
	}
	if legal == nil {
		return
	}
	if err := legal.Validate(); err != nil {
		f.add("limits.legal", "limit", "%s", err)
	}
	f.require(legal.Unit == promised.Unit || promised.Days == 0, "limits", "units", "法定时限和承诺时限要用同一种天数")
	f.require(promised.Days <= legal.Days, "limits.promised.days", "promised_longer", "承诺时限不能比法定时限长")
}

func (d Definition) checkFee(f *findings) {
	f.text("fee.text", d.Fee.Text)
	f.optional("fee.basis", d.Fee.Basis)
	f.require(!d.Fee.Charged || d.Fee.Basis != nil, "fee.basis", "fee_basis", "收费要写明依据")
	f.require(d.Fee.Charged || strings.Contains(d.Fee.Text, "不收费"), "fee.text", "fee_text", "不收费的要写“不收费”")
	f.require(!d.Fee.Charged || d.Regime != Licence, "fee.charged", "licence_fee", "行政许可不收费（行政许可法第五十八条）")
}
