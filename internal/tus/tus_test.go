package tus

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestMetadata(t *testing.T) {
	code := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	got, err := Metadata("filename " + code("身份证.jpg") + ", material " + code("户口簿") + ",empty")
	if err != nil || got["filename"] != "身份证.jpg" || got["material"] != "户口簿" || got["empty"] != "" || len(got) != 3 {
		t.Errorf("%v, %v", got, err)
	}
	for _, bad := range []string{"filename !!", "a " + code("x") + ",a " + code("y"), "a " + code("\xff"), "a " + code("\x00"), "a " + strings.Repeat("A", 10000)} {
		if _, err := Metadata(bad); err == nil {
			t.Errorf("%.40q was read", bad)
		}
	}
}

func FuzzMetadata(f *testing.F) {
	f.Add("filename YQ==,material")
	f.Fuzz(func(t *testing.T, header string) {
		got, err := Metadata(header)
		if err != nil && got != nil {
			t.Error("both a result and an error")
		}
	})
}
