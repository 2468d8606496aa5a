package paper

import (
	"testing"

	"bianmin/internal/place"
)

func TestWherePapersAreBrought(t *testing.T) {
	d, err := place.NewDirectory(place.Shenmu(), place.ShenmuUnits())
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[place.Code]string{"610881101000": "高家堡镇便民服务站", "610881101200": "高家堡村便民服务室，或者高家堡镇便民服务站"} {
		if got := HandIn(d, at); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}
