package work

import "bianmin/internal/gate"

// registerCounter declares the counter's pages.
func (s *Site) registerCounter(*gate.Gate) {}
