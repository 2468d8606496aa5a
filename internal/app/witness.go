package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"bianmin/internal/journal"
	"bianmin/internal/witness"
)

// logMetrics are those of the log.
type logMetrics struct {
	altered prometheus.Gauge
	size    *prometheus.GaugeVec
	errors  *prometheus.CounterVec
}

func newLogMetrics(r *prometheus.Registry) logMetrics {
	m := logMetrics{
		altered: prometheus.NewGauge(prometheus.GaugeOpts{Name: "bianmin_journal_altered", Help: "1 while the log is not the one that its last head signed."}),
		size:    prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "bianmin_witness_entries", Help: "Entries under the last head that a witness cosigned."}, []string{"witness"}),
		errors:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "bianmin_witness_errors_total", Help: "Times a witness did not cosign."}, []string{"witness"}),
	}
	r.MustRegister(m.altered, m.size, m.errors)
	return m
}

// ErrQuorum says that the operator's policy cannot be met.
var ErrQuorum = errors.New("the quorum is not between 1 and the number of witnesses")

// How often witnesses are asked, and how long each may take, unless something else is said.
const (
	witnessPace   = 5 * time.Second
	witnessWithin = 10 * time.Second
)

// readWitnesses reads those that the operator named, and how many are enough: more than half when nothing is said.
func (c Config) readWitnesses() (list []witness.Witness, quorum int, err error) {
	names := map[string]bool{}
	for _, text := range c.Witnesses {
		w, err := witness.Parse(text)
		if err != nil {
			return nil, 0, err
		}
		if names[w.Name] {
			return nil, 0, fmt.Errorf("the witness %s is named twice", w.Name)
		}
		names[w.Name] = true
		list = append(list, w)
	}
	if quorum = c.WitnessQuorum; quorum == 0 {
		quorum = len(list)/2 + 1
	}
	if len(list) > 0 && (quorum < 1 || quorum > len(list)) || len(list) == 0 && c.WitnessQuorum != 0 {
		return nil, 0, ErrQuorum
	}
	return list, quorum, nil
}

// gather has heads cosigned until ctx ends. It stops nothing: a witness that does not answer is an alarm.
func (a *App) gather(ctx context.Context) {
	pace := time.NewTicker(cmp.Or(a.WitnessPace, witnessPace))
	defer pace.Stop()
	g := witness.Gatherer{Log: a.Journal, Witnesses: a.witnesses, Quorum: a.quorum, Client: &http.Client{Timeout: cmp.Or(a.WitnessWithin, witnessWithin)}, Told: a.told,
		Leads: func(ctx context.Context) (bool, error) { return a.DB.Lead(ctx, journal.Leader) }}
	g.Run(ctx, pace.C, func(err error) { a.Log.Error("the witnesses could not be asked", "error", err) })
}

// told is how one witness did.
func (a *App) told(ctx context.Context, name string, size int64, err error) {
	kind := "witness/" + name
	if err == nil {
		a.metrics.log.size.WithLabelValues(name).Set(float64(size))
		a.Clear(kind)
		return
	}
	if ctx.Err() != nil {
		return // it is we who end
	}
	a.metrics.log.errors.WithLabelValues(name).Inc()
	a.Log.Warn("a witness did not cosign", "witness", name, "error", err)
	a.Alarm(kind, witnessAlarm(name, size, err))
}

func witnessAlarm(name string, size int64, err error) string {
	switch {
	case errors.Is(err, witness.ErrAhead):
		return fmt.Sprintf("见证人 %s 见过更长的日志，有 %d 条。数据像是旧的备份。确实丢了数据的，用 bianmin epoch declare 申报", name, size)
	case errors.Is(err, witness.ErrFork):
		return fmt.Sprintf("见证人 %s 不认这份日志：它见过的记录后来变了。请保存现场，马上运行 bianmin verify", name)
	}
	return fmt.Sprintf("见证人 %s 没有回应，或者答得不对。日志照常记，请和见证人联系", name)
}
