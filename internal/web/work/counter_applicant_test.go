package work

import (
	"testing"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/cases"
)

var tuesday = calendar.NewDate(2026, time.March, 10)

func TestHear(t *testing.T) {
	for _, c := range []struct {
		name, typed string
		kind        cases.ApplicantKind
		want        heard
	}{
		{"nothing", "", cases.APerson, heard{}},
		{"seventeen characters are not nagged about, even wrong ones", "61272219530412402", cases.APerson, heard{}},
		{"nor when gaps make them look like more", "612722 19530412 402", cases.APerson, heard{}},
		{"an old number of fifteen is for the end", "612722530412402", cases.APerson, heard{}},
		{"a whole number", "612722195304124024", cases.APerson, heard{Words: "女，72 岁", Age: 72, Elder: true}},
		{"with gaps, full-width digits", "６１２７２２ 19530412-4024", cases.APerson, heard{Words: "女，72 岁", Age: 72, Elder: true}},
		{"seventy from the birthday on", "612722195603104023", cases.APerson, heard{Words: "女，70 岁", Age: 70, Elder: true}},
		{"not a day before", "612722195603114029", cases.APerson, heard{Words: "女，69 岁", Age: 69}},
		{"a man", "612722195304124032", cases.APerson, heard{Words: "男，72 岁", Age: 72, Elder: true}},
		{"a wrong last character", "612722195304124027", cases.APerson, heard{Wrong: "身份证号末位不对，请照证件核对"}},
		{"one too many", "6127221953041240240", cases.APerson, heard{Wrong: "身份证号多了 1 位"}},
		{"a credit code", "91330106673959654P", cases.AnOrganisation, heard{Words: "代码核对无误"}},
		{"a wrong credit code", "91330106673959654Q", cases.AnOrganisation, heard{Wrong: "统一社会信用代码对不上，可能写错一位，请照证照核对"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := hear(c.kind, c.typed, tuesday); got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}

func TestGreenChannel(t *testing.T) {
	elder, younger := heard{Elder: true}, heard{}
	for _, c := range []struct {
		name, choice string
		heard        heard
		want         string
	}{
		{"opens by itself from seventy", greenByAge, elder, "老年人"},
		{"not before", greenByAge, younger, ""},
		{"not when it is not wanted", greenNone, elder, ""},
		{"for whom it was chosen", "孕产妇", younger, "孕产妇"},
		{"a soldier of seventy stays a soldier", "军人", elder, "军人"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := greenOf(c.choice, c.heard); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestCheckNamesEveryWrongField(t *testing.T) {
	right := counterForm{Kind: cases.APerson, Name: "折桂英", IDNumber: "612722195304124024", Phone: "13991205127", Place: "610881101200"}
	for _, c := range []struct {
		name   string
		change func(*counterForm)
		path   string
		says   string
	}{
		{"nothing wrong", func(*counterForm) {}, "", ""},
		{"no telephone is no mistake", func(f *counterForm) { f.Phone = "" }, "", ""},
		{"a name beyond the plane is a name", func(f *counterForm) { f.Name = "𠮷·买买提" }, "", ""},
		{"no name", func(f *counterForm) { f.Name = " " }, fieldName, "请写姓名"},
		{"an invisible character", func(f *counterForm) { f.Name = "折\u200b桂英" }, fieldName, "姓名里有看不见的符号，请重新写"},
		{"a short number", func(f *counterForm) { f.IDNumber = "61272219530412402" }, fieldIDNumber, "身份证号少了 1 位"},
		{"a short telephone", func(f *counterForm) { f.Phone = "1399120512" }, fieldPhone, "手机号少了 1 位"},
		{"an invisible character in the address", func(f *counterForm) { f.Address = "村东\x00头" }, fieldAddress, "住址里有看不见的符号，请重新写"},
		{"no place", func(f *counterForm) { f.Place = "" }, fieldPlace, "请选申请人的村（社区），或者镇本级"},
		{"a person's number for an organisation", func(f *counterForm) { f.Kind = cases.AnOrganisation }, fieldIDNumber, "统一社会信用代码对不上，可能写错一位，请照证照核对"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := right
			c.change(&f)
			wrong := f.check(tuesday)
			if c.path == "" {
				if len(wrong) > 0 {
					t.Fatalf("%+v", wrong)
				}
				return
			}
			if len(wrong) != 1 || wrong[0].Path != c.path || wrong[0].Message != c.says {
				t.Errorf("%+v, want %s: %s", wrong, c.path, c.says)
			}
		})
	}
}
