package work

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/ident"
	"bianmin/internal/problem"
)

// wholeNumber is how many characters a citizen number and a credit code have. Before them nothing is said about one
// that is being typed.
const wholeNumber = 18

// greenAge is from what age the green channel opens by itself (M21).
const greenAge = 70

// The values of the choice of green channel beside the kinds themselves.
const (
	greenByAge = ""   // as the age has it
	greenNone  = "no" // not wanted
)

// greenElder is the kind that the age opens.
const greenElder = "老年人"

// greenKinds are those whom the green channel is for.
var greenKinds = []string{greenElder, "残疾人", "孕产妇", "军人"}

// heard is what a complete number says: who that is, or what is wrong with it.
type heard struct {
	Words string // 女，71 岁
	Wrong string
	Elder bool // old enough for the green channel
	Age   int  // whole years; of a person alone
}

// hear reads a number while it is being typed. Incomplete ones say nothing: nobody is nagged before the last character.
func hear(kind cases.ApplicantKind, typed string, today calendar.Date) heard {
	if charactersOf(typed) < wholeNumber {
		return heard{}
	}
	if kind == cases.AnOrganisation {
		if _, err := ident.ParseCreditCode(typed); err != nil {
			return heard{Wrong: err.Error()}
		}
		return heard{Words: "代码核对无误"}
	}
	number, err := ident.ParseCitizenNumber(typed, today)
	if err != nil {
		return heard{Wrong: err.Error()}
	}
	return heardOf(number.Male(), number.Age(today))
}

// heardOf words sex and age in whole years.
func heardOf(male bool, age int) heard {
	sex := "女"
	if male {
		sex = "男"
	}
	return heard{Words: sex + "，" + strconv.Itoa(age) + " 岁", Elder: age >= greenAge, Age: age}
}

// charactersOf counts what was typed without the gaps that people put into numbers.
func charactersOf(s string) int {
	return utf8.RuneCountInString(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) {
			return -1
		}
		return r
	}, s))
}

// greenOf is the kind under which the green channel opens; empty when it does not.
func greenOf(choice string, h heard) string {
	switch {
	case choice == greenNone:
		return ""
	case choice == greenByAge && h.Elder:
		return greenElder
	}
	return choice
}

// check looks at what was typed about the applicant before the page goes on to its last look. The service looks again
// when the application is filed; both ask the same parsers.
func (f counterForm) check(today calendar.Date) []problem.Field {
	var wrong []problem.Field
	note := func(path string, err error) {
		if err != nil {
			wrong = append(wrong, problem.Field{Path: path, Code: "invalid", Message: err.Error()})
		}
	}
	if f.Person == "" {
		note(fieldName, f.checkName())
		note(fieldIDNumber, f.checkNumber(today))
	}
	if f.Phone != "" {
		_, err := ident.ParsePhone(f.Phone)
		note(fieldPhone, err)
	}
	if f.Address != "" {
		_, err := ident.ParseAddress(f.Address)
		note(fieldAddress, err)
	}
	if f.Place == "" {
		wrong = append(wrong, problem.Field{Path: fieldPlace, Code: "required", Message: "请选申请人的村（社区），或者镇本级"})
	}
	return wrong
}

func (f counterForm) checkName() error {
	if f.Kind == cases.AnOrganisation {
		_, err := ident.ParseOrgName(f.Name)
		return err
	}
	_, err := ident.ParsePersonName(f.Name)
	return err
}

func (f counterForm) checkNumber(today calendar.Date) error {
	if f.Kind == cases.AnOrganisation {
		_, err := ident.ParseCreditCode(f.IDNumber)
		return err
	}
	_, err := ident.ParseCitizenNumber(f.IDNumber, today)
	return err
}
