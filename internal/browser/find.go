package browser

import (
	"errors"
	"os/exec"
)

var errNotInstalled = errors.New("Chromium is not installed. Install it (Debian: apt-get install chromium fonts-noto-cjk)")

// program is the browser's path.
func program() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNotInstalled
}
