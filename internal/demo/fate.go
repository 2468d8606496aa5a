package demo

import (
	"math/rand/v2"
	"strings"

	"bianmin/internal/cases"
)

// fate draws what will become of it.
func (p *plan) fate(r *rand.Rand) {
	switch {
	case p.spot:
	case refusals[p.def.Code] != nil && chance(r, 13):
		p.end = refused
	case rejections[p.def.Code] != nil && chance(r, 16):
		p.end = notAccepted
	case chance(r, 3):
		p.end, p.after = withdrawn, 1+r.IntN(3)
	case chance(r, 2):
		p.end, p.after = void, 1
	}
	p.slow = chance(r, 14)
	if !p.spot && chance(r, 14) {
		p.leaveOut()
		if chance(r, 15) { // and does not come back
			p.stands = in(cases.Correcting)
		}
	}
	if s, ok := specials[p.def.Code]; ok && chance(r, 45) {
		p.special = &s
	}
	if !p.spot && chance(r, 5) {
		p.mistype()
	}
	p.sentBack, p.lookedAt = chance(r, 6), chance(r, 6)
}

// mistype puts a slip into what is typed at first: a digit of the telephone, or the number of the house.
func (p *plan) mistype() {
	if p.who.phone == "" {
		p.slip = &slip{field: cases.FieldAddress, right: p.who.address, reason: "门牌号录错了，照户口簿更正。"}
		p.who.address = strings.Replace(p.who.address, "号", "1号", 1)
		return
	}
	p.slip = &slip{field: cases.FieldPhone, right: p.who.phone, reason: "号码录错一位，和本人核对过。"}
	p.who.phone = mistyped(p.dice, p.who.phone)
}
