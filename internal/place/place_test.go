package place_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"bianmin/internal/place"
)

// The golden file was read through by a person, line by line.
func TestShenmuNamesReadRight(t *testing.T) {
	golden, err := os.Open("testdata/shenmu-names.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer golden.Close()
	places := place.Shenmu()
	lines := bufio.NewScanner(golden)
	n := 0
	for ; lines.Scan(); n++ {
		code, name, _ := strings.Cut(lines.Text(), " ")
		if n >= len(places) || string(places[n].Code) != code || places[n].Name != name {
			t.Fatalf("line %d: want %s %s", n+1, code, name)
		}
	}
	if n != len(places) {
		t.Errorf("%d places, %d in the golden file", len(places), n)
	}
}

func TestShenmuHasOneCentreTwentyStationsAnd364Rooms(t *testing.T) {
	count := map[place.Kind]int{}
	endings := map[string]int{}
	signs := map[string]bool{}
	for _, p := range place.Shenmu() {
		count[p.Kind]++
		if err := place.ShenmuProfile.Check(p.Service, p.Name, p.Kind); err != nil {
			t.Error(err)
		}
		switch {
		case p.Kind == place.Station:
			signs[p.Service] = true
		case strings.HasSuffix(p.Name, "社区"):
			endings["社区"]++
		case p.Kind == place.Room && strings.HasSuffix(p.Name, "村"):
			endings["村"]++
		case p.Kind == place.Room:
			t.Errorf("%s is neither village nor community", p.Name)
		}
	}
	if count[place.Centre] != 1 || count[place.Station] != 20 || count[place.Room] != 364 {
		t.Errorf("got %v", count)
	}
	if endings["村"] != 326 || endings["社区"] != 38 {
		t.Errorf("got %v", endings)
	}
	for _, sign := range []string{"高家堡镇便民服务站", "西沙街道便民服务站", "万镇便民服务站"} {
		if !signs[sign] {
			t.Errorf("no %s", sign)
		}
	}
}

func TestPlainName(t *testing.T) {
	for _, c := range []struct{ official, town, want string }{
		{"高家堡村委会", "高家堡镇", "高家堡村"},
		{"高家堡镇政通路社区居民委员会", "高家堡镇", "政通路社区"},
		{"店塔镇店塔社区居民委员会", "店塔镇", "店塔社区"},
		{"万镇村委会", "万镇", "万镇村"},
		{"郭镇街村委会", "郭镇", "郭镇街村"},
		{"绛帐镇居委会", "绛帐镇", "绛帐镇社区"},
		{"口镇社区居委会", "口镇", "口镇社区"},
		{"七里村街道东征社区", "七里村街道", "东征社区"},
		{"钟楼社区居委会", "麟州街道", "钟楼社区"},
		{"北关居委会", "麟州街道", "北关社区"},
		{"东村村民委员会", "某镇", "东村"},
		{"西十里铺村社区居委会", "某街道", "西十里铺村社区"},
		{"瑶镇村委会", "锦界镇", "瑶镇村"},
		{"终南林场生活区", "某镇", "终南林场生活区"},
		{"村委会", "某镇", "村委会"},
	} {
		if got := place.PlainName(c.official, c.town); got != c.want {
			t.Errorf("%s in %s: got %s, want %s", c.official, c.town, got, c.want)
		}
	}
}

func TestNamingRule(t *testing.T) {
	for _, c := range []struct {
		profile        place.Profile
		division, want string
		kind           place.Kind
	}{
		{place.ShenmuProfile, "神木市", "神木市政务服务中心", place.Centre},
		{place.ShenmuProfile, "高家堡镇", "高家堡镇便民服务站", place.Station},
		{place.ShenmuProfile, "西沙街道", "西沙街道便民服务站", place.Station},
		{place.ShenmuProfile, "高家堡村", "高家堡村便民服务室", place.Room},
		{place.ShenmuProfile, "新元社区", "新元社区便民服务室", place.Room},
		{place.NationalProfile, "某镇", "某镇便民服务中心", place.Station},
		{place.NationalProfile, "某村", "某村便民服务站", place.Room},
	} {
		if got := c.profile.ServiceName(c.division, c.kind); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
		if err := c.profile.Check(" "+c.want+" ", c.division, c.kind); err != nil {
			t.Errorf("%s is refused: %v", c.want, err)
		}
	}
}

func TestWrongNameProposesTheRightOne(t *testing.T) {
	for _, given := range []string{"高家堡镇便民服务中心", "高家堡便民服务站", "便民服务站", ""} {
		err := place.ShenmuProfile.Check(given, "高家堡镇", place.Station)
		wrong, ok := err.(*place.WrongName)
		if !ok || wrong.Right != "高家堡镇便民服务站" || !strings.Contains(err.Error(), wrong.Right) {
			t.Errorf("%q: got %v", given, err)
		}
	}
}

func TestAnotherProfileRenamesAll(t *testing.T) {
	places := place.Shenmu()
	named := place.NationalProfile.Named(places)
	for i, p := range named {
		if err := place.NationalProfile.Check(p.Service, p.Name, p.Kind); err != nil {
			t.Fatal(err)
		}
		if p.Kind != place.Centre && places[i].Service == p.Service {
			t.Fatalf("%s kept its sign, or the given list was changed", p.Service)
		}
	}
}

func TestKindsHaveChineseNames(t *testing.T) {
	for _, k := range []place.Kind{place.Centre, place.Station, place.Room} {
		if k.Chinese() == "" {
			t.Errorf("%s has none", k)
		}
	}
}
