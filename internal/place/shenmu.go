package place

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"sync"
)

//go:embed data/shenmu-divisions.csv
var shenmuDivisions []byte

//go:embed data/units.json
var shenmuUnits []byte

// Embedded files are part of the program: one that does not parse is a fault of the build,
// which the tests catch, so it ends the program.
var (
	shenmu = sync.OnceValue(func() []Place {
		return must(ParseDivisions(bytes.NewReader(shenmuDivisions)))
	})
	units = sync.OnceValue(func() []Unit {
		return must(ParseUnits(bytes.NewReader(shenmuUnits)))
	})
)

// Shenmu is the city, its 20 towns and subdistricts and its 364 villages and communities.
func Shenmu() []Place { return slices.Clone(shenmu()) }

// ShenmuUnits are the units that serve there.
func ShenmuUnits() []Unit { return slices.Clone(units()) }

func must[T any](value T, err error) T {
	if err != nil {
		panic(fmt.Sprintf("embedded data of place: %v", err))
	}
	return value
}
