package app_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"bianmin/internal/clock"
)

// TestAKeyFileThatBreaksIsTold while the program goes on with the keys that it has, and the alarm goes when it is mended.
func TestAKeyFileThatBreaksIsTold(t *testing.T) {
	h := ownHouse(t, engines[0], clock.Func(time.Now))
	told := func() bool {
		for _, a := range h.app.Alarms(t.Context()) {
			if strings.Contains(a.Text, "keys.json") {
				return true
			}
		}
		return false
	}
	right, err := os.ReadFile(h.config.KeyFile())
	if err != nil {
		t.Fatal(err)
	}
	for what, breaks := range map[string]func() error{
		"it is gone":    func() error { return os.Remove(h.config.KeyFile()) },
		"it is cut off": func() error { return os.WriteFile(h.config.KeyFile(), right[:len(right)/2], 0o600) },
	} {
		if err := breaks(); err != nil {
			t.Fatal(err)
		}
		h.eventually(t, 5*time.Second, what, told)
		v := h.filed(t, oldAge, gaoVillage)
		h.as(t, clerk).does(t, v, "reveal", form{"field": "id_number", "reason": someReason}).want(t, 200)
		if err := os.WriteFile(h.config.KeyFile(), right, 0o600); err != nil {
			t.Fatal(err)
		}
		h.eventually(t, 5*time.Second, "mended after "+what, func() bool { return !told() })
	}
}
