package ui

import (
	"net/http"

	"bianmin/internal/proxy"
)

// policy lets a page use what this server gives and nothing else: no inline script or style, no frame, no other origin.
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// Secure sets the headers that keep a browser to our own pages, on every answer, and refuses a form that another
// site's page sends.
func Secure(h http.Handler) http.Handler {
	ours := http.NewCrossOriginProtection()
	ours.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "这个请求是别的网站发来的，没有办。请从本站的页面上办。", http.StatusForbidden)
	}))
	guarded := ours.Handler(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		set := w.Header().Set
		set("Content-Security-Policy", policy)
		set("X-Content-Type-Options", "nosniff")
		set("X-Frame-Options", "DENY")
		// same-origin, not no-referrer: with the latter browsers hide where a form comes from, also from us.
		set("Referrer-Policy", "same-origin")
		set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		set("Cross-Origin-Opener-Policy", "same-origin")
		set("Cross-Origin-Resource-Policy", "same-origin")
		if proxy.Encrypted(r) {
			set("Strict-Transport-Security", "max-age=31536000")
		}
		guarded.ServeHTTP(w, r)
	})
}
