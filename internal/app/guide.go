package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"bianmin/internal/filing"
	"bianmin/internal/guide"
	"bianmin/internal/item"
	"bianmin/internal/place"
)

// Everyday is where a city puts its own everyday words, beside those of the program.
func (c Config) Everyday() string { return filepath.Join(c.Data, "everyday.txt") }

// guideDesk builds the guide desk: the catalogue laid beside our words and the city's own.
func (a *App) guideDesk() (*guide.Desk, error) {
	words := guide.Everyday()
	own, err := readWords(a.Everyday())
	if err != nil {
		return nil, fmt.Errorf("%s：%w", a.Everyday(), err)
	}
	if own != nil {
		for _, line := range own.Unknown(a.City.Items) {
			a.Log.Warn("everyday.txt: " + line)
		}
		words = words.And(own)
	}
	common := &commonItems{ask: a.Cases.CommonItems, now: a.Wall.Now}
	return &guide.Desk{Items: a.City.Items, Finder: guide.NewFinder(a.City.Items, words), Places: a.City.Places, Calendar: a.calendar.Now, Clock: a.clock,
		Common: common.list, Contact: a.guideContact, Printer: a.Papers.Printer, Public: a.Public}, nil
}

// readWords reads a city's own words; nil when it has none.
func readWords(name string) (*guide.Words, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return guide.ReadWords(f)
}

// commonFor is how long what is common is taken for common.
const commonFor = 10 * time.Minute

// commonMost is how many of them are kept.
const commonMost = 20

// commonItems asks what is common now and then, not for every visitor.
type commonItems struct {
	ask   func(ctx context.Context, most int) ([]item.Code, error)
	now   func() time.Time
	mu    sync.Mutex
	at    time.Time
	codes []item.Code
}

func (c *commonItems) list(ctx context.Context) ([]item.Code, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if age := c.now().Sub(c.at); c.codes != nil && age >= 0 && age < commonFor {
		return c.codes, nil
	}
	codes, err := c.ask(ctx, commonMost)
	if err == nil {
		c.codes, c.at = codes, c.now()
	}
	return codes, err
}

// filings is the room of applications from home.
func (a *App) filings() *filing.Service {
	return filing.New(filing.Parts{DB: a.DB, Box: a.box, Cases: a.Cases, Items: a.City.Items, Places: a.City.Places, Wall: a.Wall, Work: a.clock})
}

// guideContact is how a place is reached, in the guide's words.
func (a *App) guideContact(code place.Code) guide.Contact {
	c := a.contacts.Of(code)
	return guide.Contact{Telephone: c.Telephone, Hours: c.Hours.Line(), Address: c.Address}
}
