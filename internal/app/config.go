package app

import (
	"log/slog"
	"path/filepath"
	"time"

	"bianmin/internal/clock"
	"bianmin/internal/db"
)

// Config is what an operator says.
type Config struct {
	// Data is the folder of the SQLite file and of the keys.
	Data string
	// DatabaseURL is a PostgreSQL to use instead of the SQLite file.
	DatabaseURL string
	// Public is where citizens reach the program; the codes on papers lead there. https://bianmin.example
	Public string
	// Proxies are the web servers in front whose X-Forwarded-For and -Proto are believed: networks or single addresses.
	Proxies []string
	// MetricsToken opens /metrics to a monitoring system elsewhere; without one it is open to this machine alone.
	MetricsToken string
	// Demo founds and runs the demonstration.
	Demo bool
	// Witnesses cosign the log's heads: NAME+HASH+KEY@URL each. WitnessQuorum is how many are enough (0: more than half),
	// WitnessPace how often they are asked, WitnessWithin how long each may take.
	Witnesses     []string
	WitnessQuorum int
	WitnessPace   time.Duration
	WitnessWithin time.Duration
	// SMS is where messages to telephones are handed over: smpp://user:password@host:port?from=…; empty when nowhere.
	// SMSPassword wins over a password in it.
	SMS         string
	SMSPassword string
	// Scanner is where clamd listens: tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl. Empty where there is none.
	Scanner string
	// Wall is the machine's clock.
	Wall clock.Clock
	Log  *slog.Logger
}

// URL is what db.Open is asked to open.
func (c Config) URL() string {
	if c.DatabaseURL != "" {
		return c.DatabaseURL
	}
	return db.FileIn(c.Data)
}

// Fonts is where a place puts fonts for the characters that the program's own lack.
func (c Config) Fonts() string { return filepath.Join(c.Data, "fonts") }

// KeyFile is where the keys are.
func (c Config) KeyFile() string { return filepath.Join(c.Data, "keys.json") }

// Origin names the log in its heads.
const Origin = "bianmin.610881000000"
