package simulate

import (
	"testing"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/demo"
	"bianmin/internal/place"
)

func streamed(t *testing.T, args Arguments) (*arrivals, []arrival) {
	t.Helper()
	places, err := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if err != nil {
		t.Fatal(err)
	}
	towns := newTowns(places)
	a := newArrivals(args, calendar.New(calendar.Official()), towns, newLoad(args, towns))
	var all []arrival
	for a.peek() != nil {
		all = append(all, a.take())
	}
	return a, all
}

// People come by the calendar: on days off from afar alone, most on Mondays, and more where more people live.
func TestPeopleComeByTheCalendarAndTheTown(t *testing.T) {
	a, all := streamed(t, Arguments{Days: 365, PerDay: 100, Seed: 1})
	byDay, byTown := map[calendar.Date]int{}, make([]int, len(a.towns.list))
	for i, x := range all {
		day := calendar.DateOf(x.at)
		byDay[day]++
		byTown[x.town]++
		if x.index != i || i > 0 && x.at.Before(all[i-1].at) || !x.at.Before(demo.Start) {
			t.Fatalf("arrival %d has the index %d and comes at %s", i, x.index, x.at)
		}
		minute := x.at.Sub(day.Start()) / time.Minute
		if open := minute >= 510 && minute < 720 || minute >= 840 && minute < 1080; !x.afar && (!open || !a.cal.Working(day)) {
			t.Fatalf("somebody stands at a closed counter on %s", x.at)
		}
	}
	mean := func(want func(calendar.Date) bool) float64 {
		n, days := 0, 0
		for d := a.args.First(); d.Before(calendar.DateOf(demo.Start)); d = d.AddDays(1) {
			if want(d) {
				n, days = n+byDay[d], days+1
			}
		}
		return float64(n) / float64(days)
	}
	working := func(w time.Weekday) float64 {
		return mean(func(d calendar.Date) bool { return a.cal.Working(d) && d.Weekday() == w })
	}
	off := mean(func(d calendar.Date) bool { return !a.cal.Working(d) })
	if monday, friday := working(time.Monday), working(time.Friday); monday < friday*1.2 || friday < 60 || off > 6 || off == 0 {
		t.Errorf("%.0f on Mondays, %.0f on Fridays, %.1f on days off", monday, friday, off)
	}
	if ordinary := mean(func(d calendar.Date) bool { return a.cal.Working(d) }); ordinary < 85 || ordinary > 120 {
		t.Errorf("%.0f on a working day", ordinary)
	}
	for i, n := range byTown {
		if want := a.towns.share(i) * float64(len(all)); float64(n) < want*0.8 || float64(n) > want*1.2 {
			t.Errorf("%s: %d, want about %.0f", a.towns.list[i].Name, n, want)
		}
	}
}

func TestWhatIsMoreThanADeskCanDoWaits(t *testing.T) {
	a, _ := streamed(t, Arguments{Days: 365, PerDay: 500, Seed: 1})
	waiting, nothing := 0, 0
	for day := range 365 {
		now := a.args.First().AddDays(day).Start().Add(9 * time.Hour)
		for town := range a.towns.list {
			switch w := a.load.wait(town, now); {
			case w > 4*officeDay:
				t.Fatalf("%d minutes", w)
			case w > officeDay/2:
				waiting++
			case w == 0:
				nothing++
			}
		}
	}
	if waiting < 100 || nothing < 100 {
		t.Errorf("on %d mornings a town is half a day behind, on %d not at all", waiting, nothing)
	}
	if first := a.args.First().Start(); a.load.wait(-1, first) != 0 {
		t.Error("something is left before anybody came")
	}
}
