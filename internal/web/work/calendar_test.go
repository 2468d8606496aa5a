package work

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
)

// imports is a house that takes calendars in; asked holds what it was asked to do.
type importing struct {
	days    []calendar.Day
	whole   bool
	preview bool
}

func imports(t *testing.T) (h *house, asked *[]importing) {
	t.Helper()
	asked = new([]importing)
	inForce := calendar.NewInForce(calendar.New(calendar.Official()))
	h = newHouse(t, func(d *Deps) {
		d.Calendar = inForce.Now
		d.ImportCalendar = func(_ context.Context, _ access.Actor, days []calendar.Day, whole, preview bool) (CalendarChange, error) {
			*asked = append(*asked, importing{days, whole, preview})
			old := inForce.Now()
			next := old.Correct(days, whole)
			if !preview {
				inForce.Set(next)
			}
			moved := make([]cases.Moved, movedRows+1)
			for i := range moved {
				moved[i] = cases.Moved{Number: cases.NewNumber(gaojiabu, 2026, int64(i+1)), Shifts: []cases.Shift{{Limit: "promised", From: date("2026-03-24"), To: date("2026-03-25")}}}
			}
			return CalendarChange{Days: next.Changes(old), Moved: moved}, nil
		}
		policy := cases.UsualPolicy
		d.Policy = func() cases.Policy { return policy }
		d.SetPolicy = func(_ context.Context, _ access.Actor, p cases.Policy) error {
			if err := p.Check(); err != nil {
				return err
			}
			policy = p
			return nil
		}
	})
	return h, asked
}

func date(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

const twoDays = "date,kind,name\n2026-03-16,off,演示节\n2026-03-21,work,演示节\n"

func TestTheCalendarIsShownMonthByMonth(t *testing.T) {
	h, _ := imports(t)
	b := h.as(theAdmin)
	b.opens("/calendar").is(http.StatusOK).says("2026 年", "10月1日到 7日，7 天 放假 国庆", "调休上班", "2027 年的放假安排还没有导入", "2019")
	b.opens("/calendar?year=2019").is(http.StatusOK).says("2019 年", "元旦")
	b.opens("/calendar?year=2031").is(http.StatusOK).says("这一年还没有导入")
	h.as(theSupervisor).opens("/calendar").is(http.StatusForbidden).says("归系统管理员办")
}

func TestACalendarIsSeenBeforeItIsTakenIn(t *testing.T) {
	h, asked := imports(t)
	b := h.as(theAdmin)
	page := b.posts("/calendar", "csv", twoDays, "whole", "days").is(http.StatusOK)
	page.says("改 2 天", "2026年3月16日 周一 上班改成休息（演示节）", "2026年3月21日 周六 休息改成上班", "动 51 件", "承诺期限从 3月24日改到 3月25日，晚 1 天", "还有 1 件没有列出来")
	b.posts("/calendar", "csv", page.field("csv"), "whole", page.field("whole"), "do", "import").goesTo("/calendar?days=2&moved=51&year=2026")
	b.opens("/calendar?year=2026&days=2&moved=51").is(http.StatusOK).says("换好了：2 天有变动，51 件的期限重算了", "3月16日 周一 放假 演示节")
	want := []importing{{nil, false, true}, {nil, false, false}}
	for i := range *asked {
		if len((*asked)[i].days) != 2 {
			t.Errorf("%+v", (*asked)[i])
		}
		(*asked)[i].days = nil
	}
	if !slices.EqualFunc(*asked, want, func(a, b importing) bool { return a.whole == b.whole && a.preview == b.preview }) {
		t.Errorf("%+v, want %+v", *asked, want)
	}
}

func TestAWrongLineIsNamedAndTheTextStays(t *testing.T) {
	h, asked := imports(t)
	b := h.as(theAdmin)
	for csv, says := range map[string]string{
		"":        "请选一个文件，或者把内容贴进来",
		"日期,类别\n": "第 1 行：表头要写 date,kind,name",
		"date,kind,name\n2026-03-16,放假,演示":        "第 2 行：类别只能是",
		"date,kind,name\n2026-02-30,off,演示":       "第 2 行",
		"date,kind,name\n2026-03-16,off,\xb4\xba": "文件不是 UTF-8 编码",
	} {
		page := b.posts("/calendar", "csv", csv, "whole", "days").is(http.StatusUnprocessableEntity).says("错误：日历和天数，有 1 处要改", says)
		if first, _, _ := strings.Cut(csv, "\n"); !strings.Contains(page.body, first) {
			t.Errorf("%q is not there any more", first)
		}
	}
	if len(*asked) != 0 {
		t.Errorf("%+v", *asked)
	}
}

func TestAFileIsReadBeforeTheText(t *testing.T) {
	h, asked := imports(t)
	b := h.as(theAdmin)
	send := func(file []byte) shown {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		for name, value := range map[string]string{"csv": "rubbish", "whole": "whole"} {
			if err := form.WriteField(name, value); err != nil {
				t.Fatal(err)
			}
		}
		part, err := form.CreateFormFile("file", "2026.csv")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(file); err != nil {
			t.Fatal(err)
		}
		if err := form.Close(); err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "/calendar", &body)
		r.Header.Set("Content-Type", form.FormDataContentType())
		return b.sends(r)
	}
	send([]byte("\ufeff" + twoDays)).is(http.StatusOK).says("导入以后会这样")
	if len(*asked) != 1 || !(*asked)[0].whole {
		t.Errorf("%+v", *asked)
	}
	send(nil).is(http.StatusUnprocessableEntity).says("表头要写")
	send(bytes.Repeat([]byte("x"), formMost)).is(http.StatusRequestEntityTooLarge)
}

func TestTheDaysOfANoticeAreSet(t *testing.T) {
	h, _ := imports(t)
	b := h.as(theAdmin)
	page := b.opens("/calendar").is(http.StatusOK)
	for _, box := range []string{`value="30"`, `value="5"`} {
		if !strings.Contains(page.body, box) {
			t.Errorf("no %s", box)
		}
	}
	wrong := b.posts("/calendar/policy", "correct_days", "二十", "remind_days", "40", "call_days", "5").is(http.StatusUnprocessableEntity).says("有 2 处要改", "请写 1 到 180 天", "要比补正的天数少")
	if !strings.Contains(wrong.body, `value="二十"`) {
		t.Error("what was typed is lost")
	}
	b.posts("/calendar/policy", "correct_days", "20", "remind_days", "3", "call_days", "3").goesTo("/calendar?done=policy")
	if p := h.site.Policy(); p != (cases.Policy{CorrectDays: 20, RemindDays: 3, CallDays: 3}) {
		t.Errorf("%+v", p)
	}
	h.as(theHead).posts("/calendar/policy", "correct_days", "1", "remind_days", "0").is(http.StatusForbidden)
}
