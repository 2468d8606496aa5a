package item_test

import (
	"slices"
	"testing"

	"bianmin/internal/calendar"
	"bianmin/internal/item"
)

func ptr[T any](v T) *T { return &v }

// Each case breaks one rule of a right item and expects that rule's code at that place.
func TestCheckFindsEveryBrokenRule(t *testing.T) {
	const relief, licence, spot = "BM-001", "BM-044", "BM-015"
	working := func(days int) calendar.Limit { return calendar.Limit{Days: days, Unit: calendar.Working} }
	for name, c := range map[string]struct {
		of         item.Code
		path, code string
		spoil      func(d *item.Definition)
	}{
		"a code of another form": {relief, "code", "code", func(d *item.Definition) { d.Code = "BM1" }},
		"a national code of 11":  {relief, "basic_code", "basic_code", func(d *item.Definition) { d.BasicCode = ptr("61000511111") }},
		"no name":                {relief, "name", "blank", func(d *item.Definition) { d.Name = "" }},
		"a blank before":         {relief, "plain", "blank", func(d *item.Definition) { d.Plain = " 低保" }},
		"a plain name too long": {relief, "plain", "too_long", func(d *item.Definition) {
			d.Plain = "一二三四五六七八九十一二三四五六七八九十一二三"
		}},
		"an alias twice":         {relief, "aliases[1]", "twice", func(d *item.Definition) { d.Aliases[1] = d.Aliases[0] }},
		"an alias of one":        {relief, "aliases[0]", "length", func(d *item.Definition) { d.Aliases[0] = "低" }},
		"eleven aliases":         {relief, "aliases", "too_many", func(d *item.Definition) { d.Aliases = append(d.Aliases, "甲甲", "乙乙", "丙丙") }},
		"an unknown counter":     {relief, "window", "unknown", func(d *item.Definition) { d.Window = "民政窗口" }},
		"an unknown type":        {relief, "type", "unknown", func(d *item.Definition) { d.Type = "99" }},
		"an unknown kind":        {relief, "kind", "unknown", func(d *item.Definition) { d.Kind = "slow" }},
		"an unknown regime":      {relief, "regime", "unknown", func(d *item.Definition) { d.Regime = "law" }},
		"a licence that is none": {relief, "regime", "licence", func(d *item.Definition) { d.Type = item.Licensing }},
		"for nobody":             {relief, "serves", "unknown", func(d *item.Definition) { d.Serves = "" }},
		"no life event":          {relief, "life_events", "empty", func(d *item.Definition) { d.LifeEvents = nil }},
		"an unknown life event":  {relief, "life_events[0]", "unknown", func(d *item.Definition) { d.LifeEvents[0] = "旅游" }},
		"no basis":               {relief, "basis", "empty", func(d *item.Definition) { d.Basis = nil }},
		"no condition":           {relief, "conditions", "empty", func(d *item.Definition) { d.Conditions = nil }},
		"no result":              {relief, "result.name", "blank", func(d *item.Definition) { d.Result.Name = "" }},
		"an unknown result":      {relief, "result.kind", "unknown", func(d *item.Definition) { d.Result.Kind = "luck" }},
		"four visits":            {relief, "visits", "range", func(d *item.Definition) { d.Visits = 4 }},
		"presence of no kind":    {relief, "presence", "unknown", func(d *item.Definition) { d.Presence = "" }},
		"nobody comes, once":     {relief, "presence", "visits", func(d *item.Definition) { d.Presence, d.PresentFor = item.NoVisit, nil }},
		"comes, never":           {relief, "presence", "visits", func(d *item.Definition) { d.Visits = 0 }},
		"comes for nothing":      {relief, "presence_for", "presence", func(d *item.Definition) { d.PresentFor = nil }},
		"comes for an essay": {relief, "presence_for", "too_long", func(d *item.Definition) {
			d.PresentFor = ptr("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一")
		}},
		"first online, then at once": {spot, "presence", "kind", func(d *item.Definition) { d.Presence = item.Partly }},
		"five questions":             {relief, "faq", "too_many", func(d *item.Definition) { d.FAQ = append(d.FAQ, d.FAQ...) }},
		"an empty answer":            {relief, "faq[0].a", "blank", func(d *item.Definition) { d.FAQ[0].A = "" }},
		"an unknown source":          {relief, "source", "unknown", func(d *item.Definition) { d.Source = "heard" }},
		"promised beyond the law":    {relief, "limits.promised.days", "promised_longer", func(d *item.Definition) { d.Limits.Promised = working(31) }},
		"two kinds of days":          {relief, "limits", "units", func(d *item.Definition) { d.Limits.Promised.Unit = calendar.CalendarDays }},
		"days of no kind":            {relief, "limits.promised", "limit", func(d *item.Definition) { d.Limits.Promised.Unit = "" }},
		"a negative law":             {relief, "limits.legal", "limit", func(d *item.Definition) { d.Limits.Legal.Days = -1 }},
		"promised at once":           {relief, "limits.promised.days", "kind", func(d *item.Definition) { d.Limits.Promised.Days = 0 }},
		"on the spot in days":        {spot, "limits.promised.days", "kind", func(d *item.Definition) { d.Limits.Promised.Days = 1 }},
		"a licence with no limit":    {licence, "limits.legal", "licence_limit", func(d *item.Definition) { d.Limits.Legal = nil }},
		"a licence in 21 days":       {licence, "limits.legal", "licence_limit", func(d *item.Definition) { d.Limits.Legal.Days = 21 }},
		"a licence for money":        {licence, "fee.charged", "licence_fee", func(d *item.Definition) { d.Fee = item.Fee{Charged: true, Text: "10元", Basis: ptr("某办法")} }},
		"a fee with no basis":        {relief, "fee.basis", "fee_basis", func(d *item.Definition) { d.Fee = item.Fee{Charged: true, Text: "10元"} }},
		"free, yet not said":         {relief, "fee.text", "fee_text", func(d *item.Definition) { d.Fee.Text = "看情况" }},
		"a material twice":           {relief, "materials[1].name", "twice", func(d *item.Definition) { d.Materials[1].Name = d.Materials[0].Name }},
		"four copies":                {relief, "materials[2]", "pieces", func(d *item.Definition) { d.Materials[2].Copies = 4 }},
		"no piece and no word":       {relief, "materials[3].note", "pieces_note", func(d *item.Definition) { d.Materials[3].Originals, d.Materials[3].Copies = 0, 0 }},
		"an unknown need":            {relief, "materials[2].need", "unknown", func(d *item.Definition) { d.Materials[2].Need = "maybe" }},
		"when, not said when":        {relief, "materials[5].when", "when", func(d *item.Definition) { d.Materials[5].When = nil }},
		"always, yet when":           {relief, "materials[2].when", "when", func(d *item.Definition) { d.Materials[2].When = ptr("有的时候") }},
		"an unknown lack":            {relief, "materials[2].lack", "unknown", func(d *item.Definition) { d.Materials[2].Lack = "" }},
		"from nowhere":               {relief, "materials[2].from", "blank", func(d *item.Definition) { d.Materials[2].From = item.Source{} }},
		"a copy handed back":         {relief, "materials[2].return", "return", func(d *item.Definition) { d.Materials[2].Originals = 0 }},
		"a form handed back":         {relief, "materials[0]", "counter_form", func(d *item.Definition) { d.Materials[0].Return = true }},
		"a question twice":           {relief, "situations[1].id", "twice", func(d *item.Definition) { d.Situations[1].ID = d.Situations[0].ID }},
		"one answer":                 {relief, "situations[0].options", "options", func(d *item.Definition) { d.Situations[0].Options = d.Situations[0].Options[:1] }},
		"an answer twice":            {relief, "situations[0].options[1].answer", "twice", func(d *item.Definition) { d.Situations[0].Options[1].Answer = "有" }},
		"a question for nothing":     {relief, "situations[1]", "no_effect", func(d *item.Definition) { d.Situations[1].Options[1].Note = nil }},
		"adds what is always":        {relief, "situations[0].options[0].materials_add[1]", "materials_add", func(d *item.Definition) { add(d, "户口簿") }},
		"adds what is not there":     {relief, "situations[0].options[0].materials_add[1]", "materials_add", func(d *item.Definition) { add(d, "介绍信") }},
		"adds twice":                 {relief, "situations[0].options[0].materials_add[1]", "twice", func(d *item.Definition) { add(d, "残疾人证或者疾病诊断证明") }},
		"drops what is not always": {relief, "situations[0].options[1].materials_drop[0]", "materials_drop", func(d *item.Definition) {
			d.Situations[0].Options[1].MaterialsDrop = []string{"残疾人证或者疾病诊断证明"}
		}},
		"a material never reached":  {relief, "materials[5]", "unreachable", func(d *item.Definition) { d.Situations[0].Options[0].MaterialsAdd = nil }},
		"a step with no name":       {relief, "steps[2].name", "blank", func(d *item.Definition) { d.Steps[2].Name = "" }},
		"an unknown step":           {relief, "steps[2].kind", "unknown", func(d *item.Definition) { d.Steps[2].Kind = "wait" }},
		"negative days":             {relief, "steps[2].days", "days", func(d *item.Definition) { d.Steps[2].Days = ptr(-1) }},
		"counts, yet no days":       {relief, "steps[2].days", "counted_days", func(d *item.Definition) { d.Steps[2].Days = nil }},
		"days of no kind in a step": {relief, "steps[2].day_unit", "unknown", func(d *item.Definition) { d.Steps[2].DayUnit = "" }},
		"publicity that counts":     {relief, "steps[5].counts", "publicity", func(d *item.Definition) { d.Steps[5].Counts = true }},
		"received at a desk":        {relief, "steps[0]", "receive", func(d *item.Definition) { d.Steps[0].Owner = item.Owner{Kind: item.Desk} }},
		"an unknown unit":           {relief, "steps[2].owner", "owner", func(d *item.Definition) { d.Steps[2].Owner.Unit = "nobody" }},
		"nobody":                    {relief, "steps[2].owner", "owner", func(d *item.Definition) { d.Steps[2].Owner = item.Owner{} }},
		"a tier not the owner's":    {relief, "steps[2].tier", "tier", func(d *item.Definition) { d.Steps[2].Tier = item.Town }},
		"a group of one":            {relief, "steps[2].group", "group", func(d *item.Definition) { d.Steps[3].Group = nil }},
		"a group apart":             {relief, "steps[6].group", "group", func(d *item.Definition) { d.Steps[6].Group = ptr("a"); d.Steps[7].Group = ptr("a") }},
		"no decision":               {relief, "steps", "once", func(d *item.Definition) { d.Steps[7].Kind = item.Perform }},
		"two acceptances":           {relief, "steps", "once", func(d *item.Definition) { d.Steps[2].Kind = item.Accept }},
		"decided before accepted":   {relief, "steps", "order", func(d *item.Definition) { swap(d, 1, 7) }},
		"not delivered last":        {relief, "steps", "order", func(d *item.Definition) { swap(d, 7, 8) }},
		"received after accepted":   {relief, "steps[1]", "receive_first", func(d *item.Definition) { swap(d, 0, 1) }},
		"examined after decided":    {relief, "steps[7]", "between", func(d *item.Definition) { swap(d, 6, 7) }},
		"certified before decided":  {relief, "steps[6]", "certify_late", func(d *item.Definition) { d.Steps[6].Kind = item.Certify }},
		"counted in other days":     {relief, "steps[2].day_unit", "units", func(d *item.Definition) { d.Steps[2].DayUnit = calendar.CalendarDays }},
		"steps beyond the promise":  {relief, "steps", "steps_longer", func(d *item.Definition) { d.Limits.Promised.Days = 19 }},
		"steps beyond the law":      {relief, "steps", "steps_unlawful", func(d *item.Definition) { d.Limits.Legal.Days = 19 }},
		"a desk while one waits":    {spot, "steps[1].owner", "spot_owner", func(d *item.Definition) { d.Steps[1].Owner, d.Steps[1].Tier = item.Owner{Kind: item.Desk}, item.Town }},
		"a day while one waits":     {spot, "steps[1].days", "spot_days", func(d *item.Definition) { d.Steps[1].Days = ptr(1) }},
		"an unknown tier":           {relief, "steps[2].tier", "unknown", func(d *item.Definition) { d.Steps[2].Tier = "county" }},
		"a visit while one waits":   {spot, "steps[2].kind", "spot_kind", func(d *item.Definition) { inspect(d, 2) }},
		"a promise with no days":    {relief, "steps", "no_days", func(d *item.Definition) { uncount(d) }},
		"accepted elsewhere":        {relief, "steps[1]", "accept", func(d *item.Definition) { d.Steps[1].Owner = item.Owner{Kind: item.Desk} }},
		"acceptance that counts":    {relief, "steps[1]", "accept", func(d *item.Definition) { d.Steps[1].Counts = true }},
		"a licence delivered late":  {licence, lastStep(t, licence) + ".days", "licence_delivery", func(d *item.Definition) { d.Steps[len(d.Steps)-1].Days = ptr(11) }},
	} {
		d := byCode(t, c.of)
		c.spoil(&d)
		problems := d.Check(directory(t))
		if !slices.ContainsFunc(problems, func(p item.Problem) bool { return p.Path == c.path && p.Code == c.code && p.Message != "" }) {
			t.Errorf("%s: want %s at %s, got %v", name, c.code, c.path, problems)
		}
	}
}

func lastStep(t *testing.T, code item.Code) string {
	return "steps[" + string(rune('0'+len(byCode(t, code).Steps)-1)) + "]"
}

func add(d *item.Definition, name string) {
	o := &d.Situations[0].Options[0]
	o.MaterialsAdd = append(o.MaterialsAdd, name)
}

func swap(d *item.Definition, i, j int) { d.Steps[i], d.Steps[j] = d.Steps[j], d.Steps[i] }

func uncount(d *item.Definition) {
	for i := range d.Steps {
		d.Steps[i].Counts = false
	}
}

// An unfinished form must be told what it lacks, not end the program.
func TestAnEmptyDefinitionIsRefusedEverywhere(t *testing.T) {
	if problems := (item.Definition{}).Check(directory(t)); len(problems) < 15 {
		t.Errorf("only %v", problems)
	}
}

func inspect(d *item.Definition, at int) {
	visit := item.Step{Name: "上门看", Kind: item.Inspect, Tier: item.Town, Owner: item.Owner{Kind: item.Counter}, Days: ptr(0), DayUnit: calendar.Working}
	d.Steps = slices.Insert(d.Steps, at, visit)
}
