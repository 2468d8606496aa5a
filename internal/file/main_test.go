package file

import (
	"testing"

	"bianmin/internal/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }
