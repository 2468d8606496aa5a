package app

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"bianmin/internal/access"
	"bianmin/internal/gate"
)

// metrics are what /metrics shows.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	log      logMetrics
	unsent   prometheus.Gauge
	late     prometheus.Gauge
}

func newMetrics(a *App) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "bianmin_requests_total", Help: "Requests answered."}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "bianmin_request_seconds", Help: "Time to answer.",
			Buckets: []float64{.001, .0025, .005, .01, .02, .05, .1, .25, .5, 1, 5}}, []string{"route"}),
	}
	m.unsent = prometheus.NewGauge(prometheus.GaugeOpts{Name: "bianmin_messages_unsent", Help: "Messages that ought to have gone by now."})
	m.late = prometheus.NewGauge(prometheus.GaugeOpts{Name: "bianmin_calls_late", Help: "Bad ratings that nobody called back in time."})
	entries := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "bianmin_journal_signed_entries", Help: "Entries under the last signed head."},
		func() float64 {
			_, size, err := a.Journal.Checkpoint(context.Background())
			if err != nil {
				return -1
			}
			return float64(size)
		})
	m.registry.MustRegister(m.requests, m.seconds, entries, m.unsent, m.late, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.log = newLogMetrics(m.registry)
	return m
}

// health registers what machines ask of a running program.
func (a *App) health() {
	public := func(pattern string, h http.HandlerFunc) {
		a.Gate.Handle(gate.Route{Pattern: pattern, Permission: access.Public, Face: gate.API}, h)
	}
	public("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") })
	public("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		err := a.DB.Ping(r.Context())
		if r.Context().Err() != nil {
			return // whoever asked has gone
		}
		if err != nil {
			a.Log.Warn("the database does not answer", "error", err)
			say(w, http.StatusServiceUnavailable, "the database does not answer")
			return
		}
		say(w, http.StatusOK, "ready")
	})
	shown := promhttp.HandlerFor(a.metrics.registry, promhttp.HandlerOpts{})
	public("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		if !a.MayMeasure(r) {
			say(w, http.StatusForbidden, "metrics are shown to this machine, or to the bearer of --metrics-token")
			return
		}
		shown.ServeHTTP(w, r)
	})
	a.logRoutes()
}

// MayMeasure says who may read the metrics: they tell a stranger how busy each route is. Behind a web server on this machine
// that nobody named, everybody comes from this machine; what it forwards says that it is there.
func (c Config) MayMeasure(r *http.Request) bool {
	if c.MetricsToken != "" {
		shown, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		return ok && subtle.ConstantTimeCompare([]byte(shown), []byte(c.MetricsToken)) == 1
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback() && r.Header.Get("X-Forwarded-For") == "" && r.Header.Get("Forwarded") == ""
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write([]byte(text))
}

// againIn is when to ask again, in seconds, where an answer that something is away does not say it.
const againIn = "5"

// answer remembers the status of an answer.
type answer struct {
	http.ResponseWriter
	status int
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	if h := a.Header(); status == http.StatusServiceUnavailable && h.Get("Retry-After") == "" {
		h.Set("Retry-After", againIn)
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController through.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// observe counts, times and logs each request, by its route: an address may hold a name or a number, a route does not.
func (a *App) observe(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := a.Wall.Now()
		out := &answer{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(p)
				}
				a.Log.Error("a request panicked", "route", r.Pattern, "panic", panicKind(p), "stack", string(debug.Stack()))
				if out.status == 0 {
					say(out, http.StatusInternalServerError, "这一步出了差错，已经记下来了，请过一会儿再试")
				}
			}
			a.noted(r, out.status, a.Wall.Now().Sub(began))
		}()
		h.ServeHTTP(out, r)
	})
}

func (a *App) noted(r *http.Request, status int, took time.Duration) {
	route := r.Pattern
	if route == "" {
		route = "none"
	}
	a.metrics.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
	a.metrics.seconds.WithLabelValues(route).Observe(took.Seconds())
	level := slog.LevelDebug
	if status >= 500 {
		level = slog.LevelError
	}
	a.Log.Log(r.Context(), level, "request", "route", route, "method", r.Method, "status", status, "ms", float64(took.Microseconds())/1000)
}

// panicKind tells what panicked without its message, which may hold what somebody typed.
func panicKind(p any) string {
	if err, ok := p.(error); ok {
		return fmt.Sprintf("error %T", err)
	}
	return fmt.Sprintf("%T", p)
}
