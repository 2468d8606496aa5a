package reference

import (
	"context"
	"fmt"
	"time"

	"bianmin/internal/calendar"
	"bianmin/internal/item"
	"bianmin/internal/journal"
	"bianmin/internal/place"
	"bianmin/internal/reference/internal/query"
)

// City is everything that the program keeps in memory.
type City struct {
	Places   *place.Directory
	Items    *item.Catalogue
	Calendar *calendar.Calendar
}

// Load reads the city; ok is false when this database was never told one.
func (r *Reference) Load(ctx context.Context) (city City, ok bool, err error) {
	places, err := read[place.Place](ctx, r, kindPlace)
	if err != nil || len(places) == 0 {
		return City{}, false, err
	}
	units, err := read[place.Unit](ctx, r, kindUnit)
	if err != nil {
		return City{}, false, err
	}
	items, err := read[item.Version](ctx, r, kindItem)
	if err != nil {
		return City{}, false, err
	}
	years, err := read[[]calendar.Day](ctx, r, kindCalendar)
	if err != nil {
		return City{}, false, err
	}
	city.Calendar = calendar.New(join(years))
	if city.Places, err = place.NewDirectory(places, units); err != nil {
		return City{}, false, fmt.Errorf("reading the places: %w", err)
	}
	if city.Items, err = item.NewCatalogue(items); err != nil {
		return City{}, false, fmt.Errorf("reading the items: %w", err)
	}
	return city, true, nil
}

// Found tells an empty database of Shenmu: its places and units, the demonstration's items, and the official calendar.
func (r *Reference) Found(ctx context.Context, at time.Time) error {
	return r.db.Write(ctx, func(ctx context.Context) error {
		for _, p := range place.Shenmu() {
			if err := r.put(ctx, journal.System, at, kindPlace+"/"+string(p.Code), p); err != nil {
				return err
			}
		}
		for _, u := range place.ShenmuUnits() {
			if err := r.put(ctx, journal.System, at, kindUnit+"/"+u.Code, u); err != nil {
				return err
			}
		}
		for _, v := range item.FirstVersions(item.Demonstration()) {
			if err := r.put(ctx, journal.System, at, fmt.Sprintf("%s/%s/%d", kindItem, v.Code, v.Number), v); err != nil {
				return err
			}
		}
		return r.putCalendar(ctx, at, calendar.Official())
	})
}

// putCalendar sets one document a year.
func (r *Reference) putCalendar(ctx context.Context, at time.Time, days []calendar.Day) error {
	for _, year := range byYear(days) {
		subject := fmt.Sprintf("%s/%d", kindCalendar, year[0].Date.Year())
		if err := r.put(ctx, journal.System, at, subject, year); err != nil {
			return err
		}
	}
	return nil
}

// SetCalendar sets the years of a calendar in which a day lies.
func (r *Reference) SetCalendar(ctx context.Context, by string, at time.Time, c *calendar.Calendar, changed []calendar.Day) error {
	years := map[int]bool{}
	for _, d := range changed {
		years[d.Date.Year()] = true
	}
	return r.db.Write(ctx, func(ctx context.Context) error {
		for _, year := range byYear(c.Days()) {
			y := year[0].Date.Year()
			if !years[y] {
				continue
			}
			if err := r.put(ctx, by, at, fmt.Sprintf("%s/%d", kindCalendar, y), year); err != nil {
				return err
			}
		}
		return nil
	})
}

// Calendar reads the calendar alone.
func (r *Reference) Calendar(ctx context.Context) (*calendar.Calendar, error) {
	years, err := read[[]calendar.Day](ctx, r, kindCalendar)
	return calendar.New(join(years)), err
}

// Revision grows whenever any document is set: another copy of the program may have set one.
func (r *Reference) Revision(ctx context.Context) (int64, error) {
	return query.New(r.db.Q(ctx)).Revision(ctx)
}

func byYear(days []calendar.Day) [][]calendar.Day {
	var years [][]calendar.Day
	for i, d := range days {
		if i == 0 || d.Date.Year() != days[i-1].Date.Year() {
			years = append(years, nil)
		}
		years[len(years)-1] = append(years[len(years)-1], d)
	}
	return years
}

func join(years [][]calendar.Day) []calendar.Day {
	var days []calendar.Day
	for _, y := range years {
		days = append(days, y...)
	}
	return days
}

// Setting reads a setting; ok is false when it was never set.
func (r *Reference) Setting(ctx context.Context, name string) (value string, ok bool, err error) {
	all, err := read[setting](ctx, r, kindSetting)
	for _, s := range all {
		if s.Name == name {
			return s.Value, true, nil
		}
	}
	return "", false, err
}

// Set sets a setting.
func (r *Reference) Set(ctx context.Context, by string, at time.Time, name, value string) error {
	return r.put(ctx, by, at, kindSetting+"/"+name, setting{name, value})
}

type setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}
