package demo

import (
	"fmt"
	"math/rand/v2"

	"bianmin/internal/calendar"
	"bianmin/internal/ident"
)

// today is the last day of what is told here.
var today = calendar.DateOf(Start)

// The area codes of Shenmu in people's numbers: as a county of the old prefecture, of 榆林市, and as a city.
const (
	areaPrefecture = "612722"
	areaCounty     = "610821"
	areaCity       = "610881"
)

var (
	countySince = calendar.NewDate(2000, 7, 1)
	citySince   = calendar.NewDate(2017, 7, 27)
)

func ageOf(born, on calendar.Date) int {
	age := on.Year() - born.Year()
	if calendar.NewDate(on.Year(), born.Month(), born.Day()).After(on) {
		age--
	}
	return age
}

func areaOf(born calendar.Date) string {
	switch {
	case born.Before(countySince):
		return areaPrefecture
	case born.Before(citySince):
		return areaCounty
	}
	return areaCity
}

// bornWithin draws a birth date of somebody whose age on a day lies between two years, both included.
func bornWithin(r *rand.Rand, from, to int, on calendar.Date) calendar.Date {
	oldest := calendar.NewDate(on.Year()-to-1, on.Month(), on.Day()+1)
	youngest := calendar.NewDate(on.Year()-from, on.Month(), on.Day())
	return oldest.AddDays(r.IntN(youngest.Sub(oldest) + 1))
}

// citizenNumber draws the number of somebody. The last character is found by asking the one rule there is for it.
func citizenNumber(r *rand.Rand, area string, born calendar.Date, male bool) string {
	order := 1 + r.IntN(499)*2 // odd: a man
	if !male {
		order++
	}
	body := fmt.Sprintf("%s%04d%02d%02d%03d", area, born.Year(), born.Month(), born.Day(), order)
	for _, last := range "0123456789X" {
		if n, err := ident.ParseCitizenNumber(body+string(last), today); err == nil {
			return string(n)
		}
	}
	return ""
}

// creditCode draws the code of an organisation: kind is 1 for a company, 3 for a farmers' cooperative.
func creditCode(r *rand.Rand, kind int) string {
	const letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	body := fmt.Sprintf("9%d%sMA70", kind, areaCounty)
	for range 4 {
		body += string(letters[r.IntN(len(letters))])
	}
	for _, inner := range "0123456789X" {
		for _, outer := range letters {
			if code, err := ident.ParseCreditCode(body + string(inner) + string(outer)); err == nil {
				return string(code)
			}
		}
	}
	return ""
}

var mobilePrefixes = words("130 131 133 135 136 137 138 139 150 151 152 153 156 158 159 177 180 182 183 186 187 188 189 191 199")

func mobile(r *rand.Rand) string {
	return fmt.Sprintf("%s%08d", pick(r, mobilePrefixes), r.IntN(100_000_000))
}

// mistyped is a mobile number with one digit wrong.
func mistyped(r *rand.Rand, phone string) string {
	wrong := []byte(phone)
	i := 3 + r.IntN(8)
	wrong[i] = '0' + (wrong[i]-'0'+1+byte(r.IntN(9)))%10
	return string(wrong)
}
